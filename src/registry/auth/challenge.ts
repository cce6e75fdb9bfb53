/** One way in which a server lets itself be convinced: `Bearer realm="…",service="…"`. */
export interface Challenge {
  /** Lower-case. */
  readonly scheme: string;
  /** By lower-case name; the first of two of one name counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const longestHeader = 16 * 1024;
const mostChallenges = 32;
const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const token68 = /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y;
const quoted = /"((?:[^"\\]|\\[^])*)"/y;
const space = /[ \t]*/y;
const separators = /[ \t,]*/y;

/**
 * Reads the list of challenges in `WWW-Authenticate`.
 *
 * Several may stand in one header, set apart by the commas that also stand between their parameters and within quoted values.
 * Never throws: reading ends where the text is no longer one of challenges, and what was complete before that is given.
 *
 * @see RFC 9110, section 11.6.1
 */
export function parseChallenges(header: string): readonly Challenge[] {
  if (header.length > longestHeader) return [];
  const found: Challenge[] = [];
  let at = 0;
  const take = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at;
    const match = expression.exec(header);
    if (match !== null) at += match[0].length;
    return match;
  };
  const parameter = (): readonly [string, string] | undefined => {
    const start = at;
    const name = take(token);
    take(space);
    if (name !== null && header.charAt(at) === '=') {
      at++;
      take(space);
      const text = take(quoted);
      const value = text === null ? take(token)?.[0] : text[1].replace(/\\([^])/g, '$1');
      if (value !== undefined) return [name[0].toLowerCase(), value];
    }
    at = start;
    return undefined;
  };

  while (found.length < mostChallenges) {
    take(separators);
    const scheme = take(token);
    if (scheme === null) return found;
    const parameters = new Map<string, string>();
    found.push({ scheme: scheme[0].toLowerCase(), parameters });
    if (take(space)?.[0] !== '' && take(token68) === null) {
      for (let next = parameter(); next !== undefined; next = parameter()) {
        if (!parameters.has(next[0])) parameters.set(next[0], next[1]);
        // A comma is followed by another parameter, or by the next challenge.
        take(separators);
      }
    }
  }
  return found;
}
