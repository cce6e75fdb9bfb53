/* eslint-disable no-bitwise -- the format is one of bits */
import { Malformed } from '../../text/malformed';

export function invalid(): Malformed {
  return new Malformed('is not valid Zstandard');
}

export function highestBit(value: number): number {
  return 31 - Math.clz32(value);
}

/** Bits that are read from the last one to the first; in front of the first are zeros. */
export interface BackwardBits {
  /** At most 32 bits; the next ones of the text, the first of which is the highest. */
  read(count: number): number;
  /** The same without taking them; at most 24. */
  peek(count: number): number;
  take(count: number): void;
  /** How many are left; negative where more were taken than there were. */
  left(): number;
}

/** @throws Malformed where there is no bit that marks the end */
export function backwardBits(bytes: Buffer): BackwardBits {
  const last = bytes.length === 0 ? 0 : bytes[bytes.length - 1];
  if (last === 0) throw invalid();
  let position = bytes.length * 8 - 8 + highestBit(last);

  const peek = (count: number): number => {
    const from = position - count;
    if (from < 0) return position <= 0 ? 0 : (slice(0) & ((1 << position) - 1)) << -from;
    return (slice(from >>> 3) >>> (from & 7)) & ((1 << count) - 1);
  };
  const slice = (at: number): number => (bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 | bytes[at + 3] << 24);
  const take = (count: number): void => {
    position -= count;
  };
  return {
    peek,
    take,
    read: count => {
      // More than fits beside the bits of a half-used byte in 32.
      const upper = count > 16 ? peek(count - 16) * 65536 : 0;
      const low = Math.min(count, 16);
      position -= count - low;
      const lower = peek(low);
      position -= low;
      return upper + lower;
    },
    left: () => position,
  };
}
