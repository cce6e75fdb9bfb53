import { closeSync, fsyncSync, openSync, realpathSync, renameSync, statSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isReadOnly, ReadOnlyFile } from './read';

/**
 * Writes a file whole or not at all: under another name first, then renamed. A file that is there keeps its permissions, and where
 * the path is a link, what it leads to is replaced.
 *
 * Not guaranteed for what is no file, such as `/dev/stdout` or a pipe: it is written as it stands, because to rename over it would
 * take it away.
 *
 * @throws Error naming the file; also where it is read-only
 */
export function writeWhole(path: string, text: string): void {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) replace(path, text, 0o666);
    else if (stats.isFile() && isReadOnly(stats)) throw new ReadOnlyFile();
    else if (stats.isFile()) replace(realpathSync(path), text, stats.mode);
    else writeFileSync(path, text);
  } catch (error) {
    throw new Error(`${path} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

function replace(path: string, text: string, mode: number): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = openSync(draft, 'wx', mode);
    try {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    try {
      unlinkSync(draft);
    } catch {
      // It was never made, or is renamed already.
    }
    throw error;
  }
}
