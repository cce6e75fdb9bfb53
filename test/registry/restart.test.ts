import { clientFor, failureOf } from './client';
import type { Clock } from '../../src/registry/http/clock';
import { isPassing } from '../../src/registry/http/failure';
import { TestClock } from '../support/clock';
import { image, startRegistry, TestRegistry } from '../support/registry';

const shop = image({ user: '1000' });

async function start(port?: number): Promise<TestRegistry> {
  const registry = await startRegistry({ port });
  registry.push('acme/shop', shop, '1');
  return registry;
}

test('a registry that starts again while it is asked is waited for', async () => {
  const first = await start();
  const port = Number(first.host.split(':')[1]);
  let second: TestRegistry | undefined;
  const own: Clock = Object.assign(new TestClock(), { sleep: async () => { second ??= await start(port); } });
  const client = clientFor(first, { clock: own });
  const source = client.repository('acme/shop');
  await source.headManifest('1');
  await first.close();

  expect((await source.fetchManifest('1')).digest).toBe(shop.manifest.digest);
  expect(second?.log).toHaveLength(1);
  client.close();
  await second?.close();
});

test('one that stays away is given up in the end, in words of its own', async () => {
  const registry = await start();
  const client = clientFor(registry, { retries: 3 });
  const source = client.repository('acme/shop');
  await source.headManifest('1');
  await registry.close();

  await expect(failureOf(source.headManifest('1'))).resolves.toContain(`${registry.host} answered before and takes no connection now (ECONNREFUSED)`);
  client.close();
});

test('one that never answered is told as it is, and is not worth another try', async () => {
  const registry = await start();
  await registry.close();
  const client = clientFor(registry);
  const error: unknown = await client.repository('acme/shop').headManifest('1').catch((reason: unknown) => reason);

  expect(String(error)).toContain(`${registry.host} refuses the connection`);
  expect(isPassing(error)).toBe(false);
  client.close();
});
