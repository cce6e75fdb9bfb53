import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checked, useFolder } from './support';
import { adopted } from '../../examples/adoption/after/main';
import { Batch } from '../../examples/adoption/before/batch';
import { Data } from '../../examples/adoption/before/data';
import { Platform } from '../../examples/adoption/before/platform';
import { Web } from '../../examples/adoption/before/web';
import { hello } from '../../examples/hello/main';
import { legacy } from '../../examples/legacy/main';
import { library } from '../../examples/lock/app';
import { nodeAgent } from '../../examples/node-agent/main';
import { shop } from '../../examples/shop/main';
import { App, AppProps, Finding, Policy, Verdict } from '../../src';
import type { ImageFacts } from '../../src/image/facts';
import { formatLock } from '../../src/lock/format';
import { Lock } from '../../src/lock/lock';
import { canonicalReference } from '../../src/lock/reference';
import { readManifests } from '../../src/manifest/read';
import { documentsOf, isInputError } from '../../src/yaml/documents';
import { imageOf, platform } from '../lock/image-of';

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
  'lock': [library, Policy.fromFile(join(folder, 'lock', 'hardened.yaml'))],
  'node-agent': [nodeAgent, { registries: { 'ghcr.io/acme': { pullSecret: 'acme-pull' } }, hostPaths: { '/srv/metrics': {} } }],
  'shop': [shop, Policy.fromFile(join(folder, 'shop', 'hardened.yaml'))],
};

/** What both must say of a place. The gate knows the construct, `check` the file, and neither the other's. */
function placeOf({ rule, message, pointer, container, resource }: Pick<Finding, 'rule' | 'message' | 'pointer' | 'container' | 'resource'>) {
  const { apiVersion, kind, namespace, name } = resource;
  return JSON.stringify([rule, message, pointer, container, apiVersion, kind, namespace, name]);
}

/** Writes the app, also where it would be refused, and its policy; gives what the gate says. */
function synthesize(example: (props: AppProps) => App, policy: Policy, lock?: Lock): Verdict {
  const verdicts: Verdict[] = [];
  const onVerdict = (verdict: Verdict) => verdicts.push(verdict);
  example({ policy, outdir: 'dist', mode: 'report', today: '2026-01-01', onVerdict, ...lock && { lock } }).synth();
  writeFileSync('hardened.yaml', JSON.stringify(policy));
  expect(verdicts).toHaveLength(1);
  return verdicts[0];
}

/** Locks all images of what was synthesized, as they are pinned or as something else, without a user and with volumes. */
function lockOfAll(isAsPinned: boolean): Lock {
  const images = new Map<string, ImageFacts>();
  for (const file of readdirSync('dist')) {
    for (const item of documentsOf(readFileSync(join('dist', file), 'utf8'), file)) {
      const found = isInputError(item) ? [] : readManifests(item.value).flatMap(({ pods }) => pods.flatMap((pod) => pod.images));
      for (const { parsed } of found) {
        if (!parsed.ok) continue;
        const name = canonicalReference(parsed.reference);
        const platforms = { 'linux/arm64': platform(name, { volumes: ['/var/data'] }) };
        const { digest } = isAsPinned ? parsed.reference : {};
        images.set(name, imageOf(name, name, { platforms, ...digest && { digest } }));
      }
    }
  }
  return { images };
}

test('every example is here', () => {
  const apps = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /(^|[\\/])main\.ts$/.test(path));
  expect(Object.keys(examples)).toEqual(apps.map((path) => path.replaceAll('\\', '/').replace(/\/main\.ts$/, '')).sort());
});

describe.each(Object.entries(examples))('%s', (_name, [example, own]) => {
  // Also by a policy that trusts nothing, so that there is something to compare.
  test.each([['its own policy', own], ['a policy that trusts nothing', {}]])('by %s, check finds what the gate finds', async (_policy, policy) => {
    const verdict = synthesize(example, policy);
    const { findings, errors, summary } = await checked();
    const { pods, containers, documents } = verdict.summary;

    // An exemption of a construct is known to the gate only: what it excuses, `check` finds.
    expect(findings.map(placeOf).sort()).toEqual([...verdict.findings, ...verdict.exempted].map(placeOf).sort());
    expect(errors).toEqual([]);
    expect(summary).toMatchObject({ pods, containers, documents });
    if (policy !== own) expect(findings.length).toBeGreaterThan(0);
  });

  test.each([['that says what is pinned', true], ['that says something else', false]])('with a lock %s, check finds what the gate finds', async (_lock, isAsPinned) => {
    synthesize(example, own);
    const lock = lockOfAll(isAsPinned);
    rmSync('dist', { recursive: true });
    const verdict = synthesize(example, own, lock);
    writeFileSync('images.lock.json', formatLock(lock));
    const { findings, errors } = await checked();
    expect(findings.map(placeOf).sort()).toEqual([...verdict.findings, ...verdict.exempted].map(placeOf).sort());
    expect(errors).toEqual([]);
    if (!isAsPinned) expect(findings.map(({ rule }) => rule)).toContainEqual(expect.stringMatching(/^image-(?:user|drift)$/));
  });
});
