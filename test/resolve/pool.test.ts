import { setImmediate as turn } from 'node:timers/promises';
import { inPool } from '../../src/resolve/pool';

const items = Array.from({ length: 50 }, (_, at) => at);

test('results are in the order of the items, whoever is ready first, and no more are at work than asked for', async () => {
  let working = 0;
  let most = 0;
  const results = await inPool(items, 4, async (item) => {
    most = Math.max(most, ++working);
    for (let turns = 0; turns < item % 5; turns++) await turn();
    working -= 1;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(4);
});

test('after a failure, and after the signal, nothing more is begun', async () => {
  const begun: number[] = [];
  await expect(inPool(items, 2, async (item) => {
    begun.push(item);
    await turn();
    if (item === 3) throw new Error('no');
  })).rejects.toThrow('no');
  await turn();
  expect(begun.length).toBeLessThan(7);

  const controller = new AbortController();
  const seen: number[] = [];
  await expect(inPool(items, 1, async (item) => {
    seen.push(item);
    if (item === 2) controller.abort(new Error('stopped'));
  }, controller.signal)).rejects.toThrow('stopped');
  expect(seen).toEqual([0, 1, 2]);
});

test('nothing to do is done', async () => {
  expect(await inPool([], 8, async () => 1)).toEqual([]);
});
