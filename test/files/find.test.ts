import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findManifests } from '../../src/files/find';
import { readText } from '../../src/files/read';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'input-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), `name: ${name}\n`);
  }
}

function find(...paths: readonly string[]) {
  const { files, errors, skipped } = findManifests(paths.map((path) => path === '-' ? path : join(root, path)));
  const short = (path: string) => path.replace(`${root}/`, '');
  return { files: files.map(short), errors: errors.map(({ file, message }) => `${short(file)} ${message}`), skipped: skipped.map(short) };
}

test('a folder is searched for manifests, sorted, and nothing else', () => {
  write('a/z.yaml', 'a/b/c.yml', 'a/B.JSON', 'a/readme.md', 'a/.hidden.yaml', 'a/node_modules/x/y.yaml', 'a/.git/x.yaml');
  expect(find('a')).toEqual({
    files: ['a/.hidden.yaml', 'a/B.JSON', 'a/b/c.yml', 'a/z.yaml'], errors: [], skipped: ['a/.git', 'a/node_modules'],
  });
});

test('what is named is taken, whatever its name, and once', () => {
  write('a/x.txt', 'a/y.yaml', '.d/z.yaml');
  expect(find('a/x.txt', '-', 'a', 'a/y.yaml', 'a', '.d')).toEqual({ files: ['a/x.txt', '-', 'a/y.yaml', '.d/z.yaml'], errors: [], skipped: [] });
});

test('links are followed, never in a circle, and each file is taken once', () => {
  write('a/b/c.yaml', 'other/d.yaml');
  symlinkSync(root, join(root, 'a/b/up'));
  symlinkSync('c.yaml', join(root, 'a/b/same.yaml'));
  symlinkSync('../../other/d.yaml', join(root, 'a/b/d.yaml'));
  expect(find('a')).toEqual({ files: ['a/b/c.yaml', 'a/b/d.yaml'], errors: [], skipped: [] });
});

test('a link that leads nowhere is an error, unless nobody would read it', () => {
  write('a/b.yaml');
  symlinkSync('none', join(root, 'a/c.yaml'));
  symlinkSync('none', join(root, 'a/d.txt'));
  symlinkSync('e.yaml', join(root, 'a/e.yaml'));
  expect(find('a').errors).toEqual([
    'a/c.yaml is a symbolic link that cannot be followed: it does not exist',
    'a/e.yaml is a symbolic link that cannot be followed: its symbolic links lead in a circle',
  ]);
});

test('a path that does not exist and a folder without manifests are errors', () => {
  write('a/readme.md');
  expect(find('none.yaml', 'a', 'a/readme.md/x')).toEqual({
    files: [],
    errors: [
      'none.yaml cannot be read: it does not exist', 'a holds no manifest: there is no *.yaml, *.yml or *.json in it',
      'a/readme.md/x cannot be read: ENOTDIR',
    ],
    skipped: [],
  });
  expect(findManifests(['a\0b']).errors).toHaveLength(1);
});

test('a pipe in a folder is an error, and is not opened; one that is named is taken', () => {
  write('a/b.yaml');
  execFileSync('mkfifo', [join(root, 'a/c.yaml'), join(root, 'a/d')]);
  expect(find('a')).toEqual({ files: ['a/b.yaml'], errors: ['a/c.yaml is neither a file nor a folder; name it to have it read'], skipped: [] });
  expect(find('a/d').files).toEqual(['a/d']);
});

const unlessRoot = process.getuid?.() === 0 ? test.skip : test;
unlessRoot('a folder and a file that may not be read are errors', () => {
  write('a/b.yaml', 'c/d.yaml');
  chmodSync(join(root, 'a'), 0);
  chmodSync(join(root, 'c/d.yaml'), 0);
  expect(find('a').errors).toEqual(['a cannot be read: permission denied']);
  expect(readText(join(root, 'c/d.yaml'))).toMatchObject({ error: { message: 'cannot be read: permission denied' } });
  chmodSync(join(root, 'a'), 0o700);
});

describe('reading', () => {
  const bytes = (...content: readonly (string | number)[]) => {
    const path = join(root, 'x');
    writeFileSync(path, Buffer.concat(content.map((part) => typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));
    return readText(path);
  };

  test.each<[string, readonly (string | number)[], string]>([
    ['text', ['a: é\n'], 'a: é\n'],
    ['nothing', [], ''],
    ['a large file', ['x'.repeat(300_000)], 'x'.repeat(300_000)],
  ])('%s', (_, content, text) => {
    expect(bytes(...content)).toEqual({ text });
  });

  test('a byte order mark is left out, and told, so that who writes the text back can put it there again', () => {
    expect(bytes(0xef, 0xbb, 0xbf, 'a')).toEqual({ text: 'a', hasMark: true });
  });

  test.each<[string, readonly (string | number)[], object]>([
    ['a binary file', ['\x7fELF', 0, 0xff], { message: 'is a binary file, not text' }],
    ['UTF-16', [0xff, 0xfe, 'a', 0], { message: 'is UTF-16 text; it must be UTF-8' }],
    ['invalid UTF-8', ['a: é\nb: ', 0xff, 'c'], { message: 'is not UTF-8 text: the byte at offset 9 is invalid', line: 2 }],
    ['a character cut short', ['€', 0xe2, 0x82], { message: 'is not UTF-8 text: the byte at offset 3 is invalid', line: 1 }],
    ['many bytes that begin no character', ['ab', ...Array<number>(9).fill(0x80)], { message: 'is not UTF-8 text: the byte at offset 2 is invalid', line: 1 }],
  ])('%s is an error', (_, content, error) => {
    expect(bytes(...content)).toEqual({ error: { file: join(root, 'x'), ...error } });
  });

  test('more than the limit is an error, also where there is no end', () => {
    writeFileSync(join(root, 'x'), 'x'.repeat(1024 * 1024 + 1));
    const error = { message: 'is larger than 1 MiB; split it' };
    expect(readText(join(root, 'x'), 1024 * 1024)).toMatchObject({ error });
    expect(readText('/dev/zero', 1024 * 1024)).toMatchObject({ error });
  });

  test('a folder and what does not exist are errors', () => {
    expect(readText(root)).toEqual({ error: { file: root, message: 'cannot be read: it is a folder' } });
    expect(readText(join(root, 'none'))).toMatchObject({ error: { message: 'cannot be read: it does not exist' } });
    expect(readText('a\0b')).toMatchObject({ error: { message: expect.stringMatching(/^cannot be read: /) as string } });
  });
});
