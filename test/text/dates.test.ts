import { isDay, todayUtc } from '../../src/text/dates';

describe('a day', () => {
  test.each(['2030-12-31', '2028-02-29', '0001-01-01'])('%s is one', (text) => expect(isDay(text)).toBe(true));

  test.each(['2030-02-30', '2030-02-29', '2030-13-01', '2030-00-10', '2030-1-1', '30-01-01', '2030-12-31T00:00:00Z', ' 2030-12-31', '2030-12-31\n', '', 20301231, null, new Date()])(
    '%j is none', (text) => expect(isDay(text)).toBe(false));

  test('today is one, in UTC', () => {
    jest.useFakeTimers({ now: new Date('2030-06-15T23:59:59-05:00') });
    expect(todayUtc()).toBe('2030-06-16');
    jest.useRealTimers();
    expect(isDay(todayUtc())).toBe(true);
  });
});
