import { digestOf, imageOf, lockOf } from './support';
import { hasDrifted, platformsOf } from '../../src/image/facts';
import { parseImageReference } from '../../src/image/reference';
import { indexOf } from '../../src/lock/find';
import { canonicalReference } from '../../src/lock/reference';

const lock = lockOf('nginx:1.27', ['nginx:1', 'nginx:1.27'], 'ghcr.io/acme/shop', 'LOCALHOST:5000/x:1');
const nginx = imageOf('nginx:1.27');
const { manifest } = nginx.platforms['linux/arm64'];

function referenceOf(text: string) {
  const parsed = parseImageReference(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.reference;
}

test.each([
  ['nginx:1.27', 'nginx:1.27'],
  ['docker.io/library/nginx:1.27', 'nginx:1.27'],
  ['index.docker.io/nginx:1.27', 'nginx:1.27'],
  ['Index.Docker.IO/library/nginx:1.27', 'nginx:1.27'],
  ['DOCKER.IO/nginx:1.27', 'nginx:1.27'],
  [`nginx:1.27@${nginx.digest}`, 'nginx:1.27'],
  [`nginx:1.27@${digestOf('drifted')}`, 'nginx:1.27'],
  ['ghcr.io/acme/shop', 'ghcr.io/acme/shop'],
  ['ghcr.io/acme/shop:latest', 'ghcr.io/acme/shop'],
  ['localhost:5000/x:1', 'LOCALHOST:5000/x:1'],
])('%s is locked as %s', (text, name) => {
  expect(indexOf(lock).find(referenceOf(text))).toBe(lock.images.get(name));
});

test.each(['nginx:1.26', 'nginx', 'ghcr.io/library/nginx:1.27', 'nginx:constructor', `nginx@${digestOf('unknown')}`, `redis@${nginx.digest}`])('%s is not locked', (text) => {
  expect(indexOf(lock).find(referenceOf(text))).toBeUndefined();
});

test.each(['nginx', `DOCKER.IO/nginx@${nginx.digest}`, 'DOCKER.IO/nginx:1', 'Registry-1.docker.io/a/b:1', 'GHCR.io/a:1', '[FE80::1]:5000/a:1'])('the canonical reference of %s, read again, is the same', (text) => {
  const canonical = canonicalReference(referenceOf(text));
  expect(canonicalReference(referenceOf(canonical))).toBe(canonical);
});

test('a digest is found under every spelling of its registry', () => {
  for (const registry of ['', 'DOCKER.IO/', 'Index.docker.io/library/']) expect(indexOf(lock).find(referenceOf(`${registry}nginx@${nginx.digest}`))).toBeDefined();
});

test.each([nginx.digest, manifest])('a digest without a tag finds an image of its repository: %s', (digest) => {
  expect(indexOf(lock).find(referenceOf(`nginx@${digest}`))?.digest).toBe(nginx.digest);
});

test('the image that has the digest itself comes before one that has it on a platform', () => {
  const child = imageOf('a:1', 'child');
  const index = imageOf('a:2', 'index', { platforms: { 'linux/amd64': { ...child.platforms['linux/amd64'], manifest: child.digest } } });

  for (const images of [[child, index], [index, child]]) {
    const found = indexOf({ images: new Map(images.map((image) => [image.reference, image])) }).find(referenceOf(`a@${child.digest}`));
    expect(found).toBe(child);
  }
});

test('what is locked for a digest without a tag is found by just that, before an image that has the digest too', () => {
  const name = `ghcr.io/acme/x@${digestOf('x')}`;
  for (const names of [[[name, 'x'], ['ghcr.io/acme/x:1', 'x']], [['ghcr.io/acme/x:1', 'x'], [name, 'x']]] as const) {
    const { images } = lockOf(...names);
    const find = (text: string) => indexOf({ images }).find(referenceOf(text));
    expect(find(name)).toBe(images.get(name));
    expect(find(`ghcr.io/acme/x@${images.get(name)!.platforms['linux/arm64'].manifest}`)?.digest).toBe(digestOf('x'));
    expect(find(`ghcr.io/acme/x:2@${digestOf('x')}`)).toBeUndefined();
    expect(find('ghcr.io/acme/x')).toBeUndefined();
  }
});

test('the index is made once', () => {
  expect(indexOf(lock)).toBe(indexOf(lock));
});

test.each([
  ['nginx:1.27', false, ['linux/amd64', 'linux/arm64']],
  [`nginx:1.27@${nginx.digest}`, false, ['linux/amd64', 'linux/arm64']],
  [`nginx:1.27@${manifest}`, false, ['linux/arm64']],
  [`nginx:1.27@${digestOf('other')}`, true, []],
])('%s: drifted %s, runs on %j', (text, drifted, platforms) => {
  expect(hasDrifted(referenceOf(text), nginx)).toBe(drifted);
  expect(Object.keys(platformsOf(referenceOf(text), nginx))).toEqual(platforms);
});
