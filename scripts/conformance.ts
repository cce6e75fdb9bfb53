/*
 * Holds the rules of the Pod Security Standards against Kubernetes' own admission and its fixtures (see test/conformance/README.md).
 *
 *   ts-node -T -P tsconfig.dev.json scripts/conformance.ts [--count N] [--seed N] [--write]
 *
 * `--write` freezes the verdicts that the tests read. Needs Go, and the Go modules of test/conformance/oracle.
 */
import { execFileSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseArgs } from 'util';
import { load } from 'js-yaml';
import { rulesOf } from '../src/rules';
import { newestKubernetesMinor } from '../src/rules/rule';
import { JsonObject } from '../src/shape/json';
import { Case, oneChange, podOfCase, randomCases, telling } from '../test/conformance/cases';
import { isRefusedByTheApiServer, nested, rulesByCheck, Verdict, verdictsOf } from '../test/conformance/judge';
import { faultsOf } from '../test/support/pods';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    write: { type: 'boolean', default: false },
  },
});
const conformance = join(__dirname, '..', 'test', 'conformance');
const oracleSource = join(conformance, 'oracle');

/** What Kubernetes says of each case. */
function ask(cases: readonly Case[]): readonly (readonly Verdict[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    const input = cases.map((each) => JSON.stringify(podOfCase(each)));
    const stored = run(folder, 'stored', [], input);
    const output = run(folder, '.', [String(newestKubernetesMinor)], input.flatMap((pod, index) => [pod, stored[index]]));
    return output.map((line) => JSON.parse(line) as readonly Verdict[]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The lines that a program of the oracle, built in `folder`, answers to others. */
function run(folder: string, source: string, args: readonly string[], lines: readonly string[]): readonly string[] {
  const program = join(folder, `${source}-oracle`);
  execFileSync('go', ['build', '-o', program, '.'], { cwd: join(oracleSource, source), stdio: 'inherit' });
  const input = lines.map((line) => `${line}\n`).join('');
  const output = execFileSync(program, [...args], { input, maxBuffer: 2 ** 30, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] });
  return output.trimEnd().split('\n');
}

function compare(cases: readonly Case[], answers: readonly (readonly Verdict[])[]): number {
  let disagreements = 0;
  let gaps = 0;
  const refusals = new Map(Object.keys(rulesByCheck).map((check) => [check, 0]));
  let admitted = 0;
  for (const [index, theirs] of answers.entries()) {
    const pod = podOfCase(cases[index]);
    const ours = verdictsOf(pod);
    const isGap = theirs.some((verdict) => verdict.restricted && !verdict.baseline);
    if (isGap) gaps++;
    if (theirs.some((verdict) => verdict.restricted)) admitted++;
    for (const check of new Set(theirs.flatMap((verdict) => verdict.failed))) refusals.set(check, (refusals.get(check) ?? 0) + 1);
    if (JSON.stringify(theirs.map(nested)) === JSON.stringify(ours) && (!isGap || isRefusedByTheApiServer(pod))) continue;
    disagreements++;
    if (disagreements <= 5) console.log(JSON.stringify({ case: cases[index], theirs, ours }, null, 1));
  }
  const versions = newestKubernetesMinor + 1;
  console.log(`${cases.length} pods × ${versions} versions = ${cases.length * versions} verdicts per level compared (seed ${options.seed})`);
  console.log(`${admitted} pods are admitted as restricted by some version; ${gaps} lie in the gap between the levels`);
  console.log('pods that fail: ' + [...refusals].map(([check, count]) => `${check} ${count}`).join(', '));
  console.log(`${disagreements} disagreements`);
  return disagreements;
}

/** Judges the fixtures of Kubernetes' own tests, which lie as `<level>/v1.<minor>/<pass|fail>/*.yaml`, by our profiles. */
function compareFixtures(): number {
  const module = execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', 'k8s.io/pod-security-admission'], { cwd: oracleSource, encoding: 'utf8' });
  const folder = join(module.trim(), 'test', 'testdata');
  const fixtures = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const wrong = fixtures.filter((file) => {
    const [level, version, expected] = file.split(/[\\/]/);
    const pod = load(readFileSync(join(folder, file), 'utf8')) as JsonObject;
    const context = { kubernetesMinor: Number(version.slice('v1.'.length)) };
    const passes = rulesOf(level as 'baseline' | 'restricted').every((rule) => faultsOf(rule, pod, context).length === 0);
    return passes !== (expected === 'pass');
  });
  if (wrong.length > 0) console.log(wrong.slice(0, 10).join('\n'));
  console.log(`${fixtures.length} fixtures of Kubernetes judged, ${wrong.length} disagreements`);
  return wrong.length;
}

/**
 * Which cases the tests keep: each value alone; beside a relaxation, one value of each verdict; and some random pods.
 * The others would say the same again.
 */
function isNews(seen: Set<string>, { changes }: Case, answer: readonly Verdict[]): boolean {
  const paths = Object.keys(changes);
  if (paths.length === 1) return true;
  const key = JSON.stringify([paths, answer]);
  const known = seen.has(key);
  seen.add(key);
  return !known;
}

/** One case a line, so that a change of the corpus can be read in a diff: base, changes, [from, baseline, restricted, failed]. */
function write(cases: readonly Case[], answers: readonly (readonly Verdict[])[]): void {
  const seen = new Set<string>();
  const lines = cases.flatMap((each, index) => {
    if (index >= telling.length && !isNews(seen, each, answers[index])) return [];
    const verdicts = answers[index].map(({ from, baseline, restricted, failed }) => [from, baseline, restricted, failed.join(' ')]);
    return [JSON.stringify([each.base, each.changes, verdicts])];
  });
  writeFileSync(join(conformance, 'verdicts.json'), `[\n${lines.join(',\n')}\n]\n`);
  console.log(`${lines.length} pods written`);
}

const fixed = [...telling, ...oneChange()];
const cases = [...fixed, ...randomCases(Number(options.count), Number(options.seed))];
const answers = ask(cases);
if (compareFixtures() + compare(cases, answers) > 0) process.exitCode = 1;
else if (options.write) write(cases.slice(0, fixed.length + 200), answers);
