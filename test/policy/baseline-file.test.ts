import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyError } from '../../src';
import { readBaseline } from '../../src/policy/baseline-file';

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('reads the entries of a file', () => {
  const file = join(folder, 'baseline.jsonl');
  writeFileSync(file, '{"baseline":2}\n{"rule":"privileged","kind":"Pod"}\n');
  expect(readBaseline(file)).toEqual([{ rule: 'privileged', kind: 'Pod' }]);
});

test('names the file and the line that is wrong', () => {
  const file = join(folder, 'torn.jsonl');
  writeFileSync(file, '{"baseline":2}\n{"rule":"priv');
  expect(() => readBaseline(file)).toThrow(`${file}:2: must be a JSON object on one line`);
});

test.each([['absent.jsonl', 'it does not exist'], ['', 'it is a folder']])('a file that cannot be read (%j) is none without findings', (name, reason) => {
  const file = join(folder, name);
  expect(() => readBaseline(file)).toThrow(PolicyError);
  expect(() => readBaseline(file)).toThrow(`${file}: cannot be read: ${reason}`);
});

test('names the line of a byte that is no text', () => {
  const file = join(folder, 'bytes.jsonl');
  writeFileSync(file, Buffer.from('{"baseline":1}\n\xff\n', 'latin1'));
  expect(() => readBaseline(file)).toThrow(`${file}:2: is not UTF-8 text: the byte at offset 15 is invalid`);
});
