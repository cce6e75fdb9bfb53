import type { InputDocument } from './documents';
import { lineOf, type Position } from './position';

/** How much of a line is shown around the value, in characters. */
const before = 60;
const after = 60;
/** Control characters, invisible ones that reorder text, halves of a pair: they must not reach a terminal. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/**
 * The line of a position, and below it a line with carets under the value: fit for a terminal whatever the file holds, at most about
 * 120 columns.
 * A tab is shown as two spaces and any other control character as `�`; what is cut away is shown as `…`.
 *
 * @param document the one that `positionOf` was asked for
 */
export function excerptOf(document: InputDocument, { line, column, endLine, endColumn }: Position): string {
  const whole = lineOf(document, line);
  const from = column - 1;
  const to = endLine === line ? endColumn - 1 : whole.length;
  const first = Math.max(0, from - before);
  const last = Math.min(whole.length, from + after);
  const head = (first > 0 ? '…' : '') + shown(whole.slice(first, from));
  const value = shown(whole.slice(from, Math.min(to, last)));
  const tail = shown(whole.slice(to, last)) + (last < whole.length ? '…' : '');
  return `${head}${value}${tail}\n${' '.repeat(width(head))}${'^'.repeat(Math.max(1, width(value)))}`;
}

function shown(text: string): string {
  return text.replace(/\t/g, '  ').replace(unsafe, '�');
}

/** The columns that the text takes on a terminal. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += wide.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  return columns;
}
