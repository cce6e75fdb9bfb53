import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A name beside the file that nobody else has; it tells who made it, so that what a killed process leaves can be removed. */
export function draftOf(file: string): string {
  return join(dirname(file), `${prefixOf(file)}${process.pid}-${thisHost()}-${randomBytes(6).toString('hex')}.tmp`);
}

/** A draft is in use for moments; a clock may be wrong by minutes. */
const oldest = 60 * 60_000;

/** Removes the drafts of the file whose process, of this machine, is no more, or that are an hour old. Never throws. */
export function removeLeftovers(file: string): void {
  const folder = dirname(file);
  const prefix = prefixOf(file);
  try {
    for (const name of readdirSync(folder)) {
      const [, pid, host] = name.startsWith(prefix) ? /^(\d+)-([0-9a-f]{8})-[0-9a-f]{12}\.tmp$/.exec(name.slice(prefix.length)) ?? [] : [];
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

/** A name has at most 255 bytes on most file systems: one that leaves no room for the rest of a draft's name is told by its hash. */
function prefixOf(file: string): string {
  const name = basename(file);
  return `.${Buffer.byteLength(name) > 200 ? shortHash(name) : name}.`;
}

/** A host's name may have characters that a file's may not. */
function thisHost(): string {
  return shortHash(hostname());
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
