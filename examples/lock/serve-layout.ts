import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobPath } from '../../test/support/oci-images';
import { stored, TestRegistry } from '../../test/support/registry';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly manifests?: readonly Descriptor[];
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
}

/** Puts what is in an OCI layout into a registry; the names of its images are `repository:tag`. */
export function serveLayout(layout: string, registry: TestRegistry): void {
  const read = (path: string) => readFileSync(join(layout, path));
  const { manifests = [] } = JSON.parse(read('index.json').toString()) as Manifest;
  for (const descriptor of manifests) {
    const [repository, tag] = (descriptor.annotations?.['org.opencontainers.image.ref.name'] ?? '').split(':');
    put(descriptor, repository, tag);
  }

  function put({ digest, mediaType }: Descriptor, repository: string, tag?: string): void {
    const bytes = read(blobPath(digest));
    const { manifests: children = [], config, layers = [] } = JSON.parse(bytes.toString()) as Manifest;
    for (const child of children) put(child, repository);
    for (const blob of config === undefined ? layers : [config, ...layers]) {
      registry.putBlob(repository, stored(read(blobPath(blob.digest)), blob.mediaType));
    }
    registry.putManifest(repository, stored(bytes, mediaType), tag);
  }
}
