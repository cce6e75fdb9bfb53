import { segmentsOf, valueAt } from '../../src/shape/json-pointer';

test.each([
  ['', []],
  ['/a/0', ['a', '0']],
  ['/a~1b/~0/~01', ['a/b', '~', '~1']],
])('%j is %j', (pointer, segments) => {
  expect(segmentsOf(pointer)).toEqual(segments);
});

test.each([
  ['/a/1/b~1c', 'here'],
  ['/a/2/b', undefined],
  ['/a/1/b~1c/x', undefined],
  ['/toString', undefined],
  ['/__proto__', undefined],
])('%s names %p', (pointer, value) => {
  expect(valueAt({ a: [0, { 'b/c': 'here' }] }, pointer)).toBe(value);
});
