import { digestOf, lockOf } from './support';
import { formatLock } from '../../src/lock/format';
import { LockedName, lockedImages, LockJson } from '../../src/lock/locked-images';

const names = ['nginx:1.27', 'nginx:1.26', 'docker.io/acme/nginx:2', 'busybox', 'GHCR.io/acme/shop:1.4.2', 'toString:1', `redis@${digestOf('redis')}`];
const json = JSON.parse(formatLock(lockOf(...names.map((name) => [name, name.split('@', 1)[0]] as const)))) as LockJson;
/** As a caller without types has it. */
const image = (name: string, lock = json) => lockedImages(lock)(name as LockedName<LockJson>);

test.each([
  ['nginx:1.27', 'docker.io/library/nginx:1.27'],
  ['GHCR.io/acme/shop:1.4.2', 'ghcr.io/acme/shop:1.4.2'],
  ['busybox', 'docker.io/library/busybox'],
  [`redis@${digestOf('redis')}`, 'docker.io/library/redis'],
])('%s is pinned as %s with its digest', (name, text) => {
  expect(image(name)).toBe(`${text}@${digestOf(name.split('@', 1)[0])}`);
});

test.each([
  ['nginx:1.28', 'image "nginx:1.28" is not locked: run cdk8s-hardened lock "nginx:1.28"; did you mean "nginx:1.26" or "nginx:1.27" or "docker.io/acme/nginx:2"?'],
  ['docker.io/library/nginx:1.27', 'image "docker.io/library/nginx:1.27" is not locked: run cdk8s-hardened lock "docker.io/library/nginx:1.27"; did you mean "nginx:1.27" or "nginx:1.26" or "docker.io/acme/nginx:2"?'],
  ['redis:7', `image "redis:7" is not locked: run cdk8s-hardened lock "redis:7"; did you mean "redis@${digestOf('redis')}"?`],
  ['mysql:7', 'image "mysql:7" is not locked: run cdk8s-hardened lock "mysql:7"'],
  ['~', 'image "~" is not locked: it must be the name of an image, without a digest or with one and no tag'],
  ['__proto__', 'image "__proto__" is not locked: it must be the name of an image, without a digest or with one and no tag'],
  ['constructor', 'image "constructor" is not locked: run cdk8s-hardened lock "constructor"'],
  [`nginx:1.27@${digestOf('x')}`, expect.stringContaining('is not locked: it must be the name of an image, without a digest or with one and no tag') as string],
])('%s is not locked, and the message says what to do', (name, message) => {
  expect(() => image(name)).toThrow(expect.objectContaining({ code: 'not-locked', message }) as Error);
});

test.each([{}, { version: 1 }, { version: 2, images: {} }, { version: 1, images: [] }])('%j is no lock', (lock) => {
  expect(() => lockedImages(lock as never)).toThrow('lockedImages must be given the JSON of an images.lock.json');
});

test('what a default import is where the compiler does not make it one is told by its cause', () => {
  expect(() => lockedImages(undefined as never)).toThrow('it is undefined, as a default import without esModuleInterop is: use import lock = require(…)');
});

test.each([null, {}, { pinned: 7 }, { pinned: 'docker.io/library/a:1' }, { pinned: 'docker.io/library/a:1@sha256:abc' }, { pinned: `evil.com/a:1@${digestOf('x')}` }])(
  'an entry such as %j never becomes a pinned image', (entry) => {
    expect(() => image('a:1', { version: 1, images: { 'a:1': entry } })).toThrow('the entry of "a:1" is none of an image lock; lock it again');
  });
