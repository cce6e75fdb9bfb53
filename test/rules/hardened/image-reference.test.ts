import { imageReference } from '../../../src/rules/hardened/image-reference';
import { digest, withImage, withImageVolume } from '../../support/images';
import { faultsOf, validPod } from '../../support/pods';

test.each(['nginx', 'ghcr.io/acme/shop:1.4.2', `ghcr.io/acme/shop@${digest}`, 'localhost:5000/shop:1'])('%j is a reference', (image) => {
  expect(faultsOf(imageReference, withImage(image))).toEqual([]);
});

test.each(['NGINX', 'ghcr.io/acme/shop:', 'a b', 'nginx@foo', `nginx@sha256:${'A'.repeat(64)}`, 'https://ghcr.io/acme/shop', '../shop'])(
  '%j is none, and the message says why', (image) => {
    expect(faultsOf(imageReference, withImage(image))).toEqual([{
      message: expect.stringMatching(/^image must be an image reference, ".+" is none: .{10,}/) as string,
      pointer: '/spec/containers/0/image',
      container: 'web',
    }]);
  });

test.each([undefined, null, ''])('an image that is %j is missing', (image) => {
  expect(faultsOf(imageReference, withImage(image))).toEqual([
    { message: 'image must be set, it is not', pointer: '/spec/containers/0/image', container: 'web' },
  ]);
});

test('an image may be missing where a controller adds it', () => {
  const manifest = { apiVersion: 'example.com/v1', kind: 'App', spec: { template: { spec: { containers: [{ name: 'a', command: ['a'] }] } } } };
  expect(faultsOf(imageReference, manifest)).toEqual([]);
});

test('the image of an image volume is judged', () => {
  expect(faultsOf(imageReference, withImageVolume({ reference: 'A' })))
    .toMatchObject([{ pointer: '/spec/volumes/1/image/reference', container: undefined }]);
});

test('a hostile reference neither floods a terminal nor writes to it', () => {
  const [{ message }] = faultsOf(imageReference, withImage('\u001b[2J' + 'a'.repeat(100_000)));
  expect(message.length).toBeLessThan(300);
  expect(message).not.toContain('\u001b');
});

test('the valid pod passes', () => {
  expect(faultsOf(imageReference, validPod)).toEqual([]);
});
