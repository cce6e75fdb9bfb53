import { Readable } from 'node:stream';
import { indexTar, mostFiles, FileRange, seekableReader } from './archive-index';
import type { LayoutFiles } from './files';
import { cannotRead, chunksOf, openFile } from './folder';
import { RegistryError } from '../oci/error';
import { readerOf } from '../tar/bytes';
import { decompress, isCompressed, TooLarge } from '../tar/compression';
import { Malformed } from '../text/malformed';

const what = 'the archive';

/**
 * The files of an OCI archive, a tar of a layout; it is indexed once, and nothing is unpacked.
 *
 * A plain tar is read by offset. A compressed one (gzip, Zstandard) is decompressed again up to each file that is read, which takes
 * time but neither memory nor disk. Links are not followed: no tool writes them, and what they name could be anywhere.
 *
 * @param most more files are refused
 * @throws RegistryError where it cannot be read, or is no tar
 */
export async function archiveFiles(path: string, name: string, most = mostFiles): Promise<LayoutFiles> {
  try {
    const { places, size, isPacked } = await inspect(path, name, most);
    return {
      find: async file => {
        const place = places.get(file);
        if (place === undefined) return undefined;
        if (place === 'other') throw new RegistryError({ code: 'malformed', subject: name, problem: `${file} is not a regular file` });
        const chunks = () => isPacked
          ? unpacked(chunksOf(path, 0, size, name, what), place, name)
          : chunksOf(path, place.offset, place.size, name, what);
        return { size: place.size, open: () => Readable.from(chunks()) };
      },
    };
  } catch (error) {
    throw translate(error, name);
  }
}

interface Archive {
  readonly places: ReadonlyMap<string, FileRange | 'other'>;
  readonly size: number;
  readonly isPacked: boolean;
}

async function inspect(path: string, name: string, most: number): Promise<Archive> {
  const handle = await openFile(path);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new RegistryError({ code: 'unreadable', subject: name, problem: `${what} is not a regular file` });
    const { size } = stats;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const isPacked = isCompressed(buffer.subarray(0, bytesRead));
    const index = isPacked ? indexPacked(chunksOf(path, 0, size, name, what), most) : indexTar(seekableReader(handle, size), most);
    return { places: await index, size, isPacked };
  } finally {
    await handle.close();
  }
}

async function indexPacked(raw: AsyncGenerator<Buffer>, most: number): Promise<Archive['places']> {
  const bytes = decompress(raw);
  try {
    return await indexTar(readerOf(bytes), most);
  } finally {
    await close(bytes, raw);
  }
}

/** A part of a stream that cannot be entered but at its start. */
async function* unpacked(raw: AsyncGenerator<Buffer>, { offset, size }: FileRange, name: string): AsyncGenerator<Buffer> {
  const bytes = decompress(raw);
  let at = 0;
  try {
    for await (const chunk of bytes) {
      yield chunk.subarray(Math.max(0, offset - at), Math.max(0, offset + size - at));
      at += chunk.length;
      if (at >= offset + size) return;
    }
  } catch (error) {
    throw translate(error, name);
  } finally {
    await close(bytes, raw);
  }
}

/** Decompressing does not close what it reads from. */
async function close(...generators: readonly AsyncGenerator<Buffer>[]): Promise<void> {
  for (const generator of generators) await generator.return(undefined);
}

function translate(error: unknown, subject: string): unknown {
  if (error instanceof Malformed) return new RegistryError({ code: 'malformed', subject, problem: `${what} ${error.message}` });
  if (error instanceof TooLarge) return new RegistryError({ code: 'too-large', subject, problem: `${what} ${error.message}` });
  return error instanceof RegistryError ? error : cannotRead(subject, what, error);
}
