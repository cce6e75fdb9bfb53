import { finding } from './fixtures';
import { fingerprints } from '../../src/report/fingerprint';

const place = { file: 'a.yaml', document: 1, line: 7, container: 'web', construct: 'shop/web', source: 'src/shop.ts:14' };
const print = (change: Parameters<typeof finding>[0]) => fingerprints([finding({ ...place, ...change })])[0];

test.each([
  ['a moved line', { line: 90, source: 'src/shop.ts:200' }],
  ['a moved document', { document: 4 }],
  ['a moved index', { pointer: '/spec/template/spec/containers/5/image' }],
  ['another message', { message: 'other words', fix: 'other' }],
  ['another file under the same construct', { file: 'b.yaml' }],
])('%s keeps the fingerprint', (_, change) => {
  expect(print(change)).toBe(print({}));
});

test.each([
  ['another rule', { rule: 'image-tag' }],
  ['another container', { container: 'log' }],
  ['another detail', { detail: '/data' }],
  ['another construct', { construct: 'shop/api' }],
  ['another object', { resource: { apiVersion: 'v1', kind: 'Pod', name: 'web' } }],
  ['another field', { pointer: '/spec/template/spec/containers/0/imagePullPolicy' }],
  ['another file, where there is no construct', { construct: undefined }],
])('%s changes the fingerprint', (_, change) => {
  expect(print(change)).not.toBe(print({}));
});

test('two findings that share everything are still two', () => {
  const [first, second] = fingerprints([finding(), finding()]);
  expect(first).not.toBe(second);
});
