/* eslint-disable no-bitwise -- the format is one of bits */
import { BackwardBits, highestBit, invalid } from './bits';

/** A decoding table of a finite-state entropy code: for each state its symbol, and how the next state is read. */
export interface FseTable {
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** A table where each state is one symbol, and no bits are read. */
export function singleTable(symbol: number): FseTable {
  return { accuracy: 0, symbols: Uint8Array.of(symbol), bits: Uint8Array.of(0), bases: Uint16Array.of(0) };
}

/** Makes the table of these probabilities, of which -1 stands for "less than one"; their sum must be a power of two. */
export function fseTable(accuracy: number, probabilities: readonly number[]): FseTable {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  const nextStates = new Uint16Array(probabilities.length);
  let high = size;
  for (const [symbol, probability] of probabilities.entries()) {
    if (probability === -1) symbols[--high] = symbol;
    nextStates[symbol] = Math.abs(probability);
  }
  const step = (size >>> 1) + (size >>> 3) + 3;
  let position = 0;
  for (const [symbol, probability] of probabilities.entries()) {
    for (let count = 0; count < probability; count++) {
      symbols[position] = symbol;
      do position = (position + step) & (size - 1); while (position >= high);
    }
  }
  for (let state = 0; state < size; state++) {
    const next = nextStates[symbols[state]]++;
    bits[state] = accuracy - highestBit(next);
    bases[state] = (next << bits[state]) - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** Reads the probabilities that stand at the start of the bytes; `length` says how many bytes they took. */
export function readFseTable(
  bytes: Buffer, mostAccuracy: number, mostSymbols: number,
): { readonly table: FseTable; readonly length: number } {
  let position = 0;
  const read = (count: number): number => {
    const at = position >>> 3;
    const value = bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16;
    const result = (value >>> (position & 7)) & ((1 << count) - 1);
    position += count;
    return result;
  };
  const accuracy = read(4) + 5;
  if (accuracy > mostAccuracy) throw invalid();
  const probabilities: number[] = [];
  let remaining = 1 << accuracy;
  while (remaining > 0) {
    const count = highestBit(remaining + 1) + 1;
    const short = (1 << (count - 1)) - 1;
    const spare = (1 << count) - 1 - (remaining + 1);
    let value = read(count);
    // The smaller values take a bit less.
    if ((value & short) < spare) {
      position--;
      value &= short;
    } else if (value > short) {
      value -= spare;
    }
    probabilities.push(value - 1);
    remaining -= Math.abs(value - 1);
    for (let zeros = value === 1 ? 3 : 0; zeros === 3;) {
      zeros = read(2);
      for (let each = 0; each < zeros; each++) probabilities.push(0);
    }
    if (probabilities.length > mostSymbols) throw invalid();
  }
  const length = (position + 7) >>> 3;
  if (length > bytes.length) throw invalid();
  return { table: fseTable(accuracy, probabilities), length };
}

/** One state in a table. */
interface FseState {
  symbol(): number;
  advance(): void;
}

export function fseState(table: FseTable, bits: BackwardBits): FseState {
  let state = bits.read(table.accuracy);
  return {
    symbol: () => table.symbols[state],
    advance: () => {
      state = table.bases[state] + bits.read(table.bits[state]);
    },
  };
}
