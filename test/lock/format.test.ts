import { imageOf, lockOf, platform } from './support';
import { formatLock } from '../../src/lock/format';
import { emptyLock, Lock } from '../../src/lock/lock';
import { parseLock } from '../../src/lock/parse';

const names = ['nginx:1.27', 'ghcr.io/acme/shop:1.4.2', 'redis:7', 'docker.io/library/busybox', '1234:5'];

test('what is formatted is read again, and formats to the same bytes', () => {
  const lock = lockOf(...names);

  const text = formatLock(lock);

  expect(parseLock(text)).toEqual(lock);
  expect(formatLock(parseLock(text))).toBe(text);
});

test('the order in which images were locked does not show', () => {
  expect(formatLock(lockOf(...names))).toBe(formatLock(lockOf(...[...names].reverse())));
});

test('the order of platforms, of keys, of volumes and of ports does not show', () => {
  const one = platform('a', { volumes: ['/b', '/a'], ports: ['90/tcp', '80/tcp'], base: { name: 'scratch', digest: imageOf('x').digest } });
  const reversed = Object.fromEntries(Object.entries({
    ...one, volumes: ['/a', '/b'], ports: ['80/tcp', '90/tcp'], base: { digest: imageOf('x').digest, name: 'scratch' },
  }).reverse());
  const withPlatforms = (platforms: object): Lock => ({ images: new Map([['a:1', imageOf('a:1', 'a', { platforms: platforms as never })]]) });

  expect(formatLock(withPlatforms({ 'linux/arm64': platform('b'), 'linux/amd64': reversed })))
    .toBe(formatLock(withPlatforms({ 'linux/amd64': one, 'linux/arm64': platform('b') })));
});

test('the platforms that were chosen are read again, in order, on the line of the facts', () => {
  const lock = (chosen: readonly string[]): Lock => ({ images: new Map([['a:1', imageOf('a:1', 'a', { chosen })]]) });
  const text = formatLock(lock(['linux/arm64', 'linux/amd64']));

  expect(parseLock(text)).toEqual(lock(['linux/amd64', 'linux/arm64']));
  expect(text.split('\n')[5]).toContain('","chosen":["linux/amd64","linux/arm64"],"mediaType":');
  expect(text.split('\n')).toHaveLength(formatLock(lockOf(['a:1', 'a'])).split('\n').length);
});

test('the order of layers is kept', () => {
  const { diffIds } = platform('a');
  const lock: Lock = { images: new Map([['a:1', imageOf('a:1', 'a', { platforms: { 'linux/amd64': platform('a', { diffIds: [...diffIds].reverse() }) } })]]) };

  expect(parseLock(formatLock(lock))).toEqual(lock);
});

test('an empty lock has a line that stays last', () => {
  expect(formatLock(emptyLock)).toBe(`{
  "version": 1,
  "images": {
    "~": "stays the last line, so that every image above ends in a comma and two branches that add one merge"
  }
}
`);
});

test('an image is four lines, of which the first and the last do not change', () => {
  const lines = formatLock(lockOf(['nginx:1.27', 'old'])).split('\n').slice(3, 7);
  const moved = formatLock(lockOf(['nginx:1.27', 'new'])).split('\n').slice(3, 7);

  expect(lines[0]).toBe('    "nginx:1.27": {');
  expect(lines[1]).toMatch(/^ {6}"pinned": "docker\.io\/library\/nginx:1\.27@sha256:[0-9a-f]{64}",$/);
  expect(lines[2]).toMatch(/^ {6}"facts": \{.+\},$/);
  expect(lines[3]).toBe('      "reference": "docker.io/library/nginx:1.27" },');
  expect([moved[0], moved[3]]).toEqual([lines[0], lines[3]]);
});

test('two tags of one image have no line in common', () => {
  const lines = formatLock(lockOf(['nginx:1.27', 'one'], ['nginx:1', 'one'])).split('\n').slice(3, 11);

  expect(new Set(lines).size).toBe(8);
});

test('ends in a line break and has no other white space at the end of a line', () => {
  const text = formatLock(lockOf(...names));

  expect(text).toMatch(/[^\n]\n$/);
  expect(text).not.toMatch(/[ \t]\n/);
});
