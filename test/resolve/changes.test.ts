import type { PlatformFacts } from '../../src/image/facts';
import { changesOf, differences, withResolved } from '../../src/resolve/changes';
import type { Resolution } from '../../src/resolve/resolve';
import { imageOf, lockOf, platform } from '../lock/support';

type Platforms = Readonly<Record<string, Partial<PlatformFacts>>>;

const with_ = (platforms: Platforms) => imageOf('a:1', 'a', {
  platforms: Object.fromEntries(Object.entries(platforms).map(([key, others]) => [key, platform(key, others)])),
});

test.each<[name: string, from: Platforms, to: Platforms, lines: readonly string[]]>([
  ['nothing', { 'linux/amd64': {} }, { 'linux/amd64': {} }, []],
  ['platforms', { 'linux/amd64': {}, 'linux/arm64': {} }, { 'linux/amd64': {}, 'linux/s390x': {} }, ['no longer for linux/arm64', 'now also for linux/s390x']],
  ['a user', { 'linux/amd64': { user: 'app', uid: 7 } }, { 'linux/amd64': {} }, ['user is root, was "app" (uid 7)']],
  ['a uid alone', { 'linux/amd64': { user: 'app', uid: 7 } }, { 'linux/amd64': { user: 'app' } }, ['user is "app", was "app" (uid 7)']],
  ['a user of one of the platforms', { 'linux/amd64': {}, 'linux/arm64': {} }, { 'linux/amd64': {}, 'linux/arm64': { user: '7', uid: 7 } },
    ['user is "7", was root (linux/arm64)']],
  ['volumes, many of them', { 'linux/amd64': { volumes: ['/a'] } }, { 'linux/amd64': { volumes: ['/b', '/c', '/d', '/e', '/f', '/g\u001b'] } },
    ['volumes: new "/b", "/c", "/d", "/e", "/f" and 1 more; gone "/a"']],
  ['what nobody has to know', { 'linux/amd64': { size: 1 } }, { 'linux/amd64': { size: 2 } }, []],
])('of an image, %s', (_name, from, to, lines) => {
  expect(differences(with_(from), with_(to))).toEqual(lines);
});

const resolution = (others: Partial<Resolution>): Resolution =>
  ({ images: new Map(), kept: new Set(), failures: [], notes: [], ...others });
const reference = 'docker.io/library/a:1';

describe('what was resolved', () => {
  const image = imageOf('a:1', 'new');

  test('takes the place of what was locked, under every name it has and every name that was asked for', () => {
    const { images } = withResolved(lockOf('a:1', 'b:1'), [{ reference, names: ['library/a:1'] }], resolution({ images: new Map([[reference, image]]) }));
    expect([...images].map(([name, { digest }]) => [name, digest === image.digest])).toEqual([['a:1', true], ['b:1', false], ['library/a:1', true]]);
  });

  test('gets the name from a manifest only where it has none', () => {
    const add = (...locked: readonly string[]) => [...withResolved(lockOf(...locked), [{ reference, names: [], otherwise: 'docker.io/a:1' }],
      resolution({ images: new Map([[reference, image]]) })).images.keys()];
    expect(add()).toEqual(['docker.io/a:1']);
    expect(add('a:1')).toEqual(['a:1']);
  });

  test('is not brought back where another process has taken it out meanwhile', () => {
    expect(withResolved(lockOf('b:1'), [{ reference, names: [] }], resolution({ images: new Map([[reference, image]]) })).images.has('a:1')).toBe(false);
    expect(withResolved(lockOf('b:1'), [{ reference, names: ['a:1'] }], resolution({ kept: new Set([reference]) })).images.has('a:1')).toBe(false);
  });

  test('is told apart: added, changed, unchanged; of those that were looked at', () => {
    const [before, after] = [lockOf('a:1', 'b:1', 'c:1'), lockOf(['a:1', 'new'], 'b:1', ['c:1', 'new'], 'd:1')];
    const { added, changed, unchanged } = changesOf(before, after, (each) => !each.includes('/c:'));
    expect([added.map(({ name }) => name), changed.map(({ name }) => name), unchanged]).toEqual([['d:1'], ['a:1'], ['b:1']]);
  });
});
