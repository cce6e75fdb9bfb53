import { carriageReturn, Refusal } from './refusal';

/** A part of a text that holds one YAML document. */
export interface DocumentPart {
  /** Offsets in the text; a part begins where a line does. */
  readonly start: number;
  readonly end: number;
  /** Offset behind the marker `---`, or `start` where there is none. */
  readonly content: number;
  /** Line of `start`, from 1. */
  readonly line: number;
  /** Why the part is not to be read, where kubectl would not find the same documents in it; the offset is that in the text. */
  readonly refusal?: Refusal;
}

/** What Go calls white space, and neither YAML nor JSON does. */
const unicodeSpace = /[ \t\r\n]*[\v\f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/y;
/** What may stand behind a marker on its line, so that all take it for one. */
const restOfMarker = /(?:[ \t]+(?:#[^\r\n]*)?)?(?=[\r\n]|$)/y;
/** A comment or nothing: no character that may end a line for Kubernetes, because what stands behind it is no comment. */
const noContent = /[ \t]*(?:#[^\r\n\0\u0085\u2028\u2029\ufeff]*)?(?:[\r\n]|$)/y;

/**
 * Where the documents of a text are, in order; `---` and `...` at the start of a line end a document wherever they stand,
 * also in a block scalar, so that one document that does not parse does not take the next with it.
 *
 * Comments before a `---` belong to the document behind it; where nothing else stands, there is no document.
 *
 * kubectl divides a text at each line that begins with `---`, before anything reads the YAML, and of each part it takes the first
 * document. A part in which it would find other documents than YAML has a `refusal`.
 *
 * @param from where the text begins: behind a byte order mark
 *
 * Source: YAML 1.2.2, 9.1.2 (document markers) and 9.2 (`c-forbidden`); `YAMLReader` and `YAMLOrJSONDecoder` of k8s.io/apimachinery,
 * pkg/util/yaml, 0.27 to 0.37.
 */
export function* splitDocuments(text: string, from = 0): Generator<DocumentPart> {
  const marker = /(?:^\ufeff?|[\r\n])(?:---|\.\.\.(?=[ \t\r\n]|$))/g;
  let start = from;
  let content: number | undefined;
  let refusal = refusedStart(text, from);
  let isBehindEnd = false;
  let line = 1;
  let counted = 0;

  for (let match = marker.exec(text); match !== null; match = marker.exec(text)) {
    const behind = marker.lastIndex;
    const at = behind - 3;
    const problem = refusedMarker(text, at);
    if (problem !== undefined && !/[ \t\r\n]/.test(text.charAt(behind))) {
      // For YAML it is no marker.
      refusal ??= problem;
      continue;
    }
    if (text[at] === '-') {
      if (holdsDocument(at)) {
        yield part(at);
        start = at;
      }
      refusal = problem;
      content = behind;
      isBehindEnd = false;
    } else {
      refusal ??= problem;
      const end = endOfLine(text, behind);
      if (holdsDocument(at)) yield part(end);
      start = end;
      refusal = undefined;
      content = undefined;
      isBehindEnd = true;
    }
  }
  if (holdsDocument(text.length)) yield part(text.length);

  /** Also where nothing but a refusal is in it. */
  function holdsDocument(end: number): boolean {
    if (content !== undefined || refusal !== undefined) return true;
    const first = endOfPreamble(text, start, end);
    if (first < end) refusal = refusedContent(text, first, isBehindEnd);
    return first < end;
  }

  function part(end: number): DocumentPart {
    line += countLines(text, counted, start);
    counted = start;
    return { start, end, content: content ?? start, line, ...(refusal && { refusal }) };
  }
}

function refusedStart(text: string, from: number): Refusal | undefined {
  unicodeSpace.lastIndex = from;
  if (!unicodeSpace.test(text)) return undefined;
  return new Refusal('the text begins with white space that is not read alike by Kubernetes and by others; remove it', unicodeSpace.lastIndex - 1);
}

function refusedMarker(text: string, at: number): Refusal | undefined {
  restOfMarker.lastIndex = at + 3;
  if (restOfMarker.test(text)) {
    // kubectl sees no end of a line there, and so no marker behind it.
    const end = restOfMarker.lastIndex;
    return text[end] === '\r' && text[end + 1] !== '\n' ? new Refusal(carriageReturn, end) : undefined;
  }
  const marker = text.slice(at, at + 3);
  const what = /[ \t]/.test(text.charAt(at + 3))
    ? `behind "${marker}" on its line there is more than a comment, which kubectl does not read; write it on a line of its own`
    : `a line begins with "${marker}" and goes on without a space: for kubectl a document may end here, for YAML none does; indent the line, or put a line break behind "${marker}"`;
  return new Refusal(what, at);
}

/** Of what stands before any `---`. */
function refusedContent(text: string, at: number, isBehindEnd: boolean): Refusal | undefined {
  if (text[at] === '%') return new Refusal('a directive is not read by kubectl, which takes the "---" behind it for the end of a document; remove it', at);
  return isBehindEnd ? new Refusal('what stands behind "..." is left out by kubectl; put a line "---" before it', at) : undefined;
}

/** Where the first line begins that has more than a comment; `end` or more where there is none. */
function endOfPreamble(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    noContent.lastIndex = at;
    if (!noContent.test(text)) break;
    at = noContent.lastIndex;
  }
  return at;
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
