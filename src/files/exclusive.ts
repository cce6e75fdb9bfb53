import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, linkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { draftOf, isAlive, removeLeftovers } from './leftovers';
import { readBytes, reasonOf } from './read';
import { WriteError } from './write-whole';

/** How long somebody may hold it, in milliseconds: he only reads, merges and writes a file. */
const longestHold = 30_000;

/** The right to replace a file, until it is released. */
interface Turn {
  /** `false` where somebody took it for abandoned. */
  isHeld(): boolean;
  release(): void;
}

/**
 * Waits until no other process replaces the file, and marks it with `FILE.lock`; what killed processes left is removed.
 *
 * The marker of a killed process is known by its process id; that of another machine, or of a process id that is used again, by its
 * age. Not guaranteed on a network file system whose links are not atomic.
 *
 * @throws WriteError `busy` after `patience` milliseconds, `unwritable`
 */
export async function takeTurn(file: string, patience: number): Promise<Turn> {
  const marker = `${file}.lock`;
  const token = `${process.pid} ${hostname()} ${randomUUID()}`;
  const deadline = Date.now() + patience;
  while (!isMade(marker, token, file)) {
    if (isRemoved(marker, file)) continue;
    if (Date.now() > deadline) throw new WriteError('busy', file, `another process is writing it; where none is, remove ${marker}`);
    await sleep(5 + Math.random() * 20);
  }
  removeLeftovers(file);
  const isHeld = () => tokenOf(marker) === token;
  return { isHeld, release: () => { if (isHeld()) rmSync(marker, { force: true }); } };
}

function isMade(marker: string, token: string, file: string): boolean {
  const draft = draftOf(file);
  try {
    writeFileSync(draft, token);
    linkOrCopy(draft, marker);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new WriteError('unwritable', file, reasonOf(error), error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A link has its content from the start. Some file systems have none: then a marker is empty for a moment, as of somebody who lives. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

/** Between the look and the removal somebody else may have done the same, and taken his turn: then he gets his marker back. */
function isRemoved(marker: string, file: string): boolean {
  if (!isAbandoned(marker)) return false;
  const aside = draftOf(file);
  try {
    renameSync(marker, aside);
    if (isAbandoned(aside)) return true;
    linkOrCopy(aside, marker);
    return false;
  } catch {
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isAbandoned(marker: string): boolean {
  const [pid, host] = tokenOf(marker)?.split(' ') ?? [];
  const made = statSync(marker, { throwIfNoEntry: false })?.mtimeMs;
  return pid !== undefined && made !== undefined && (Date.now() - made > longestHold || (host === hostname() && !isAlive(Number(pid))));
}

/** Of one of ours; what else somebody put there is not read to its end. */
const largestMarker = 4096;

/** Undefined where it is gone, or no file. */
function tokenOf(marker: string): string | undefined {
  try {
    return readBytes(marker, largestMarker, 0)?.toString() ?? '';
  } catch {
    return undefined;
  }
}
