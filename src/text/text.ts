import { codeUnits, withoutCommands } from './pipeline-commands';

/** The longest text between quotes: a message has to fit a terminal, whatever the manifest holds. */
const longestText = 80;

/**
 * A value as a message shows it: in double quotes, on one line, at most about 80 characters.
 *
 * Control characters and the invisible ones that reorder text are escaped, so that a hostile manifest cannot write to
 * a terminal, and what a pipeline would take for a command is broken up. Text that was cut ends in `…`.
 */
export function quoted(value: string): string {
  return quotedUpTo(longestText, value);
}

/** The same, cut elsewhere: for what is only of use in full. */
export function quotedUpTo(longest: number, value: string): string {
  // Cut first: the work stays bounded even for a value of megabytes.
  const shown = value.length > longest ? value.slice(0, longest - 1) + '…' : value;
  return withoutCommands(withoutInvisible(JSON.stringify(shown)));
}

/** JSON in which what is invisible or reorders text is written as an escape; it parses to the same value. */
export function withoutInvisible(json: string): string {
  return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, codeUnits);
}

/** Words as a message lists them: the first eight, and how many more; one that is long or not plain is quoted and cut. */
export function listed(words: readonly string[]): string {
  const shown = words.slice(0, 8).map((word) => /^[\w./:-]{1,32}$/.test(word) ? word : quotedUpTo(32, word));
  const more = words.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** What a field is, for the end of a message: its value in quotes, or `not set`. */
export function quotedOrUnset(value: string | undefined): string {
  return value === undefined ? 'not set' : quoted(value);
}

/** `1 container`, `2 containers`; for nouns whose plural takes a plain `s`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
