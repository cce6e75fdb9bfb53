import { systemClock } from '../../src/registry/http/clock';

const hour = 3_600_000;

test('a timer calls when its time has come, unless it is stopped', async () => {
  const called: string[] = [];
  const stopped = systemClock.start(1, () => void called.push('stopped'));
  stopped.stop();
  await new Promise<void>((resolve) => void systemClock.start(1, resolve).restart());
  expect(called).toEqual([]);
});

test('a sleep ends when its time has come, and as soon as the signal says so', async () => {
  await systemClock.sleep(1, undefined);
  const stop = new AbortController();
  const sleeping = systemClock.sleep(hour, stop.signal);
  stop.abort();
  await sleeping;
  await systemClock.sleep(hour, stop.signal);
});

test('it tells the time of day', () => {
  const before = Date.now();
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
});
