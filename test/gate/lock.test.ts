import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { App, Deployment, enforce, judgeTree, Lock, LockError, LockJson } from '../../src';
import * as compat from '../../src/compat';
import { formatLock } from '../../src/lock/format';
import { exits, filesIn, freshOutdir, good, makers, refusalOf, trusting } from '../support/apps';
import { digestOf, lockSaying } from '../support/locks';

const name = 'ghcr.io/acme/shop:1.5.0';
const pinned = `${name}@${digestOf(name)}`;
const lock = lockSaying({}, name);
const json = JSON.parse(formatLock(lock)) as LockJson;

const profile = { ...trusting, profile: 'baseline', rules: [] } as const;
const container = { name: 'main', image: name };
const spec = { containers: [container] };
const object = (kind: string, fields: object, apiVersion = 'v1') => ({ apiVersion, kind, metadata: { name: 'x' }, ...fields });

/** Everything that left, as text. */
function leftBy(leave: (app: cdk8s.App, chart: cdk8s.Chart) => unknown, app: cdk8s.App, chart: cdk8s.Chart): string {
  const given = leave(app, chart);
  const texts = filesIn(app.outdir).filter((file) => file.endsWith('.yaml')).map((file) => readFileSync(join(app.outdir, file), 'utf8'));
  return [typeof given === 'string' ? given : JSON.stringify(given ?? ''), ...texts].join('\n');
}

const count = (text: string, part: string) => text.split(part).length - 1;

describe.each(makers)('%s', (_name, make) => {
  test.each(exits)('writes the locked digest behind the tag: %s', (_exit, props, leave) => {
    const app = make(trusting, { ...props, lock });
    const chart = new cdk8s.Chart(app, 'chart');
    new compat.Deployment(chart, 'web', { containers: [{ ...good, image: name }] });

    const left = leftBy(leave, app, chart);

    expect(count(left, name)).toBe(1);
    expect(left).toContain(pinned);
  });

  test.each<[string, Lock | LockJson]>([['what Lock.from gives', Lock.from(json)], ['the JSON of the file', json]])('takes %s', (_what, given) => {
    const app = make(trusting, { lock: given });
    new compat.Deployment(new cdk8s.Chart(app, 'chart'), 'web', { containers: [{ ...good, image: name }] });

    expect(app.synthYaml()).toContain(pinned);
  });

  const documents: readonly (readonly [string, object, number])[] = [
    ['a raw Pod with all its lists', object('Pod', {
      spec: {
        ...spec, initContainers: [container], ephemeralContainers: [container], volumes: [{ name: 'model', image: { reference: name } }],
      },
    }), 4],
    ['a CronJob', object('CronJob', { spec: { jobTemplate: { spec: { template: { spec } } } } }, 'batch/v1'), 1],
    ['a List', object('List', { items: [object('Pod', { spec }), object('List', { items: [object('Pod', { spec })] })] }), 2],
    ['a custom resource with a template', object('Rollout', { spec: { template: { spec } } }, 'argoproj.io/v1alpha1'), 1],
    ['a ConfigMap with the same text', object('ConfigMap', { data: { image: name, spec: JSON.stringify(spec) } }), 0],
    ['a Pod with the text in other fields', object('Pod', {
      metadata: { name: 'x', annotations: { image: name } }, spec: { containers: [{ ...container, args: [name], env: [{ name: 'IMAGE', value: name }] }] },
    }), 1],
  ];
  describe.each(documents)('%s', (_what, document, images) => {
    test.each(exits)('has its images pinned, and nothing else: %s', (_exit, props, leave) => {
      const outcome = (app: cdk8s.App) => {
        const chart = new cdk8s.Chart(app, 'chart');
        new cdk8s.ApiObject(chart, 'raw', document as cdk8s.ApiObjectProps);
        return leftBy(leave, app, chart);
      };
      const plain = outcome(new cdk8s.App({ ...props, outdir: freshOutdir() }));
      const locked = outcome(make(profile, { ...props, lock }));

      expect(count(locked, pinned)).toBe(images);
      expect(locked.replaceAll(pinned, name)).toBe(plain);
    });
  });

  test('pins what a JSON patch, an Include and a resolver bring in', () => {
    const file = join(freshOutdir(), '..', 'old.yaml');
    writeFileSync(file, `apiVersion: v1\nkind: Pod\nmetadata: {name: old}\nspec:\n  containers: [{name: main, image: "${name}"}]\n`);
    const resolver: cdk8s.IResolver = { resolve: (context) => { if (context.value === 'resolved') context.replaceValue(name); } };
    const app = make(profile, { lock, resolvers: [resolver] });
    const chart = new cdk8s.Chart(app, 'chart');
    cdk8s.ApiObject.of(new Deployment(chart, 'web', { containers: [good] }))
      .addJsonPatch(cdk8s.JsonPatch.replace('/spec/template/spec/containers/0/image', name));
    new cdk8s.Include(chart, 'old', { url: file });
    new cdk8s.ApiObject(chart, 'raw', object('Pod', { spec: { containers: [{ name: 'main', image: 'resolved' }] } }));

    expect(count(app.synthYaml(), pinned)).toBe(3);
  });

  test('gives the same to who asks for an object by itself', () => {
    const app = make(profile, { lock });
    const chart = new cdk8s.Chart(app, 'chart');
    const pod = new cdk8s.ApiObject(chart, 'raw', object('Pod', { spec }));
    cdk8s.Testing.synth(chart);

    expect(pod.toJson()).toMatchObject({ spec: { containers: [{ image: pinned }] } });
  });

  test('leaves what the lock does not hold, and refuses it', () => {
    const app = make(trusting, { lock });
    new compat.Deployment(new cdk8s.Chart(app, 'chart'), 'web', { containers: [{ ...good, image: 'ghcr.io/acme/other:1' }] });

    expect(refusalOf(() => app.synth()).findings.map(({ rule }) => rule)).toEqual(['image-digest']);
  });

  test('trusts no registry for it', () => {
    const app = make({}, { lock });
    new compat.Deployment(new cdk8s.Chart(app, 'chart'), 'web', { containers: [{ ...good, image: name }] });

    expect(refusalOf(() => app.synth()).findings.map(({ rule }) => rule)).toEqual(['image-registry']);
  });

  test('pins also where it only reports', () => {
    const app = make(profile, { lock, mode: 'report' });
    new cdk8s.ApiObject(new cdk8s.Chart(app, 'chart'), 'raw', object('Pod', { spec }));

    expect(app.synthYaml()).toContain(pinned);
  });

  test('pins below the construct, and nothing beside it', () => {
    const app = make(profile, {});
    const [one, other] = ['one', 'other'].map((id) => new cdk8s.Chart(app, id));
    for (const chart of [one, other]) new cdk8s.ApiObject(chart, 'raw', object('Pod', { spec }));
    enforce(one, profile, { lock });

    expect(JSON.stringify(cdk8s.Testing.synth(one))).toContain(pinned);
    expect(JSON.stringify(cdk8s.Testing.synth(other))).not.toContain(pinned);
  });

  test('of two locks the outer pins first, and the inner what is left', () => {
    const app = make(profile, { lock: lockSaying({}, [name, 'outer']) });
    const chart = new cdk8s.Chart(app, 'chart');
    const both = { containers: [container, { name: 'side', image: 'ghcr.io/acme/side:1' }] };
    new cdk8s.ApiObject(chart, 'raw', object('Pod', { spec: both }));
    enforce(chart, profile, { lock: lockSaying({}, [name, 'inner'], ['ghcr.io/acme/side:1', 'side']) });

    const [pod] = cdk8s.Testing.synth(chart) as [{ spec: typeof both }];

    expect(pod.spec.containers.map(({ image }) => image)).toEqual([`${name}@${digestOf('outer')}`, `ghcr.io/acme/side:1@${digestOf('side')}`]);
  });
});

describe('a wrong lock', () => {
  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['null', null, 'the lock must be an object, it is null'],
    ['the name of a file', 'images.lock.json', 'the lock must be an object, it is "images.lock.json"'],
    ['a JSON of another version', { ...json, version: 2 }, 'version must be 1, the only version that is known, it is 2'],
    ['what is not a lock at all', { images: {} }, 'version is missing'],
    ['one made by hand with a wrong digest', { images: new Map([[name, { ...lock.images.get(name), digest: 'sha256:abc' }]]) }, `images["${name}"].pinned must be a digest: the digest has 3 hex digits`],
    ['one made by hand with another reference', { images: new Map([['nginx:1.27', lock.images.get(name)]]) }, 'images["nginx:1.27"].pinned must be "docker.io/library/nginx:1.27@" and a digest'],
    ['one made by hand with nothing in it', { images: new Map([[name, null]]) }, `images["${name}"] must be an object, it is null`],
  ];

  test.each(wrong)('is refused when it is put in force: %s', (_what, given, problem) => {
    const app = new cdk8s.App({ outdir: freshOutdir() });
    const chart = new cdk8s.Chart(app, 'chart');
    const refused = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return error;
      }
      return undefined;
    };

    for (const [where, run] of [
      ['lock', () => new App({ lock: given as Lock })],
      ['lock', () => enforce(app, {}, { lock: given as Lock })],
      ['lock of chart', () => enforce(chart, {}, { lock: given as Lock })],
      ['lock', () => judgeTree(app, {}, { lock: given as Lock })],
    ] as const) {
      const error = refused(run);
      expect(error).toBeInstanceOf(LockError);
      expect(error).toMatchObject({ code: 'invalid-lock', message: expect.stringContaining(`${where}: ${problem}`) as string });
    }
  });
});

test('judgeTree pins by its own lock, and not by one in force', () => {
  const app = new cdk8s.App({ outdir: freshOutdir() });
  new cdk8s.ApiObject(new cdk8s.Chart(app, 'chart'), 'raw', object('Pod', { spec }));
  enforce(app, profile, { lock });
  const digests = (options?: { lock: Lock }) => judgeTree(app, trusting, options).rules['image-digest'];

  expect(digests()).toBe(1);
  expect(digests({ lock })).toBeUndefined();
});
