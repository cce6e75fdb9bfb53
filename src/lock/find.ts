import type { Lock } from './lock';
import { canonicalReference, withoutTag } from './reference';
import type { ImageFacts, LockedImages } from '../image/facts';
import type { ImageReference } from '../image/reference';

const indexes = new WeakMap<Lock, LockedImages>();

/**
 * The lock as rules see it: what is locked for a reference, under the same tag, whatever its digest, so that a digest that has drifted can
 * be seen; for a digest without a tag, what is locked for just that, or else an image of the same repository that has this digest, or has
 * it on one of its platforms.
 *
 * The index is made once for each lock.
 */
export function indexOf(lock: Lock): LockedImages {
  const known = indexes.get(lock) ?? makeIndex(lock);
  indexes.set(lock, known);
  return known;
}

function makeIndex({ images }: Lock): LockedImages {
  const all = [...images.values()];
  const byReference = new Map(all.map((image) => [image.reference, image]));
  let byDigest: ReadonlyMap<string, ImageFacts> | undefined;
  // Each rule asks for the same references, which are the same objects where the same text was read.
  const known = new WeakMap<ImageReference, ImageFacts | null>();
  return {
    find: (reference) => {
      const before = known.get(reference);
      if (before !== undefined) return before ?? undefined;
      const found = search(reference);
      known.set(reference, found ?? null);
      return found;
    },
  };

  function search(reference: ImageReference): ImageFacts | undefined {
    const { tag, digest } = reference;
    const canonical = canonicalReference(reference);
    const own = byReference.get(canonical);
    if (own !== undefined || tag !== undefined || digest === undefined) return own;
    byDigest ??= digestsIn(all);
    return byDigest.get(canonical);
  }
}

function digestsIn(images: readonly ImageFacts[]): ReadonlyMap<string, ImageFacts> {
  const byDigest = new Map<string, ImageFacts>();
  for (const image of images) {
    const { reference, digest, platforms } = image;
    const repository = withoutTag(reference);
    for (const each of [digest, ...Object.values(platforms).map(({ manifest }) => manifest)]) {
      const key = `${repository}@${each}`;
      // An index before the images in it: what is pinned by hand is one more often than not.
      if (!byDigest.has(key) || each === digest) byDigest.set(key, image);
    }
  }
  return byDigest;
}
