import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Measured } from './measure';

const root = join(__dirname, '..');

/** Compiles the package into a folder, as it is published; returns the path of the command. */
export function build(folder: string): string {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.json'), '--outDir', join(folder, 'lib')]);
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'bin', 'cdk8s-hardened');
}

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
