import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../src/oci/config';
import { parseManifest } from '../../src/oci/manifest';
import { lockJson, locked, useRegistry } from '../cli/lock-support';
import { run, useFolder } from '../cli/support';
import { BuiltImage as LayoutImage, image as layoutImage, writeLayout } from '../support/oci-images';
import { BuiltImage, descriptorOf, image, index, ociTypes, stored, storedJson } from '../support/registry';

/*
 * JSON that says one thing to us and another to the programs in Go that pull and run the image: a key in another case, a key twice,
 * a text or a number that only one of the two can read. What the lock says of an image must be what runs.
 */

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const descriptor = (mediaType: string, of = digest, more = '') => `{"mediaType":"${mediaType}","digest":"${of}","size":1${more}}`;
const config = `"config":${descriptor(ociTypes.config)}`;
const layers = `"layers":[${descriptor(ociTypes.layer)}]`;
const child = (platform: string) => descriptor(ociTypes.manifest, digest, `,"platform":${platform}`);
const linux = '{"os":"linux","architecture":"amd64"}';
const manifests = `"manifests":[${child(linux)}]`;
const version = '"schemaVersion":2';

const problemOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no problem';
};

describe('a manifest or an index', () => {
  const read = (text: string | Buffer) => parseManifest({ bytes: Buffer.from(text) }, 'image');

  test.each([
    ['a second list of manifests in another case', `{${version},${manifests},"Manifests":[${descriptor(ociTypes.manifest, other)}]}`,
      'has the keys "manifests" and "Manifests", which container runtimes take for one'],
    ['the same, the other way round', `{${version},"Manifests":[],${manifests}}`, 'has the key "Manifests"'],
    ['a list of manifests beside layers, to Go only', `{${version},${config},${layers},"MANIFESTS":[]}`, 'has the key "MANIFESTS"'],
    ['a list of manifests twice', `{${version},${manifests},${manifests}}`, 'has the key "manifests" twice'],
    ['a key twice, once with an escape', `{${version},${manifests},"\\u006danifests":[]}`, 'has the key "manifests" twice'],
    ['a long s in layers', `{${version},${config},${layers},"layer\u017f":[]}`, 'has the keys "layers" and "layer\\u017f"'],
    ['a long s in digest', `{${version},${config},"layers":[${descriptor(ociTypes.layer, digest, `,"dige\u017ft":"${other}"`)}]}`,
      'layers[0]: has the keys "digest" and "dige\\u017ft"'],
    ['an escaped long s', `{${version},${config},${layers},"layer\\u017f":[]}`, 'has the keys "layers" and "layer\\u017f"'],
    ['a system in another case', `{${version},"manifests":[${child('{"os":"linux","OS":"windows","architecture":"amd64"}')}]}`,
      'manifests[0].platform: has the keys "os" and "OS"'],
    ['only a system in another case', `{${version},"manifests":[${child('{"OS":"linux","architecture":"amd64"}')}]}`, 'has the key "OS"'],
    ['a build of Windows in another case', `{${version},"manifests":[${child('{"os":"windows","architecture":"amd64","OS.Version":"10"}')}]}`,
      'has the key "OS.Version"'],
    ['a digest twice', `{${version},${config},"layers":[${descriptor(ociTypes.layer, digest, `,"digest":"${other}"`)}]}`,
      'layers[0]: has the key "digest" twice'],
    ['configs that Go merges', `{${version},${config},"config":{"digest":"${other}"},${layers}}`, 'has the key "config" twice'],
    ['schema 1 in another case', `{${version},${config},${layers},"fslayers":[{"blobSum":"${digest}"}]}`, 'which container runtimes read as "fsLayers"'],
    ['an annotation twice', `{${version},${config},${layers},"annotations":{"a":"1","a":"2"}}`, 'annotations: has the key "a" twice'],
    ['half a surrogate pair in a type', `{${version},${config},"layers":[${descriptor('x\\ud800')}]}`, 'has half of a surrogate pair in a text'],
    ['half a surrogate pair in a key', `{${version},${config},${layers},"annotations":{"\\udc00":""}}`, 'annotations: has half of a surrogate pair'],
    ['a byte order mark', `\ufeff{${version},${manifests}}`, 'is not JSON in UTF-8'],
    ['a second document behind the first', `{${version},${manifests}}{${version},${config},${layers}}`, 'is not JSON in UTF-8'],
    ['a zero byte behind the end', `{${version},${manifests}}\0`, 'is not JSON in UTF-8'],
    ['a size with a fraction', `{${version},${config},"layers":[${descriptor(ociTypes.layer).replace(':1}', ':1.0}')}]}`,
      'layers[0]: field "size" must be a whole number, written in digits'],
    ['a size with an exponent', `{${version},${config},"layers":[${descriptor(ociTypes.layer).replace(':1}', ':1e2}')}]}`, 'must be a whole number'],
    ['a size that a double cannot hold', `{${version},${config},"layers":[${descriptor(ociTypes.layer).replace(':1}', ':9007199254740993}')}]}`,
      'size'],
    ['a version with a fraction', `{"schemaVersion":2.0,${manifests}}`, 'field "schemaVersion" must be a whole number'],
    ['more levels than Go reads', `{${version},${manifests},"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'is nested more than 10000 levels deep'],
  ])('%s is refused', (_name, text, problem) => {
    expect(problemOf(() => read(text))).toContain(problem);
  });

  test('annotations that differ in case are two', () => {
    const text = `{${version},${config},${layers},"annotations":{"Release":"1","release":"2","relea\u017fe":"3"}}`;
    expect([...read(text).annotations]).toEqual([['Release', '1'], ['release', '2'], ['relea\u017fe', '3']]);
  });

  test('a whole surrogate pair is a text like any other', () => {
    expect(read(`{${version},${config},${layers},"annotations":{"a":"\\ud83d\\ude00"}}`).annotations.get('a')).toBe('\u{1f600}');
  });
});

describe('a config', () => {
  const read = (text: string) => parseConfig(Buffer.from(`{"os":"linux","architecture":"amd64",${text}}`));

  test.each([
    ['a user in another case', '"config":{"User":"1000","user":"0"}', 'config: has the keys "User" and "user", which container runtimes take for one'],
    ['only a user in another case', '"config":{"USER":"0"}', 'config: has the key "USER", which container runtimes read as "User": write it so'],
    ['a user twice', '"config":{"User":"1000","User":"0"}', 'config: has the key "User" twice'],
    ['a long s in the user', '"config":{"User":"1000","U\u017fer":"0"}', 'config: has the keys "User" and "U\\u017fer"'],
    ['volumes in another case', '"config":{"volumes":{"/etc":{}}}', 'config: has the key "volumes", which container runtimes read as "Volumes"'],
    ['ports in another case', '"config":{"exposedPorts":{"22/tcp":{}}}', 'read as "ExposedPorts"'],
    ['a Kelvin sign in the working folder', '"config":{"Wor\u212aingDir":"/"}', 'read as "WorkingDir"'],
    ['an escaped Kelvin sign', '"config":{"Wor\\u212aingDir":"/"}', 'read as "WorkingDir"'],
    ['a Kelvin sign beside a k, in keys that nobody knows', '"toKen":1,"to\u212aen":2', 'has the keys "toKen" and "to\\u212aen"'],
    ['two configs, which Go merges', '"config":{"User":"1000"},"config":{"Volumes":{"/etc":{}}}', 'has the key "config" twice'],
    ['two configs in two cases', '"config":{"User":"1000"},"Config":{"User":"0"}', 'has the keys "config" and "Config"'],
    ['a config twice, first null', '"config":null,"config":{"User":"0"}', 'has the key "config" twice'],
    ['diff ids in another case', `"rootfs":{"diff_ids":["${digest}"],"Diff_IDs":[]}`, 'rootfs: has the keys "diff_ids" and "Diff_IDs"'],
    ['a file system in another case', `"RootFS":{"diff_ids":["${digest}"]}`, 'has the key "RootFS", which container runtimes read as "rootfs"'],
    ['another architecture in another case', '"Architecture":"arm64"', 'has the keys "architecture" and "Architecture"'],
    ['half a surrogate pair in the user', '"config":{"User":"\\udfff"}', 'has half of a surrogate pair'],
    ['a volume twice', '"config":{"Volumes":{"/etc":{},"/etc":{}}}', 'config.Volumes: has the key "/etc" twice'],
    ['a volume that is not an object', '"config":{"Volumes":{"/etc":true}}', 'must be an object'],
    ['a label that is a number', '"config":{"Labels":{"a":1}}', 'must be a string'],
    ['a user that is a number', '"config":{"User":0}', 'config: field "User" must be a string'],
  ])('%s is refused', (_name, text, problem) => {
    expect(problemOf(() => read(text))).toContain(problem);
  });

  test('labels, volumes and keys of the prototype are told apart by case, and stay', () => {
    const maps = '"Labels":{"Release":"1","release":"2"},"Volumes":{"/Data":{},"/data":{},"__proto__":{}}';
    expect(read(`"config":{"User":"1000",${maps}},"__proto__":{"user":"0"}`)).toMatchObject({ user: '1000', volumes: ['/Data', '/data', '__proto__'] });
  });
});

describe('through the command lock', () => {
  const server = useRegistry();
  useFolder();

  /** The image with its config as this text. */
  function withConfig(change: (config: string) => string): BuiltImage {
    const made = image({ user: '1000' });
    const [own, ...rest] = made.blobs;
    const changed = stored(Buffer.from(change(own.bytes.toString())), own.mediaType);
    const manifest = JSON.parse(made.manifest.bytes.toString()) as object;
    const pointing = storedJson({ ...manifest, config: descriptorOf(changed) }, made.manifest.mediaType);
    return { ...made, manifest: pointing, blobs: [changed, ...rest] };
  }
  async function lock(built: BuiltImage) {
    server.registry.push('acme/shop', built, '1');
    return run('lock', server.name('acme/shop', '1'));
  }

  test('an image without such a key is locked', async () => {
    const built = withConfig((text) => text.replace('"config":{', '"config":{"Labels":{"Release":"1","release":"2"},'));
    expect(await lock(built)).toMatchObject({ status: 0 });
    expect([...locked().keys()]).toEqual([server.name('acme/shop', '1')]);
  });

  test.each([
    ['a user in another case', '"user":"0",', 'the config config: has the key "user"'],
    ['volumes in another case', '"volumes":{"/etc":{}},', 'the config config: has the key "volumes"'],
  ])('%s is refused', async (_name, field, problem) => {
    const { status, err } = await lock(withConfig((text) => text.replace('"config":{', `"config":{${field}`)));
    expect([status, err]).toEqual([2, expect.stringContaining(problem)]);
  });

  test('an index with a second list is refused, whoever asks', async () => {
    const built = index([[image(), { platform: { os: 'linux', architecture: 'amd64' } }]]);
    const bytes = Buffer.from(built.manifest.bytes.toString().replace(/\}$/, ',"Manifests":[]}'));
    const { status, err } = await lock({ ...built, manifest: stored(bytes, built.manifest.mediaType) });
    expect([status, err]).toEqual([2, expect.stringContaining('the manifest has the keys "manifests" and "Manifests"')]);
    expect((await lockJson(server.name('acme/shop', '1'))).status).toBe(2);
  });
});

describe('a layout', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'layout-')); });
  afterEach(() => rmSync(folder, { recursive: true }));
  useFolder();

  const made: LayoutImage = layoutImage({ config: { User: '1000' } });
  const lock = async (file?: string, text = '') => {
    writeLayout(folder, { 1: made });
    if (file !== undefined) writeFileSync(join(folder, file), text);
    return run('lock', '--offline', `ghcr.io/acme/shop:1=oci:${folder}`);
  };
  const entry = (of: LayoutImage) => JSON.stringify(of.descriptor);

  test('as it was written is locked', async () => {
    expect(await lock()).toMatchObject({ status: 0 });
  });

  test.each([
    ['index.json', 'a second list', `{${version},"manifests":[${entry(made)}],"Manifests":[]}`, 'index.json has the keys "manifests" and "Manifests"'],
    ['index.json', 'a system in another case', `{${version},"manifests":[${entry(made).replace('"os":', '"OS":')}]}`, 'manifests[0].platform: has the key "OS"'],
    ['index.json', 'a byte order mark', `\ufeff{${version},"manifests":[${entry(made)}]}`, 'index.json is not JSON in UTF-8'],
    ['oci-layout', 'a version in another case', '{"ImageLayoutVersion":"1.0.0"}', 'oci-layout has the key "ImageLayoutVersion"'],
    ['oci-layout', 'a version twice', '{"imageLayoutVersion":"2.0.0","imageLayoutVersion":"1.0.0"}', 'oci-layout has the key "imageLayoutVersion" twice'],
    ['oci-layout', 'bytes behind the end', '{"imageLayoutVersion":"1.0.0"}x', 'oci-layout is not JSON in UTF-8'],
  ])('whose %s has %s is refused', async (file, _name, text, problem) => {
    const { status, err } = await lock(file, text);
    expect([status, err]).toEqual([2, expect.stringContaining(problem)]);
  });
});
