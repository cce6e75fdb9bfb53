import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, fsyncSync, lstatSync, openSync, readdirSync, renameSync, rmSync, Stats, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { LockError } from './error';
import { isReadOnly, readOnly, reasonOf } from '../files/read';

/** A name beside the file that nobody else has; it tells who made it, so that what a killed process leaves can be removed. */
export function besides(file: string, what: 'tmp' | 'turn' | 'old'): string {
  return join(dirname(file), `${prefixOf(file)}${process.pid}-${thisHost()}-${randomBytes(6).toString('hex')}.${what}`);
}

/** A writer's name is in use for moments; a clock may be wrong by minutes. */
const oldest = 60 * 60_000;

/**
 * Removes what killed processes left beside the file: that of a process of this machine which is no more, and what is an hour old.
 * Never throws: it is in nobody's way.
 */
export function removeLeftovers(file: string): void {
  const folder = dirname(file);
  const prefix = prefixOf(file);
  try {
    for (const name of readdirSync(folder)) {
      const [, pid, host] = name.startsWith(prefix) ? /^(\d+)-([0-9a-f]{8})-[0-9a-f]{12}\.(?:tmp|turn|old)$/.exec(name.slice(prefix.length)) ?? [] : [];
      if (pid === undefined) continue;
      const path = join(folder, name);
      const isDead = host === thisHost() && !isAlive(Number(pid));
      if (isDead || Date.now() - lstatSync(path).mtimeMs > oldest) rmSync(path, { force: true });
    }
  } catch {
    // A folder that may not be listed, or a file that somebody else removed first.
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function prefixOf(file: string): string {
  return `.${basename(file)}.`;
}

/** A host's name may have characters that a file's may not. */
function thisHost(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

/**
 * Puts a text in the place of a file: whoever reads it, and whenever the process or the machine stops, sees the old one or the new one.
 * The mode of the file is kept.
 *
 * @param isStillOurs asked when all but the last step is done; where it says no, nothing has changed
 * @returns whether the file was replaced
 * @throws LockError `unwritable`; the old file is whole. A read-only file is refused; so is a symbolic link: replaced, it would lead
 * nowhere any more, and followed, it would write wherever the link's author wants it to.
 */
export function replaceFile(file: string, text: string, isStillOurs: () => boolean = () => true): boolean {
  const old = statsOf(file);
  if (old?.isSymbolicLink()) throw unwritable(file, 'it is a symbolic link; name the file that it leads to');
  if (old?.isFile() === false) throw unwritable(file, 'it is no file');
  if (old !== undefined && isReadOnly(old)) throw unwritable(file, readOnly);
  const temporary = besides(file, 'tmp');
  try {
    writeNew(temporary, text, old);
    if (!isStillOurs()) return false;
    renameSync(temporary, file);
    syncFolder(dirname(file));
    return true;
  } catch (error) {
    throw unwritable(file, reasonOf(error), error);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function writeNew(file: string, text: string, old: Stats | undefined): void {
  const descriptor = openSync(file, 'wx', 0o666);
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

function statsOf(file: string): Stats | undefined {
  return lstatSync(file, { throwIfNoEntry: false });
}

export function unwritable(file: string, reason: string, cause?: unknown): LockError {
  return new LockError('unwritable', `${file}: cannot be written: ${reason}`, cause);
}
