import { setTimeout as sleep } from 'node:timers/promises';
import { clientFor, failureOf } from './client';
import { isPassing } from '../../src/registry/http/failure';
import { image, startRegistry, TestRegistry } from '../support/registry';

const shop = image({ user: '1000' });

async function start(port?: number): Promise<TestRegistry> {
  const registry = await startRegistry({ port });
  registry.push('acme/shop', shop, '1');
  return registry;
}

test('a registry that starts again while it is asked is waited for', async () => {
  const first = await start();
  const client = clientFor(first, { firstWait: 20, retries: 10 });
  const source = client.repository('acme/shop');
  await source.headManifest('1');
  await first.close();
  const asked = source.fetchManifest('1');
  await sleep(50);
  const second = await start(Number(first.host.split(':')[1]));

  expect((await asked).digest).toBe(shop.manifest.digest);
  expect(second.log).toHaveLength(1);
  client.close();
  await second.close();
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
