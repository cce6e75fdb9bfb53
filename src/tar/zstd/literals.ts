/* eslint-disable no-bitwise -- the format is one of bits */
import { invalid } from './bits';
import { decodeHuffman, HuffmanTable, readHuffmanTable } from './huffman';

/** The bytes of a block that are not repeated from earlier ones. */
interface Literals {
  readonly bytes: Buffer;
  /** How many bytes of the block they took. */
  readonly length: number;
  /** The code that the next block may use again. */
  readonly huffman?: HuffmanTable;
}

/** Reads the literals at the start of a block, at most `most` of them. */
export function readLiterals(block: Buffer, most: number, previous: HuffmanTable | undefined): Literals {
  if (block.length === 0) throw invalid();
  const type = block[0] & 3;
  return type < 2 ? readPlain(block, most, type === 1, previous) : readCoded(block, most, type === 3, previous);
}

function readPlain(block: Buffer, most: number, isRepeated: boolean, huffman: HuffmanTable | undefined): Literals {
  const format = (block[0] >>> 2) & 3;
  const head = format === 1 ? 2 : format === 3 ? 3 : 1;
  const size = head === 1 ? block[0] >>> 3 : (block[0] | block[1] << 8 | (head === 3 ? block[2] << 16 : 0)) >>> 4;
  const length = head + (isRepeated ? 1 : size);
  if (size > most || length > block.length) throw invalid();
  const bytes = isRepeated ? Buffer.alloc(size, block[head]) : block.subarray(head, length);
  return { bytes, length, ...(huffman === undefined ? {} : { huffman }) };
}

function readCoded(block: Buffer, most: number, isAgain: boolean, previous: HuffmanTable | undefined): Literals {
  const format = (block[0] >>> 2) & 3;
  const [head, width] = [[3, 10], [3, 10], [4, 14], [5, 18]][format];
  if (head > block.length) throw invalid();
  // Up to 40 bits, which no shift takes.
  const sizes = Math.floor(block.readUIntLE(0, head) / 16);
  const size = sizes % 2 ** width;
  const length = head + Math.floor(sizes / 2 ** width);
  if (size > most || length > block.length) throw invalid();
  const body = block.subarray(head, length);
  if (isAgain && previous === undefined) throw invalid();
  const own = isAgain ? undefined : readHuffmanTable(body);
  const huffman = own?.table ?? previous as HuffmanTable;
  const bytes = Buffer.allocUnsafe(size);
  decodeStreams(huffman, body.subarray(own?.length ?? 0), bytes, format !== 0);
  return { bytes, length, huffman };
}

/** One stream, or four behind the sizes of the first three. */
function decodeStreams(table: HuffmanTable, body: Buffer, target: Buffer, areFour: boolean): void {
  if (!areFour) return decodeHuffman(table, body, target);
  if (body.length < 6) throw invalid();
  const quarter = (target.length + 3) >>> 2;
  if (3 * quarter > target.length) throw invalid();
  let from = 6;
  for (let stream = 0; stream < 4; stream++) {
    const to = stream === 3 ? body.length : from + body.readUInt16LE(2 * stream);
    if (to > body.length) throw invalid();
    const end = stream === 3 ? target.length : (stream + 1) * quarter;
    decodeHuffman(table, body.subarray(from, to), target.subarray(stream * quarter, end));
    from = to;
  }
}
