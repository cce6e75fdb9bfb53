import type { Lock } from './lock';
import { canonicalReference } from './reference';
import type { ImageReference } from '../image/reference';
import type { LockedImage, LockedImages } from '../rules/locked-image';

const indexes = new WeakMap<Lock, LockedImages>();

/** The lock as rules see it: looked up by reference. The index is made once for each lock. */
export function indexOf(lock: Lock): LockedImages {
  const known = indexes.get(lock) ?? makeIndex(lock);
  indexes.set(lock, known);
  return known;
}

/**
 * What is locked for a reference: under the same tag, whatever its digest, so that a digest that has drifted can be seen; for a digest
 * without a tag, an image of the same repository that has this digest, or has it on one of its platforms.
 */
export function lockedFor(lock: Lock, reference: ImageReference): LockedImage | undefined {
  return indexOf(lock).find(reference);
}

function makeIndex({ images }: Lock): LockedImages {
  const byTag = new Map<string, LockedImage>();
  const byDigest = new Map<string, LockedImage>();
  for (const image of images.values()) {
    const { reference, digest, platforms } = image;
    byTag.set(reference, image);
    const repository = reference.slice(0, reference.lastIndexOf(':'));
    for (const each of [digest, ...Object.values(platforms).map(({ manifest }) => manifest)]) {
      const key = `${repository}@${each}`;
      // An index before the images in it: what is pinned by hand is one more often than not.
      if (!byDigest.has(key) || each === digest) byDigest.set(key, image);
    }
  }
  return {
    find: (reference) => {
      const { registry, repository, tag, digest } = reference;
      if (tag === undefined && digest !== undefined) return byDigest.get(`${registry.toLowerCase()}/${repository}@${digest}`);
      return byTag.get(canonicalReference(reference));
    },
  };
}
