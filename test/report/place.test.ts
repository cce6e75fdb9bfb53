import { placeOf, placeText } from '../../src/report/place';

test.each([
  ['src/shop.ts:14', 'src/shop.ts:14'],
  ['src/shop.ts:14:7', 'src/shop.ts:14'],
  ['C:\\app\\shop.ts:14', 'C:\\app\\shop.ts:14'],
  ['src/a:b.ts:3', 'src/a:b.ts:3'],
  ['src/shop.ts', 'src/shop.ts'],
  ['src/shop.ts:0', 'src/shop.ts:0'],
  [':12', ':12'],
  ['', ''],
])('the source %j is shown as %j', (source, shown) => {
  expect(placeText(placeOf({ source })!)).toBe(shown);
});

test('a line of 0 is no line: it stays a part of the file', () => {
  expect(placeOf({ source: 'src/shop.ts:0' })).toEqual({ file: 'src/shop.ts:0' });
});

test('a source of megabytes takes no longer than its length', () => {
  // With the square of it, no run would see the end.
  const source = ':1'.repeat(2_000_000) + 'x';
  expect(placeOf({ source })).toEqual({ file: source });
});
