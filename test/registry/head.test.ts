import { clientFor, failureOf } from './client';
import { faults, image, startRegistry, TestRegistry } from '../support/registry';

const shop = image({ user: '1000' });
const open: TestRegistry[] = [];
let registry: TestRegistry;
beforeEach(async () => registry = await start());
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function start(): Promise<TestRegistry> {
  const started = await startRegistry();
  started.push('acme/shop', shop, '1');
  open.push(started);
  return started;
}

const methods = ({ log }: TestRegistry) => log.map(({ method }) => method);
const source = (options?: Parameters<typeof clientFor>[1]) => clientFor(registry, options).repository('acme/shop');

test.each([400, 403, 404, 405, 406, 500, 501, 502, 503])('HEAD that is answered %i where GET works has the digest of the manifest', async status => {
  registry.fault({ on: /^HEAD/, answer: faults.status(status) });
  expect(await source().headManifest('1')).toBe(shop.manifest.digest);
  expect(await source().headManifest(shop.manifest.digest)).toBe(shop.manifest.digest);
  expect(methods(registry)).toEqual(['HEAD', 'GET', 'HEAD', 'GET']);
});

test.each([
  [403, 'denied', /asks for credentials/],
  [404, 'not-found', /MANIFEST_UNKNOWN: not here/],
  [405, 'malformed', /answers 405/],
  [500, 'unavailable', /answers 500/],
])('where GET is answered %i too, it is said after one GET, in the words of its body', async (status, code, words) => {
  const body = JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'not here' }] });
  registry.fault({ on: /manifests/, answer: faults.status(status, { 'content-type': 'application/json' }, body) });
  const failure = await failureOf(source({ retries: 0 }).headManifest('1'));
  expect(failure).toMatch(new RegExp(`^${code}: `));
  expect(failure).toMatch(words);
  expect(methods(registry)).toEqual(['HEAD', 'GET']);
});

test('a page that GET gives instead of a manifest has no digest', async () => {
  registry.fault({ on: /^HEAD/, answer: faults.status(405) });
  registry.fault({ on: /^GET/, answer: faults.body(Buffer.from('<html>sign in'), { 'content-type': 'text/html' }) });
  expect(await failureOf(source().headManifest('1'))).toMatch(/^malformed: /);
});

test.each([
  [401, 'denied', { 'www-authenticate': 'Basic realm="x"' }],
  [429, 'rate-limited', {}],
])('HEAD that is answered %i is not followed by GET: it would be answered the same', async (status, code, headers) => {
  registry.fault({ on: /./, answer: faults.status(status, headers) });
  expect(await failureOf(source({ retries: 0 }).headManifest('1'))).toMatch(new RegExp(`^${code}: `));
  expect(methods(registry)).toEqual(['HEAD']);
});

test('each mirror is asked both ways before the next place is asked', async () => {
  const mirror = await start();
  mirror.fault({ on: /^HEAD/, answer: faults.status(404) });
  expect(await source({ mirrors: { [registry.host]: [mirror.host] } }).headManifest('1')).toBe(shop.manifest.digest);
  expect([methods(mirror), methods(registry)]).toEqual([['HEAD', 'GET'], []]);
  mirror.remove('acme/shop', '1');
  expect(await source({ mirrors: { [registry.host]: [mirror.host] } }).headManifest('1')).toBe(shop.manifest.digest);
  expect([methods(mirror), methods(registry)]).toEqual([['HEAD', 'GET', 'HEAD', 'GET'], ['HEAD']]);
});
