import type { FileHandle } from 'node:fs/promises';
import { ByteReader, endsEarly } from '../tar/bytes';
import { TooLarge } from '../tar/compression';
import { readTar } from '../tar/tar';

/** Where a file lies in a tar. */
export interface FileRange {
  readonly offset: number;
  readonly size: number;
}

/** Far more than a layout has. */
export const mostFiles = 100_000;

/**
 * Where the files of a tar lie, by their paths; `other` is what is no regular file. Of two with one path the later one counts.
 *
 * @throws Malformed, TooLarge, and whatever reading throws
 */
export async function indexTar(reader: ByteReader, most: number): Promise<ReadonlyMap<string, FileRange | 'other'>> {
  const tar = readTar(reader);
  const places = new Map<string, FileRange | 'other'>();
  for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
    const { path, type, offset, size } = entry;
    if (type === 'directory') continue;
    if (places.size === most) throw new TooLarge(`has more than ${most} files`);
    places.set(path, type === 'file' ? { offset, size } : 'other');
  }
  return places;
}

/** An archive of small files has many headers close together: asking the system for each is a hundred times as slow. */
const readAhead = 64 * 1024;

/** A file in which skipping costs nothing. */
export function seekableReader(handle: FileHandle, size: number): ByteReader {
  let offset = 0;
  let ahead = { at: 0, bytes: Buffer.alloc(0) };

  const isAhead = (count: number) => offset >= ahead.at && offset + count <= ahead.at + ahead.bytes.length;
  // A new buffer each time, because what was read before stays valid.
  const fetch = async (count: number): Promise<void> => {
    const bytes = Buffer.alloc(Math.min(Math.max(count, readAhead), size - offset));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
    ahead = { at: offset, bytes: bytes.subarray(0, bytesRead) };
  };

  return {
    get offset() { return offset; },
    read: async (count, atLeast = count) => {
      const most = Math.min(count, size - offset);
      if (!isAhead(most)) await fetch(most);
      const start = offset - ahead.at;
      const piece = ahead.bytes.subarray(start, start + most);
      if (piece.length < atLeast) throw endsEarly();
      offset += piece.length;
      return piece;
    },
    skip: async count => {
      if (count > size - offset) throw endsEarly();
      offset += count;
    },
  };
}
