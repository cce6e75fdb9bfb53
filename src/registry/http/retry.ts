import { isPassing } from './failure';
import type { Settings } from './options';
import { RegistryError } from '../../oci/error';

/** A failure after which the server may be asked again. */
export class Again extends Error {
  /** `wait`: how long the server wants to be left alone, in milliseconds, where it says so. */
  public constructor(public readonly error: RegistryError, public readonly wait?: number) {
    super(error.message);
  }
}

const longestBackoff = 8_000;

/**
 * Tries again after what may pass: the server's own errors, a broken connection, `Retry-After`.
 *
 * The waits grow twofold and are spread at random, so that many clients that failed together do not come back together.
 */
export async function retrying<T>(settings: Settings, attempt: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const reason = error instanceof Again ? error.error : error;
      if (!(error instanceof Again) && !isPassing(error)) throw error;
      const asked = error instanceof Again ? error.wait : undefined;
      if (failures >= settings.retries) throw tooLong(reason, asked);
      const wait = asked ?? Math.min(longestBackoff, settings.firstWait * 2 ** failures) * (0.5 + Math.random() / 2);
      if (wait > settings.longestWait) throw tooLong(reason, asked);
      // An abort is reported by the next request, in the words of all others.
      await settings.clock.sleep(wait, settings.signal);
    }
  }
}

function tooLong(reason: unknown, asked = 0): unknown {
  if (asked === 0 || !(reason instanceof RegistryError)) return reason;
  const { code, subject, problem, fix, cause } = reason;
  const wait = `it asks to wait ${Math.ceil(asked / 1000)} s`;
  return new RegistryError({ code, subject, problem, fix: fix === undefined ? wait : `${wait}: ${fix}`, cause });
}

/**
 * The wait in a `Retry-After`, in milliseconds: seconds, or a date.
 *
 * @see RFC 9110, section 10.2.3
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // `Date.parse` takes a bare number, a year alone and worse for a date.
  if (!/^[A-Za-z]{3,9}, .{1,40} GMT$/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
