import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { decode } from './decode';
import { nameThatIsNoText } from './names';
import { quoted } from '../text/text';

/** The largest input; it and what is made of it must fit into memory. */
const mostBytes = 256 * 1024 * 1024;
const chunk = 64 * 1024;
/** How long a pipe may be without anybody who writes to it, in milliseconds. */
const patience = 5000;

/** Why an input, or one document of it, could not be read. */
export interface InputError {
  readonly file: string;
  /** From 1; left out where the whole file is meant. */
  readonly line?: number;
  readonly message: string;
}

/** What reading one path gives. */
export type InputText =
  /** `hasMark`: a byte order mark stood in front, and is left out. */
  | { readonly text: string; readonly hasMark?: true }
  | { readonly error: InputError };

/**
 * Reads a file, a pipe or a device to its end as text; `-` is the standard input.
 *
 * Guaranteed: it does not throw; it reads at most 256 MiB and refuses more, so that an endless device ends too; it does not wait long for
 * somebody to open the other end of a pipe that was named. Not guaranteed: that it returns where somebody has, and does not write.
 *
 * @param remedy what to do about a file that is too large, the end of the message
 */
export function readText(path: string, limit = mostBytes, remedy = '; split it'): InputText {
  const file = path === '-' ? 'stdin' : path;
  try {
    const bytes = readBytes(path, limit);
    if (bytes === undefined) return { error: { file, message: `is larger than ${limit / 1024 / 1024} MiB${remedy}` } };
    const decoded = decode(bytes);
    return 'text' in decoded ? decoded : { error: { file, ...decoded } };
  } catch (error) {
    return { error: { file, message: `cannot be read: ${reasonOf(error)}` } };
  }
}

/** Thrown instead of what the system would have let happen; the message is the reason. */
export class Refused extends Error {}

/** Why the system refused, without the path, which the error names already. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const { code, message, path } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT': return (path === undefined ? undefined : nameThatIsNoText(path)) ?? 'it does not exist';
    case 'EACCES': case 'EPERM': return 'permission denied';
    case 'EISDIR': return 'it is a folder';
    case 'ENXIO': return 'it is a socket, not a file';
    case 'ELOOP': return 'its symbolic links lead in a circle';
    default: return code ?? quoted(message);
  }
}

/**
 * Reads a file, a pipe or a device to its end; `undefined` where that is more than the limit. `-` is the standard input.
 *
 * @param wait how long a pipe may be without anybody who writes to it, in milliseconds
 * @throws Error for `reasonOf`
 */
export function readBytes(path: string, limit: number, wait = patience): Buffer | undefined {
  // Whoever opens a pipe waits for the other end otherwise, and cannot be stopped. Windows has no such flag.
  const flags = constants.O_RDONLY + ((constants.O_NONBLOCK as number | undefined) ?? 0);
  const descriptor = path === '-' ? 0 : openSync(path, flags);
  try {
    const stats = fstatSync(descriptor);
    // One byte more than it should have, so that the end is seen without another buffer.
    const expected = Math.min(stats.size, limit) + 1;
    let bytes = Buffer.allocUnsafe(Math.max(expected, path === '-' ? chunk : 512));
    let length = 0;
    let waited = 0;
    for (;;) {
      const read = readSome(descriptor, bytes, length);
      if (read === 0 && length === 0 && path !== '-' && stats.isFIFO()) {
        if (waited >= wait) throw new Refused('it is a pipe, and nothing is written to it');
        waited += pause();
        continue;
      }
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
      pause();
    }
  }
}

/** @returns how long it took, in milliseconds */
function pause(): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  return 10;
}
