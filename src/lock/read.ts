import { statSync } from 'node:fs';
import { LockError } from './error';
import { Lock, lockLimits } from './lock';
import { parseLock } from './parse';
import { reasonOf, readText } from '../files/read';

/**
 * Reads a lock file; a symbolic link is followed.
 *
 * @throws LockError `unreadable` where there is no such file, where it is none, or where it has more than 64 MiB; `invalid-lock`
 */
export function readLock(file: string): Lock {
  return parseLock(readLockText(file), file);
}

/** @throws LockError `unreadable` */
export function readLockText(file: string): string {
  refuseSpecial(file);
  const read = readText(file, lockLimits.bytes);
  if ('error' in read) throw new LockError('unreadable', `${file}: ${read.error.message}`);
  return read.text;
}

/** A pipe would wait for somebody to write to it. */
function refuseSpecial(file: string): void {
  let stats;
  try {
    stats = statSync(file);
  } catch (error) {
    throw new LockError('unreadable', `${file}: cannot be read: ${reasonOf(error)}`, error);
  }
  if (!stats.isFile()) throw new LockError('unreadable', `${file}: cannot be read: it is ${stats.isDirectory() ? 'a folder' : 'no file'}`);
  if (stats.size > lockLimits.bytes) throw new LockError('unreadable', `${file}: is larger than ${lockLimits.bytes / 2 ** 20} MiB, which no lock is`);
}
