import { formatLock } from './format';
import type { Lock } from './lock';
import { lockFrom } from './parse';

/**
 * The text of a lock that was put together by a program: it may be none, and that would be found out only when somebody needs it.
 *
 * @throws LockError `invalid-lock`
 */
export function provenText(lock: Lock, where: string): string {
  const text = formatLock(lock);
  // A map has no key twice, so that nobody has to look for one.
  lockFrom(JSON.parse(text), where);
  return text;
}
