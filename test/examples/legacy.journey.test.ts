import { existsSync } from 'node:fs';
import { run } from './synthesized';
import { legacy } from '../../examples/legacy/main';
import { freshOutdir, refusalOf } from '../support/apps';

test('the legacy app is refused for what is in the file, in the patch and in the props', () => {
  const { findings } = refusalOf(() => legacy({ outdir: freshOutdir() }).synth());
  expect(findings.map(({ construct, rule }) => `${construct} ${rule}`).sort()).toEqual([
    'legacy/debug host-namespaces',
    'legacy/reports/reports-cronjob image-digest',
    'legacy/reports/reports-cronjob image-registry',
    'legacy/reports/reports-cronjob image-tag',
    'legacy/reports/reports-cronjob read-only-root-filesystem',
    'legacy/reports/reports-cronjob startup-download',
    'legacy/web image-digest',
    'legacy/web image-registry',
  ]);
});

test('the deployment that went over to compat is named with its line', () => {
  const { findings } = refusalOf(() => legacy({ outdir: freshOutdir() }).synth());
  const sources = new Set(findings.filter(({ construct }) => construct === 'legacy/web').map(({ source }) => source));
  expect([...sources]).toEqual([expect.stringMatching(/^examples\/legacy\/main\.ts:\d+$/)]);
});

test('nothing of it is written', () => {
  const outdir = freshOutdir();
  refusalOf(() => legacy({ outdir }).synth());
  expect(existsSync(outdir)).toBe(false);
});

test('run by hand it ends with status 1 and the report', () => {
  const { status, stderr } = run('examples/legacy/main.ts');
  expect(status).toBe(1);
  expect(stderr).toContain('8 findings of 6 rules in 3 workloads, 0 exempted, 0 errors; nothing was written');
}, 120_000);
