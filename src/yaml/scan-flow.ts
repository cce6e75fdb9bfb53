import { isSpaceAt, type Scan, skip, skipFlowSpace, skipProperty, skipQuoted } from './scan';

/** Of a key that is not marked with `?`, to Kubernetes. */
const longestKey = 1024;
const space = /[ \t\r\n]+/y;

interface Open {
  readonly close: string;
  /** Where the entry begins, which may be a key, and its line; `undefined` where it has not begun or cannot be one. */
  key?: readonly [start: number, lineStart: number];
  isBegun: boolean;
}

/**
 * Goes over a collection between brackets, and makes spaces of the line ends, tabs and comments in it.
 *
 * @param indent the column of the collection in block style around it, -1 where there is none
 * @returns `false` where Kubernetes does not read it, or not as others do
 */
export function skipFlow(scan: Scan, indent: number): boolean {
  const { text } = scan;
  const open: Open[] = [];
  do {
    skipFlowSpace(scan);
    const { at } = scan;
    const top = open.at(-1);
    switch (text[at]) {
      case '[': case '{':
        begin(top, scan);
        open.push({ close: text[at] === '[' ? ']' : '}', isBegun: false });
        scan.at++;
        break;
      case ']': case '}':
        if (top?.close !== text[at]) return false;
        open.pop();
        scan.at++;
        break;
      case ',':
        top!.key = undefined;
        top!.isBegun = false;
        scan.at++;
        break;
      case '?':
        if (!isSpaceAt(text, at + 1)) return false;
        top!.isBegun = true;
        scan.at++;
        break;
      case ':':
        if (!isKey(top!, scan)) return false;
        scan.at++;
        break;
      case '"': case "'":
        begin(top, scan);
        if (!skipQuoted(scan)) return false;
        break;
      case '!': case '&': case '*':
        begin(top, scan);
        // Kubernetes takes a comma for a part of a tag, and a point for none of a name.
        if (!skipProperty(scan) || !isSpaceAt(text, scan.at) && (text[at] === '!' || !',]}'.includes(text[scan.at]))) return false;
        break;
      default:
        if (at >= text.length || '|>%@`'.includes(text[at]) || text[at] === '-' && isSpaceAt(text, at + 1)) return false;
        begin(top, scan);
        if (!skipPlain(scan, indent)) return false;
    }
  } while (open.length > 0);
  return true;
}

function begin(top: Open | undefined, { at, lineStart }: Scan): void {
  if (top === undefined || top.isBegun) return;
  top.isBegun = true;
  top.key = [at, lineStart];
}

/** Whether the entry that has begun may be a key before this colon. */
function isKey(top: Open, { text, at, lineStart }: Scan): boolean {
  const isExplicit = top.isBegun && top.key === undefined;
  if (!isExplicit && (top.key?.[1] !== lineStart || at - top.key[0] > longestKey)) return false;
  top.key = undefined;
  return isSpaceAt(text, at + 1) || /["'\]}]/.test(text[at - 1]);
}

function skipPlain(scan: Scan, indent: number): boolean {
  const { text } = scan;
  for (;;) {
    while (!isSpaceAt(text, scan.at)) {
      const { at } = scan;
      if (text[at] === '?') return false;
      if (',[]{}'.includes(text[at])) return true;
      if (text[at] === ':') {
        if (isSpaceAt(text, at + 1)) return true;
        if (',[]{}'.includes(text[at + 1])) return false;
      }
      scan.at++;
    }
    const start = scan.at;
    const found = skip(scan, space);
    if (isIndentedByTab(found, indent)) return false;
    if (found.includes('\n')) scan.blanks.push([start, scan.at]);
    if (text[scan.at] === '#') {
      // A text does not go on behind a comment.
      skipFlowSpace(scan);
      return ',]}'.includes(text[scan.at]);
    }
    if (scan.at >= text.length) return false;
  }
}

/** As Kubernetes sees it in white space behind a text. */
function isIndentedByTab(found: string, indent: number): boolean {
  return found.split('\n').slice(1).some((line) => line.includes('\t') && line.indexOf('\t') <= indent);
}
