/** A part of a text that holds one YAML document. */
export interface Part {
  /** Offsets in the text; a part begins where a line does. */
  readonly start: number;
  readonly end: number;
  /** Offset behind the marker `---`, or `start` where there is none. */
  readonly content: number;
  /** Line of `start`, from 1. */
  readonly line: number;
}

/**
 * Where the documents of a text are, in order; `---` and `...` at the start of a line end a document wherever they stand,
 * also in a block scalar, so that one document that does not parse does not take the next with it.
 *
 * Comments and directives before a `---` belong to the document behind it; where nothing else stands, there is no document.
 *
 * @param from where the text begins: behind a byte order mark
 *
 * Source: YAML 1.2.2, 9.1.2 (document markers) and 9.2 (`c-forbidden`).
 */
export function* splitDocuments(text: string, from = 0): Generator<Part> {
  const marker = /(?:^\ufeff?|[\r\n])(---|\.\.\.)(?=[ \t\r\n]|$)/g;
  let start = from;
  let content: number | undefined;
  let line = 1;
  let counted = 0;

  for (let match = marker.exec(text); match !== null; match = marker.exec(text)) {
    const at = marker.lastIndex - 3;
    const hasDocument = content !== undefined || !isPreamble(text, start, at);
    if (match[1] === '...') {
      const end = endOfLine(text, marker.lastIndex);
      if (hasDocument) yield part(end);
      start = end;
      content = undefined;
    } else {
      if (hasDocument) {
        yield part(at);
        start = at;
      }
      content = marker.lastIndex;
    }
  }
  if (content !== undefined || !isPreamble(text, start, text.length)) yield part(text.length);

  function part(end: number): Part {
    line += countLines(text, counted, start);
    counted = start;
    return { start, end, content: content ?? start, line };
  }
}

/**
 * Whether there are only comments, directives and empty lines: none with a character that may end a line for Kubernetes, because
 * what stands behind it is then no comment.
 */
function isPreamble(text: string, start: number, end: number): boolean {
  const line = /[ \t]*(?:[#%][^\r\n\0\u0085\u2028\u2029\ufeff]*)?(?:[\r\n]|$)/y;
  line.lastIndex = start;
  while (line.lastIndex < end) {
    if (!line.test(text)) return false;
  }
  return true;
}

function endOfLine(text: string, from: number): number {
  const end = /\r\n?|\n|$/g;
  end.lastIndex = from;
  end.test(text);
  return end.lastIndex;
}

/** The line breaks between two offsets: `\n`, `\r\n` and `\r`, as YAML has them. */
export function countLines(text: string, from: number, to: number): number {
  const part = text.slice(from, to);
  let lines = 0;
  for (let at = part.indexOf('\n'); at !== -1; at = part.indexOf('\n', at + 1)) lines++;
  for (let at = part.indexOf('\r'); at !== -1; at = part.indexOf('\r', at + 1)) {
    if (text[from + at + 1] !== '\n') lines++;
  }
  return lines;
}
