import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { Deployment, enforce, EnforceOptions, Verdict, writeBaseline } from '../../src';
import { filesIn, freshOutdir, good, makers, refusalOf, trusting } from '../support/apps';

const fresh = () => join(freshOutdir(), '..', 'baseline.jsonl');

/** Whether each of these deployments is writable, as old apps are. */
type Shape = Readonly<Record<string, boolean>>;

describe.each(makers)('a baseline in %s', (_name, make) => {
  function app(shape: Shape, options: EnforceOptions = {}): cdk8s.App {
    const made = make(trusting, options);
    const chart = new cdk8s.Chart(made, 'chart');
    for (const [id, writable] of Object.entries(shape)) {
      new Deployment(chart, id, { containers: [{ ...good, securityContext: { readOnlyRootFilesystem: !writable } }] });
    }
    return made;
  }

  /** The baseline of an app, as somebody who adopts the gate writes it. */
  function baselineOf(shape: Shape): string {
    const file = fresh();
    app(shape, { mode: 'report', onVerdict: (verdict) => writeBaseline(file, verdict) }).synth();
    return file;
  }

  afterEach(() => { delete process.env.CDK8S_HARDENED_BASELINE; });

  test('lets pass what it holds', () => {
    const baseline = baselineOf({ a: true, b: true });
    const verdicts: Verdict[] = [];
    const passing = app({ a: true, b: true }, { baseline, onVerdict: (verdict) => verdicts.push(verdict) });
    passing.synth();

    expect(filesIn(passing.outdir)).toEqual(['chart.k8s.yaml']);
    expect(verdicts[0].baselined.map(({ construct }) => construct)).toEqual(['chart/a', 'chart/b']);
    expect(readFileSync(baseline, 'utf8')).toContain('"rule":"read-only-root-filesystem","kind":"Deployment","group":"apps"');
  });

  test('refuses any other finding', () => {
    const refusal = refusalOf(() => app({ a: true, b: true }, { baseline: baselineOf({ a: true }) }).synth());

    expect(refusal.findings.map(({ construct }) => construct)).toEqual(['chart/b']);
  });

  test('refuses a line that no longer occurs, and says how to take it out', () => {
    const baseline = baselineOf({ a: true, b: true });
    const refusal = refusalOf(() => app({ a: true, b: false }, { baseline }).synth());

    expect(refusal.findings).toEqual([]);
    expect(refusal.message).toContain('read-only-root-filesystem at chart/b, container main no longer occurs');
    expect(refusal.message).toContain('CDK8S_HARDENED_BASELINE=prune');
  });

  test('is pruned where the environment asks for it, and never grows', () => {
    const baseline = baselineOf({ a: true, b: true });
    process.env.CDK8S_HARDENED_BASELINE = 'prune';
    app({ a: true, b: false }, { baseline }).synth();
    expect(readFileSync(baseline, 'utf8')).not.toContain('chart/b');

    refusalOf(() => app({ a: true, c: true }, { baseline }).synth());
    expect(readFileSync(baseline, 'utf8')).not.toContain('chart/c');
    delete process.env.CDK8S_HARDENED_BASELINE;
    expect(() => app({ a: true }, { baseline }).synth()).not.toThrow();
  });

  test('is not held against one chart alone', () => {
    const baseline = baselineOf({ a: true });
    process.env.CDK8S_HARDENED_BASELINE = 'prune';
    const made = app({ a: true }, { baseline });
    const other = new cdk8s.Chart(made, 'other');
    new Deployment(other, 'web', { containers: [good] });

    expect(() => cdk8s.Testing.synth(other)).not.toThrow();
    expect(readFileSync(baseline, 'utf8')).toContain('chart/a');
  });

  test('of an old version says once how to write it anew', () => {
    const baseline = baselineOf({ a: true });
    writeFileSync(baseline, readFileSync(baseline, 'utf8').replace('{"baseline":2}', '{"baseline":1}'));
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    const made = app({ a: true }, { baseline });
    made.synth();
    made.synth();

    expect(warn.mock.calls).toEqual([[expect.stringContaining(baseline), 'cdk8s-hardened']]);
    warn.mockRestore();
  });

  test('of a nested policy is refused, because it would let pass what the outer one refuses', () => {
    const baseline = baselineOf({ a: true });
    const made = app({ a: true });
    enforce(made.charts[0], trusting, { baseline });

    expect(refusalOf(() => made.synth())).toMatchObject({
      code: 'invalid-baseline',
      message: expect.stringContaining('only the outermost policy may have a baseline, the one of chart is within another') as string,
    });
    enforce(made, trusting, { baseline });
    expect(() => made.synth()).toThrow('the one of the app is within another');
  });

  test('that cannot be read refuses, naming the file', () => {
    expect(() => app({ a: true }, { baseline: 'no-such.jsonl' }).synth()).toThrow('no-such.jsonl: cannot be read');
    const file = fresh();
    writeFileSync(file, 'rubbish\n');
    expect(() => app({ a: true }, { baseline: file }).synth()).toThrow(`${file}:1`);
  });

  test('there is one of in a tree', () => {
    const made = new cdk8s.App({ outdir: freshOutdir() });
    const baseline = baselineOf({ a: true });
    for (const id of ['one', 'two']) {
      const chart = new cdk8s.Chart(made, id);
      new Deployment(chart, 'web', { containers: [good] });
      enforce(chart, trusting, { baseline });
    }

    expect(() => made.synth()).toThrow('a tree has one baseline, and this one has 2');
  });

  test('reports are written of every verdict', () => {
    const folder = join(freshOutdir(), '..');
    const reports = { json: join(folder, 'r.json'), html: join(folder, 'r.html') };
    refusalOf(() => app({ a: true }, { reports }).synth());
    expect(JSON.parse(readFileSync(reports.json, 'utf8'))).toMatchObject({ version: 1, summary: { findings: 1 } });
    expect(readFileSync(reports.html, 'utf8')).toMatch(/^<!doctype html>/i);
    app({ a: false }, { reports }).synth();
    expect(JSON.parse(readFileSync(reports.json, 'utf8'))).toMatchObject({ summary: { findings: 0 } });
    expect(existsSync(`${reports.json}.tmp`)).toBe(false);
  });
});

test('a custom rule cannot change what is written', () => {
  const [, make] = makers[0];
  const made = make({
    ...trusting,
    rules: [{
      id: 'vandal',
      summary: 's',
      why: 'w',
      fix: 'f',
      profile: 'baseline',
      references: {},
      check: (pod) => {
        for (const container of pod.spec.containers ?? []) Object.assign(container as object, { image: 'nginx' });
        return [];
      },
    }],
  });
  new Deployment(new cdk8s.Chart(made, 'chart'), 'web', { containers: [good] });

  expect(made.synthYaml()).toContain(good.image);
});

test('annotations exempt only where every policy in force honours them', () => {
  const [, make] = makers[0];
  const annotated = (outer: boolean, inner: boolean) => {
    const made = make({ ...trusting, ignoreAnnotations: outer });
    const chart = new cdk8s.Chart(made, 'chart');
    new Deployment(chart, 'web', {
      metadata: { annotations: { 'ignore.cdk8s-hardened/read-only-root-filesystem': 'writes beside its binary' } },
      containers: [{ ...good, securityContext: { readOnlyRootFilesystem: false } }],
    });
    enforce(chart, { ...trusting, ignoreAnnotations: inner });
    return made;
  };

  expect(() => annotated(true, true).synth()).not.toThrow();
  for (const [outer, inner] of [[true, false], [false, true], [false, false]]) {
    expect(refusalOf(() => annotated(outer, inner).synth()).findings).toHaveLength(1);
  }
});
