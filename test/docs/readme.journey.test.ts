import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { diagnosticsOf, fencesOf } from './fences';
import { repository, withOutputs } from '../../scripts/readme-outputs';

const readme = readFileSync(join(repository, 'README.md'), 'utf8');
const lock = readFileSync(join(repository, 'test', 'lock', 'images.lock.json'), 'utf8');

test('every block of TypeScript in the README compiles, and the one image that must not does not', () => {
  const fences = fencesOf(readme);
  expect(fences.length).toBeGreaterThan(0);
  const [use] = fences;
  const unpinned = { line: 10_000, code: use.code.replace(/image: '.+?'/, "image: 'nginx:1.27'") };
  const diagnostics = diagnosticsOf('README', [...fences, unpinned], { 'images.lock.json': lock });
  expect(diagnostics).toEqual([expect.stringMatching(/^README line 10007: Type '"nginx:1.27"' is not assignable/)]);
}, 120_000);

test('the README shows what its commands print', () => {
  expect(readme).toContain('<!-- output: ');
  expect(withOutputs(readme)).toBe(readme);
}, 120_000);

test('the README links to no file that is not there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path.replace(/#.*/, ''));
  expect(links.filter((path) => !ts.sys.fileExists(join(repository, path)) && !ts.sys.directoryExists(join(repository, path)))).toEqual([]);
});

test('a block is filled with what its command prints, and its markers stay', () => {
  const filled = withOutputs('a\n<!-- output: npx x $1 -->\nold\n<!-- /output -->\nb', (command) => `ran ${command} $& \n`);
  expect(filled).toBe('a\n<!-- output: npx x $1 -->\n\n```console\n$ npx x $1\nran npx x $1 $&\n```\n\n<!-- /output -->\nb');
  expect(withOutputs(filled, (command) => `ran ${command} $& \n`)).toBe(filled);
});
