import { formatLock } from './format';
import type { Lock } from './lock';
import { lockFromImages } from './parse';
import type { ImageFacts } from '../image/facts';

/**
 * The text of a lock that was put together by a program: it may be none, and that would be found out only when somebody needs it.
 *
 * @throws LockError `invalid-lock`
 */
export function provenText(lock: Lock, where: string): string {
  return formatLock(lockFromImages([...lock.images], where));
}

/**
 * A copy of an image that can be locked under its reference, and that cannot be changed: no lock that it is put into proves it again.
 *
 * @throws LockError `invalid-lock`
 */
export function provenImage(image: ImageFacts): ImageFacts {
  return lockFromImages([[image.reference, image]], 'it cannot be locked').images.get(image.reference)!;
}
