import { CodedError } from '../text/coded-error';

/**
 * What went wrong with a lock:
 *
 * - `invalid-lock`: the text, or the value, is no lock
 * - `unreadable`: the file cannot be read
 * - `not-locked`: an image was asked for that the lock does not hold
 */
export type LockErrorCode = 'invalid-lock' | 'unreadable' | 'not-locked';

/** The one error of this room. The message is complete: it names the file and the key, and says what to do where that is known. */
export class LockError extends CodedError<LockErrorCode> {
  public constructor(code: LockErrorCode, message: string, cause?: unknown) {
    super('LockError', code, message, cause);
  }
}
