import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockError } from './error';
import { besides, isAlive, unwritable } from './replace';
import { readBytes, reasonOf } from '../files/read';

/** How long somebody may hold it: he only reads, merges and writes a file. */
const longestHold = 30_000;

/** The right to replace a file, until it is released. */
export interface Turn {
  /** `false` where somebody took it for abandoned. */
  isHeld(): boolean;
  release(): void;
}

/**
 * Waits until no other process replaces the file.
 *
 * What a killed process leaves is seen by its process id; that of another machine, or one that is used again, by its age. Not
 * guaranteed on a file system of the network whose links are not atomic.
 *
 * @throws LockError `busy` after `patience` milliseconds, `unwritable`
 */
export async function takeTurn(file: string, patience: number): Promise<Turn> {
  const marker = `${file}.lock`;
  const mine = besides(file, 'turn');
  const token = `${process.pid} ${hostname()} ${mine}`;
  const deadline = Date.now() + patience;
  try {
    writeFileSync(mine, token, { flag: 'wx' });
    // A link has its content from the start, and is made by one process only.
    while (!isLinked(mine, marker)) {
      if (isAbandoned(marker) && isRemoved(marker, file)) continue;
      if (Date.now() > deadline) throw new LockError('busy', `${file}: another process is writing it; where none is, remove ${marker}`);
      await sleep(5 + Math.random() * 20);
    }
  } catch (error) {
    throw error instanceof LockError ? error : unwritable(file, reasonOf(error), error);
  } finally {
    rmSync(mine, { force: true });
  }
  const isHeld = () => lookAt(marker)?.token === token;
  return { isHeld, release: () => { if (isHeld()) rmSync(marker, { force: true }); } };
}

function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return isCopied(from, to);
  }
}

/** Some file systems have no links. For the moment that it is empty, a marker is one of somebody who lives. */
function isCopied(from: string, to: string): boolean {
  try {
    writeFileSync(to, readFileSync(from), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(marker: string): boolean {
  const seen = lookAt(marker);
  if (seen === undefined) return false;
  const [pid, host] = seen.token.split(' ');
  return seen.age > longestHold || (host === hostname() && !isAlive(Number(pid)));
}

/** Between the look and the removal somebody else may have done the same, and taken his turn: then he gets his marker back. */
function isRemoved(marker: string, file: string): boolean {
  const aside = besides(file, 'old');
  try {
    renameSync(marker, aside);
    return isAbandoned(aside) || !isLinked(aside, marker);
  } catch {
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Of one of ours; what else somebody put there is not read to its end. */
const largestMarker = 4096;

/** Undefined where it is gone. */
function lookAt(marker: string): { readonly token: string; readonly age: number } | undefined {
  try {
    const token = readBytes(marker, largestMarker, 0)?.toString() ?? '';
    return { token, age: Date.now() - statSync(marker).mtimeMs };
  } catch {
    return undefined;
  }
}
