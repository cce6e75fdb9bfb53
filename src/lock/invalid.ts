import { quote } from '../text/quote';

/** A value that does not belong into a lock, with the path to it, which grows on the way up to whoever knows the file. */
export class Invalid extends Error {
  public constructor(public readonly path: string, public readonly problem: string) {
    super(problem);
  }
}

/** Reads something below a key or an index. */
export function inside<T>(segment: string | number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid(pathOf(segment) + error.path, error.problem);
    throw error;
  }
}

/** `.digest`, `["nginx:1.27"]`, `[3]`. */
export function pathOf(segment: string | number): string {
  if (typeof segment === 'number') return `[${segment}]`;
  return /^[A-Za-z]{1,40}$/.test(segment) ? `.${segment}` : `[${quote(segment)}]`;
}
