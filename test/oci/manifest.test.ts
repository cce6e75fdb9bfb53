import { formatPlatform, parsePlatform } from '../../src/image/platform';
import { parseConfig } from '../../src/oci/config';
import { parseManifest } from '../../src/oci/manifest';
import { failureOf } from '../registry/client';
import { dockerTypes, ociTypes } from '../support/registry';

const digest = `sha256:${'a'.repeat(64)}`;
const config = { mediaType: ociTypes.config, digest, size: 1 };
const layer = { mediaType: ociTypes.layer, digest, size: 2 };
const manifest = { schemaVersion: 2, config, layers: [layer] };
const index = { schemaVersion: 2, manifests: [{ mediaType: ociTypes.manifest, digest, size: 3 }] };

const parse = (body: unknown, mediaType?: string) => {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return parseManifest({ bytes, ...(mediaType === undefined ? {} : { mediaType }) }, 'image');
};
const refusal = async (...parameters: Parameters<typeof parse>) => failureOf(Promise.resolve().then(() => parse(...parameters)));

describe('the kind is what is served, what the body says, and what its fields are, and these agree', () => {
  test.each([
    ['an OCI manifest', manifest, ociTypes.manifest, 'image', ociTypes.manifest],
    ['a Docker manifest', { ...manifest, mediaType: dockerTypes.manifest }, dockerTypes.manifest, 'image', dockerTypes.manifest],
    ['an OCI index', index, ociTypes.index, 'index', ociTypes.index],
    ['a Docker list', { ...index, mediaType: dockerTypes.index }, dockerTypes.index, 'index', dockerTypes.index],
    ['a manifest that nobody names', manifest, undefined, 'image', ociTypes.manifest],
    ['an index that nobody names', index, undefined, 'index', ociTypes.index],
    ['a Docker manifest served as JSON', { ...manifest, mediaType: dockerTypes.manifest }, 'application/json', 'image', dockerTypes.manifest],
    ['a manifest without layers', { ...manifest, layers: null }, ociTypes.manifest, 'image', ociTypes.manifest],
    ['an index with null annotations', { ...index, annotations: null, mediaType: null }, ociTypes.index, 'index', ociTypes.index],
  ])('%s', (_name, body, served, kind, mediaType) => {
    expect(parse(body, served)).toMatchObject({ kind, mediaType });
  });

  test.each([
    ['another type', manifest, 'text/css', 'unsupported', 'its type is "text/css"'],
    ['a manifest that is served as a page', manifest, 'text/html', 'unsupported',
      'its type is "text/html", which containerd cannot pull either: a portal or a proxy answers so, and no registry'],
    ['one that says what it is', { ...manifest, mediaType: ociTypes.manifest }, 'text/html', 'unsupported', 'which containerd cannot pull either'],
    ['a page', '<!doctype html>\n<title>Sign in</title>', 'text/html', 'unsupported', 'it is a web page: a portal or a proxy answers so'],
    ['two types', { ...manifest, mediaType: dockerTypes.manifest }, ociTypes.manifest, 'malformed', 'and calls itself'],
    ['an index that is served as a manifest', index, ociTypes.manifest, 'malformed', 'its fields are not of that type'],
    ['both at once', { ...manifest, ...index }, ociTypes.manifest, 'malformed', 'it has both'],
    ['both at once, half', { schemaVersion: 2, manifests: [], layers: [] }, undefined, 'malformed', 'it has both'],
    ['neither', { schemaVersion: 2 }, undefined, 'malformed', 'has neither'],
    ['no version', { config, layers: [] }, undefined, 'malformed', 'schemaVersion 2'],
    ['no JSON', '{"schemaVersion":2', undefined, 'malformed', 'is not JSON'],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]), undefined, 'malformed', 'is not JSON'],
    ['a list', '[]', undefined, 'malformed', 'must be a JSON object'],
    ['manifests that are no list', { schemaVersion: 2, manifests: {} }, undefined, 'malformed', 'field "manifests" must be a list'],
    ['a descriptor that is none', { schemaVersion: 2, manifests: [null] }, undefined, 'malformed', 'manifests[0] must be a descriptor'],
    ['no config', { schemaVersion: 2, layers: [] }, undefined, 'malformed', 'config must be a descriptor'],
    ['a digest that climbs', { ...manifest, config: { ...config, digest: 'sha256:../../etc' } }, undefined, 'malformed', 'config: the digest must be hex'],
    ['no digest', { ...manifest, config: { ...config, digest: null } }, undefined, 'malformed', 'config: the digest is missing'],
    ['no media type', { ...manifest, config: { ...config, mediaType: '' } }, undefined, 'malformed', 'config: the media type is missing'],
    ['a control character in a type', { ...manifest, mediaType: '\u001b[2J' }, undefined, 'malformed', '"\\u001b[2J"'],
    ['a negative size', { ...manifest, layers: [{ ...layer, size: -1 }] }, undefined, 'malformed', 'layers[0]: field "size" must be a whole number'],
    ['a size as text', { ...manifest, layers: [{ ...layer, size: '2' }] }, undefined, 'malformed', 'layers[0]: field "size" must be a whole number'],
    ['a platform that is no object', { schemaVersion: 2, manifests: [{ ...config, platform: 'linux' }] }, undefined, 'malformed', 'field "platform" must be'],
    ['a platform with a slash', { schemaVersion: 2, manifests: [{ ...config, platform: { os: 'a/b' } }] }, undefined, 'malformed', 'field "os" must be a word'],
  ])('%s is refused', async (_name, body, served, code, text) => {
    const failure = await refusal(body, served);
    expect(failure).toContain(`${code}: image: `);
    expect(failure).toContain(text);
  });

  test('deep JSON is not a crash', async () => {
    expect(await refusal('{"a":'.repeat(100_000))).toContain('malformed');
  });
});

describe('the old schema 1 is refused in its own words', () => {
  const old = { schemaVersion: 1, name: 'acme/shop', tag: '1', fsLayers: [{ blobSum: digest }], history: [{ v1Compatibility: '{}' }] };
  const words = 'unsupported: image: it is an image of Docker\'s manifest schema 1, which containerd 2 and Docker 26 no longer pull; '
    + 'build it again and push it, convert it with "skopeo copy --format oci", or ask for another tag';

  test.each([
    ['signed, by what is served', old, 'application/vnd.docker.distribution.manifest.v1+prettyjws'],
    ['unsigned, by what is served', old, 'application/vnd.docker.distribution.manifest.v1+json'],
    ['by what is served, whatever the body is', 'no JSON', 'application/vnd.docker.distribution.manifest.v1+json'],
    ['by its version, served as JSON', { ...manifest, schemaVersion: 1 }, 'application/json'],
    ['by its version, served as an OCI manifest', old, ociTypes.manifest],
    ['by its layers, whatever its version', { ...manifest, fsLayers: [] }, ociTypes.manifest],
    ['by its layers, without a version', { fsLayers: null }, undefined],
    ['by its own type', { ...manifest, mediaType: 'application/vnd.docker.distribution.manifest.v1+prettyjws' }, undefined],
  ])('%s', async (_name, body, served) => {
    expect(await refusal(body, served)).toBe(words);
  });
});

describe('a config', () => {
  const read = (body: unknown) => parseConfig(Buffer.from(JSON.stringify(body)));

  test.each([
    ['without anything', {}],
    ['of nulls', { os: null, architecture: null, config: null, rootfs: null }],
    ['of nulls within', { config: { User: null, Volumes: null, ExposedPorts: null, Entrypoint: null, Cmd: null }, rootfs: { diff_ids: null } }],
    ['of empty values', { os: '', architecture: '', config: { User: '', Volumes: {}, ExposedPorts: {}, Entrypoint: [], Cmd: '' } }],
  ])('%s is empty', (_name, body) => {
    expect(read(body)).toEqual({ user: '', volumes: [], ports: [], entrypoint: false, command: false, diffIds: [] });
  });

  test('is read in full, and hostile keys are keys', () => {
    const body = JSON.parse(`{"os":"linux","architecture":"arm64","variant":"v8","config":{"User":"app:app",
      "Volumes":{"/b":{},"__proto__":{},"/a":null},"ExposedPorts":{"80/tcp":{}},"Entrypoint":["/a"],"Cmd":"x"},"rootfs":{"diff_ids":["${digest}"]}}`);
    expect(read(body)).toEqual({
      platform: { os: 'linux', architecture: 'arm64' },
      user: 'app:app',
      volumes: ['/a', '/b', '__proto__'],
      ports: ['80/tcp'],
      entrypoint: true,
      command: true,
      diffIds: [digest],
    });
  });

  test.each([
    ['a user that is a number', { config: { User: 0 } }, '"User" must be a string'],
    ['a user that is a book', { config: { User: 'x'.repeat(300) } }, 'at most 256'],
    ['a user with a line end', { config: { User: 'root\n' } }, '"root\\u000a"'],
    ['volumes in a list', { config: { Volumes: ['/a'] } }, '"Volumes" must be an object'],
    ['volumes beyond count', { config: { Volumes: Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`/${at}`, {}])) } }, 'at most 1000'],
    ['a volume with a control character', { config: { Volumes: { '/\u0007': {} } } }, 'printable keys'],
    ['an entrypoint that is an object', { config: { Entrypoint: {} } }, '"Entrypoint" must be a list'],
    ['a diff id that is none', { rootfs: { diff_ids: ['sha256:x'] } }, '"diff_ids" must be digests'],
    ['a diff id that is a number', { rootfs: { diff_ids: [1] } }, 'each element of "diff_ids" must be a string'],
  ])('with %s is refused', (_name, body, text) => {
    expect(() => read(body)).toThrow(text);
  });
});

test.each([
  ['linux/amd64', 'linux/amd64'], ['linux/arm/v7', 'linux/arm/v7'], ['linux/arm64/v8', 'linux/arm64'],
  ['windows/amd64:10.0.20348.2762', 'windows/amd64:10.0.20348.2762'],
  ['linux', undefined], ['linux/', undefined], ['a/b/c/d', undefined], ['linux/amd64:1:2', undefined], ['linux/am d64', undefined],
])('the platform %s is %s', (text, expected) => {
  const platform = parsePlatform(text);
  expect(platform === undefined ? undefined : formatPlatform(platform)).toBe(expected);
});
