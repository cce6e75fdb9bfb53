import { listed, plural, quoted, quotedOrUnset, quotedUpTo } from '../../src/text/text';

test.each([
  ['web', '"web"'],
  ['', '""'],
  ['say "hi"', '"say \\"hi\\""'],
  ['two\nlines', '"two\\nlines"'],
  ['\u001b[31mred', '"\\u001b[31mred"'],
  ['\u009b31mred', '"\\u009b31mred"'],
  ['right\u202eleft', '"right\\u202eleft"'],
  ['tag \u{e0041}', '"tag \\udb40\\udc41"'],
  ['Zürich 東京', '"Zürich 東京"'],
])('shows %j as %s', (value, shown) => {
  expect(quoted(value)).toBe(shown);
});

test('cuts a long value, so that it fits a terminal', () => {
  expect(quoted('a'.repeat(80))).toBe(`"${'a'.repeat(80)}"`);
  expect(quoted('a'.repeat(10_000_000))).toBe(`"${'a'.repeat(79)}…"`);
});

test('cuts where it is asked to', () => {
  expect(quotedUpTo(3, 'abc')).toBe('"abc"');
  expect(quotedUpTo(3, 'abcd')).toBe('"ab…"');
});

test.each([
  [[], ''],
  [['linux/arm/v7', 'windows/amd64:10.0.20348.2762'], 'linux/arm/v7, windows/amd64:10.0.20348.2762'],
  [['a b', '', '\n', 'x'.repeat(33)], `"a b", "", "\\n", "${'x'.repeat(31)}…"`],
  [['1', '2', '3', '4', '5', '6', '7', '8'], '1, 2, 3, 4, 5, 6, 7, 8'],
  [['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'], '1, 2, 3, 4, 5, 6, 7, 8 and 2 more'],
])('lists %j as %j', (words, text) => {
  expect(listed(words)).toBe(text);
});

test('says that a value is not set', () => {
  expect(quotedOrUnset(undefined)).toBe('not set');
  expect(quotedOrUnset('')).toBe('""');
});

test.each([[0, '0 findings'], [1, '1 finding'], [2, '2 findings']])('counts %i', (count, text) => {
  expect(plural(count, 'finding')).toBe(text);
});
