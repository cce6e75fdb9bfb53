/* eslint-disable no-bitwise -- the format is one of bits */
import { backwardBits, invalid } from './bits';
import { FseTable, fseState, fseTable, readFseTable, singleTable } from './fse';
import type { HuffmanTable } from './huffman';
import { readLiterals } from './literals';
import type { Window } from './window';

/** What a block may use of the blocks before it in the same frame. */
export interface BlockState {
  huffman?: HuffmanTable;
  /** The tables of literal lengths, offsets and match lengths. */
  readonly tables: (FseTable | undefined)[];
  /** The last three distances. */
  readonly distances: [number, number, number];
}

export function newBlockState(): BlockState {
  return { tables: [], distances: [1, 4, 8] };
}

/** One of the three codes of a sequence. */
interface Code {
  readonly mostAccuracy: number;
  readonly mostSymbols: number;
  readonly predefined: FseTable;
}

/** RFC 8878, section 3.1.1.3.2.2. */
const codes: readonly Code[] = [
  { mostAccuracy: 9, mostSymbols: 36, predefined: fseTable(6, distribution('4 3 2*11 1*3 2*9 3 2 1*5 -1*4')) },
  { mostAccuracy: 8, mostSymbols: 32, predefined: fseTable(5, distribution('1*6 2*3 1*15 -1*5')) },
  { mostAccuracy: 9, mostSymbols: 53, predefined: fseTable(6, distribution('1 4 3 2*6 1*37 -1*7')) },
];
/** How many bits follow each code, and what is added to them. */
const literalLengths = lengths(0, '0*16 1*4 2*2 3*2 4 6 7 8 9 10 11 12 13 14 15 16');
const matchLengths = lengths(3, '0*32 1*4 2*2 3*2 4*2 5 7 8 9 10 11 12 13 14 15 16');

/** `2*3` is three times 2. */
function distribution(text: string): readonly number[] {
  return text.split(' ').flatMap(part => {
    const [value, times = 1] = part.split('*').map(Number);
    return new Array<number>(times).fill(value);
  });
}

function lengths(first: number, text: string): { readonly bits: readonly number[]; readonly bases: readonly number[] } {
  const bits = distribution(text);
  let base = first;
  return { bits, bases: bits.map(count => (base += 2 ** count) - 2 ** count) };
}

/**
 * Decodes one compressed block into the window.
 *
 * @see RFC 8878, section 3.1.1.3
 */
export function decodeBlock(block: Buffer, window: Window, state: BlockState): void {
  const literals = readLiterals(block, window.largestBlock, state.huffman);
  state.huffman = literals.huffman;
  const body = block.subarray(literals.length);
  if (body.length === 0) throw invalid();
  const wide = body[0] === 255 ? 3 : body[0] > 127 ? 2 : 1;
  if (body.length < wide) throw invalid();
  const count = wide === 3 ? body.readUInt16LE(1) + 0x7f00 : wide === 2 ? (body[0] - 128) * 256 + body[1] : body[0];
  if (count > 0) decodeSequences(body.subarray(wide), count, literals.bytes, window, state);
  else if (body.length > wide) throw invalid();
  else window.append(literals.bytes);
}

function decodeSequences(body: Buffer, count: number, literals: Buffer, window: Window, state: BlockState): void {
  const bits = backwardBits(body.subarray(readTables(body, state)));
  const [length, offset, match] = state.tables.map(table => fseState(table as FseTable, bits));
  let taken = 0;
  for (let left = count; left > 0; left--) {
    // An offset is read before the lengths that its meaning depends on.
    const offsetBits = offset.symbol();
    const value = ((1 << offsetBits) >>> 0) + bits.read(offsetBits);
    const repeated = matchLengths.bases[match.symbol()] + bits.read(matchLengths.bits[match.symbol()]);
    const fresh = literalLengths.bases[length.symbol()] + bits.read(literalLengths.bits[length.symbol()]);
    if (bits.left() < 0 || taken + fresh > literals.length) throw invalid();
    window.append(literals, taken, taken + fresh);
    taken += fresh;
    window.repeat(distance(value, fresh === 0, state.distances), repeated);
    if (left === 1) break;
    length.advance();
    match.advance();
    offset.advance();
  }
  if (bits.left() !== 0) throw invalid();
  window.append(literals, taken);
}

/** Reads the tables of the three codes, and returns where the bits begin. */
function readTables(body: Buffer, state: BlockState): number {
  if (body.length === 0 || (body[0] & 3) !== 0) throw invalid();
  let at = 1;
  for (const [index, { mostAccuracy, mostSymbols, predefined }] of codes.entries()) {
    const mode = (body[0] >>> (6 - 2 * index)) & 3;
    if (mode === 0) {
      state.tables[index] = predefined;
    } else if (mode === 1) {
      if (at >= body.length || body[at] >= mostSymbols) throw invalid();
      state.tables[index] = singleTable(body[at++]);
    } else if (mode === 2) {
      const { table, length } = readFseTable(body.subarray(at), mostAccuracy, mostSymbols);
      state.tables[index] = table;
      at += length;
    } else if (state.tables[index] === undefined) {
      throw invalid();
    }
  }
  return at;
}

/** The values 1 to 3 mean one of the last distances, or a little less than the last one; the others are distances, plus three. */
function distance(value: number, isShifted: boolean, last: BlockState['distances']): number {
  const index = value > 3 ? 3 : value - 1 + (isShifted ? 1 : 0);
  if (index === 0) return last[0];
  const found = value > 3 ? value - 3 : index === 3 ? last[0] - 1 : last[index];
  if (index > 1) last[2] = last[1];
  last[1] = last[0];
  return last[0] = found;
}
