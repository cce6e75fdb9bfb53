import { isMap } from 'node:util/types';
import type { LockedImages } from '../image/facts';
import { indexOf } from '../lock/find';
import type { Lock } from '../lock/lock';
import type { LockJson } from '../lock/locked-images';
import { lockFrom, lockFromImages } from '../lock/parse';
import type { Manifest } from '../manifest/pod';
import { applyPins } from '../pin/objects';
import { pinsFor } from '../pin/pins';
import { isObject } from '../shape/json';

/** A lock that is in force. */
export interface OwnLock {
  readonly images: LockedImages;
  /** The document with its images pinned; the very same value where there was nothing to pin. */
  pin(document: unknown, manifests: readonly Manifest[]): unknown;
}

/**
 * Checks that it is a lock, also where somebody built it by hand, and copies it: a later change of the lock does not change what is
 * pinned. Custom rules see the copy, and cannot change it either.
 *
 * @param where what messages call it
 * @throws LockError `invalid-lock`
 */
export function ownLock(lock: Lock | LockJson, where: string): OwnLock {
  const images: unknown = isObject(lock) ? lock.images : undefined;
  const proven = isMap(images) ? lockFromImages(entriesOf(images), where) : lockFrom(lock, where);
  const index = Object.freeze(indexOf(proven));
  return {
    images: index,
    pin: (document, manifests) => manifests.some(hasTags) ? applyPins(document, pinsFor(document, manifests, index).pins) : document,
  };
}

/** Most objects need no search: typed workloads have digests, and most kinds have no images. */
function hasTags({ pods }: Manifest): boolean {
  return pods.some(({ images }) => images.some(({ parsed }) => parsed.ok && parsed.reference.digest === undefined));
}

/** Asks the map itself, past what a subclass has in its place. What is no text is refused as a name. */
function entriesOf(images: Map<unknown, unknown>): readonly (readonly [string, unknown])[] {
  const entries = [...Map.prototype.entries.call(images)] as [unknown, unknown][];
  return entries.map(([key, image]) => [typeof key === 'string' ? key : '', image]);
}
