import { imageDigest } from '../../../src/rules/hardened/image-digest';
import { digest, withImage, withImageVolume } from '../../support/images';
import { faultsOf, tweak } from '../../support/pods';

test.each([`nginx@${digest}`, `ghcr.io/acme/shop:1.4.2@${digest}`, `nginx@sha512:${'0'.repeat(128)}`])('%j is pinned', (image) => {
  expect(faultsOf(imageDigest, withImage(image))).toEqual([]);
});

test.each([
  'nginx', 'nginx:1.27', 'nginx@sha256:abc', `nginx@sha256:${'A'.repeat(64)}`, 'nginx@foo', `nginx@sha512:${'0'.repeat(64)}`,
  `nginx@sha256:${'0'.repeat(65)}`, `nginx@md5:${'0'.repeat(32)}`, `nginx:sha256-${'0'.repeat(64)}`, 'A',
])('%j is not', (image) => {
  expect(faultsOf(imageDigest, withImage(image))).toMatchObject([{ pointer: '/spec/containers/0/image', container: 'web' }]);
});

test('the message tells a missing digest from a reference that cannot be read', () => {
  const messages = ['nginx', 'A'].map((image) => faultsOf(imageDigest, withImage(image))[0].message);
  expect(messages).toEqual(['image must have a valid digest, "nginx" has none', 'image must have a valid digest, "A" cannot be read']);
});

test('every container list and image volumes are judged', () => {
  expect(faultsOf(imageDigest, tweak({ 'spec.initContainers.0.image': 'a', 'spec.ephemeralContainers.0.image': 'b' }))).toHaveLength(2);
  expect(faultsOf(imageDigest, withImageVolume({ reference: 'a' }))).toHaveLength(1);
});

test('a missing image is left to image-reference', () => {
  expect(faultsOf(imageDigest, withImage(undefined))).toEqual([]);
});
