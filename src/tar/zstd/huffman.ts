/* eslint-disable no-bitwise -- the format is one of bits */
import { backwardBits, highestBit, invalid } from './bits';
import { fseState, readFseTable } from './fse';

/** A Huffman code as a table: the next `width` bits give a symbol, and how many of the bits were its own. */
export interface HuffmanTable {
  readonly width: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

const widest = 11;

/** Reads the table at the start of the bytes; `length` says how many bytes it took. */
export function readHuffmanTable(bytes: Buffer): { readonly table: HuffmanTable; readonly length: number } {
  if (bytes.length === 0) throw invalid();
  const head = bytes[0];
  const length = 1 + (head < 128 ? head : (head - 127 + 1) >>> 1);
  if (length > bytes.length) throw invalid();
  const body = bytes.subarray(1, length);
  return { table: tableOf(head < 128 ? packedWeights(body) : plainWeights(body, head - 127)), length };
}

/** Four bits each. */
function plainWeights(body: Buffer, count: number): number[] {
  return Array.from({ length: count }, (_, index) => index % 2 === 0 ? body[index >>> 1] >>> 4 : body[index >>> 1] & 15);
}

/** A code of two states that take turns. */
function packedWeights(body: Buffer): number[] {
  const { table, length } = readFseTable(body, 6, widest + 1);
  const bits = backwardBits(body.subarray(length));
  const states = [fseState(table, bits), fseState(table, bits)];
  if (bits.left() < 0) throw invalid();
  const weights: number[] = [];
  for (let turn = 0; ; turn = 1 - turn) {
    weights.push(states[turn].symbol());
    if (weights.length > 254) throw invalid();
    states[turn].advance();
    if (bits.left() >= 0) continue;
    // The bits are used up; the other state still holds a symbol.
    weights.push(states[1 - turn].symbol());
    return weights;
  }
}

/** A weight is how many bits a code is shorter than the longest, plus one; that of the last symbol follows from the others. */
function tableOf(weights: number[]): HuffmanTable {
  const sum = weights.reduce((total, weight) => total + (weight === 0 ? 0 : 2 ** (weight - 1)), 0);
  if (sum === 0) throw invalid();
  const width = highestBit(sum) + 1;
  if (width > widest) throw invalid();
  const left = 2 ** width - sum;
  const last = highestBit(left);
  if (2 ** last !== left) throw invalid();
  const all = [...weights, last + 1];

  const symbols = new Uint8Array(1 << width);
  const bits = new Uint8Array(1 << width);
  let position = 0;
  for (let weight = 1; weight <= width; weight++) {
    for (const [symbol, own] of all.entries()) {
      if (own !== weight) continue;
      const next = position + (1 << (weight - 1));
      symbols.fill(symbol, position, next);
      bits.fill(width + 1 - weight, position, next);
      position = next;
    }
  }
  return { width, symbols, bits };
}

/** Decodes one stream, which must give exactly so many bytes as `target` holds. */
export function decodeHuffman({ width, symbols, bits }: HuffmanTable, stream: Buffer, target: Buffer): void {
  const input = backwardBits(stream);
  for (let at = 0; at < target.length; at++) {
    const index = input.peek(width);
    target[at] = symbols[index];
    input.take(bits[index]);
  }
  if (input.left() !== 0) throw invalid();
}
