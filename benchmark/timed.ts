import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Measured } from './measure';

/** The wall time of a process from its start to its end, and the most memory it held. */
export function timed(args: readonly string[], statuses: readonly number[] = [0]): Measured {
  const start = process.hrtime.bigint();
  const child = spawnSync('/usr/bin/env', ['-u', 'NO_COLOR', process.execPath, '-r', join(__dirname, 'peak-memory.js'), ...args], {
    encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (child.status === null || !statuses.includes(child.status)) throw new Error(`${args.join(' ')} ended with ${child.status}: ${child.stderr}`);
  return { ms, rssMiB: Number(child.output[3]) / 1024 };
}
