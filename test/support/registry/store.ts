import type { BuiltImage, Stored } from './images';

/** What a registry holds: content by digest, and names for some of it, per repository. */
export interface Store {
  /** Puts an image with all that it points to; under a tag where one is given. Gives its digest. */
  push(repository: string, image: BuiltImage, tag?: string): string;
  putManifest(repository: string, manifest: Stored, tag?: string): string;
  putBlob(repository: string, blob: Stored): string;
  /** Makes a tag mean another digest. */
  tag(repository: string, tag: string, digest: string): void;
  /** Takes away a tag, a manifest or a blob. */
  remove(repository: string, reference: string): void;
  manifest(repository: string, reference: string): Stored | undefined;
  blob(repository: string, digest: string): Stored | undefined;
}

interface Repository {
  readonly manifests: Map<string, Stored>;
  readonly blobs: Map<string, Stored>;
  readonly tags: Map<string, string>;
}

export function createStore(): Store {
  const repositories = new Map<string, Repository>();
  const open = (name: string): Repository => {
    let found = repositories.get(name);
    if (found === undefined) repositories.set(name, found = { manifests: new Map(), blobs: new Map(), tags: new Map() });
    return found;
  };
  const store: Store = {
    push: (repository, { manifest, blobs, children }, tag) => {
      for (const child of children) store.push(repository, child);
      for (const blob of blobs) store.putBlob(repository, blob);
      return store.putManifest(repository, manifest, tag);
    },
    putManifest: (repository, manifest, tag) => {
      const { manifests, tags } = open(repository);
      manifests.set(manifest.digest, manifest);
      if (tag !== undefined) tags.set(tag, manifest.digest);
      return manifest.digest;
    },
    putBlob: (repository, blob) => {
      open(repository).blobs.set(blob.digest, blob);
      return blob.digest;
    },
    tag: (repository, tag, digest) => void open(repository).tags.set(tag, digest),
    remove: (repository, reference) => {
      const { manifests, blobs, tags } = open(repository);
      for (const map of [manifests, blobs, tags]) map.delete(reference);
    },
    manifest: (repository, reference) => {
      const found = repositories.get(repository);
      return found?.manifests.get(found.tags.get(reference) ?? reference);
    },
    blob: (repository, digest) => repositories.get(repository)?.blobs.get(digest),
  };
  return store;
}
