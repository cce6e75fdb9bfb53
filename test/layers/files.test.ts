import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileFromLayers, ReadFileOptions } from '../../src/layers/files';
import { openLayout } from '../../src/layout/source';
import { BuiltLayer, descriptorOf, image, layer, writeLayout } from '../support/oci-images';
import { directory, file, hardLink, symlink, tar, TarFile } from '../support/tar';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(layers: readonly BuiltLayer[], path = '/etc/passwd', options?: ReadFileOptions): Promise<string | undefined> {
  writeLayout(folder, { test: image({ layers }) });
  const { source } = await openLayout(`oci:${folder}:test`);
  const result = await readFileFromLayers(source, layers.map(({ descriptor }) => descriptor), path, options);
  return result.found ? result.content.toString() : undefined;
}

/** Reads /etc/passwd of layers, lowest first. */
async function passwd(...layers: readonly (readonly TarFile[])[]): Promise<string | undefined> {
  return read(layers.map(entries => layer(entries)));
}

function raw(bytes: Buffer): BuiltLayer {
  return { descriptor: descriptorOf('application/vnd.oci.image.layer.v1.tar', bytes), bytes, diffId: '' };
}

const lower = [directory('etc/'), file('etc/passwd', 'lower')];

describe('hostile layers', () => {
  test.each<[string, BuiltLayer, string]>([
    ['a name that climbs', layer([file('../../etc/passwd', 'x')]), 'climbs'],
    ['a whiteout of nothing', layer([file('etc/.wh.', 'x')]), 'a whiteout that names nothing'],
    ['a file of the right name and a wrong size', layer([file('etc/passwd', 'x'.repeat(2000))]), 'a file of 2000 bytes where at most 1000'],
    ['what is no tar', raw(Buffer.alloc(1024, 'x')), 'wrong checksum'],
    ['gzip that breaks off', raw(layer([file('a')]).bytes.subarray(0, 40)), 'is not valid gzip'],
    ['zeros without end', layer([file('a', Buffer.alloc(2_000_000))]), 'grows more than 10 times'],
    ['more than is allowed', layer([file('a', Buffer.alloc(5_000_000))], 'none'), 'is more than 4000000 bytes'],
  ])('%s', async (_, hostile, problem) => {
    const decompression = { total: 4_000_000, ratio: 10, free: 1_000_000 };
    await expect(read([layer(lower), hostile], '/etc/passwd', { largestFile: 1000, decompression })).rejects.toThrow(problem);
  });

  test('the error is of this room, names the layer, and is one line', async () => {
    await expect(read([raw(Buffer.alloc(1024, 'x'))])).rejects.toMatchObject({ name: 'RegistryError', code: 'malformed', message: expect.stringMatching(/^oci:.*@sha256:[0-9a-f]{64}: the layer has a tar header with a wrong checksum$/) });
    await expect(read([layer(lower)], '/etc/passwd', { largestLayer: 10 })).rejects.toMatchObject({ code: 'too-large' });
    await expect(read([layer(lower)], '/etc/passwd', { largestFile: 2 })).rejects.toMatchObject({ code: 'too-large' });
  });

  test('links in a circle end', async () => {
    await expect(passwd([symlink('etc/passwd', 'b'), symlink('etc/b', 'passwd')])).rejects.toThrow('"/etc/passwd" leads through more than 8 links');
    await expect(passwd([hardLink('etc/passwd', 'etc/passwd')])).rejects.toThrow('more than 8 links');
  });

  test('more layers than an image has are not read', async () => {
    const one = layer(lower);
    await expect(read(new Array<BuiltLayer>(513).fill(one))).rejects.toThrow('more than 512 layers');
  });

  test('a layer whose end was changed is refused, though the file stands before it', async () => {
    const honest = layer([...lower, file('later', 'x'.repeat(300_000))], 'none');
    const bytes = Buffer.from(honest.bytes).fill('y', 200_000, 200_001);
    await expect(read([{ ...honest, bytes }])).rejects.toMatchObject({ code: 'digest-mismatch' });
  });
});

test('the top layer that has the file wins, and the ones below it are not read', async () => {
  await expect(passwd(lower, [file('etc/passwd', 'upper')])).resolves.toBe('upper');
  const missing = { ...layer(lower), bytes: Buffer.from('not the layer') };
  await expect(read([missing, layer([file('etc/passwd', 'upper')])])).resolves.toBe('upper');
});

test.each(['none', 'gzip', 'zstd'] as const)('a layer may be compressed with %s, whatever its type says', async compression => {
  const made = layer(lower, compression);
  await expect(read([{ ...made, descriptor: { ...made.descriptor, mediaType: 'application/vnd.oci.image.layer.v1.tar' } }])).resolves.toBe('lower');
});

describe('whiteouts', () => {
  test.each<[string, readonly TarFile[], string | undefined]>([
    ['of the file', [file('etc/.wh.passwd')], undefined],
    ['of its folder', [file('.wh.etc')], undefined],
    ['of all that is in its folder', [file('etc/.wh..wh..opq')], undefined],
    ['of all that is in the root', [file('.wh..wh..opq')], undefined],
    ['of another file', [file('etc/.wh.passwd-'), file('.wh.passwd'), file('usr/etc/.wh.passwd')], 'lower'],
    ['of all in another folder', [file('usr/.wh..wh..opq'), file('etc/passwd.d/.wh..wh..opq')], 'lower'],
    ['of all that is in the path itself, which hides what is below it and not the path', [file('etc/passwd/.wh..wh..opq')], 'lower'],
    ['that is AUFS metadata', [file('.wh..wh.plnk'), file('.wh..wh.aufs'), file('etc/.wh..wh.passwd')], 'lower'],
    ['of a file whose own name begins with a dot', [file('etc/.wh..passwd')], 'lower'],
    ['before the layer\'s own file', [file('etc/.wh.passwd'), file('etc/passwd', 'own')], 'own'],
    ['behind the layer\'s own file', [file('etc/passwd', 'own'), file('etc/.wh.passwd')], 'own'],
    ['of all, before its own', [file('etc/.wh..wh..opq'), file('etc/passwd', 'own')], 'own'],
    ['of all, behind its own', [file('etc/passwd', 'own'), file('etc/.wh..wh..opq')], 'own'],
    ['of its folder, with its own file', [file('.wh.etc'), file('etc/passwd', 'own')], 'own'],
  ])('%s', async (_, upper, expected) => {
    await expect(passwd(lower, upper)).resolves.toBe(expected);
  });

  test('a name that begins with ".wh.." is an ordinary whiteout', async () => {
    const below = layer([file('root/.aws-credentials', 'secret')]);
    await expect(read([below, layer([file('root/.wh..aws-credentials')])], '/root/.aws-credentials')).resolves.toBeUndefined();
    await expect(read([below, layer([file('root/.wh.aws-credentials')])], '/root/.aws-credentials')).resolves.toBe('secret');
  });

  test('hide what lies below, not what lies above', async () => {
    await expect(passwd(lower, [file('etc/.wh.passwd')], [file('etc/passwd', 'again')])).resolves.toBe('again');
    await expect(passwd(lower, [file('etc/.wh.passwd')], [file('other')])).resolves.toBeUndefined();
  });
});

describe('what replaces another thing hides it without a whiteout', () => {
  test.each<[string, readonly TarFile[], string | undefined]>([
    ['a file for the folder', [file('etc', 'x')], undefined],
    ['a device for the folder', [{ name: 'etc', type: '3' }], undefined],
    ['a folder for the file', [directory('etc/passwd')], undefined],
    ['a folder for the folder', [directory('etc')], 'lower'],
    ['a file for the folder, and a folder again', [file('etc'), directory('etc')], 'lower'],
    ['a later file of the same name', [file('etc/passwd', 'first'), file('etc/passwd', 'second')], 'second'],
    ['a file for the folder, behind its own file', [file('etc/passwd', 'own'), file('etc')], undefined],
    ['the folder again, behind its own file', [directory('etc'), file('etc/passwd', 'own'), directory('etc')], 'own'],
  ])('%s', async (_, upper, expected) => {
    await expect(passwd(lower, upper)).resolves.toBe(expected);
  });
});

describe('links', () => {
  test('a hard link has the content of the name it was made from', async () => {
    await expect(passwd([file('usr/lib/passwd', 'linked'), hardLink('etc/passwd', 'usr/lib/passwd')])).resolves.toBe('linked');
  });

  test('a hard link keeps what an upper layer deletes', async () => {
    await expect(passwd([file('secret', 'kept'), hardLink('etc/passwd', '/secret')], [file('.wh.secret')])).resolves.toBe('kept');
  });

  test.each<[string, readonly TarFile[], string | undefined]>([
    ['relative', [symlink('etc/passwd', '../usr/lib/passwd')], 'found'],
    ['absolute', [symlink('etc/passwd', '/usr/lib/passwd')], 'found'],
    ['out of the image, which is its root', [symlink('etc/passwd', '../../../../usr/lib/passwd')], 'found'],
    ['of the folder', [symlink('etc', 'usr/lib')], 'found'],
    ['of the folder, that goes on', [symlink('etc', 'conf'), symlink('conf', '/usr/./lib/')], 'found'],
    ['into nothing', [symlink('etc/passwd', 'nothing')], undefined],
    ['to the root', [symlink('etc/passwd', '/')], undefined],
  ])('a symbolic link, %s', async (_, upper, expected) => {
    await expect(passwd([file('usr/lib/passwd', 'found')], upper)).resolves.toBe(expected);
  });

  test('what a symbolic link of a lower layer names may lie in an upper one', async () => {
    await expect(passwd([symlink('etc/passwd', '../run/passwd')], [file('run/passwd', 'upper')])).resolves.toBe('upper');
  });

  test('a folder in the place of a lower link hides what the link led to', async () => {
    await expect(passwd([file('usr/etc/passwd', 'x'), symlink('etc', 'usr/etc')], [directory('etc'), file('etc/group')])).resolves.toBeUndefined();
  });

  test('a file that is written through a link of its own layer is found', async () => {
    await expect(passwd([symlink('etc', 'usr/etc'), file('etc/passwd', 'through')])).resolves.toBe('through');
  });

  test('never lead out of the image to a file of this machine', async () => {
    await expect(read([layer([symlink('x', '/proc/self/environ')])], '/x')).resolves.toBeUndefined();
  });
});

test('a layer that is not distributed is passed over, and said', async () => {
  const made = layer(lower);
  const foreign = descriptorOf('application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', Buffer.from('elsewhere'));
  writeLayout(folder, { test: image({ layers: [made] }) });
  const { source } = await openLayout(`oci:${folder}`.concat(':test'));
  await expect(readFileFromLayers(source, [made.descriptor, foreign], '/etc/passwd')).resolves.toEqual({
    found: true,
    content: Buffer.from('lower'),
    layer: made.descriptor.digest,
    notices: [`the layer ${foreign.digest} is not distributed with the image, and was not read`],
  });
});

test('an image without layers has no file', async () => {
  await expect(read([])).resolves.toBeUndefined();
  await expect(read([raw(tar([]))], '/')).resolves.toBeUndefined();
});
