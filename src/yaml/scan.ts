/** A place in a text, and what is to be written over with spaces before it is parsed. */
export interface Scan {
  readonly text: string;
  at: number;
  /** Where the line of `at` begins. */
  lineStart: number;
  /** Ranges in order. */
  readonly blanks: (readonly [start: number, end: number])[];
}

/** White space and line ends, or a comment, as between brackets. By the piece: a repeated group fills the stack on a long text. */
const flowSpacePiece = /[ \t\r\n]+|#[^\n]*/y;
/** Of an anchor or an alias, with its sign. */
const name = /[&*][\w-]+/y;
const tag = /![^ \t\r\n]*/y;

/** Whether what stands there separates tokens: white space, a line end or the end of the text. */
export function isSpaceAt(text: string, at: number): boolean {
  return at >= text.length || ' \t\r\n'.includes(text[at]);
}

/** Goes over what the pattern takes from here, over several lines too. */
export function skip(scan: Scan, pattern: RegExp): string {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0] ?? '';
  const lineEnd = found.lastIndexOf('\n');
  if (lineEnd !== -1) scan.lineStart = scan.at + lineEnd + 1;
  scan.at += found.length;
  return found;
}

/** Goes over white space, line ends and comments between brackets, and makes spaces of them. */
export function skipFlowSpace(scan: Scan): void {
  const start = scan.at;
  let mustBlank = false;
  for (let piece = skip(scan, flowSpacePiece); piece !== ''; piece = skip(scan, flowSpacePiece)) {
    mustBlank ||= /[\t\n#]/.test(piece);
  }
  if (mustBlank) scan.blanks.push([start, scan.at]);
}

/** Goes over an anchor, an alias or a tag; `false` where it is not one to Kubernetes. */
export function skipProperty(scan: Scan): boolean {
  return skip(scan, scan.text[scan.at] === '!' ? tag : name) !== '';
}

/** Goes over a text in quotes and makes spaces of the line ends in it; `false` where it does not end. */
export function skipQuoted(scan: Scan): boolean {
  const { text } = scan;
  const quote = text[scan.at];
  for (scan.at++; scan.at < text.length; scan.at++) {
    const { at } = scan;
    if (text[at] === '\\' && quote === '"' && text[at + 1] !== '\r' && text[at + 1] !== '\n') {
      scan.at++;
    } else if (text[at] === quote && quote === "'" && text[at + 1] === quote) {
      scan.at++;
    } else if (text[at] === quote) {
      scan.at++;
      return true;
    } else if (text[at] === '\r' || text[at] === '\n') {
      scan.blanks.push([at, at + 1]);
      if (text[at] === '\n') scan.lineStart = at + 1;
    }
  }
  return false;
}
