import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readFileFromLayers } from '../../src/layers/files';
import { archiveFiles } from '../../src/layout/archive';
import { openLayout } from '../../src/layout/source';
import { blobPath, image, layer, layoutArchive, layoutFiles, zstdStored } from '../support/oci-images';
import { directory, file, hardLink, symlink, tar, TarFile } from '../support/tar';

const passwd = layer([file('etc/passwd', 'root:x:0:0\n'), file('big', 'x'.repeat(300_000))]);
const shop = image({ layers: [passwd] });
const { digest } = shop.descriptor;
const plain = layoutArchive({ '1.0': shop });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function openBytes(bytes: Buffer): ReturnType<typeof openLayout> {
  writeFileSync(join(folder, 'image.tar'), bytes);
  return openLayout(`oci-archive:${folder}/image.tar:1.0`);
}

async function fetched(bytes: Buffer): Promise<Buffer> {
  const { source, target } = await openBytes(bytes);
  return (await source.fetchManifest(target)).bytes;
}

/** The archive with other entries in the place of some, and behind them. */
function changed(replace: Readonly<Record<string, TarFile | undefined>>, ...more: readonly TarFile[]): Buffer {
  const files = [...layoutFiles({ '1.0': shop })].map(([path, bytes]) => path in replace ? replace[path] : file(path, bytes));
  return tar([...files.filter(entry => entry !== undefined), ...more]);
}

describe('a hostile archive', () => {
  const manifest = blobPath(digest);
  test.each<[string, Buffer, string, string]>([
    ['that is empty', Buffer.alloc(0), 'not-found', 'oci-layout is missing'],
    ['that is no tar', Buffer.alloc(2048, 'x'), 'malformed', 'the archive has a tar header with a wrong checksum'],
    ['that is cut off', plain.subarray(0, 1600), 'malformed', 'the archive ends too early'],
    ['whose last file is cut off', plain.subarray(0, plain.length - 1600), 'malformed', 'the archive ends in the middle of a tar header'],
    ['whose gzip is cut off', gzipSync(plain).subarray(0, 300), 'malformed', 'the archive is not valid gzip'],
    ['whose Zstandard is cut off', zstdStored(plain).subarray(0, 3000), 'malformed', 'the archive ends too early'],
    ['with a name that climbs', changed({}, file('../evil')), 'malformed', 'climbs with ".."'],
    ['with a blob that is a symbolic link', changed({ [manifest]: symlink(manifest, '/etc/passwd') }), 'malformed', 'is not a regular file'],
    ['with a blob that is a hard link', changed({ [manifest]: hardLink(manifest, 'index.json') }), 'malformed', 'is not a regular file'],
    ['with a sparse blob', changed({ [manifest]: { ...file(manifest), type: 'S' } }), 'malformed', 'is not a regular file'],
    ['with 5 GB announced', changed({}, { ...file('x'), patch: { 124: '045000000000' } }), 'malformed', 'the archive ends too early'],
    ['without a blob', changed({ [manifest]: undefined }), 'not-found', 'the blob is missing'],
    ['with another blob', changed({}, file(manifest, 'x'.repeat(shop.bytes.length))), 'digest-mismatch', 'its bytes have the digest'],
  ])('%s', async (_, bytes, code, problem) => {
    await expect(fetched(bytes)).rejects.toMatchObject({ name: 'RegistryError', code, message: expect.stringContaining(problem) });
  });

  test.each([['plain', plain], ['compressed', gzipSync(plain)]])('with more files than are allowed, %s', async (_, bytes) => {
    const path = join(folder, 'image.tar');
    writeFileSync(path, bytes);
    const files = layoutFiles({ '1.0': shop }).size;
    await expect(archiveFiles(path, 'x', files)).resolves.toBeDefined();
    await expect(archiveFiles(path, 'x', files - 1)).rejects.toMatchObject({ code: 'too-large', message: `x: the archive has more than ${files - 1} files` });
  });

  test('that is not there, or is a folder', async () => {
    await expect(openLayout(`oci-archive:${folder}/none.tar`)).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('the archive does not exist') });
    await expect(openLayout(`oci-archive:${folder}`)).rejects.toMatchObject({ code: 'unreadable' });
  });

  test('whose compressed bytes change after they were indexed', async () => {
    const { source } = await openBytes(gzipSync(plain));
    writeFileSync(join(folder, 'image.tar'), 'x'.repeat(plain.length));
    await expect(source.fetchManifest('1.0')).rejects.toMatchObject({ code: 'digest-mismatch' });
    await openBytes(gzipSync(plain));
    const again = (await openBytes(gzipSync(plain))).source;
    writeFileSync(join(folder, 'image.tar'), gzipSync(plain).fill(0xff, 100, 200));
    await expect(again.fetchManifest('1.0')).rejects.toMatchObject({ code: 'malformed' });
  });
});

test.each([['plain', plain], ['gzip', gzipSync(plain)], ['Zstandard', zstdStored(plain)]])('an archive, %s, gives manifests and the files of layers', async (_, bytes) => {
  const { source, target } = await openBytes(bytes);
  await expect(source.fetchManifest(target)).resolves.toMatchObject({ digest, bytes: shop.bytes });
  await expect(source.fetchManifest(digest)).resolves.toMatchObject({ bytes: shop.bytes });
  const found = await readFileFromLayers(source, [passwd.descriptor], '/etc/passwd');
  expect(found).toMatchObject({ found: true, content: Buffer.from('root:x:0:0\n') });
});

test('names may begin with "./", folders may be there, and of two files the later one counts', async () => {
  const files = [...layoutFiles({ '1.0': shop })];
  const dotted = tar([directory('./'), directory('./blobs/'), file('./index.json', 'old'), ...files.map(([path, bytes]) => file(`./${path}`, bytes))]);
  await expect(fetched(dotted)).resolves.toEqual(shop.bytes);
});

test('the only image needs no name', async () => {
  writeFileSync(join(folder, 'image.tar'), plain);
  await expect(openLayout({ transport: 'oci-archive', path: join(folder, 'image.tar') })).resolves.toMatchObject({ target: digest });
});
