import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf, quickClient } from './client';
import { describeImage } from '../../src/oci/describe';
import type { Credentials } from '../../src/registry/auth/credentials';
import { describeUnlessMissing, missingOf } from '../support/programs';
import { image, index } from '../support/registry';
import { Distribution, startDistribution } from '../support/registry/distribution';
import { file, tar } from '../support/tar';

const linux = (architecture: string) => ({ platform: { os: 'linux', architecture } });
const login = { user: 'ada', password: 'pass:word' };

describeUnlessMissing(missingOf('docker-registry', 'skopeo', 'umoci', 'htpasswd'))('against docker-registry', () => {
  let registry: Distribution;
  let folder: string;
  beforeAll(async () => {
    registry = await startDistribution();
    folder = mkdtempSync(join(tmpdir(), 'images-'));
  });
  afterAll(async () => {
    await registry.close();
    rmSync(folder, { recursive: true });
  });

  const client = quickClient();
  const source = (repository: string) => client.source({ registry: registry.host, repository });
  const run = (program: string, ...parameters: string[]) => execFileSync(program, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const inspected = (name: string) => run('skopeo', 'inspect', '--tls-verify=false', '--format', '{{.Digest}}', `docker://${registry.host}/${name}:1`).trim();

  test.each([
    ['an OCI image', 'oci', image({ user: '1000' }), 1],
    ['a Docker image', 'docker', image({ user: '1000', docker: true }), 1],
    ['an OCI index', 'oci-index', index([[image(), linux('amd64')], [image({ architecture: 'arm64' }), linux('arm64')]]), 2],
    ['a Docker list', 'docker-list', index([[image({ docker: true }), linux('amd64')], [image({ architecture: 's390x', docker: true }), linux('s390x')]], true), 2],
    ['an index with an attestation', 'attested', index([[image(), linux('amd64')], [image({ os: 'unknown' }), { platform: { os: 'unknown', architecture: 'unknown' } }]]), 1],
  ])('%s has the digest that skopeo sees', async (_name, repository, built, platforms) => {
    await registry.push(repository, built, '1');
    const { image: described } = await describeImage(source(repository), '1');
    expect(described.digest).toBe(inspected(repository));
    expect(described.digest).toBe(built.manifest.digest);
    expect(Object.keys(described.platforms)).toHaveLength(platforms);
    expect(await source(repository).headManifest('1')).toBe(described.digest);
  });

  test('an index of which a platform was deleted names it, and what is there can be read by itself', async () => {
    const [amd64, arm64, s390x] = ['amd64', 'arm64', 's390x'].map(architecture => image({ architecture }));
    await registry.push('sparse', index([[amd64, linux('amd64')], [arm64, linux('arm64')], [s390x, linux('s390x')]]), '1');
    await registry.remove('sparse', arm64.manifest.digest);
    await registry.remove('sparse', s390x.manifest.digest);
    expect(await failureOf(describeImage(source('sparse'), '1'))).toBe(`not-found: ${registry.host}/sparse:1: `
      + 'its index is there, but these images of it are missing: linux/arm64, linux/s390x; '
      + 'copy the image with all its platforms, or record only those that are there: --platform linux/amd64');
    const { image: facts } = await describeImage(source('sparse'), '1', { platforms: [linux('amd64').platform] });
    expect(Object.values(facts.platforms).map(({ manifest }) => manifest)).toEqual([amd64.manifest.digest]);
    await registry.remove('sparse', amd64.manifest.digest);
    expect(await failureOf(describeImage(source('sparse'), '1'))).toMatch(/linux\/amd64, linux\/arm64, linux\/s390x; copy the image with all its platforms$/);
  });

  test('what umoci built and skopeo pushed, with gzip, with zstd and as a Docker image', async () => {
    const layout = join(folder, 'layout');
    const layer = join(folder, 'layer.tar');
    writeFileSync(layer, tar([file('etc/passwd', 'app:x:1234:1234::/:/bin/sh\n')]));
    run('umoci', 'init', '--layout', layout);
    run('umoci', 'new', '--image', `${layout}:1`);
    run('umoci', 'raw', 'add-layer', '--image', `${layout}:1`, layer);
    run('umoci', 'config', '--image', `${layout}:1`, '--config.user', 'app', '--config.volume', '/data', '--config.exposedports', '80/tcp',
      '--config.entrypoint', '/app');
    const copies: readonly (readonly [string, ...string[]])[] = [
      // zstd first: skopeo does not compress again what it finds in the registry.
      ['umoci-zstd', '--dest-compress-format', 'zstd'], ['umoci'], ['umoci-docker', '--format', 'v2s2'],
    ];
    for (const [repository, ...options] of copies) {
      run('skopeo', '--insecure-policy', 'copy', '--dest-tls-verify=false', ...options, `oci:${layout}:1`, `docker://${registry.host}/${repository}:1`);
      const { image: { digest, platforms }, layers } = await describeImage(source(repository), '1');
      expect(digest).toBe(inspected(repository));
      const [name] = Object.keys(platforms);
      expect(name).toMatch(/^linux\//);
      expect(platforms[name]).toMatchObject({ user: 'app', volumes: ['/data'], ports: ['80/tcp'], entrypoint: true });
      const [found] = layers.get(name)!;
      expect(found.mediaType).toMatch(repository === 'umoci-zstd' ? /zstd$/ : /gzip$/);
      const bytes = Buffer.concat(await (await source(repository).streamBlob(found, 1e6)).toArray());
      expect(bytes).toHaveLength(found.size);
    }
  });

  test('what is not there is not found', async () => {
    await registry.push('oci', image(), '1');
    expect(await failureOf(source('oci').fetchManifest('2'))).toMatch(/^not-found: .*MANIFEST_UNKNOWN/);
    expect(await failureOf(source('nothing').headManifest('1'))).toMatch(/^not-found: /);
    expect(await failureOf(source('oci').fetchBlob({ digest: `sha256:${'0'.repeat(64)}` }, 100))).toMatch(/^not-found: /);
  });

  test('a registry with a password lets in who has it', async () => {
    const closed = await startDistribution(login);
    try {
      const built = image();
      await closed.push('acme/shop', built, '1');
      const place = { registry: closed.host, repository: 'acme/shop' };
      const credentials = async (): Promise<Credentials> => ({ kind: 'basic', ...login, origin: 'test' });
      expect((await describeImage(quickClient({ credentials }).source(place), '1')).image.digest).toBe(built.manifest.digest);
      expect(await failureOf(client.source(place).fetchManifest('1'))).toMatch(/^denied: .* none are configured/);
      const wrong = async (): Promise<Credentials> => ({ kind: 'basic', user: 'ada', password: 'pass', origin: 'test' });
      expect(await failureOf(quickClient({ credentials: wrong }).source(place).fetchManifest('1'))).toMatch(/^denied: .* refuses the credentials of test/);
    } finally {
      await closed.close();
    }
  });
});
