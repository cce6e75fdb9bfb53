import { Lock as LockShape } from './lock';

/** Which digest each tag meant when it was locked, and what the images say of themselves: the content of `images.lock.json`. */
export type Lock = LockShape;

/* eslint-disable @typescript-eslint/no-require-imports -- every app loads this file, and most have no lock to read. */

/** Reads locks. */
export const Lock = {
  /**
   * Reads a lock file such as `images.lock.json`; its schema is `cdk8s-hardened/schema/lock.schema.json`. Nothing is asked of a registry.
   *
   * Guaranteed: what it returns is valid. Not guaranteed: that a digest is still in its registry, or that a tag still means it.
   *
   * @throws LockError `unreadable`, `invalid-lock`
   */
  fromFile(path: string): Lock {
    const { readLock } = require('./read') as typeof import('./read');
    return readLock(path);
  },

  /**
   * Reads a lock from the text of such a file.
   *
   * @param where what messages call it @default 'lock'
   * @throws LockError `invalid-lock`
   */
  parse(text: string, where?: string): Lock {
    const { parseLock } = require('./parse') as typeof import('./parse');
    return parseLock(text, where);
  },

  /**
   * Takes the JSON of such a file, as an import of it gives it.
   *
   * @throws LockError `invalid-lock`
   */
  from(json: unknown, where?: string): Lock {
    const { lockFrom } = require('./parse') as typeof import('./parse');
    return lockFrom(json, where);
  },
};
