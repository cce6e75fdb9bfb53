import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { digestOf, lockOf, platform } from './support';
import { LockError } from '../../src/lock/error';
import { Lock } from '../../src/lock/file';
import { formatLock } from '../../src/lock/format';
import { Json } from '../../src/shape/json';

const schema = JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'lock.schema.json'), 'utf8')) as object;
const ajv = new Ajv({ allErrors: true, strict: true });
const matchesSchema = ajv.compile(schema);

type Change = Readonly<Record<string, unknown>>;

interface Changes {
  readonly top?: Change;
  readonly image?: Change;
  readonly facts?: Change;
  readonly on?: Change;
  readonly name?: string;
  readonly key?: string;
}

/** A lock of one image on one platform, with other values: `undefined` takes a key away. */
function lockWith({ top = {}, image = {}, facts = {}, on = {}, name = 'nginx:1.27', key = 'linux/amd64' }: Changes): Json {
  const pinned = `docker.io/library/nginx:1.27@${digestOf('nginx')}`;
  const platforms = { [key]: { ...platform('nginx'), ...on } };
  const entry = {
    pinned, facts: { of: pinned, mediaType: 'application/vnd.oci.image.index.v1+json', platforms, ...facts }, reference: 'docker.io/library/nginx:1.27', ...image,
  };
  return JSON.parse(JSON.stringify({ version: 1, images: { [name]: entry }, ...top })) as Json;
}

function isValid(value: Json): boolean {
  try {
    Lock.from(value);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(LockError);
    return false;
  }
}

const many = (count: number) => Array.from({ length: count }, (_, index) => `${index}/tcp`);

const good: readonly Json[] = [
  lockWith({}), lockWith({ top: { images: {} } }), lockWith({ top: { images: { '~': 'last' } } }),
  lockWith({ facts: { platforms: {} } }),
  ...[['linux/amd64'], ['linux/arm', 'windows/amd64:10.0.20348.2762']].map((chosen) => lockWith({ facts: { chosen } })),
  lockWith({ name: 'docker.io/library/nginx:1.27' }), lockWith({ name: 'index.docker.io/nginx:1.27' }),
  ...['linux/arm/v7', 'windows/amd64:10.0.20348.2762', 'linux/riscv64'].map((key) => lockWith({ key })),
  ...[
    { user: '65532:65532', uid: 65532 }, { user: 'ünïcode' }, { uid: 0 }, { uid: 2147483647 }, { volumes: ['/data', 'C:\\data'] }, { ports: ['80/tcp', '10000-20000/udp'] },
    { ports: many(20_000) }, { base: { name: 'scratch' } }, { base: { digest: digestOf('x') } }, { base: { name: 'a', digest: digestOf('x') } },
    { size: 0 }, { size: Number.MAX_SAFE_INTEGER }, { layers: 0, diffIds: [] }, { entrypoint: undefined }, { diffIds: [digestOf('same'), digestOf('same')] },
    { config: `sha512:${'0'.repeat(128)}` },
  ].map((on) => lockWith({ on })),
  ...[lockOf(), lockOf('a:1', 'ghcr.io/acme/shop:1.4.2'), lockOf('localhost:5000/x', '[::1]:5000/x:2'),
    lockOf(...['nginx', 'localhost:5000/x', '[::1]:5000/A-b/x'.toLowerCase()].map((name) => [`${name}@${digestOf('x')}`, 'x'] as const))].map((lock) => JSON.parse(formatLock(lock)) as Json),
];

const bad: readonly Json[] = [
  null, [], 'lock', 1, {}, lockWith({ top: { version: undefined } }), lockWith({ top: { version: 2 } }), lockWith({ top: { version: '1' } }),
  lockWith({ top: { images: undefined } }), lockWith({ top: { images: [] } }), lockWith({ top: { images: null } }),
  lockWith({ top: { extra: 1 } }),
  lockWith({ top: { images: { '~': 7 } } }), lockWith({ top: { images: { 'a:1': null } } }), JSON.parse('{"version":1,"images":{},"__proto__":{}}') as Json,
  JSON.parse('{"version":1,"images":{"__proto__":{}}}') as Json,
  ...['', ' ', '.', '~~', 'a b', 'nginx:1.27\n', `a${'b'.repeat(1100)}`, `nginx:1@${digestOf('x')}`, 'nginx@sha256:abc', `@${digestOf('x')}`].map((name) => lockWith({ name })),
  ...[
    { pinned: undefined }, { pinned: 7 }, { pinned: 'nginx:1.27' }, { pinned: digestOf('x') }, { pinned: `docker.io/library/nginx:1.27@${digestOf('x').toUpperCase()}` },
    { pinned: 'docker.io/library/nginx:1.27@sha256:abc' }, { reference: undefined }, { reference: 'nginx:1.27' }, { reference: null }, { extra: 1 }, { facts: undefined }, { facts: [] },
  ].map((image) => lockWith({ image })),
  ...[
    { of: undefined }, { of: 'x' }, { mediaType: undefined }, { mediaType: 'x' }, { mediaType: 'a/b c' }, { mediaType: 'a/b\n' }, { platforms: undefined }, { platforms: [] }, { platforms: null },
    ...[[], null, 'linux/amd64', ['linux'], [7], ['linux/amd64', 'linux/amd64'], Array.from({ length: 101 }, (_, index) => `linux/a${index}`)].map((chosen) => ({ chosen })),
    { extra: 1 }, { platforms: { 'linux/amd64': null } }, { platforms: { 'linux/amd64': 'x' } },
  ].map((facts) => lockWith({ facts })),
  ...['linux', 'linux/', '/amd64', 'linux/amd64/v1/x', 'linux/amd64:', 'Linux /x', '__proto__', 'constructor', 'a/b:1:2'].map((key) => lockWith({ key })),
  ...[
    { manifest: undefined }, { manifest: 'x' }, { manifest: 7 }, { config: undefined }, { config: digestOf('x').slice(0, -1) }, { config: `md5:${'0'.repeat(32)}` }, { config: '' },
    { diffIds: undefined }, { diffIds: {} }, { diffIds: [null, null] }, { diffIds: ['x', 'y'] }, { layers: undefined }, { layers: -1 }, { layers: 1.5 }, { layers: '2' },
    { size: -1 }, { size: 2 ** 53 }, { size: null }, { uid: -1 }, { uid: 2 ** 31 }, { uid: '0' }, { uid: null }, { user: '' }, { user: null }, { user: 7 }, { user: 'a\u001b[2J' },
    { user: 'a\u0085' }, { user: 'x'.repeat(4097) }, { volumes: [] }, { volumes: [''] }, { volumes: ['/a', '/a'] }, { volumes: '/a' }, { ports: [7] }, { ports: many(100_001) },
    { entrypoint: false }, { entrypoint: 'x' }, { base: {} }, { base: null }, { base: { name: '' } }, { base: { extra: 'x' } }, { base: { digest: 'x' } }, { extra: 1 },
  ].map((on) => lockWith({ on })),
];

const other = JSON.parse(JSON.stringify(lockWith({})).replace(new RegExp(digestOf('nginx'), 'g'), digestOf('other'))) as { images: object };

/** What the schema lets an editor pass, and the library refuses all the same. */
const beyondTheSchema: readonly (readonly [why: string, lock: Json])[] = [
  ['a reference that is not that of the name', lockWith({ name: 'nginx:1.26' })],
  ['the reference of a tag under the name of a digest', lockWith({ name: `nginx@${digestOf('nginx')}` })],
  ['a chosen platform with two spellings', lockWith({ facts: { chosen: ['linux/arm64/v8'] } })],
  ['a name that is no reference', lockWith({ name: 'a..b' })],
  ['a name in upper case', lockWith({ name: 'Nginx:1.27' })],
  ['a digest that was changed by hand', lockWith({ image: { pinned: `docker.io/library/nginx:1.27@${digestOf('by hand')}` } })],
  ['another number of layers', lockWith({ on: { layers: 3 } })],
  ['a platform with two spellings', lockWith({ key: 'linux/arm64/v8' })],
  ['two digests for one reference', lockWith({ top: { images: { ...(lockWith({}) as unknown as typeof other).images, 'docker.io/nginx:1.27': Object.values(other.images)[0] as Json } } })],
];

test.each(good.map((lock) => [JSON.stringify(lock).slice(0, 200), lock]))('both accept %s', (_text, lock) => {
  expect([matchesSchema(lock), isValid(lock)]).toEqual([true, true]);
});

test.each(bad.map((lock) => [JSON.stringify(lock).slice(0, 600), lock]))('both refuse %s', (_text, lock) => {
  expect([matchesSchema(lock), isValid(lock)]).toEqual([false, false]);
});

test.each(beyondTheSchema)('the schema cannot refuse %s', (_why, lock) => {
  expect([matchesSchema(lock), isValid(lock)]).toEqual([true, false]);
});

test('has an id that needs no network', () => {
  expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', $id: 'urn:cdk8s-hardened:lock' });
});
