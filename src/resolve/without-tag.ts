import { partsOf } from './failure';
import type { Wanted } from './requests';
import type { LockNote } from './resolve';
import { indexOf } from '../lock/find';
import type { Lock } from '../lock/lock';
import { withoutTag } from '../lock/reference';

/** What becomes of the images in manifests that have a digest and no tag. */
export interface DigestsToLock {
  /** Those to lock for what they say of themselves. */
  readonly wanted: readonly Wanted[];
  /** How many are not. */
  readonly passedOver: number;
  readonly notes: readonly LockNote[];
}

/**
 * Chooses those of which nothing is known under a tag, in the lock or among what is wanted with it. Offline, what the lock does not know
 * is passed over with a note: it is pinned, so that no build needs more.
 */
export function digestsToLock(pinned: Iterable<Wanted>, others: readonly Wanted[], locked: Lock, isOffline: boolean): DigestsToLock {
  const index = indexOf(locked);
  const known = new Set(others.map(({ reference, digest }) => `${withoutTag(reference)}@${digest}`));
  const wanted: Wanted[] = [];
  const notes: LockNote[] = [];
  let passedOver = 0;
  for (const each of pinned) {
    const found = index.find(partsOf(each.reference));
    const isKnownByTag = found === undefined ? known.has(each.reference) : found.reference !== each.reference;
    if (!isKnownByTag && (found !== undefined || !isOffline)) {
      wanted.push(each);
      continue;
    }
    passedOver += 1;
    if (!isKnownByTag) {
      notes.push({ name: each.name, message: 'it is pinned and not in the lock, so no rule knows what it says of itself; without --offline it is locked' });
    }
  }
  return { wanted, passedOver, notes };
}
