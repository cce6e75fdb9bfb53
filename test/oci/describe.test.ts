import { parsePlatform } from '../../src/image/platform';
import { formatLock } from '../../src/lock/format';
import { parseLock } from '../../src/lock/parse';
import { describeImage, DescribeOptions } from '../../src/oci/describe';
import type { ImageSource } from '../../src/oci/source';
import { clientFor, failureOf } from '../registry/client';
import {
  BuiltImage, descriptorOf, dockerTypes, image, index, ociTypes, startRegistry, stored, storedJson, TestRegistry,
} from '../support/registry';

let registry: TestRegistry;
beforeAll(async () => registry = await startRegistry());
afterAll(async () => registry.close());

const describeBuilt = async (built: BuiltImage, options?: DescribeOptions) => {
  registry.push('acme/shop', built, '1');
  return describeImage(clientFor(registry).repository('acme/shop'), '1', options);
};
const platformOf = (text: string) => {
  const platform = parsePlatform(text);
  if (platform === undefined) throw new Error(text);
  return platform;
};
const factsOf = async (built: BuiltImage) => (await describeBuilt(built)).image.platforms['linux/amd64'];
const entry = (text: string, more: object = {}) => ({ platform: platformOf(text), ...more });

test.each([false, true])('an image of one platform is described from its config (Docker: %s)', async docker => {
  const built = image({
    user: '65532:65532', volumes: ['/data', '/cache'], ports: ['8080/tcp'], entrypoint: ['/app'], layers: [Buffer.from('a'), Buffer.from('b')], docker,
  });
  const [config, ...layers] = built.blobs;
  expect(await describeBuilt(built)).toEqual({
    image: {
      reference: `${registry.host}/acme/shop:1`,
      digest: built.manifest.digest,
      mediaType: docker ? dockerTypes.manifest : ociTypes.manifest,
      platforms: {
        'linux/amd64': {
          manifest: built.manifest.digest,
          config: config.digest,
          user: '65532:65532',
          uid: 65532,
          volumes: ['/cache', '/data'],
          ports: ['8080/tcp'],
          entrypoint: true,
          size: layers[0].bytes.length + layers[1].bytes.length,
          layers: 2,
          diffIds: ['a', 'b'].map(text => stored(Buffer.from(text), '').digest),
        },
      },
    },
    layers: new Map([['linux/amd64', layers.map(layer => ({ ...descriptorOf(layer), annotations: new Map() }))]]),
  });
});

test.each([false, true])('an index is described by platform, and its own digest is the one to pin (Docker: %s)', async docker => {
  const amd64 = image({ user: '1000', docker });
  const arm64 = image({ architecture: 'arm64', variant: 'v8', docker });
  const built = index([[amd64, entry('linux/amd64')], [arm64, { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }]], docker);
  const { image: described } = await describeBuilt(built);
  expect(described.digest).toBe(built.manifest.digest);
  expect(Object.entries(described.platforms).map(([name, { manifest, user }]) => [name, manifest, user])).toEqual([
    ['linux/amd64', amd64.manifest.digest, '1000'],
    ['linux/arm64', arm64.manifest.digest, undefined],
  ]);
});

const platformsOf = async (built: BuiltImage, options?: DescribeOptions) => {
  const { image: { platforms } } = await describeBuilt(built, options);
  return Object.keys(platforms);
};

test('what no runtime would run is passed over', async () => {
  const attestation = image({ os: 'unknown', architecture: 'unknown' });
  const artifact: BuiltImage = {
    ...image(),
    manifest: storedJson({
      schemaVersion: 2, config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: attestation.blobs[0].digest, size: 2 }, layers: [],
    }, ociTypes.manifest),
  };
  expect(await platformsOf(index([
    [image(), entry('linux/amd64')],
    [attestation, { platform: { os: 'unknown', architecture: 'unknown' } }],
    [image({ os: 'plan9' }), entry('plan9/amd64', { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } })],
    [image({ os: 'aix' }), entry('aix/ppc64', { artifactType: 'application/spdx+json' })],
    [image({ os: 'hurd' }), entry('hurd/386', { mediaType: 'application/vnd.example.unknown' })],
    [artifact, {}],
  ]))).toEqual(['linux/amd64']);
});

test('an entry without a platform is asked for its config', async () => {
  expect(await platformsOf(index([[image({ architecture: 's390x' }), {}], [image(), { platform: null }]]))).toEqual(['linux/s390x', 'linux/amd64']);
});

test('an index in an index is read in its place', async () => {
  const inner = index([[image({ architecture: 'arm64' }), entry('linux/arm64')]]);
  expect(await platformsOf(index([[image(), entry('linux/amd64')], [inner, {}], [image({ os: 'windows' }), entry('windows/amd64:10.0.1')]])))
    .toEqual(['linux/amd64', 'linux/arm64', 'windows/amd64']);
});

test('an image whose config names no platform has that of its entry in the index', async () => {
  const bare = withConfig({ config: { User: '7' }, rootfs: { diff_ids: [`sha256:${'d'.repeat(64)}`] } });
  const { image: facts } = await describeBuilt(index([[bare, entry('linux/arm/v7')]]));
  expect(facts.platforms).toMatchObject({ 'linux/arm/v7': { user: '7' } });
  expect(await failureOf(describeBuilt(index([[bare, {}]])))).toContain('the config must have the fields "os" and "architecture"');
});

test('a config that is not there is not mistaken for a platform that is not there', async () => {
  const whole = image({ user: '4711' });
  const failure = await failureOf(describeBuilt(index([[{ ...whole, blobs: [] }, entry('linux/amd64')]])));
  expect(failure).toMatch(/^not-found: .*MANIFEST_UNKNOWN/);
  expect(failure).not.toContain('--platform');
});

test('of two images for a platform the first one is run', async () => {
  const first = image({ user: '1' });
  const { image: { platforms } } = await describeBuilt(index([[first, entry('linux/arm64')], [image({ user: '2' }), entry('linux/arm64/v8')]]));
  expect(Object.values(platforms).map(({ user }) => user)).toEqual(['1']);
});

test('only the platforms that are asked for are read, and each must be there', async () => {
  const built = index([[image(), entry('linux/amd64')], [image({ architecture: 'arm', variant: 'v7' }), entry('linux/arm/v7')]]);
  registry.clearLog();
  expect(await platformsOf(built, { platforms: [platformOf('linux/arm')] })).toEqual(['linux/arm/v7']);
  expect(registry.log).toHaveLength(3);
  const failure = await failureOf(describeBuilt(built, { platforms: [platformOf('linux/s390x')] }));
  expect(failure).toMatch(/^not-found: .*:1: it has no image for linux\/s390x, it has linux\/amd64, linux\/arm\/v7; choose among these with --platform, or take every one with --platform all$/);
  expect(await failureOf(describeBuilt(image(), { platforms: [platformOf('linux/arm64')] }))).toContain('it has linux/amd64');
});

test('the base image is what the annotations of the manifest, or of its entry, say', async () => {
  const base = { 'org.opencontainers.image.base.name': 'docker.io/library/debian:12', 'org.opencontainers.image.base.digest': `sha256:${'b'.repeat(64)}` };
  const expected = { name: 'docker.io/library/debian:12', digest: `sha256:${'b'.repeat(64)}` };
  expect((await factsOf(image({ annotations: base }))).base).toEqual(expected);
  expect((await factsOf(index([[image(), entry('linux/amd64', { annotations: base })]]))).base).toEqual(expected);
  const rubbish = { 'org.opencontainers.image.base.name': 'a\u001bb', 'org.opencontainers.image.base.digest': 'sha256:x' };
  expect(await factsOf(image({ annotations: rubbish }))).not.toHaveProperty('base');
});

test('what an image does not have is left out', async () => {
  const built = image({ user: '', volumes: [''], ports: [''] });
  const [config, layer] = built.blobs;
  expect(await factsOf(built)).toEqual({
    manifest: built.manifest.digest, config: config.digest, size: layer.bytes.length, layers: 1, diffIds: [expect.stringMatching(/^sha256:/)],
  });
});

test('what it has makes a lock that can be read', async () => {
  const annotations = { 'org.opencontainers.image.base.name': 'scratch' };
  const built = image({ user: 'app', volumes: ['', '/data'], ports: ['', '80/tcp'], entrypoint: ['/app'], annotations });
  registry.push('acme/shop', built, '1');
  const { image: described } = await describeImage(clientFor(registry).repository('acme/shop'), '1', { reference: 'docker.io/library/nginx:1.27' });
  const lock = { images: new Map([['nginx:1.27', described]]) };
  expect(described.platforms['linux/amd64']).toMatchObject({ user: 'app', volumes: ['/data'], ports: ['80/tcp'], entrypoint: true, base: { name: 'scratch' } });
  expect(parseLock(formatLock(lock))).toEqual(lock);
});

test.each([
  ['65532', 65532], ['65532:65532', 65532], ['0', 0], ['00:0', 0], ['+5', 5], [':1000', 0], ['2147483647', 2147483647],
  ['2147483648', undefined], ['-1', undefined], ['app', undefined], ['1_000', undefined], ['0x3e8', undefined], ['1000 ', undefined], ['9'.repeat(200), undefined],
])('the user %j has the id %p', async (user, uid) => {
  const facts = await factsOf(image({ user }));
  expect(facts.user).toBe(user);
  expect(facts.uid).toBe(uid);
});

test('an artifact has a digest, and no platforms', async () => {
  const config = storedJson({}, 'application/vnd.cncf.helm.config.v1+json');
  const manifest = storedJson({ schemaVersion: 2, config: descriptorOf(config), layers: [] }, ociTypes.manifest);
  expect(await describeBuilt({ manifest, blobs: [config], children: [] })).toEqual({
    image: { reference: `${registry.host}/acme/shop:1`, digest: manifest.digest, mediaType: ociTypes.manifest, platforms: {} }, layers: new Map(),
  });
});

test.each([
  ['an empty index', index([]), 'unsupported', 'the index holds no container image'],
  ['an index without images', index([[image(), entry('unknown/unknown')]]), 'unsupported', 'the index holds no container image'],
  ['an index of too many images', index(Array.from({ length: 257 }, () => [image(), entry('linux/amd64')])), 'too-large', 'more than 256 images'],
  ['a config without a platform', withConfig({}), 'malformed', 'the config must have the fields "os" and "architecture"'],
  ['a config for other layers', withConfig({ os: 'linux', architecture: 'amd64' }), 'malformed', 'a diff id for each of 1 layers, it has 0'],
  ['a config that is none', withConfig([]), 'malformed', 'the config must be a JSON object'],
])('%s is refused', async (_name, built, code, text) => {
  const failure = await failureOf(describeBuilt(built));
  expect(failure).toMatch(new RegExp(`^${code}: `));
  expect(failure).toContain(text);
});

function withConfig(value: unknown): BuiltImage {
  const config = storedJson(value, ociTypes.config);
  const layer = stored(Buffer.from('x'), ociTypes.layer);
  return {
    manifest: storedJson({ schemaVersion: 2, config: descriptorOf(config), layers: [descriptorOf(layer)] }, ociTypes.manifest),
    blobs: [config, layer],
    children: [],
  };
}

describe('an index that could only be made by a source that verifies nothing', () => {
  const source = (bytesOf: (target: string) => unknown): ImageSource => ({
    name: 'fake',
    fetchManifest: async target => {
      return { bytes: Buffer.from(JSON.stringify(bytesOf(target))), digest: target.includes(':') ? target : `sha256:${'0'.repeat(64)}` };
    },
    headManifest: async () => '',
    fetchBlob: async () => Buffer.alloc(0),
    streamBlob: async () => Promise.reject(new Error()),
  });
  const pointingAt = (hex: string) => ({ schemaVersion: 2, manifests: [{ mediaType: ociTypes.index, digest: `sha256:${hex.padStart(64, '0')}`, size: 1 }] });

  test('and points at itself', async () => {
    expect(await failureOf(describeImage(source(() => pointingAt('0')), '1'))).toMatch(/^malformed: .* contains itself$/);
  });

  test('and points at another that points back', async () => {
    expect(await failureOf(describeImage(source(target => pointingAt(target.endsWith('1') && target !== '1' ? '0' : '1')), '1')))
      .toMatch(/^malformed: .* contains itself$/);
  });

  test('and has no bottom', async () => {
    let depth = 0;
    expect(await failureOf(describeImage(source(() => pointingAt(String(++depth))), '1'))).toMatch(/^too-large: .* nested more than 4 levels deep$/);
  });
});
