import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Measured {
  readonly ms: number;
  readonly rssMiB: number;
}

/** Runs a script of this folder in a process of its own, so that no run warms up or fills the heap of another. */
export function inProcess(script: string, ...args: readonly string[]): Measured {
  const child = spawnSync(process.execPath, [join(__dirname, script), ...args], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${script} ${args.join(' ')} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as Measured;
}

/** Takes turns, so that a slow minute of the machine falls on all alike. */
export function sideBySide<Name extends string>(rounds: number, runs: Readonly<Record<Name, () => Measured>>): Record<Name, Measured> {
  const results = new Map<Name, Measured[]>();
  const names = Object.keys(runs) as Name[];
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results.set(name, [...results.get(name) ?? [], runs[name]()]);
  }
  return Object.fromEntries([...results].map(([name, all]) => [name, {
    ms: median(all.map(({ ms }) => ms)),
    rssMiB: median(all.map(({ rssMiB }) => rssMiB)),
  }])) as Record<Name, Measured>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export function withScratch<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-benchmark-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
