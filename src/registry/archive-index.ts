import type { FileHandle } from 'node:fs/promises';
import { ByteReader, endsEarly } from './layer-bytes';
import { TooLarge } from './layer-compression';
import { readTar } from './layer-tar';

/** Where a file lies in a tar. */
export interface Place {
  readonly offset: number;
  readonly size: number;
}

const mostFiles = 100_000;

/**
 * Where the files of a tar lie, by their paths; `other` is what is no regular file. Of two with one path the later one counts.
 *
 * @throws Malformed, TooLarge, and whatever reading throws
 */
export async function indexTar(reader: ByteReader): Promise<ReadonlyMap<string, Place | 'other'>> {
  const tar = readTar(reader);
  const places = new Map<string, Place | 'other'>();
  for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
    const { path, type, offset, size } = entry;
    if (type === 'directory') continue;
    if (places.size === mostFiles) throw new TooLarge(`has more than ${mostFiles} files`);
    places.set(path, type === 'file' ? { offset, size } : 'other');
  }
  return places;
}

/** A file in which skipping costs nothing. */
export function seekableReader(handle: FileHandle, size: number): ByteReader {
  let offset = 0;
  return {
    get offset() { return offset; },
    read: async (count, atLeast = count) => {
      const buffer = Buffer.alloc(Math.min(count, size - offset));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
      if (bytesRead < atLeast) throw endsEarly();
      offset += bytesRead;
      return buffer.subarray(0, bytesRead);
    },
    skip: async count => {
      if (count > size - offset) throw endsEarly();
      offset += count;
    },
  };
}
