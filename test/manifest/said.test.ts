import { saidBy } from '../../src/manifest/said';
import { segmentsOf } from '../../src/shape/json-pointer';

/*
 * What a strategic merge patch makes of an object was seen by running that of k8s.io/apimachinery.
 */

test.each([
  ['a value', { a: { b: 1 } }, '/a/b'],
  ['the patch itself', {}, ''],
  ['a value that is false', { a: false }, '/a'],
  ['null', { a: null }, '/a'],
  ['what is below null', { a: null }, '/a/b/c'],
  ['what is below a value of another type', { a: 'x' }, '/a/b'],
  ['a key with a slash and a tilde', { 'a/b~c': 1 }, '/a~1b~0c'],
  ['an item of a list', { a: [{ b: 1 }] }, '/a/0/b'],
  ['what a value that is replaced lacks', { a: { $patch: 'replace', b: 1 } }, '/a/c'],
  ['what is lacking below it', { a: { $patch: 'replace', b: {} } }, '/a/b/c'],
  ['what a value that is deleted had', { a: { $patch: 'delete' } }, '/a/b'],
  ['what an item of a list that is replaced lacks', { a: [{ $patch: 'replace' }, { name: 'x' }] }, '/a/1/b'],
  ['what is not kept', { a: [{ name: 'x', $retainKeys: ['name'] }] }, '/a/0/b/c'],
  ['what is taken out of a list', { a: { '$deleteFromPrimitiveList/b': ['x'] } }, '/a/b'],
])('a patch speaks of %s', (_name, patch, pointer) => {
  expect(saidBy(patch)(pointer)).toBe(true);
});

test.each([
  ['a key that is not there', { a: {} }, '/a/b'],
  ['an item that is not there', { a: [] }, '/a/0'],
  ['a key that JavaScript knows', { a: {} }, '/a/constructor'],
  ['what an object had that is deleted as a whole', { $patch: 'delete' }, '/spec/a'],
  ['what an item had that is deleted as a whole', { a: [{ name: 'x', $patch: 'delete' }] }, '/a/0/b'],
  ['the marker of a list that is replaced', { a: [{ $patch: 'replace' }, { name: 'x' }] }, '/a/0/b'],
  ['what is merged', { a: { $patch: 'merge' } }, '/a/b'],
  ['what is kept beside what is not', { a: { $retainKeys: ['b'], b: {} } }, '/a/b/c'],
])('a patch is silent about %s', (_name, patch, pointer) => {
  expect(saidBy(patch)(pointer)).toBe(false);
});

test('the segments of a pointer are those of RFC 6901', () => {
  expect([segmentsOf(''), segmentsOf('/'), segmentsOf('/a~01/~1b')]).toEqual([[], [''], ['a~1', '/b']]);
});
