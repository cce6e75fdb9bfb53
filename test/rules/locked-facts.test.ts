import { locked, lockedImage, Platforms } from './locked';
import { hasDrifted, platformsOf } from '../../src/image/facts';
import { parseImageReference } from '../../src/image/reference';
import { linuxPlatformsOf, sharedUser, volumePathsOf } from '../../src/rules/locked-facts';
import { everywhere } from '../../src/rules/node-platforms';
import { digestOf } from '../lock/image-of';
import { digest } from '../support/images';

const name = 'ghcr.io/acme/web:1.4.2';

function reference(text: string) {
  const parsed = parseImageReference(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.reference;
}

const platformsIn = (platforms: Platforms, text: string) => linuxPlatformsOf(reference(text), lockedImage(platforms), everywhere);
const userOf = (platforms: Platforms, text = name) => sharedUser(platformsIn(platforms, text));
const volumesOf = (platforms: Platforms, text = name) => volumePathsOf(platformsIn(platforms, text));

test.each<[why: string, platforms: Platforms, user: number | undefined]>([
  ['a number', { 'linux/amd64': { user: '65532:65532' } }, 65532],
  ['a name that was looked up', { 'linux/amd64': { user: 'app', uid: 1000 } }, 1000],
  ['a number and a name that mean the same', { 'linux/amd64': { user: '1000' }, 'linux/arm64': { user: 'app', uid: 1000 } }, 1000],
  ['a number on Linux, whatever Windows has', { 'linux/amd64': { user: '5' }, 'windows/amd64:10.0': { user: 'ContainerUser' } }, 5],
  ['no user', { 'linux/amd64': {} }, undefined],
  ['no user, whatever the lock has for it', { 'linux/amd64': { uid: 1000 } }, undefined],
  ['a number, and another beside it', { 'linux/amd64': { user: '7', uid: 8 } }, 7],
  ['root by name', { 'linux/amd64': { user: 'root', uid: 0 } }, undefined],
  ['a name that was not found', { 'linux/amd64': { user: 'app' } }, undefined],
  ['a number that is no id', { 'linux/amd64': { user: '-1', uid: 1000 } }, undefined],
  ['a name with a number that is none of an id', { 'linux/amd64': { user: 'app', uid: 0.5 } }, undefined],
  ['a name with a number that is no id', { 'linux/amd64': { user: 'app', uid: 4294967294 } }, undefined],
  ['the highest id', { 'linux/amd64': { user: 'app', uid: 2147483647 } }, 2147483647],
  ['two users', { 'linux/amd64': { user: '5' }, 'linux/arm64': { user: '6' } }, undefined],
  ['root on one platform', { 'linux/amd64': { user: '5' }, 'linux/arm64': {} }, undefined],
  ['no platform of Linux', { 'windows/amd64': { user: '5' } }, undefined],
  ['no platform at all', {}, undefined],
])('of an image with %s, the certain user of %j is %p', (_why, platforms, user) => {
  expect(userOf(platforms)).toBe(user);
  expect(userOf(platforms, `${name}@${digest}`)).toBe(user);
});

test('a digest of one platform means that platform, and one that has drifted means none', () => {
  const platforms = { 'linux/amd64': { user: '5', volumes: ['/a'] }, 'linux/arm64': { user: '6', volumes: ['/b'] } };
  const onArm = `${name}@${digestOf('linux/arm64 manifest')}`;
  const drifted = `${name}@${digestOf('another')}`;

  expect([userOf(platforms, onArm), volumesOf(platforms, onArm)]).toEqual([6, ['/b']]);
  expect([userOf(platforms, drifted), volumesOf(platforms, drifted)]).toEqual([undefined, []]);
});

test('VOLUME paths are those of all platforms of Linux, normalised, sorted and each once', () => {
  expect(volumesOf({
    'linux/amd64': { volumes: ['/data/', 'cache', '//data/.', '/a/../b'] },
    'linux/arm64': { volumes: ['/armed', '/data'] },
    'linux/s390x': {},
    'windows/amd64': { volumes: ['C:\\data'] },
  })).toEqual(['/armed', '/b', '/cache', '/data']);
});

describe('of a reference', () => {
  const image = lockedImage({ 'linux/amd64': {} });
  test.each([
    [name, false, ['linux/amd64']],
    [`${name}@${digest}`, false, ['linux/amd64']],
    [`${name}@${digestOf('linux/amd64 manifest')}`, false, ['linux/amd64']],
    [`${name}@${digestOf('another')}`, true, []],
  ])('%s, that it has drifted is %p', (text, drifted, platforms) => {
    expect(hasDrifted(reference(text), image)).toBe(drifted);
    expect(Object.keys(platformsOf(reference(text), image))).toEqual(platforms);
  });

  test('without a tag, nothing but the locked digest is found', () => {
    const lock = locked(image);
    expect(lock.find(reference(`ghcr.io/acme/web@${digest}`))).toBe(image);
    expect(lock.find(reference(`ghcr.io/acme/web@${digestOf('another')}`))).toBeUndefined();
  });
});
