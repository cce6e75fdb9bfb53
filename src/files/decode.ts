import { isUtf8 } from 'node:buffer';

/** Text, or why the bytes are none. */
type Decoded =
  /** `hasMark`: a byte order mark stood in front, and is left out. */
  | { readonly text: string; readonly hasMark?: true }
  | { readonly message: string; readonly line?: number };

/**
 * Reads bytes as UTF-8 text; a byte order mark in front is left out.
 *
 * Refused: other encodings (a message names UTF-16), invalid UTF-8 (with its offset and line), and what is no text at all.
 */
export function decode(bytes: Buffer): Decoded {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfeff || mark === 0xfffe) return { message: 'is UTF-16 text; it must be UTF-8' };
  // Text has no such byte, and a binary file has one soon.
  if (bytes.subarray(0, 8192).includes(0)) return { message: 'is a binary file, not text' };
  if (!isUtf8(bytes)) {
    const offset = invalidOffset(bytes);
    return { message: `is not UTF-8 text: the byte at offset ${offset} is invalid`, line: lineAt(bytes, offset) };
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return hasMark ? { text: bytes.toString('utf8', 3), hasMark } : { text: bytes.toString('utf8') };
}

/** The longest prefix that is valid; halving works because what stays behind an invalid byte does not mend it. */
function invalidOffset(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    // A prefix may end within a character, which says nothing yet.
    if (isUtf8(bytes.subarray(0, startOfCharacter(bytes, middle)))) valid = middle;
    else invalid = middle;
  }
  return startOfCharacter(bytes, valid);
}

function startOfCharacter(bytes: Buffer, offset: number): number {
  let start = offset;
  while (start > 0 && offset - start < 3 && isContinuation(bytes[start])) start--;
  return start;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < offset; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}
