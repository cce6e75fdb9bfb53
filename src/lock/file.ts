import { Lock as LockShape } from './lock';
import { lockFrom, parseLock } from './parse';
import { readLock } from './read';

/** Which digest each tag meant when it was locked, and what the images say of themselves: the content of `images.lock.json`. */
export type Lock = LockShape;

/** Reads locks. */
export const Lock = {
  /**
   * Reads a lock file such as `images.lock.json`; its schema is `cdk8s-hardened/schema/lock.schema.json`. Nothing is asked of a registry.
   *
   * Guaranteed: what it returns is valid. Not guaranteed: that a digest is still in its registry, or that a tag still means it.
   *
   * @throws LockError `unreadable`, `invalid-lock`
   */
  fromFile: (path: string): Lock => readLock(path),

  /**
   * Reads a lock from the text of such a file.
   *
   * @param where what messages call it @default 'lock'
   * @throws LockError `invalid-lock`
   */
  parse: (text: string, where?: string): Lock => parseLock(text, where),

  /**
   * Takes the JSON of such a file, as an import of it gives it.
   *
   * @throws LockError `invalid-lock`
   */
  from: (json: unknown, where?: string): Lock => lockFrom(json, where),
};
