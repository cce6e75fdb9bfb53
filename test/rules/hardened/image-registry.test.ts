import { imageRegistry } from '../../../src/rules/hardened/image-registry';
import { registries, withImage, withImageVolume } from '../../support/images';
import { faultsOf, tweak } from '../../support/pods';

/** The pod with this one image only. */
function alone(image: string) {
  return tweak({ 'spec.initContainers': [], 'spec.ephemeralContainers': [] }, withImage(image));
}

const trusted = registries({ 'ghcr.io/acme': {}, 'docker.io/library': {}, '*.dkr.ecr.eu-west-1.amazonaws.com': {} });

test.each([
  'ghcr.io/acme/shop:1', 'ghcr.io/acme/team/shop:1', 'nginx', 'docker.io/nginx', 'index.docker.io/library/nginx', 'registry-1.docker.io/library/nginx',
  '1234.dkr.ecr.eu-west-1.amazonaws.com/shop',
])('%j is trusted', (image) => {
  expect(faultsOf(imageRegistry, withImage(image), { registries: trusted })).toEqual([]);
});

test.each([
  'ghcr.io/acme-evil/shop', 'evilghcr.io/acme/shop', 'ghcr.io.evil.com/acme/shop', 'ghcr.io:443/acme/shop', 'ghcr.io/acm/shop', 'acme/shop',
  'ghcr.io/evil/ghcr.io/acme/shop', 'a.b.dkr.ecr.eu-west-1.amazonaws.com/shop', 'GHCR.IO.evil.com/acme/shop', 'https://ghcr.io/acme/shop',
])('%j is not', (image) => {
  expect(faultsOf(imageRegistry, withImage(image), { registries: trusted })).toMatchObject([{ pointer: '/spec/containers/0/image', container: 'web' }]);
});

test('with no entry no registry is trusted, and the message says how to name one', () => {
  expect(faultsOf(imageRegistry, alone('nginx'))).toEqual([{
    message: 'image must be from a trusted registry, "docker.io/library/nginx" is not: '
      + 'no registry is trusted; name one in the policy: registries: { \'ghcr.io/acme\': {} }',
    pointer: '/spec/containers/0/image',
    container: 'web',
    fix: 'use an image from a trusted registry, or have this one named in the policy: registries: { \'docker.io/library\': {} }',
  }]);
});

test.each<[readonly string[], string]>([
  [['ghcr.io/a'], 'trusted is "ghcr.io/a"'],
  [['ghcr.io/a', 'ghcr.io/b'], 'trusted are "ghcr.io/a", "ghcr.io/b"'],
  [['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `ghcr.io/${name}`), 'trusted are "ghcr.io/a", "ghcr.io/b", "ghcr.io/c", "ghcr.io/d" and 2 more'],
])('the message lists some of what is trusted: %j', (entries, text) => {
  const context = { registries: registries(Object.fromEntries(entries.map((entry) => [entry, {}]))) };
  expect(faultsOf(imageRegistry, alone('nginx'), context)[0].message).toBe(`image must be from a trusted registry, "docker.io/library/nginx" is not: ${text}`);
});

test('a reference that cannot be read is not trusted', () => {
  expect(faultsOf(imageRegistry, withImage('A'), { registries: trusted })[0].message).toBe('image must be from a trusted registry, "A" cannot be read');
});

test('an image volume is judged, a missing image is left to image-reference', () => {
  expect(faultsOf(imageRegistry, withImageVolume({ reference: 'evil.com/a' }), { registries: registries({ 'ghcr.io/acme': {} }) })).toHaveLength(1);
  expect(faultsOf(imageRegistry, withImage(undefined), { registries: trusted })).toEqual([]);
});
