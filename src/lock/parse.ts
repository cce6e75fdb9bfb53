import { duplicateKey } from './duplicate-keys';
import { LockError } from './error';
import { Lock, lockLimits } from './lock';
import { validateImages, validateLock } from './validate';
import { get, isPlainObject } from '../shape/json';
import type { Read } from '../shape/strict';

/**
 * Reads the text of `images.lock.json`.
 *
 * Strict: another version, a key that is unknown or stands twice, a reference that is not the canonical one of its name, or two
 * digests for one reference are errors. Any order and any white space is read, as a merge may leave it.
 *
 * @param where what messages call it, such as the path of the file
 * @throws LockError `invalid-lock`, naming `where` and the key
 */
export function parseLock(text: string, where = 'lock'): Lock {
  if (text.length > lockLimits.bytes) throw invalid(where, `has more than ${lockLimits.bytes} characters`);
  const lock = lockFrom(parse(text, where), where);
  const twice = duplicateKey(text);
  if (twice !== undefined) throw invalid(where, `${twice} stands twice; remove all lines of the entry that is wrong`);
  return lock;
}

/**
 * Proves that a value, such as the JSON of an `import`, is a lock.
 *
 * @throws LockError `invalid-lock`
 */
export function lockFrom(value: unknown, where = 'lock'): Lock {
  return lockIn(validateLock(withoutDefault(value)), where);
}

/** `import * as lock` of a JSON file has all of it once more under `default`, where `esModuleInterop` is on. */
function withoutDefault(value: unknown): unknown {
  const whole = isPlainObject(value) ? get(value, 'default') : undefined;
  if (!isPlainObject(value) || !isPlainObject(whole)) return value;
  return ['version', 'images'].every((key) => get(whole, key) === get(value, key)) ? whole : value;
}

/**
 * Proves that images, each under its own name, make a lock.
 *
 * @throws LockError `invalid-lock`
 */
export function lockFromImages(entries: readonly (readonly [name: string, image: unknown])[], where: string): Lock {
  return lockIn(validateImages(entries), where);
}

function lockIn(read: Read<Lock>, where: string): Lock {
  if (read.ok) return read.value;
  throw new LockError('invalid-lock', read.problems.map(({ message }) => `${where}: ${message}`).join('\n'));
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/^(?:<{7}|={7}|>{7})(?: |\r?$)/m.test(text)) {
      throw invalid(where, 'has the conflict markers of a merge: keep the lines of both sides, and remove the markers');
    }
    throw invalid(where, text.trim() === '' ? 'is empty; remove it, and lock the images again' : 'is not JSON', error);
  }
}

function invalid(where: string, problem: string, cause?: unknown): LockError {
  return new LockError('invalid-lock', `${where}: ${problem}`, cause);
}
