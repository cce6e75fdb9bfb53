import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLayoutReference, parseLayoutReference } from '../../src/layout/reference';
import { openLayout } from '../../src/layout/source';
import { describeImage } from '../../src/oci/describe';
import { RegistryError } from '../../src/oci/error';
import { attestation, blobPath, digestOf, image, index, layer, writeLayout } from '../support/oci-images';
import { file } from '../support/tar';

const first = image({ config: { User: '10001' } });
const second = image({ config: { User: 'app' }, flavour: 'docker' });
const [{ digest }] = [first.descriptor];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layout-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (path: string): string => join(folder, path);
const blob = (of: string): string => at(blobPath(of));

async function openAt(reference = ''): ReturnType<typeof openLayout> {
  return openLayout(`oci:${folder}${reference}`);
}

async function fetched(reference = ''): Promise<Buffer> {
  const { source, target } = await openAt(reference);
  return (await source.fetchManifest(target)).bytes;
}

describe('references', () => {
  test.each([
    ['oci:build/image', { transport: 'oci', path: 'build/image' }],
    ['oci:build/image:1.4.2', { transport: 'oci', path: 'build/image', reference: '1.4.2' }],
    ['oci:/abs:ghcr.io/acme/shop:1.4.2', { transport: 'oci', path: '/abs', reference: 'ghcr.io/acme/shop:1.4.2' }],
    [`oci-archive:image.tar:${digest}`, { transport: 'oci-archive', path: 'image.tar', reference: digest }],
    ['oci:C:/x', { transport: 'oci', path: 'C', reference: '/x' }],
  ])('%s', (text, expected) => {
    expect(isLayoutReference(text)).toBe(true);
    expect(parseLayoutReference(text, false)).toEqual(expected);
  });

  test('on Windows, the colon of a drive belongs to the path', () => {
    expect(parseLayoutReference('oci:C:\\build:1.0', true)).toEqual({ transport: 'oci', path: 'C:\\build', reference: '1.0' });
  });

  test.each([
    ['ghcr.io/acme/shop:1.4.2', 'must begin with "oci:" or "oci-archive:"'],
    ['oci:', 'the path after "oci:" is missing'],
    ['oci-archive::latest', 'the path after "oci-archive:" is missing'],
    ['oci:path:', 'the reference after the path is missing'],
    ['oci:a\u0000b', 'must not have control characters'],
    [`oci:${'x'.repeat(5000)}`, 'must have at most 4096 characters, it has 5004'],
  ])('%j is refused', (text, problem) => {
    expect(() => parseLayoutReference(text)).toThrow(problem);
    expect(() => parseLayoutReference(text)).toThrow(RegistryError);
  });

  test('a name that only begins like one is none', () => {
    expect(isLayoutReference('ocir.example.com/shop')).toBe(false);
  });
});

describe('which image is meant', () => {
  test('without a reference, the only one', async () => {
    writeLayout(folder, { '1.0': first });
    await expect(fetched()).resolves.toEqual(first.bytes);
  });

  test('without a reference, one image under two names is one image', async () => {
    writeLayout(folder, { '1.0': first, 'latest': first });
    await expect(fetched()).resolves.toEqual(first.bytes);
  });

  test('the one of that name, or of that digest', async () => {
    writeLayout(folder, { '1.0': first, 'acme/shop:2.0': second });
    await expect(fetched(':1.0')).resolves.toEqual(first.bytes);
    await expect(fetched(':acme/shop:2.0')).resolves.toEqual(second.bytes);
    await expect(fetched(`:${digest}`)).resolves.toEqual(first.bytes);
  });

  test('where no name is the same, the one that ends in it', async () => {
    writeLayout(folder, { 'acme/shop:1.0': first, 'acme/web:2.0': second });
    await expect(fetched(':2.0')).resolves.toEqual(second.bytes);
  });

  test('the same name goes before one that ends in it', async () => {
    writeLayout(folder, { 'acme/shop:1.0': first, '1.0': second });
    await expect(fetched(':1.0')).resolves.toEqual(second.bytes);
  });

  test.each([
    ['', 'invalid', `oci:LAYOUT: more than one image is meant, it has "acme/shop:1.0", "acme/web:1.0", ${digestOf(first.bytes)}; add the name or the digest of one`],
    [':1.0', 'invalid', 'oci:LAYOUT:1.0: more than one image is meant, it has "acme/shop:1.0", "acme/web:1.0"; add'],
    [':0', 'not-found', 'oci:LAYOUT:0: the layout has no such image, it has "acme/shop:1.0", "acme/web:1.0"'],
    [':\u{1f600}\u200b', 'not-found', 'oci:LAYOUT:"\\ud83d\\ude00\\u200b": the layout has no such image'],
  ])('of three, %j is an error that names them', async (reference, code, message) => {
    writeLayout(folder, { 'acme/shop:1.0': first, 'acme/web:1.0': second, '': first });
    const error: unknown = await fetched(reference).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message.replace('LAYOUT', folder)) });
  });

  test('of many, ten are named', async () => {
    writeLayout(folder, Object.fromEntries(Array.from({ length: 25 }, (_, number) => [`tag-${number}`, first])));
    await expect(fetched(':none')).rejects.toThrow(/"tag-9" and 15 more$/);
  });

  test('an empty layout has none', async () => {
    writeLayout(folder, {});
    await expect(fetched()).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('has no image') });
    await expect(fetched(':1.0')).rejects.toThrow('it is empty');
  });
});

describe('a layout that is wrong', () => {
  test.each<[string, () => void, string, string]>([
    ['without a marker', () => unlinkSync(at('oci-layout')), 'not-found', 'not an OCI layout, because oci-layout is missing'],
    ['without an index', () => unlinkSync(at('index.json')), 'not-found', 'index.json is missing'],
    ['of another version', () => writeFileSync(at('oci-layout'), '{"imageLayoutVersion":"2.0.0\\n"}'), 'unsupported', 'must be "1.0.0", it is "2.0.0\\u000a"'],
    ['of no version', () => writeFileSync(at('oci-layout'), '{}'), 'unsupported', 'it is missing'],
    ['with an index that is no JSON', () => writeFileSync(at('index.json'), '{'), 'malformed', 'index.json is not JSON'],
    ['with an index of no list', () => writeFileSync(at('index.json'), '{"manifests":{}}'), 'malformed', 'must be a list'],
    ['with a digest that climbs', () => writeFileSync(at('index.json'), '{"manifests":[{"digest":"sha256:../../../etc/passwd","size":1}]}'), 'malformed', 'hex digits'],
    ['with an index of 5 GB', () => truncateSync(at('index.json'), 5e9), 'too-large', 'index.json has 5000000000 bytes'],
    ['with a blob cut off', () => truncateSync(blob(digest), 10), 'digest-mismatch', 'it has 10 bytes, and must have'],
    ['with a blob that was changed', () => writeFileSync(blob(digest), 'x'.repeat(first.bytes.length)), 'digest-mismatch', 'its bytes have the digest sha256:'],
    ['with a blob missing', () => unlinkSync(blob(digest)), 'not-found', 'the blob is missing in the layout'],
    ['with a file for a folder', () => rmAndWrite('blobs'), 'not-found', 'the blob is missing'],
    ['with a blob that is a folder', () => (unlinkSync(blob(digest)), mkdirSync(blob(digest))), 'unreadable', 'is not a regular file'],
    ['with a blob that is a pipe', () => (unlinkSync(blob(digest)), spawnSync('mkfifo', [blob(digest)])), 'unreadable', 'is not a regular file'],
    ['with a blob that leads out', () => (unlinkSync(blob(digest)), symlinkSync('/etc/passwd', blob(digest))), 'malformed', 'is a link that leaves the layout'],
    ['with a folder of blobs that leads out', () => (rmSync(at('blobs'), { recursive: true }), symlinkSync('/etc', at('blobs'))), 'not-found', 'missing'],
    ['with an index that leads out', () => (unlinkSync(at('index.json')), symlinkSync('/etc/passwd', at('index.json'))), 'malformed', 'leaves the layout'],
    ['with a link in a circle', () => (unlinkSync(blob(digest)), symlinkSync(blob(digest), blob(digest))), 'unreadable', 'cannot be read (ELOOP)'],
  ])('%s', async (_, spoil, code, problem) => {
    writeLayout(folder, { '1.0': first });
    spoil();
    await expect(fetched()).rejects.toMatchObject({ name: 'RegistryError', code, message: expect.stringContaining(problem) });
  });

  function rmAndWrite(path: string): void {
    rmSync(at(path), { recursive: true });
    writeFileSync(at(path), '');
  }

  test('a folder beside it whose name begins alike is outside', async () => {
    writeLayout(folder, { '1.0': first });
    mkdirSync(`${folder}-evil`);
    writeFileSync(`${folder}-evil/blob`, first.bytes);
    unlinkSync(blob(digest));
    symlinkSync(`${folder}-evil/blob`, blob(digest));
    await expect(fetched()).rejects.toThrow('leaves the layout');
    rmSync(`${folder}-evil`, { recursive: true });
  });

  test('a link within it is followed', async () => {
    writeLayout(folder, { '1.0': first });
    writeFileSync(at('real'), first.bytes);
    unlinkSync(blob(digest));
    symlinkSync('../../real', blob(digest));
    await expect(fetched()).resolves.toEqual(first.bytes);
  });

  test('that is not there, or is a file', async () => {
    await expect(openAt('-none')).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('the folder does not exist') });
    writeFileSync(at('file'), '');
    await expect(openAt('/file')).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('not an OCI layout') });
  });
});

describe('as a source', () => {
  test('it gives manifests, what they are, and their digests', async () => {
    writeLayout(folder, { '1.0': first, '2.0': second });
    const { source, target } = await openAt(':2.0');
    expect(source.name).toBe(`oci:${folder}`);
    await expect(source.fetchManifest(target)).resolves.toEqual({
      bytes: second.bytes, digest: second.descriptor.digest, mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    });
    await expect(source.headManifest('1.0')).resolves.toBe(digest);
    await expect(source.headManifest(`sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ code: 'not-found' });
    await expect(source.fetchManifest(digest, { size: 3 })).rejects.toMatchObject({ code: 'digest-mismatch' });
    await expect(source.fetchManifest(digest, { size: first.bytes.length })).resolves.toMatchObject({ digest });
  });

  test('it gives blobs, verified and bounded', async () => {
    writeLayout(folder, { '1.0': first });
    const { source } = await openAt();
    const content = { digest, size: first.bytes.length };
    await expect(source.fetchBlob(content, 10_000)).resolves.toEqual(first.bytes);
    await expect(source.fetchBlob({ digest }, 10_000)).resolves.toEqual(first.bytes);
    await expect(source.fetchBlob(content, 10)).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('at most 10 are read') });
    await expect(source.fetchBlob({ ...content, size: 1 }, 10)).rejects.toMatchObject({ code: 'digest-mismatch' });
    await expect(source.fetchBlob({ digest: 'sha256:../../secret' }, 10)).rejects.toMatchObject({ code: 'malformed' });
    await expect(source.fetchBlob({ digest: 'md5:d41d8cd98f00b204e9800998ecf8427e' }, 10)).rejects.toMatchObject({ code: 'malformed' });
    const stream = await source.streamBlob(content, 10_000);
    await expect(stream.toArray()).resolves.toEqual([first.bytes]);
  });

  test('a blob that is changed or cut off while it is read is seen', async () => {
    writeLayout(folder, { '1.0': image({ layers: [layer([file('a', 'x'.repeat(600_000))], 'none')] }) });
    const { source, target } = await openAt();
    const [{ digest: of, size }] = (await describeImage(source, target)).layers.get('linux/amd64')!;
    const stream = await source.streamBlob({ digest: of, size }, 1e9);
    truncateSync(blob(of), 100_000);
    await expect(stream.toArray()).rejects.toMatchObject({ code: 'digest-mismatch' });
    const gone = await source.streamBlob({ digest: of }, 1e9);
    unlinkSync(blob(of));
    await expect(gone.toArray()).rejects.toMatchObject({ code: 'not-found' });
  });

  test('its images are described: nested indexes, attestations, both flavours', async () => {
    const arm = image({ platform: { os: 'linux', architecture: 'arm64', variant: 'v8' }, config: { User: '65532' } });
    const root = index([index([first, attestation(first)]), arm], { flavour: 'docker' });
    writeLayout(folder, { multi: root });
    const { source, target } = await openAt(':multi');
    const { image: { digest: pin, platforms } } = await describeImage(source, target);
    expect(pin).toBe(root.descriptor.digest);
    expect(Object.entries(platforms).map(([name, { user }]) => `${name} ${user}`)).toEqual(['linux/amd64 10001', 'linux/arm64 65532']);
  });
});
