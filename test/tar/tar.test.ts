import { readerOf } from '../../src/tar/bytes';
import { readTar, TarEntry } from '../../src/tar/tar';
import { inChunks } from '../support/chunks';
import { directory, endOfTar, file, gnuLong, hardLink, symlink, tar, tarEntry, TarFile } from '../support/tar';

async function entriesOf(bytes: Buffer, chunk = 100): Promise<readonly (TarEntry & { readonly text: string })[]> {
  const reader = readTar(readerOf(inChunks(bytes, chunk)));
  const entries: (TarEntry & { readonly text: string })[] = [];
  for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
    entries.push({ ...entry, text: entry.size > 10_000 ? '' : (await reader.content()).toString() });
  }
  return entries;
}

async function pathsOf(...entries: readonly TarFile[]): Promise<readonly string[]> {
  return (await entriesOf(tar(entries))).map(({ path }) => path);
}

const long = `deep/${'x'.repeat(300)}`;

describe('what is hostile is refused', () => {
  test.each<[string, Buffer, string]>([
    ['a name that climbs', tar([file('../etc/passwd')]), 'climbs with ".."'],
    ['a name that climbs in the middle', tar([file('a/../../etc/passwd')]), 'climbs with ".."'],
    ['a PAX name that climbs', tar([{ ...file('a'), pax: { path: '../b' } }]), 'climbs with ".."'],
    ['a wrong checksum', tar([file('a')]).fill('b', 0, 1), 'wrong checksum'],
    ['a checksum that is no number', tar([file('a')]).fill('z', 148, 150), 'wrong checksum'],
    ['a negative size', tar([{ ...file('a'), patch: { 124: Buffer.alloc(12, 0xff) } }]), 'no number of bytes'],
    ['a size of 2^88', tar([{ ...file('a'), patch: { 124: Buffer.from([0x80, ...Buffer.alloc(11, 0xff)]) } }]), 'no number of bytes'],
    ['a size that is no number', tar([{ ...file('a'), patch: { 124: '0x10' } }]), 'no number of bytes'],
    ['5 GB announced and not there', tar([{ ...file('a'), patch: { 124: '045000000000' } }]), 'ends too early'],
    ['a PAX header of 5 GB', tar([{ ...file('a'), type: 'x', patch: { 124: '045000000000' } }]), 'of more than 1048576 bytes'],
    ['a PAX header that is no record', tar([{ ...file('a', 'rubbish'), type: 'x' }]), 'PAX header'],
    ['a PAX record longer than its header', tar([{ ...file('a', '99 path=b\n'), type: 'x' }]), 'PAX header'],
    ['a PAX record without a key', tar([{ ...file('a', '7 =abc\n'), type: 'x' }]), 'PAX header'],
    ['a PAX size that is no number', tar([{ ...file('a'), pax: { size: '-1' } }]), 'PAX header'],
    ['a PAX name with a zero byte', tar([{ ...file('a'), pax: { path: 'etc/passwd\0.txt' } }]), 'PAX header'],
    ['a global PAX header that is no record', tar([{ ...file('a', '0 '), type: 'g' }]), 'PAX header'],
    ['half a header', tar([file('a')]).subarray(0, 300), 'in the middle of a tar header'],
    ['content that is cut off', tar([file('a', 'x'.repeat(600))]).subarray(0, 800), 'ends too early'],
    ['a block of zeros between entries', Buffer.concat([tarEntry(file('a')), Buffer.alloc(512), tarEntry(file('b'))]), 'block of zeros'],
    ['sparse headers without end', tarEntry({ ...file('a'), type: 'S', patch: { 482: '\x01' } }), 'ends too early'],
  ])('%s', async (_, bytes, problem) => {
    await expect(entriesOf(bytes)).rejects.toThrow(problem);
  });
});

test('content, types and places are those that were written, whatever the pieces', async () => {
  const bytes = tar([directory('etc/'), file('etc/passwd', 'root'), symlink('bin', 'usr/bin'), hardLink('b', 'etc/passwd'), file('last', 'x')]);
  for (const size of [1, 511, 512, 513, 100_000]) {
    const entries = await entriesOf(bytes, size);
    expect(entries.map(({ path, type, target, text }) => [path, type, target, text])).toEqual([
      ['etc', 'directory', '', ''], ['etc/passwd', 'file', '', 'root'], ['bin', 'symlink', 'usr/bin', ''],
      ['b', 'hard-link', 'etc/passwd', ''], ['last', 'file', '', 'x'],
    ]);
    const { offset, size: length } = entries[1];
    expect(bytes.toString('utf8', offset, offset + length)).toBe('root');
  }
});

test('names may begin with "./" or "/", and the root is an empty name', async () => {
  await expect(pathsOf(directory('./'), file('./a'), file('/b'), file('c//./d'), directory('e/'))).resolves.toEqual(['', 'a', 'b', 'c/d', 'e']);
});

test('a name of Latin-1 bytes and one of UTF-8 stay two names', async () => {
  const [first, second] = await pathsOf({ ...file('x'), patch: { 0: Buffer.from([0xe9]) } }, file('\u00e9'));
  expect(first).not.toBe(second);
});

test('a name may fill its field, and a field of no digits is a size of zero', async () => {
  const full = 'n'.repeat(100);
  await expect(pathsOf(file(full), { ...file('b'), patch: { 124: Buffer.alloc(12) } }, file('c'))).resolves.toEqual([full, 'b', 'c']);
});

describe('long names', () => {
  test('from PAX', async () => {
    await expect(pathsOf({ ...file('short'), pax: { path: long } }, file('next'))).resolves.toEqual([long, 'next']);
  });

  test('from GNU tar, for links too', async () => {
    const [entry] = await entriesOf(tar([gnuLong('K', long), gnuLong('L', `${long}y`), symlink('short', 'cut')]));
    expect(entry).toMatchObject({ path: `${long}y`, target: long });
  });

  test('from the prefix of ustar, which GNU headers use for something else', async () => {
    const prefix = { 345: 'var/lib' };
    await expect(pathsOf({ ...file('a'), patch: prefix }, { ...file('b'), patch: { ...prefix, 257: 'ustar  \0' } })).resolves.toEqual(['var/lib/a', 'b']);
  });

  test('an empty PAX value takes nothing away', async () => {
    await expect(pathsOf({ ...file('a', 'text'), pax: { path: '', size: '' } })).resolves.toEqual(['a']);
  });
});

test('a PAX record with a capability, and a global header, change nothing', async () => {
  const capability = { 'SCHILY.xattr.security.capability': '\x01\x02binary\n=' };
  const global: TarFile = { ...file('pax_global_header', '11 path=zz\n'), type: 'g' };
  await expect(pathsOf(global, { ...file('bin/ping'), pax: capability }, file('next'))).resolves.toEqual(['bin/ping', 'next']);
});

test('the size of a PAX header counts, and that of a link does not', async () => {
  const sized: TarFile = { ...file('a', 'text'), pax: { size: '4' }, patch: { 124: '00000000000\0' } };
  const link: TarFile = { ...symlink('b', 'a'), patch: { 124: '00000001000\0' } };
  const entries = await entriesOf(tar([sized, link, file('c', 'end')]));
  expect(entries.map(({ path, text }) => [path, text])).toEqual([['a', 'text'], ['b', ''], ['c', 'end']]);
});

test('sizes may be base-256, checksums signed, types the old zero byte', async () => {
  const size = Buffer.from([0x80, ...Buffer.alloc(10), 3]);
  const entries = await entriesOf(tar([{ ...file('a', 'abc'), patch: { 124: size } }, { ...file('b'), type: '\0' }, { ...file('dir/'), type: '\0' }]));
  expect(entries.map(({ type, text }) => [type, text])).toEqual([['file', 'abc'], ['file', ''], ['directory', '']]);
  const signed = tarEntry(file('\u00e9'));
  const sum = [...new Int8Array(signed.subarray(0, 512))].reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  signed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  await expect(entriesOf(signed)).resolves.toHaveLength(1);
});

test('sparse files are there, and are not read as files', async () => {
  const extension = Buffer.alloc(512);
  const more = Buffer.alloc(512);
  more[504] = 1;
  const old = Buffer.concat([tarEntry({ ...file('old'), type: 'S', patch: { 482: '\x01' } }), more, extension]);
  const modern = tarEntry({ ...file('GNUSparseFile.0/x', 'map'), pax: { 'GNU.sparse.major': '1', 'GNU.sparse.name': 'etc/passwd' } });
  const entries = await entriesOf(Buffer.concat([old, modern, tarEntry(file('next')), endOfTar]));
  expect(entries.map(({ path, type }) => [path, type])).toEqual([['old', 'other'], ['etc/passwd', 'other'], ['next', 'file']]);
});

test('a tar may end without blocks of zeros, and without the padding of its last file', async () => {
  await expect(entriesOf(tarEntry(file('a')))).resolves.toHaveLength(1);
  await expect(entriesOf(Buffer.concat([tarEntry(file('a')), Buffer.alloc(512)]))).resolves.toHaveLength(1);
  await expect(entriesOf(tarEntry(file('a', 'text')).subarray(0, 516))).resolves.toHaveLength(1);
  await expect(entriesOf(Buffer.alloc(0))).resolves.toEqual([]);
});
