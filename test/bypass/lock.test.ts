import * as cdk8s from 'cdk8s';
import { defineRule, enforce, Lock, LockedImages, LockError } from '../../src';
import * as compat from '../../src/compat';
import { formatLock } from '../../src/lock/format';
import { filesIn, good, makers, refusalOf, trusting } from '../support/apps';
import { digestOf, lockSaying } from '../support/locks';

/*
 * The lock as a way in: nothing that it says may let pass what would be refused without it, and nothing but what it said when it was
 * put in force is written.
 */

const name = 'ghcr.io/acme/shop:1.5.0';
const pinned = `${name}@${digestOf(name)}`;
const lock = lockSaying({}, name);
/** As it comes from a file. */
const read = Lock.parse(formatLock(lock));
const deploy = (chart: cdk8s.Chart, image = name) => new compat.Deployment(chart, 'web', { containers: [{ ...good, image }] });
const rulesOf = (run: () => unknown) => [...new Set(refusalOf(run).findings.map(({ rule }) => rule))].sort();

const hub = lockSaying({}, 'nginx:1');
const otherHub = lockSaying({}, ['nginx:1', 'another']);

/** A lock with this in the place of its Map. */
const withImages = (images: unknown) => ({ images }) as Lock;

describe.each(makers)('%s', (_maker, make) => {
  test('an inner lock does not turn a tag into another image than the outer one', () => {
    const app = make(trusting, { lock });
    const chart = new cdk8s.Chart(app, 'chart');
    enforce(chart, trusting, { lock: lockSaying({}, [name, 'another']) });
    deploy(chart);

    expect(rulesOf(() => app.synth())).toEqual(['image-drift']);
    expect(filesIn(app.outdir)).toEqual([]);
  });

  test('a digest that was written by hand is held against the lock, not replaced', () => {
    const app = make(trusting, { lock });
    deploy(new cdk8s.Chart(app, 'chart'), `${name}@${digestOf('another')}`);

    expect(rulesOf(() => app.synth())).toEqual(['image-drift']);
  });

  test('an object that changes after it was rendered is written as it was judged', () => {
    const app = make(trusting, { lock });
    const chart = new cdk8s.Chart(app, 'chart');
    const object = cdk8s.ApiObject.of(deploy(chart));
    const rendered = object.toJson.bind(object);
    const given: { spec: { template: { spec: { containers: { image: string }[] } } } }[] = [];
    object.toJson = () => {
      const json = rendered() as (typeof given)[0];
      given.push(json);
      return json;
    };
    const change = () => { for (const json of given) json.spec.template.spec.containers[0].image = 'evil.example/x:1'; };
    new cdk8s.ApiObject(chart, 'later', { apiVersion: 'v1', kind: 'ConfigMap', data: cdk8s.Lazy.any({ produce: () => { change(); return {}; } }) });
    chart.addDependency(new cdk8s.Chart(app, 'other'));

    const left = app.synthYaml();
    change();

    expect(given.length).toBeGreaterThan(0);
    expect(left).toContain(pinned);
    expect(left).not.toContain('evil.example');
    expect(JSON.stringify(cdk8s.Testing.synth(chart))).toContain(pinned);
  });

  test('an image that answers each time another is asked once', () => {
    const app = make({ ...trusting, profile: 'baseline', rules: [] }, { lock });
    const chart = new cdk8s.Chart(app, 'chart');
    const texts = [name, 'evil.example/x:1', name, 'evil.example/y:1'];
    const container = { name: 'main', get image() { return texts.shift(); } };
    new cdk8s.ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap' }).toJson = () =>
      ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'raw' }, spec: { containers: [container] } });

    const left = app.synthYaml();

    expect(left).toContain(pinned);
    expect(left).not.toContain('evil.example');
  });

  test('a lock that is changed after it was put in force pins as it did', () => {
    const images = new Map(lock.images);
    const image = { ...lock.images.get(name)! };
    images.set(name, image);
    const app = make(trusting, { lock: { images } });
    deploy(new cdk8s.Chart(app, 'chart'));
    image.digest = digestOf('another');
    images.set('docker.io/library/nginx:1', image);

    expect(app.synthYaml()).toContain(pinned);
  });

  test('a lock that was read cannot be changed but for its Map, which is copied', () => {
    const own = Lock.parse(formatLock(lock));
    const app = make(trusting, { lock: own });
    deploy(new cdk8s.Chart(app, 'chart'));
    const image = own.images.get(name)!;

    expect(Reflect.set(image, 'digest', digestOf('another'))).toBe(false);
    expect(Reflect.set(image.platforms['linux/amd64'], 'uid', 0)).toBe(false);
    expect(Reflect.set(image.platforms['linux/amd64'].diffIds, 0, digestOf('another'))).toBe(false);
    (own.images as Map<string, unknown>).clear();
    expect(app.synthYaml()).toContain(pinned);
  });

  test('a rule of one\'s own cannot change what is pinned', () => {
    const attempts: boolean[] = [];
    const meddle = defineRule({
      id: 'meddle',
      summary: 's',
      why: 'w',
      fix: 'f',
      profile: 'baseline',
      references: {},
      check: (pod, context) => {
        const held = context.lock as { find: LockedImages['find'] };
        const { parsed } = pod.images[0];
        attempts.push(Reflect.set(held, 'find', () => undefined));
        if (parsed.ok) attempts.push(Reflect.set(held.find(parsed.reference)!, 'digest', digestOf('another')));
        return [];
      },
    });
    const app = make({ ...trusting, rules: [meddle] }, { lock });
    deploy(new cdk8s.Chart(app, 'chart'));

    expect(app.synthYaml()).toContain(pinned);
    expect(app.synthYaml()).toContain(pinned);
    expect(new Set(attempts)).toEqual(new Set([false]));
  });

  test('a Map whose methods lie is asked past them', () => {
    class Lying extends Map<string, unknown> {
      public override get = () => ({ ...lock.images.get(name), digest: digestOf('another') });
      public override values = () => new Map([[name, this.get()]]).values();
      public override entries = () => new Map([[name, this.get()]]).entries();
      public override [Symbol.iterator] = () => this.entries();
    }
    const app = make(trusting, { lock: withImages(new Lying(lock.images)) });
    deploy(new cdk8s.Chart(app, 'chart'));

    expect(app.synthYaml()).toContain(pinned);
  });

  test.each([
    ['a proxy of a Map', new Proxy(new Map(lock.images), {})],
    ['an object that acts as a Map', { get: () => lock.images.get(name), values: () => lock.images.values(), size: 1 }],
    ['a Map with a digest that is none', new Map([[name, { ...lock.images.get(name), digest: 'sha256:0' }]])],
    ['a Map with a digest that goes on', new Map([[name, { ...lock.images.get(name), digest: `${digestOf(name)}\nkind: Pod` }]])],
    ['a Map with a name that is no text', new Map([[Object.create(null), lock.images.get(name)]])],
    ['a Map with the name that stands last in a file', new Map([['~', lock.images.get(name)]])],
    ['a Map with two digests for one image', new Map([...read.images, ...Lock.parse(formatLock(lockSaying({}, ['GHCR.io/acme/shop:1.5.0', 'another']))).images])],
    ['a Map with two digests for one image of Docker Hub', new Map([...hub.images, ['Index.Docker.IO/nginx:1', otherHub.images.get('nginx:1')]])],
    ['a Map with an image under the name of another', new Map([['ghcr.io/acme/other:1', lock.images.get(name)]])],
    ['a Map with a name that is no reference', new Map([['__proto__', lock.images.get(name)]])],
    ['a Map with an image that was read under another name', new Map([['ghcr.io/acme/other:1', read.images.get(name)]])],
    ['a Map with an image like one that was read', new Map([[name, { ...read.images.get(name), digest: 'sha256:0' }]])],
    ['a Map with facts that are none', new Map([[name, { ...lock.images.get(name), platforms: { 'linux/amd64': { uid: 7 } } }]])],
  ])('%s is refused when it is put in force', (_what, images) => {
    expect(() => make(trusting, { lock: withImages(images) })).toThrow(LockError);
  });
});

test('keys that an object only inherits are none', () => {
  const images = Object.create({ [name]: lock.images.get(name) }) as object;

  expect(() => makers[0][1](trusting, { lock: { version: 1, images } })).toThrow('lock: images must be an object');
});
