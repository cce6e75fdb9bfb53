import { type BuiltImage, startRegistry, TestRegistry } from '../support/registry';

/** What is to be ended after a test, the newest first. */
export const close: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end();
});

/** A registry that has the image as `acme/shop:1`, until the test ends. */
export async function startWith(shop: BuiltImage, options: Parameters<typeof startRegistry>[0] = {}): Promise<TestRegistry> {
  const registry = await startRegistry(options);
  registry.push('acme/shop', shop, '1');
  close.push(async () => registry.close());
  return registry;
}
