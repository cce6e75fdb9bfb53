import { lstatSync } from 'node:fs';
import type { LockedImages } from '../image/facts';
import { lockFileName } from '../lock/lock';

/**
 * The lock of the file; without a name, that of `images.lock.json` where it exists. A link that leads nowhere exists, and is an error.
 *
 * @throws LockError `unreadable`, `invalid-lock`
 */
export function lockInForce(named: string | undefined): LockedImages | undefined {
  const file = named ?? (lstatSync(lockFileName, { throwIfNoEntry: false }) === undefined ? undefined : lockFileName);
  if (file === undefined) return undefined;
  /* eslint-disable @typescript-eslint/no-require-imports -- many projects have no lock; these are 13 modules. */
  const { readLock } = require('../lock/read') as typeof import('../lock/read');
  const { indexOf } = require('../lock/find') as typeof import('../lock/find');
  return indexOf(readLock(file));
}
