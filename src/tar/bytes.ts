import { Malformed } from '../text/malformed';

/** Bytes in order, from a stream or from a file in which skipping costs nothing. */
export interface ByteReader {
  /** How many bytes were read or skipped so far. */
  readonly offset: number;
  /** Exactly so many bytes, which stay valid; fewer only where `atLeast` allows it and nothing follows. */
  read(count: number, atLeast?: number): Promise<Buffer>;
  skip(count: number): Promise<void>;
}

const nothing = Buffer.alloc(0);

/** @throws Malformed where the bytes end too early */
export function readerOf(chunks: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Buffer = nothing;
  let offset = 0;

  /** Takes the next chunk where all before it was used up; false at the end. */
  const refill = async (): Promise<boolean> => {
    while (rest.length === 0) {
      const next = await iterator.next();
      if (next.done === true) return false;
      rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    return true;
  };
  const take = (count: number): Buffer => {
    const piece = rest.subarray(0, count);
    rest = rest.subarray(piece.length);
    offset += piece.length;
    return piece;
  };

  return {
    get offset() { return offset; },
    read: async (count, atLeast = count) => {
      if (rest.length >= count) return take(count);
      const pieces: Buffer[] = [];
      let missing = count;
      while (missing > 0 && await refill()) {
        const piece = take(missing);
        pieces.push(piece);
        missing -= piece.length;
      }
      if (count - missing < atLeast) throw endsEarly();
      return Buffer.concat(pieces);
    },
    skip: async count => {
      for (let missing = count; missing > 0;) {
        if (!await refill()) throw endsEarly();
        missing -= take(missing).length;
      }
    },
  };
}

export function endsEarly(): Malformed {
  return new Malformed('ends too early');
}
