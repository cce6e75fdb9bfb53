import { invalid } from './bits';

/** What a frame gave last: later parts of it repeat earlier ones. */
export interface Window {
  readonly largestBlock: number;
  /** Makes room for one block, and says where it begins. */
  start(): number;
  end(): number;
  /** What was given since a place that `start` returned. */
  since(start: number): Buffer;
  append(source: Buffer, from?: number, to?: number): void;
  fill(byte: number, count: number): void;
  /** Repeats what lies so far back; the two may overlap. */
  repeat(distance: number, count: number): void;
}

/**
 * A window of `size` bytes, of which memory is taken as it fills.
 *
 * It holds up to twice its size and is moved to the front when that is full, so that moving costs no more than giving.
 */
export function newWindow(size: number, largestBlock: number): Window {
  const most = 2 * size + largestBlock;
  let bytes = Buffer.alloc(0);
  let end = 0;
  let blockEnd = 0;

  /** A block that gives more than one may is stopped at once, so that it cannot cost more time than one. */
  const grow = (count: number): number => {
    const from = end;
    if (from + count > blockEnd) throw invalid();
    end += count;
    return from;
  };
  return {
    largestBlock,
    start: () => {
      if (end + largestBlock > most) {
        bytes.copyWithin(0, end - size, end);
        end = size;
      }
      if (end + largestBlock > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.min(most, 2 * bytes.length + largestBlock));
        bytes.copy(larger, 0, 0, end);
        bytes = larger;
      }
      blockEnd = end + largestBlock;
      return end;
    },
    end: () => end,
    since: start => bytes.subarray(start, end),
    append: (source, from = 0, to = source.length) => {
      let at = grow(to - from);
      if (to - from > 32) source.copy(bytes, at, from, to);
      else for (let next = from; next < to; next++) bytes[at++] = source[next];
    },
    fill: (byte, count) => {
      const from = grow(count);
      bytes.fill(byte, from, from + count);
    },
    repeat: (distance, count) => {
      if (distance < 1 || distance > end || distance > size) throw invalid();
      const to = grow(count);
      // Most pieces are short, and for those a loop is faster than a call.
      if (distance >= count && count > 32) bytes.copyWithin(to, to - distance, to - distance + count);
      else for (let at = to; at < to + count; at++) bytes[at] = bytes[at - distance];
    },
  };
}
