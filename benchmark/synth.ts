import { join } from 'node:path';
import { inProcess, sideBySide, withScratch } from './measure';
import { build } from '../scripts/built-package';

/** Our app with all rules against a plain app with plain cdk8s-plus classes: building the constructs and writing the YAML. */
export function synth(): void {
  withScratch((folder) => {
    build(join(folder, 'package'));
    const library = join(folder, 'package', 'lib');
    const run = (which: string, workloads: number, charts: number) => () =>
      inProcess('synth-one.js', library, which, String(workloads), String(charts), join(folder, 'dist'));
    for (const charts of [1, 200]) {
      const { plain, gated } = sideBySide(9, { plain: run('plain', 2000, charts), gated: run('gated', 2000, charts) });
      console.log(`  2000 deployments in ${charts} chart(s): time ${(gated.ms / plain.ms).toFixed(2)}×, memory ${(gated.rssMiB / plain.rssMiB).toFixed(2)}×`
        + `  (${plain.ms.toFixed(0)} → ${gated.ms.toFixed(0)} ms, ${plain.rssMiB.toFixed(0)} → ${gated.rssMiB.toFixed(0)} MiB)`);
    }
    const first = sideBySide(3, { gated: run('gated', 500, 1) }).gated;
    for (const workloads of [1000, 2000, 4000]) {
      const { gated } = sideBySide(3, { gated: run('gated', workloads, 1) });
      console.log(`  ${workloads} deployments against 500: time ${(gated.ms / first.ms).toFixed(2)}×, linear would be ${workloads / 500}×`);
    }
  });
}
