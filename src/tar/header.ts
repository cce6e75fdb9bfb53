import { Malformed } from '../text/malformed';

/** What a header of 512 bytes says. Names are read byte by byte, as Latin-1, so that two of them never become one. */
export interface TarHeader {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly linkName: string;
  /** Old GNU sparse files may have more headers behind the first one. */
  readonly isExtended: boolean;
}

export const blockSize = 512;

/**
 * Reads a header of a tar: v7, ustar or GNU.
 *
 * @throws Malformed where the checksum or a number is wrong
 * @see POSIX.1-2024, pax, "ustar Interchange Format"
 */
export function parseTarHeader(block: Buffer): TarHeader {
  if (!hasChecksum(block)) throw new Malformed('has a tar header with a wrong checksum');
  const name = text(block, 0, 100);
  // GNU's magic has a blank there, and times where ustar has the prefix.
  const isUstar = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isUstar ? text(block, 345, 155) : '';
  const flag = String.fromCharCode(block[156]);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: flag === '\0' ? '0' : flag,
    size: size(block.subarray(124, 136)),
    linkName: text(block, 157, 100),
    isExtended: flag === 'S' && block[482] !== 0,
  };
}

export function isZero(block: Buffer): boolean {
  return block.every(byte => byte === 0);
}

/** Some old writers summed the bytes as signed numbers. */
function hasChecksum(block: Buffer): boolean {
  const field = octal(block.subarray(148, 156));
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < blockSize; at++) {
    const isField = at >= 148 && at < 156;
    unsigned += isField ? 32 : block.readUInt8(at);
    signed += isField ? 32 : block.readInt8(at);
  }
  return field === unsigned || field === signed;
}

function text(block: Buffer, start: number, length: number): string {
  const field = block.toString('latin1', start, start + length);
  const end = field.indexOf('\0');
  return end === -1 ? field : field.slice(0, end);
}

/** Octal digits, or for what does not fit a big-endian number behind a first byte of 0x80, as GNU has it. */
function size(field: Buffer): number {
  const value = field[0] >= 0x80 ? base256(field) : octal(field);
  if (value === undefined || !Number.isSafeInteger(value)) throw new Malformed('has a tar header with a size that is no number of bytes');
  return value;
}

function base256(field: Buffer): number | undefined {
  // Any other first byte is a negative number, or one of more than 88 bits.
  if (field[0] !== 0x80) return undefined;
  return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
}

function octal(field: Buffer): number | undefined {
  const digits = field.toString('latin1').replace(/\0[^]*$/, '').trim();
  if (digits === '') return 0;
  return /^[0-7]{1,12}$/.test(digits) ? parseInt(digits, 8) : undefined;
}
