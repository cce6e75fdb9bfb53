import {
  closeSync, fchmodSync, fsyncSync, lstatSync, openSync, realpathSync, renameSync, rmSync, Stats, statSync, writeFileSync, writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { draftOf, removeLeftovers } from './leftovers';
import { reasonOf, Refused } from './read';
import { CodedError } from '../text/coded-error';
import { printable } from '../text/printable';

/**
 * Why a file could not be written; the old one is whole:
 *
 * - `unwritable`: the system, or the file's own mode or kind, forbids it
 * - `busy`: other processes did not stop writing it within the time allowed
 */
export type WriteErrorCode = 'unwritable' | 'busy';

/** A file could not be written; the message names it. */
export class WriteError extends CodedError<WriteErrorCode> {
  /** The message without the file. */
  declare public readonly reason: string;

  public constructor(code: WriteErrorCode, file: string, problem: string, cause?: unknown) {
    const reason = code === 'busy' ? problem : `cannot be written: ${problem}`;
    super('WriteError', code, `${printable(file)}: ${reason}`, cause, { reason });
  }
}

/**
 * Writes a file whole or not at all. All files that this package writes are written here or by `replaceWhole`, in one way:
 *
 * - **Whole.** The text is written to a draft beside the file, `.NAME.PID-HOST-RANDOM.tmp`, and that is renamed over it: whoever reads
 *   the file, and whenever the process or the machine stops, sees the old one or the new one. The mode of the old one is kept; where
 *   nobody may write to it, it is refused, although the system would let us replace it.
 * - **Leftovers.** Drafts of the same file that killed processes left are removed: those of a process of this machine that is no more,
 *   and those that are an hour old. Nothing else is.
 * - **Links.** A symbolic link is never replaced. That of an output, which somebody named to be written (a report, a baseline), is
 *   followed, and what it leads to is replaced. That of a file which is read and then changed in its place (a lock, a manifest) is
 *   refused: it comes with the files of a repository, and would be written wherever its author wants it to.
 * - **What is no file**, such as `/dev/stdout` or a pipe, is no file to replace: an output is written to it as it stands, and in place
 *   of anything else it is refused.
 *
 * @throws WriteError `unwritable`
 */
export function writeWhole(path: string, text: string): void {
  attempt(path, () => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined && isLink(path)) throw new Refused('it is a symbolic link that leads nowhere');
    if (stats === undefined || stats.isFile()) replace(stats === undefined ? path : realpathSync(path), text, stats);
    else writeFileSync(path, text);
  });
}

/**
 * Changes a file in its place, whole or not at all; see `writeWhole`. One that does not exist is made.
 *
 * @param isStillOurs asked when all but the last step is done; where it says no, nothing has changed
 * @returns whether the file was replaced
 * @throws WriteError `unwritable`
 */
export function replaceWhole(file: string, text: string, isStillOurs: () => boolean = () => true): boolean {
  return attempt(file, () => {
    refuseLink(file);
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats?.isFile() === false) throw new Refused('it is no file');
    return replace(file, text, stats, isStillOurs);
  });
}

/** As `replaceWhole` does, for who wants to know it before. @throws WriteError `unwritable` */
export function refuseLink(file: string): void {
  if (isLink(file)) throw new WriteError('unwritable', file, 'it is a symbolic link; name the file that it leads to');
}

function attempt<T>(file: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw error instanceof WriteError ? error : new WriteError('unwritable', file, reasonOf(error), error);
  }
}

function replace(file: string, text: string, old: Stats | undefined, isStillOurs: () => boolean = () => true): boolean {
  if (old !== undefined && isReadOnly(old)) throw new Refused('it is read-only; make it writable (chmod u+w) if it is to be changed');
  removeLeftovers(file);
  const draft = draftOf(file);
  try {
    writeNew(draft, text, old);
    if (!isStillOurs()) return false;
    renameSync(draft, file);
    syncFolder(dirname(file));
    return true;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeNew(file: string, text: string, old: Stats | undefined): void {
  // What replaces a private file must not be open to others until it has that file's mode.
  const descriptor = openSync(file, 'wx', old === undefined ? 0o666 : 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    if (old !== undefined) fchmodSync(descriptor, old.mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** So that the new name outlives a loss of power; where folders cannot be opened (Windows), the system sees to it. */
function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
  } catch {
    // The file is in its place already, and that is what was asked for.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The system alone would not stop us: a file is replaced by the right to write to its folder, and the root user needs none. */
function isReadOnly({ mode }: Stats): boolean {
  // eslint-disable-next-line no-bitwise -- a mode is one of bits
  return (mode & 0o222) === 0;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
