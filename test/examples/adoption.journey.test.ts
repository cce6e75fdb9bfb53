import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, synthesize } from './synthesized';
import { adopted } from '../../examples/adoption/after/main';
import { Run, walk } from '../../scripts/adoption-walk';

const page = readFileSync(join(repository, 'docs', 'adoption.md'), 'utf8');

describe('the way of docs/adoption.md, gone on a copy of the old app', () => {
  const refused = ['sitemap', "grep -e '/cart,'"];
  let runs: readonly Run[];
  let written: string;

  beforeAll(() => {
    ({ runs, page: written } = walk(page));
  }, 300_000);

  test('has five steps', () => {
    expect(page.match(/^## \d/gm)).toEqual(['## 1', '## 2', '## 3', '## 4', '## 5']);
  });

  test('the pipeline is green after every step; red is only what the page shows as refused', () => {
    const red = runs.filter(({ status }) => status !== 0);
    expect(red.map(({ status, output }) => [status, /nothing was written/.test(output)])).toEqual(refused.map(() => [1, true]));
    expect(red[0].output).toContain('batch/sitemap');
    expect(red[1].output).toContain('no longer occurs');
    expect(runs.length).toBeGreaterThan(10);
  });

  test('in the mode report all 40 workloads are judged', () => {
    expect(runs[0].output).toMatch(/findings of \d+ rules in 40 workloads/);
  });

  test('from the moment it is written the baseline only shrinks, and at each of the last three steps it does', () => {
    const first = runs.findIndex(({ baseline }) => baseline.length > 0);
    const sizes = runs.slice(first).map(({ baseline }) => baseline.length);
    expect(new Set(sizes).size).toBeGreaterThanOrEqual(5);
    expect(sizes.at(-1)).toBe(0);
    for (const [index, { baseline }] of runs.slice(first + 1).entries()) {
      const before = new Set(runs[first + index].baseline);
      expect(baseline.filter((line) => !before.has(line))).toEqual([]);
    }
  });

  test('with the same baseline, `check` gives the verdict of the gate', () => {
    const check = runs.find(({ command }) => command.includes('cdk8s-hardened check'))!;
    expect(check.output).toMatch(new RegExp(`^no findings: 40 pods, 40 containers judged, ${check.baseline.length} in the baseline$`, 'm'));
  });

  test('the page shows what its commands print; if not, run scripts/readme.ts', () => {
    expect(written).toBe(page);
  });
});

test('a diff that does not fit is an error', () => {
  expect(() => walk('```diff main.ts\n-not in it\n+new\n```\n')).toThrow('the diff does not fit');
});

test('the adopted app passes, with its exemptions, each of which says who answers for it and until when', () => {
  const { verdicts: [verdict], objects } = synthesize(adopted, { today: '2030-12-31' });
  expect(verdict.findings).toEqual([]);
  expect(verdict.errors).toEqual([]);
  expect(verdict.exemptions.length).toBeGreaterThan(0);
  for (const { owner, until } of verdict.exemptions) expect([owner, until]).toEqual(['platform', '2031-03-31']);
  expect(objects.length).toBeGreaterThan(39);
});
