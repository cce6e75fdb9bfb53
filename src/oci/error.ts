import { CodedError } from '../text/coded-error';

/**
 * Why an image could not be read:
 *
 * - `not-found`: the registry, or the layout, has no such repository, tag, digest or file
 * - `denied`: the credentials, or the lack of them, do not suffice
 * - `rate-limited`: the registry goes on saying that it was asked too often
 * - `unavailable`: the registry answers with an error of its own (5xx)
 * - `connection`: no connection, or one that broke
 * - `tls`: the certificate, or the handshake, is not to be trusted
 * - `timeout`: the time allowed ran out
 * - `digest-mismatch`: the bytes are not those that the digest, or the size, names
 * - `too-large`: more bytes, or more entries, than an image has
 * - `malformed`: an answer, a manifest or a config that is not what the specification says
 * - `unsupported`: something that is valid, and is not read here
 * - `redirect`: a redirect that is not followed
 * - `credentials`: a file with credentials, or a credential helper, that cannot be used
 * - `unreadable`: a file of a layout or an archive that cannot be read
 * - `invalid`: an option, or a reference, that the caller gave and that cannot be used
 * - `aborted`: the caller's signal
 */
export type RegistryErrorCode =
  | 'not-found' | 'denied' | 'rate-limited' | 'unavailable' | 'connection' | 'tls' | 'timeout' | 'digest-mismatch' | 'too-large'
  | 'malformed' | 'unsupported' | 'redirect' | 'credentials' | 'unreadable' | 'invalid' | 'aborted';

/** What a `RegistryError` is made of; each text is one lower-case line without a full stop. */
interface RegistryProblem {
  readonly code: RegistryErrorCode;
  /** The image, or the place, as a person names it: `ghcr.io/acme/shop:1.4.2`. */
  readonly subject: string;
  readonly problem: string;
  /** What to do about it. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/** The one error of this room. The message is complete: subject, problem, and what to do. */
export class RegistryError extends CodedError<RegistryErrorCode> {
  declare public readonly subject: string;
  /** The message without the subject and without what to do. */
  declare public readonly problem: string;
  declare public readonly fix?: string;

  public constructor({ code, subject, problem, fix, cause }: RegistryProblem) {
    super('RegistryError', code, `${subject}: ${problem}${fix === undefined ? '' : `; ${fix}`}`, cause, { subject, problem, fix });
  }
}

/** The code of an error of Node's, `ENOENT`; empty where it has none. Not by `instanceof`: Node's own errors may be of another realm. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
