import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checked, useFolder } from './support';
import { adopted } from '../../examples/adoption/after/main';
import { Batch } from '../../examples/adoption/before/batch';
import { Data } from '../../examples/adoption/before/data';
import { Platform } from '../../examples/adoption/before/platform';
import { Web } from '../../examples/adoption/before/web';
import { hello } from '../../examples/hello/main';
import { legacy } from '../../examples/legacy/main';
import { nodeAgent } from '../../examples/node-agent/main';
import { shop } from '../../examples/shop/main';
import { App, AppProps, Finding, Policy, Verdict } from '../../src';

useFolder();

const folder = join(__dirname, '..', '..', 'examples');
const trusting: Policy = { registries: { 'ghcr.io/acme': {} } };

/** The old app is one of cdk8s, and so without a gate. */
function beforeAdoption(props: AppProps): App {
  const app = new App(props);
  new Web(app, 'web');
  new Data(app, 'data');
  new Batch(app, 'batch');
  new Platform(app, 'platform');
  return app;
}

/** Each app by its folder, with the policy it has there. */
const examples: Readonly<Record<string, readonly [app: (props: AppProps) => App, policy: Policy]>> = {
  'adoption/after': [adopted, Policy.fromFile(join(folder, 'adoption', 'after', 'hardened.yaml'))],
  'adoption/before': [beforeAdoption, Policy.fromFile(join(folder, 'adoption', 'after', 'hardened.yaml'))],
  'hello': [hello, trusting],
  'legacy': [legacy, trusting],
  'node-agent': [nodeAgent, { registries: { 'ghcr.io/acme': { pullSecret: 'acme-pull' } }, hostPaths: { '/srv/metrics': {} } }],
  'shop': [shop, Policy.fromFile(join(folder, 'shop', 'hardened.yaml'))],
};

/** What both must say of a place. The gate knows the construct, `check` the file, and neither the other's. */
function placeOf({ rule, message, pointer, container, resource }: Pick<Finding, 'rule' | 'message' | 'pointer' | 'container' | 'resource'>) {
  const { apiVersion, kind, namespace, name } = resource;
  return JSON.stringify([rule, message, pointer, container, apiVersion, kind, namespace, name]);
}

/** Writes the app, also where it would be refused, and its policy; gives what the gate says. */
function synthesize(example: (props: AppProps) => App, policy: Policy): Verdict {
  const verdicts: Verdict[] = [];
  example({ policy, outdir: 'dist', mode: 'report', today: '2026-01-01', onVerdict: (verdict) => verdicts.push(verdict) }).synth();
  writeFileSync('hardened.yaml', JSON.stringify(policy));
  expect(verdicts).toHaveLength(1);
  return verdicts[0];
}

test('every example is here', () => {
  const apps = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /(^|[\\/])main\.ts$/.test(path));
  expect(Object.keys(examples)).toEqual(apps.map((path) => path.replaceAll('\\', '/').replace(/\/main\.ts$/, '')).sort());
});

describe.each(Object.entries(examples))('%s', (_name, [example, own]) => {
  // Also by a policy that trusts nothing, so that there is something to compare.
  test.each([['its own policy', own], ['a policy that trusts nothing', {}]])('by %s, check finds what the gate finds', (_policy, policy) => {
    const verdict = synthesize(example, policy);
    const { findings, errors, summary } = checked();
    const { pods, containers, documents } = verdict.summary;

    // An exemption of a construct is known to the gate only: what it excuses, `check` finds.
    expect(findings.map(placeOf).sort()).toEqual([...verdict.findings, ...verdict.exempted].map(placeOf).sort());
    expect(errors).toEqual([]);
    expect(summary).toMatchObject({ pods, containers, documents });
    if (policy !== own) expect(findings.length).toBeGreaterThan(0);
  });
});
