import { cpus, totalmem } from 'node:os';
import { check, startup } from './check';
import { elsewhere } from './elsewhere';
import { lock } from './lock';
import { rules } from './rules';
import { synth } from './synth';
import { synthLock } from './synth-lock';

/** Each prints ratios of medians taken in one run, side by side; nothing is asserted, because a busy machine is no bug. */
const benchmarks: Readonly<Record<string, () => void>> = { synth, 'synth-lock': synthLock, rules, check, startup, lock, elsewhere };

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`unknown benchmark ${unknown.join(', ')}; known are ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`);
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  console.log(`\n${name}`);
  benchmarks[name]();
}
