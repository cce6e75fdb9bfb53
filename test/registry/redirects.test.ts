import { clientFor, failureOf } from './client';
import { limits } from '../../src/oci/source';
import type { Credentials } from '../../src/registry/auth/credentials';
import { kindOfAddress, mayLeadTo } from '../../src/registry/http/address';
import { faults, image, startRegistry, TestRegistry } from '../support/registry';

const shop = image();
const [config] = shop.blobs;
const user: Credentials = { kind: 'basic', user: 'ada', password: 'secret', origin: 'test' };
let registry: TestRegistry;
let store: TestRegistry;
beforeEach(async () => {
  registry = await startRegistry({ auth: { kind: 'basic', user: 'ada', password: 'secret' } });
  store = await startRegistry();
  for (const { push } of [registry, store]) push('acme/shop', shop, '1');
});
afterEach(async () => {
  await registry.close();
  await store.close();
});

const fetchConfig = async (options?: Parameters<typeof clientFor>[1]) => {
  const source = clientFor(registry, { credentials: async () => user, ...options }).repository('acme/shop');
  return source.fetchBlob({ digest: config.digest, size: config.bytes.length }, limits.config);
};
/** Only once the client has shown who it is. */
const authorized = (location: string) => ({
  on: /blobs/,
  answer: ((request, response, pass) => {
    if (request.headers.authorization === undefined) return pass();
    return faults.redirect(location)(request, response, pass);
  }) satisfies ReturnType<typeof faults.redirect>,
});

test('a blob in another store is read from there, without credentials', async () => {
  registry.fault(authorized(`http://${store.host}/v2/acme/shop/blobs/${config.digest}?signature=1`));
  expect(await fetchConfig()).toEqual(config.bytes);
  expect(registry.log.map(({ headers }) => headers.authorization?.split(' ')[0])).toEqual([undefined, 'Basic']);
  expect(store.log.map(({ headers }) => [headers.authorization, headers.cookie])).toEqual([[undefined, undefined]]);
});

test('a store that is found by name is asked where the name leads', async () => {
  registry.fault(authorized(`http://localhost:${store.host.split(':')[1]}/v2/acme/shop/blobs/${config.digest}`));
  expect(await fetchConfig()).toEqual(config.bytes);
  expect(store.log).toHaveLength(1);
});

test('a redirect within the registry keeps the credentials', async () => {
  registry.fault({ ...authorized(`/v2/acme/shop/blobs/${config.digest}?again`), times: 2 });
  expect(await fetchConfig()).toEqual(config.bytes);
  expect(registry.log.map(({ headers }) => headers.authorization?.split(' ')[0])).toEqual([undefined, 'Basic', 'Basic']);
});

test('a redirect that goes away and comes back has lost the credentials for good', async () => {
  registry.fault({ on: /blobs\/[^?]*$/, answer: authorized(`http://${store.host}/back`).answer });
  store.fault({ on: /back/, answer: faults.redirect(`http://${registry.host}/v2/acme/shop/blobs/${config.digest}?back`) });
  expect(await failureOf(fetchConfig())).toMatch(/^denied: /);
  expect(registry.log.map(({ headers }) => headers.authorization?.split(' ')[0])).toEqual([undefined, 'Basic', undefined]);
});

test('a challenge of the store is not answered', async () => {
  registry.fault({ on: /blobs/, answer: faults.redirect(`http://${store.host}/v2/acme/shop/blobs/${config.digest}`) });
  store.fault({ on: /blobs/, answer: faults.status(401, { 'www-authenticate': `Bearer realm="http://${store.host}/token"` }) });
  expect(await failureOf(fetchConfig())).toMatch(/^denied: /);
  expect(store.log).toHaveLength(1);
});

test('what a redirect leads to is verified too', async () => {
  registry.fault(authorized(`http://${store.host}/x`));
  store.fault({ on: /x/, answer: faults.body(Buffer.alloc(config.bytes.length)) });
  expect(await failureOf(fetchConfig())).toMatch(/^digest-mismatch: /);
});

test.each([
  ['to itself', (host: string) => `http://${host}/v2/acme/shop/blobs/${config.digest}`, 'in a circle'],
  ['to the metadata service of a cloud', () => 'http://169.254.169.254/latest', 'by plain HTTP'],
  ['to the metadata service by HTTPS', () => 'https://169.254.169.254/latest', 'link-local address'],
  ['to it in other digits', () => 'https://0xa9fea9fe/latest', 'link-local address'],
  ['to it in the clothes of IPv6', () => 'https://[::ffff:169.254.169.254]/latest', 'link-local address'],
  ['to a file', () => 'file:///etc/passwd', 'which is neither HTTPS nor HTTP'],
  ['with a user', () => 'https://ada@127.0.0.1/', 'with a user in the URL'],
  ['to plain HTTP elsewhere', () => 'http://store.example/', 'by plain HTTP'],
  ['to nonsense', () => 'http://', 'which is not a URL'],
])('a redirect %s is refused', async (_name, location, text) => {
  registry.fault(authorized(location(registry.host)));
  const failure = await failureOf(fetchConfig());
  expect(failure).toMatch(/^redirect: /);
  expect(failure).toContain(text);
});

test('a circle by way of the store, and a chain without an end, are refused', async () => {
  registry.fault(authorized(`http://${store.host}/circle`));
  store.fault({ on: /circle/, answer: faults.redirect('/circle') });
  expect(await failureOf(fetchConfig())).toMatch(/^redirect: .* in a circle$/);
  registry.mend();
  registry.fault(authorized(`http://${store.host}/chain`));
  store.fault({ on: /chain/, answer: faults.redirect(request => `${request.url}x`) });
  expect(await failureOf(fetchConfig())).toMatch(/^redirect: .* after 5 redirects$/);
});

test('a public registry may not lead to a private address, by number or by name', async () => {
  // The registry counts as public, the name and the number of the store as private.
  const classify = (address: string) => address === '127.0.0.1' ? 'public' as const : 'private' as const;
  registry.fault(authorized(`http://localhost:${store.host.split(':')[1]}/v2/acme/shop/blobs/${config.digest}`));
  expect(await failureOf(fetchConfig({ classify }))).toMatch(/^redirect: .* has a private address/);
  registry.mend();
  registry.fault(authorized('https://10.0.0.1/'));
  expect(await failureOf(fetchConfig({ classify: address => address === '127.0.0.1' ? 'public' : kindOfAddress(address) })))
    .toMatch(/^redirect: .* has a private address/);
  expect(store.log).toEqual([]);
});

test('the query of a redirect, which may be a key, is not shown', async () => {
  registry.fault(authorized('http://store.example/?X-Amz-Signature=secret'));
  expect(await failureOf(fetchConfig())).not.toContain('secret');
});

test.each([
  ['127.0.0.1', 'loopback'], ['127.255.0.1', 'loopback'], ['0.0.0.0', 'loopback'], ['::1', 'loopback'], ['::ffff:127.0.0.1', 'loopback'],
  ['169.254.169.254', 'link-local'], ['fe80::1', 'link-local'], ['10.1.2.3', 'private'], ['172.16.0.1', 'private'], ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'], ['100.100.100.200', 'private'], ['fd00:ec2::254', 'private'], ['::ffff:10.0.0.1', 'private'],
  ['224.0.0.1', 'private'], ['8.8.8.8', 'public'], ['2606:4700::1111', 'public'], ['registry.example', 'public'],
])('%s is %s', (address, kind) => {
  expect(kindOfAddress(address)).toBe(kind);
});

test('nobody leads further inwards than he is himself', () => {
  const kinds = ['loopback', 'private', 'link-local', 'public'] as const;
  expect(kinds.map(from => kinds.filter(to => mayLeadTo(from, to)))).toEqual([
    ['loopback', 'private', 'public'], ['private', 'public'], ['link-local', 'public'], ['public'],
  ]);
});
