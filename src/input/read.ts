import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decode } from './decode';
import type { InputError } from './documents';
import { quoted } from '../rules/text';

/** The largest input; it and what is made of it must fit into memory. */
export const mostBytes = 256 * 1024 * 1024;
const chunk = 64 * 1024;

/** What reading one path gives. */
export type InputText =
  /** `hasMark`: a byte order mark stood in front, and is left out. */
  | { readonly text: string; readonly hasMark?: true }
  | { readonly error: InputError };

/**
 * Reads a file, a pipe or a device to its end as text; `-` is the standard input.
 *
 * Guaranteed: it does not throw; it reads at most 256 MiB and refuses more, so that an endless device ends too.
 * Not guaranteed: that it returns where nobody writes to a pipe that was named.
 */
export function readText(path: string, limit = mostBytes): InputText {
  const file = path === '-' ? 'stdin' : path;
  try {
    const bytes = readBytes(path, limit);
    if (bytes === undefined) return { error: { file, message: `is larger than ${limit / 1024 / 1024} MiB; split it` } };
    const decoded = decode(bytes);
    return 'text' in decoded ? decoded : { error: { file, ...decoded } };
  } catch (error) {
    return { error: { file, message: `cannot be read: ${reasonOf(error)}` } };
  }
}

/** Why the system refused, without the path, which the error names already. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT': return 'it does not exist';
    case 'EACCES': case 'EPERM': return 'permission denied';
    case 'EISDIR': return 'it is a folder';
    case 'ELOOP': return 'its symbolic links lead in a circle';
    default: return code ?? quoted(message);
  }
}

function readBytes(path: string, limit: number): Buffer | undefined {
  const descriptor = path === '-' ? 0 : openSync(path, 'r');
  try {
    const stats = fstatSync(descriptor);
    // One byte more than it should have, so that the end is seen without another buffer.
    const expected = Math.min(stats.size, limit) + 1;
    let bytes = Buffer.allocUnsafe(Math.max(expected, path === '-' ? chunk : 512));
    let length = 0;
    for (;;) {
      const read = readSome(descriptor, bytes, length);
      length += read;
      if (length > limit) return undefined;
      // A file gives all it has, so that less than was asked for is its end; a pipe gives what is there.
      if (read === 0 || (stats.isFile() && length < bytes.length)) return bytes.subarray(0, length);
      if (length === bytes.length) bytes = Buffer.concat([bytes], Math.max(bytes.length * 2, chunk));
    }
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

/** A standard input that was set not to block has nothing yet where it says so. */
function readSome(descriptor: number, bytes: Buffer, offset: number): number {
  for (;;) {
    try {
      return readSync(descriptor, bytes, offset, bytes.length - offset, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows says so at the end of a pipe.
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
