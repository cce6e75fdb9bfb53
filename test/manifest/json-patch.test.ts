import { operationOf as operation } from '../../src/manifest/json-patch';
import { Json } from '../../src/shape/json';

test.each([
  ['a key', '/spec/a', { spec: { a: 1 } }, '/spec/a'],
  ['the end of a list', '/a/-', { a: [1] }, '/a/0'],
  ['an index', '/a/7/b', { a: [{ b: 1 }] }, '/a/0/b'],
  ['an index from the end', '/a/-2', { a: [1] }, '/a/0'],
  ['an index with a sign', '/a/+3', { a: [1] }, '/a/0'],
  ['an escaped key', '/a/b~1c~0d', { a: { 'b/c~d': 1 } }, '/a/b~1c~0d'],
  ['a word of a command line', '/args/2', { args: ['sh', '-c', 1] }, '/args'],
  ['the whole object', '', 1, ''],
])('a value at %s', (_name, path, partial, at) => {
  for (const op of ['add', 'replace']) expect(operation({ op, path, value: 1 })).toEqual({ partial, at });
});

test('a key of the prototype stays a key', () => {
  expect(JSON.stringify(operation({ op: 'add', path: '/__proto__/a', value: 1 }))).toContain('{"__proto__":{"a":1}}');
});

test('a value that is left out is null, as the library has it', () => {
  expect(operation({ op: 'add', path: '/a' })).toEqual({ partial: { a: null }, at: '/a' });
});

test.each([
  ['a key', '/a/b', { a: { b: null } }, '/a/b'],
  ['an item, so that the list is not known', '/a/b/0', { a: { b: [] } }, '/a/b'],
  ['the whole object', '', null, ''],
])('what is removed is %s', (_name, path, partial, at) => {
  expect(operation({ op: 'remove', path })).toEqual({ partial, at });
});

test('a test says nothing', () => {
  expect(operation({ op: 'test', path: '/a', value: 1 })).toBeUndefined();
});

test.each<Json>([
  null, 'add', [], {}, { op: 'add' }, { op: 'add', path: 5 }, { op: 'add', path: 'a/b', value: 1 }, { op: 'Add', path: '/a', value: 1 },
  { OP: 'add', path: '/a' }, { op: 'copy', from: '/a', path: '/b' }, { op: 'move', from: '/a', path: '/b' },
])('%j cannot be judged', (value) => {
  expect(operation(value)).toEqual({ problem: expect.any(String) as string });
});
