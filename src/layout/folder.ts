import { constants } from 'node:fs';
import { FileHandle, open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { LayoutFile, LayoutFiles } from './files';
import { RegistryError } from '../oci/error';
import { isJsonObject } from '../shape/fields';
import { quote } from '../text/quote';

/**
 * The files of a layout folder. Symbolic links are followed as long as they stay in it.
 *
 * Not guaranteed: that nobody else moves a link while the folder is read.
 *
 * @throws RegistryError where the folder cannot be read
 */
export async function folderFiles(path: string, name: string): Promise<LayoutFiles> {
  const root = await realpath(path).catch((error: unknown) => {
    throw cannotRead(name, 'the folder', error);
  });
  return {
    find: async file => {
      try {
        const real = await realpath(join(root, file));
        // The root of a file system ends in a separator of its own.
        if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) throw outside(name, file);
        return await fileAt(real, file, name);
      } catch (error) {
        if (error instanceof RegistryError) throw error;
        if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
        throw cannotRead(name, file, error);
      }
    },
  };
}

/** A regular file that is open only while it is read; opening does not wait, as it would for a pipe that nobody writes to. */
async function fileAt(path: string, file: string, name: string): Promise<LayoutFile> {
  const handle = await openFile(path);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new RegistryError({ code: 'unreadable', subject: name, problem: `${file} is not a regular file` });
    return { size: stats.size, open: () => Readable.from(chunksOf(path, 0, stats.size, name, file)) };
  } finally {
    await handle.close();
  }
}

/** Reads a part of a file; where it got shorter meanwhile, the stream ends early, and whoever verifies it sees that. */
export async function* chunksOf(path: string, from: number, size: number, name: string, file: string): AsyncGenerator<Buffer> {
  try {
    const handle = await openFile(path);
    try {
      for (let done = 0; done < size;) {
        const buffer = Buffer.allocUnsafe(Math.min(size - done, 128 * 1024));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, from + done);
        if (bytesRead === 0) return;
        done += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw cannotRead(name, file, error);
  }
}

export async function openFile(path: string): Promise<FileHandle> {
  // Windows has no such flag.
  return open(path, constants.O_RDONLY + ((constants.O_NONBLOCK as number | undefined) ?? 0));
}

export function cannotRead(name: string, what: string, cause: unknown): RegistryError {
  const code = codeOf(cause);
  if (code === 'ENOENT') return new RegistryError({ code: 'not-found', subject: name, problem: `${what} does not exist`, cause });
  return new RegistryError({ code: 'unreadable', subject: name, problem: `${what} cannot be read (${code ?? 'unknown error'})`, cause });
}

function outside(name: string, file: string): RegistryError {
  return new RegistryError({ code: 'malformed', subject: name, problem: `${quote(file)} is a link that leaves the layout` });
}

function codeOf(error: unknown): string | undefined {
  return isJsonObject(error) && typeof error.code === 'string' ? error.code : undefined;
}
