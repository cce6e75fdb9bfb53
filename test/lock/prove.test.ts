import { imageOf } from './support';
import { formatLock } from '../../src/lock/format';
import { lockFromImages, parseLock } from '../../src/lock/parse';
import { provenImage, provenText } from '../../src/lock/prove';

test('an image is proven once, under whatever name of it and in whatever lock', () => {
  const image = provenImage(imageOf('nginx:1.27'));
  const { images } = lockFromImages([['nginx:1.27', image], ['docker.io/nginx:1.27', image]], 'lock');

  expect([...images.values()]).toEqual([image, image]);
  for (const each of images.values()) expect(each).toBe(image);
  expect(Object.isFrozen(image.platforms['linux/amd64'].diffIds)).toBe(true);
});

test('a proven image is refused under the name of another', () => {
  expect(() => lockFromImages([['nginx:1.26', provenImage(imageOf('nginx:1.27'))]], 'lock'))
    .toThrow('lock: images["nginx:1.26"].pinned must be "docker.io/library/nginx:1.26@" and a digest');
});

test('a copy of a proven image is not proven', () => {
  const copy = { ...provenImage(imageOf('nginx:1.27')), digest: 'sha256:abc' };

  expect(() => provenText({ images: new Map([['nginx:1.27', copy]]) }, 'x.json')).toThrow('x.json: images["nginx:1.27"].pinned must be a digest');
});

test('what is proven is what is written, and reads the same', () => {
  const lock = { images: new Map([['nginx:1.27', imageOf('nginx:1.27')]]) };

  expect(provenText(lock, 'x.json')).toBe(formatLock(lock));
  expect(parseLock(provenText(lock, 'x.json'))).toEqual(lock);
});

test.each([
  ['a user with a control character', { user: 'a\u0007' }],
  ['a uid that no pod can have', { uid: 2 ** 31 }],
])('an image with %s cannot be locked', (_what, on) => {
  const image = imageOf('nginx:1.27');
  const platforms = { 'linux/amd64': { ...image.platforms['linux/amd64'], ...on } };

  expect(() => provenImage({ ...image, platforms })).toThrow(/^it cannot be locked: images\["docker\.io\/library\/nginx:1\.27"\]\.facts\.platforms/);
});
