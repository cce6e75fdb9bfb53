import { lockVoice } from './description';

interface Open {
  /** Undefined for a list. */
  readonly keys: Set<string> | undefined;
  /** The last key; what stands behind it may be open. */
  last: string | undefined;
}

/**
 * The path of the first key that stands twice in its object, in a text that is JSON; `JSON.parse` takes the last one and says nothing.
 *
 * Takes time linear in the text.
 */
export function duplicateKey(text: string): string | undefined {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{': open.push({ keys: new Set(), last: undefined }); break;
      case '[': open.push({ keys: undefined, last: undefined }); break;
      case '}': case ']': open.pop(); break;
      case '"': {
        const end = endOfString(text, at);
        const frame = open.at(-1);
        if (frame?.keys !== undefined && isKey(text, end)) {
          const key = JSON.parse(text.slice(at, end)) as string;
          frame.last = key;
          if (frame.keys.has(key)) return pathOf(open);
          frame.keys.add(key);
        }
        at = end - 1;
      }
    }
  }
  return undefined;
}

function pathOf(open: readonly Open[]): string {
  return open.map(({ last }) => last === undefined ? '' : lockVoice.place(last)).join('').replace(/^\./, '');
}

/** The offset behind the closing quote. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function isKey(text: string, end: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = end;
  return colon.test(text);
}
