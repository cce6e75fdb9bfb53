import { readFileSync } from 'fs';
import { join } from 'path';
import { Case, podOfCase } from './cases';
import { isRefusedByTheApiServer, nested, rulesByCheck, Verdict, verdictsOf } from './judge';
import { rulesOf } from '../../src/rules';

type Row = readonly [Case['base'], Case['changes'], readonly (readonly [number, boolean, boolean, string])[]];

const rows = JSON.parse(readFileSync(join(__dirname, 'verdicts.json'), 'utf8')) as readonly Row[];
const corpus = rows.map(([base, changes, answers]) => ({
  pod: podOfCase({ base, changes }),
  answers: answers.map(([from, baseline, restricted, failed]): Verdict =>
    ({ from, baseline, restricted, failed: failed === '' ? [] : failed.split(' ') })),
}));

test('our verdict is that of Kubernetes, for every pod and every version', () => {
  const disagreements = corpus.flatMap(({ pod, answers }) => {
    const ours = verdictsOf(pod);
    const theirs = answers.map(nested);
    return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ pod, theirs, ours }];
  });
  expect(disagreements.slice(0, 3)).toEqual([]);
});

test('only pods that the API server refuses are admitted as restricted and not as baseline', () => {
  const gap = corpus.filter(({ answers }) => answers.some((verdict) => verdict.restricted && !verdict.baseline));
  expect(gap).not.toEqual([]);
  expect(gap.filter(({ pod }) => !isRefusedByTheApiServer(pod))).toEqual([]);
});

test('every check is the only one that some pod fails', () => {
  const failures = corpus.flatMap(({ answers }) => answers.map(({ failed }) => failed));
  const alone = new Set(failures.filter((failed) => failed.length === 1).flat());
  expect([...alone].sort()).toEqual(Object.keys(rulesByCheck).sort());
});

test('every rule of baseline and restricted but those about reading is a check of Kubernetes', () => {
  const ours = rulesOf('restricted').map((rule) => rule.id).filter((id) => id !== 'manifest' && id !== 'embedded-manifest');
  expect(ours.sort()).toEqual(Object.values(rulesByCheck).map((rule) => rule.id).sort());
});
