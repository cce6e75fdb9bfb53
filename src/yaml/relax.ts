import { isSpaceAt, type Scan, skip, skipProperty, skipQuoted } from './scan';
import { skipFlow } from './scan-flow';

const blockHeader = /[|>](?:[-+][1-9]?|[1-9][-+]?)?[ \t]*/y;
const comment = /#[^\r\n]*/y;
const indentation = / */y;
const restOfLine = /[^\n]*\n?/y;
const keySeparator = /[ \t]*:(?=[ \t\r\n]|$)/y;
/** Of a text without quotes, what does not end it on its line. By the piece: a repeated group fills the stack on a long line. */
const plainPiece = /[^ \t\r\n:]+|:(?![ \t\r\n]|$)|[ \t]+(?![ \t\r\n#]|$)/y;
const lineEnds = /[ \t\r]*\n[ \t\r\n]*/y;
const markBehindMarker = /^---(?:[ \t]+(?:#[^\n]*)?)?\r?\n\ufeff(?!---|\.\.\.)/;

/**
 * What Kubernetes reads and YAML 1.2 does not, written so that both do, with each character in its place: between brackets and in
 * quotes, where Kubernetes does not care for indentation, line ends, tabs and comments become spaces; so does a comment without a space
 * before it. Only events are to be taken from it: values are in the text.
 *
 * @param text without byte order marks and other characters that readers do not agree on
 * @returns `undefined` where it is not known to mean the same
 *
 * Source: scannerc.go of go.yaml.in/yaml/v2, which sigs.k8s.io/yaml uses.
 */
export function relax(text: string): string | undefined {
  const scan: Scan = { text, at: 0, lineStart: 0, blanks: [] };
  /** The columns of the collections in block style that are open. */
  const indents = [-1];
  /** The column where what may be a key begins on this line. */
  let key: number | undefined;
  /** Behind a key or a value on its line, where a tab is not taken for indentation. */
  let mayBeTab = false;
  while (scan.at < text.length) {
    if (!skipToken()) return undefined;
  }
  return blanked(scan);

  function skipToken(): boolean {
    const { at, lineStart } = scan;
    const column = at - lineStart;
    const character = text[at];
    if (character === '\n') {
      scan.at++;
      scan.lineStart = scan.at;
      key = undefined;
      mayBeTab = false;
      return true;
    }
    if (' \t\r'.includes(character)) {
      if (character === '\t' && mayBeTab) scan.blanks.push([at, at + 1]);
      scan.at++;
      return true;
    }
    if (character === '#') {
      skip(scan, comment);
      if (!isSpaceAt(text, at - 1)) scan.blanks.push([at, scan.at]);
      return true;
    }
    if (column === 0 && text.startsWith('---') && isSpaceAt(text, at + 3)) {
      scan.at += 3;
      return true;
    }
    while (indents.at(-1)! > column) indents.pop();
    if ('-?:'.includes(character) && isSpaceAt(text, at + 1)) {
      const indent = character === ':' ? key ?? column : column;
      if (indents.at(-1)! < indent) indents.push(indent);
      mayBeTab = character === ':' && key !== undefined;
      key = undefined;
      scan.at++;
      return true;
    }
    if (character === '|' || character === '>') return skipBlock();
    key ??= column;
    mayBeTab = true;
    switch (character) {
      case '&': case '*': case '!': return skipProperty(scan);
      case '"': case "'": return skipQuoted(scan) && isNoKey(lineStart);
      case '[': case '{': return skipFlow(scan, indents.at(-1)!) && isNoKey(lineStart);
      case ']': case '}': case ',': case '%': case '@': case '`': return false;
      default: return skipPlain();
    }
  }

  /** What became one line must not become a key, which Kubernetes takes on one line only. */
  function isNoKey(lineStart: number): boolean {
    keySeparator.lastIndex = scan.at;
    return scan.lineStart === lineStart || !keySeparator.test(text);
  }

  function skipPlain(): boolean {
    for (;;) {
      if (skip(scan, plainPiece) === '') return false;
      while (skip(scan, plainPiece) !== '');
      lineEnds.lastIndex = scan.at;
      const found = lineEnds.exec(text)?.[0];
      if (found === undefined) return true;
      const next = scan.at + found.length;
      const column = found.length - 1 - found.lastIndexOf('\n');
      if (next >= text.length || column <= indents.at(-1)! || text[next] === '#') return true;
      skip(scan, lineEnds);
      // A key on several lines is none.
      keySeparator.lastIndex = scan.at;
      if (keySeparator.test(text)) return false;
    }
  }

  function skipBlock(): boolean {
    const header = skip(scan, blockHeader);
    if (text[scan.at] === '#') {
      const start = scan.at;
      skip(scan, comment);
      scan.blanks.push([start, scan.at]);
    }
    if (!/^\r?(?:\n|$)/.test(text.slice(scan.at, scan.at + 2))) return false;
    skip(scan, restOfLine);
    const parent = indents.at(-1)!;
    const digit = /\d/.exec(header)?.[0];
    let indent = digit === undefined ? undefined : Math.max(parent, 0) + Number(digit);
    let deepest = Math.max(parent + 1, 1);
    while (scan.at < text.length) {
      const column = skip(scan, indentation).length;
      const isEmpty = /^\r?(?:\n|$)/.test(text.slice(scan.at, scan.at + 2));
      deepest = Math.max(deepest, column);
      if (!isEmpty) {
        indent ??= deepest;
        if (column < indent) {
          scan.at = scan.lineStart;
          break;
        }
      }
      skip(scan, restOfLine);
    }
    key = undefined;
    return true;
  }
}

/** Without a byte order mark at the start of a document: it changes places with the line end before it, and becomes a space. */
export function withoutMark(text: string): string {
  return text.replace(markBehindMarker, (found) => found.replace(/(\r?\n)\ufeff$/, ' $1'));
}

function blanked({ text, blanks }: Scan): string {
  let result = '';
  let end = 0;
  for (const [from, to] of blanks) {
    result += text.slice(end, from) + ' '.repeat(to - from);
    end = to;
  }
  return result + text.slice(end);
}
