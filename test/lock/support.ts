import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageOf } from './image-of';
import { Lock } from '../../src/lock/lock';

export { digestOf, imageOf, platform } from './image-of';

/** By name, with the word that the image follows from; a name alone is its own. */
export function lockOf(...names: readonly (string | readonly [name: string, word: string])[]): Lock {
  return { images: new Map(names.map((each) => typeof each === 'string' ? [each, imageOf(each)] : [each[0], imageOf(...each)])) };
}

const folders: string[] = [];

/** A folder of its own, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
