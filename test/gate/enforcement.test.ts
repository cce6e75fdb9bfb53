import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import * as cdk8s from 'cdk8s';
import { App, defineRule, Deployment, enforce, exempt, Policy, PolicyError, Verdict } from '../../src';
import { contextsInForce } from '../../src/gate/enforcement';
import { exits, filesIn, freshOutdir, gatedApp, good, makers, plainAppWithEnforce, refusalOf, trusting } from '../support/apps';
import { tweak } from '../support/pods';

const deploy = (chart: cdk8s.Chart) => new Deployment(chart, 'web', { containers: [good] });

describe('the minimal deployment', () => {
  test.each(exits)('passes every rule: %s', (_exit, props, leave) => {
    const verdicts: Verdict[] = [];
    const app = new App({ ...props, outdir: freshOutdir(), policy: { registries: { 'ghcr.io/acme': {} } }, onVerdict: (verdict) => verdicts.push(verdict) });
    const chart = new cdk8s.Chart(app, 'chart');
    deploy(chart);
    leave(app, chart);

    expect(verdicts.map((verdict) => verdict.summary)).toEqual([
      { files: 0, documents: 1, pods: 1, containers: 1, findings: 0, exempted: 0, errors: 0 },
    ]);
  });

  test('is refused by an app without a policy, which says how to name a registry', () => {
    const app = new App({ outdir: freshOutdir() });
    deploy(new cdk8s.Chart(app, 'chart'));

    const refusal = refusalOf(() => app.synth());

    expect(refusal.findings.map((finding) => finding.rule)).toEqual(['image-registry']);
    expect(refusal.message).toContain('registries');
  });
});

describe('a refusal', () => {
  const app = gatedApp();
  const chart = new cdk8s.Chart(app, 'shop');
  for (let i = 0; i < 5; i++) {
    new Deployment(chart, `web${i}`, { containers: [{ ...good, securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false } }] });
  }
  const refusal = refusalOf(() => app.synth());

  test('prints every finding, with construct, container, source, problem and fix, and counts them last', () => {
    expect(refusal.findings).toHaveLength(10);
    for (let i = 0; i < 5; i++) expect(refusal.message).toContain(`shop/web${i}`);
    expect(refusal.message.match(/enforcement\.test\.ts:\d+/g)).toHaveLength(5);
    expect(refusal.message).toContain('main');
    expect(refusal.message).toContain('readOnlyRootFilesystem');
    expect(refusal.message.trimEnd().split('\n').at(-1)).toMatch(/^10 findings .*nothing was written/);
  });

  test('carries them as data', () => {
    expect(refusal.findings[0]).toMatchObject({
      construct: 'shop/web0',
      source: expect.stringMatching(/^test\/gate\/enforcement\.test\.ts:\d+$/) as string,
      container: 'main',
      resource: { apiVersion: 'apps/v1', kind: 'Deployment' },
      pointer: expect.stringMatching(/^\/spec\/template\/spec/) as string,
    });
    expect(refusal.verdict?.summary.findings).toBe(10);
  });

  test('has no stack to scroll past', () => {
    expect(refusal).toBeInstanceOf(PolicyError);
    expect(refusal.name).toBe('PolicyError');
    expect(refusal.stack?.replace(`PolicyError: ${refusal.message}`, '')).toMatch(/^\n    at .*enforcement\.test\.ts:\d+:\d+\)?$/);
    expect(inspect(refusal)).toBe(refusal.stack);
    expect(refusal.message).toMatch(/^refused by the policy\n\nshop\/web0 /);
  });
});

describe.each(makers)('policies nest in %s', (_name, make) => {
  const refusedBoth: Policy = { ...trusting, registries: { 'quay.io': {} } };

  test('the nested one can only tighten', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    deploy(chart);
    enforce(chart, refusedBoth);

    expect(refusalOf(() => app.synth()).findings.map((finding) => finding.rule)).toEqual(['image-registry']);
  });

  test('the nested one does not loosen', () => {
    const app = make(refusedBoth);
    const chart = new cdk8s.Chart(app, 'chart');
    deploy(chart);
    enforce(chart, { ...trusting, profile: 'baseline' });

    expect(refusalOf(() => app.synth()).findings).toHaveLength(1);
  });

  test('what one demands beside the other is a finding of its own', () => {
    const secret = (pullSecret: string): Policy => ({ registries: { 'ghcr.io/acme': { pullSecret } } });
    const app = make(secret('outer'));
    const chart = new cdk8s.Chart(app, 'chart');
    new cdk8s.ApiObject(chart, 'pod', tweak({}) as cdk8s.ApiObjectProps);
    enforce(chart, secret('inner'));

    expect(refusalOf(() => app.synth()).findings.map(({ rule, detail }) => [rule, detail]).filter(([rule]) => rule === 'image-pull-secret'))
      .toEqual([['image-pull-secret', expect.stringContaining('outer')], ['image-pull-secret', expect.stringContaining('inner')]]);
  });

  test('what both refuse is one finding', () => {
    const app = make(refusedBoth);
    const chart = new cdk8s.Chart(app, 'chart');
    deploy(chart);
    enforce(chart, refusedBoth);
    enforce(chart, refusedBoth);

    expect(refusalOf(() => app.synth()).findings).toHaveLength(1);
    expect(contextsInForce(chart)).toHaveLength(3);
  });

  test('an object that several policies judge is counted once', () => {
    const verdicts: Verdict[] = [];
    const app = make(trusting, { onVerdict: (verdict) => verdicts.push(verdict) });
    const chart = new cdk8s.Chart(app, 'chart');
    deploy(chart);
    enforce(chart, trusting);
    enforce(chart, trusting);
    app.synth();

    expect(verdicts.map(({ summary }) => summary)).toEqual([expect.objectContaining({ documents: 1, pods: 1, containers: 1 })]);
    expect(verdicts[0].pods).toHaveLength(1);
  });

  test('each policy of a mode has its reports written, also those of a refusal, and none of the other mode', () => {
    const folder = dirname(freshOutdir());
    const at = (name: string) => join(folder, name);
    const app = make(trusting, { reports: { json: at('app.json') } });
    const chart = new cdk8s.Chart(app, 'chart');
    deploy(chart);
    enforce(chart, refusedBoth, { reports: { json: at('chart.json'), text: at('chart.txt') } });
    enforce(chart, trusting, { mode: 'report', reports: { json: at('reported.json') } });
    const findingsIn = (name: string) => (JSON.parse(readFileSync(at(name), 'utf8')) as Verdict).findings.map(({ rule }) => rule);

    const refusal = refusalOf(() => app.synth());

    expect(refusal.findings).toHaveLength(1);
    expect(findingsIn('app.json')).toEqual(['image-registry']);
    expect(findingsIn('chart.json')).toEqual(['image-registry']);
    expect(findingsIn('reported.json')).toEqual([]);
    expect(readFileSync(at('chart.txt'), 'utf8')).toContain('image-registry');
  });
});

describe.each(makers)('the mode report in %s', (_name, make) => {
  const bad = (app: cdk8s.App, id = 'chart') => {
    const chart = new cdk8s.Chart(app, id);
    cdk8s.ApiObject.of(deploy(chart)).addJsonPatch(cdk8s.JsonPatch.add('/spec/template/spec/hostPid', true));
    return chart;
  };
  let printed = '';
  beforeEach(() => {
    printed = '';
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });
  afterEach(() => jest.restoreAllMocks());

  test.each(exits)('prints and lets pass: %s', (_exit, props, leave) => {
    const app = make(undefined, { mode: 'report', ...props });
    leave(app, bad(app));

    expect(printed).toContain('host-namespaces');
    expect(printed).not.toContain('nothing was written');
  });

  test('prints nothing that passes, and nothing where somebody listens', () => {
    const app = make(undefined, { mode: 'report' });
    deploy(new cdk8s.Chart(app, 'chart'));
    app.synth();
    const verdicts: Verdict[] = [];
    const listening = make(undefined, { mode: 'report', onVerdict: (verdict) => verdicts.push(verdict) });
    bad(listening);
    listening.synth();

    expect(printed).toBe('');
    expect(verdicts.map((verdict) => verdict.summary.findings)).toEqual([1]);
  });

  test('of the app leaves a chart that enforces refusing', () => {
    const app = make(undefined, { mode: 'report' });
    bad(app, 'old');
    const strict = bad(app, 'new');
    enforce(strict, trusting);

    const refusal = refusalOf(() => app.synth());

    expect(refusal.findings.map((finding) => finding.construct)).toEqual(['new/web']);
    expect(printed).toContain('old/web');
    expect(filesIn(app.outdir)).toEqual([]);
  });

  test('is only that one: a text that is no mode, as JavaScript may have it, refuses', () => {
    const app = make(undefined, { mode: 'warn' as 'report' });
    bad(app);

    expect(refusalOf(() => app.synth()).findings).toHaveLength(1);
    expect(filesIn(app.outdir)).toEqual([]);
  });

  test('reports a stale exemption without refusing', () => {
    const app = make(undefined, { mode: 'report' });
    const chart = new cdk8s.Chart(app, 'chart');
    exempt(deploy(chart), { rule: 'privileged', reason: 'because' });
    app.synth();

    expect(printed).toContain('excuses nothing');
    expect(filesIn(app.outdir)).toEqual(['chart.k8s.yaml']);
  });
});

describe('a policy that cannot be used', () => {
  test('throws where it is enforced, naming the construct', () => {
    const app = new cdk8s.App({ outdir: freshOutdir() });
    const chart = new cdk8s.Chart(app, 'chart');

    expect(refusalOf(() => enforce(chart, { profile: 'strict' as 'hardened' }))).toMatchObject({
      code: 'invalid-policy',
      message: expect.stringContaining('policy of chart: profile must be') as string,
    });
    expect(() => enforce(app, { registies: {} } as Policy)).toThrow('policy: registies is no key of a policy; did you mean registries?');
  });
});

test('a rule that throws refuses, and says that it is the rule', () => {
  const broken = defineRule({
    id: 'broken',
    summary: 's',
    why: 'w',
    fix: 'f',
    profile: 'baseline',
    references: {},
    check: () => { throw new Error('no such thing'); },
  });
  const app = plainAppWithEnforce({ ...trusting, rules: [broken] });
  deploy(new cdk8s.Chart(app, 'chart'));

  expect(refusalOf(() => app.synth()).message).toContain('the rule broken failed, so this could not be judged');
});
