import { clientFor, failureOf, quickClient } from './client';
import type { Credentials } from '../../src/registry/auth/credentials';
import { describeUnlessMissing, missingOf } from '../support/programs';
import { faults, image, startRegistry } from '../support/registry';
import { Certificate, selfMade } from '../support/registry/certificate';
import { Distribution, startDistribution } from '../support/registry/distribution';

const shop = image({ user: '1000' });
const certificate = selfMade('DNS:localhost', 'IP:127.0.0.1');
const tls = certificate as Certificate;
const user: Credentials = { kind: 'basic', user: 'ada', password: 'pass:word', origin: 'test' };
const credentials = async () => user;

describeUnlessMissing(missingOf('docker-registry', 'htpasswd', 'openssl'))('a docker-registry on this machine', () => {
  let registry: Distribution;
  let secure: string;
  beforeAll(async () => {
    registry = await startDistribution({ user: 'ada', password: 'pass:word' });
    await registry.push('acme/shop', shop, '1');
    secure = await registry.overTls(tls);
  });
  afterAll(async () => registry.close());
  const fetched = async (host: string, options: Parameters<typeof quickClient>[0]) => {
    return quickClient({ credentials, ...options }).source({ registry: host, repository: 'acme/shop' }).fetchManifest('1');
  };

  test('by plain HTTP is asked so, with credentials once that is settled', async () => {
    expect((await fetched(registry.host, {})).digest).toBe(shop.manifest.digest);
  });

  test.each([
    ['whose authority is trusted', { ca: [tls.cert] }],
    ['whose certificate is self-made, where its host may have any', { insecure: ['127.0.0.1'] }],
  ])('by HTTPS %s is asked so', async (_name, options) => {
    expect((await fetched(secure, options)).digest).toBe(shop.manifest.digest);
  });

  test('by HTTPS whose certificate nobody vouches for is refused, with what can be done', async () => {
    expect(await failureOf(fetched(secure, {}))).toMatch(
      /^tls: .* the certificate of (127\.0\.0\.1:\d+) is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\); trust its authority with --ca FILE, .* --insecure \1$/);
  });

  test('by HTTPS that somebody names with http:// is told', async () => {
    const other = await startRegistry();
    other.push('acme/shop', shop, '1');
    other.fault({ on: /blobs/, answer: faults.redirect(`http://${secure}/v2/`) });
    const work = clientFor(other).repository('acme/shop').fetchBlob({ digest: shop.blobs[0].digest }, 1000);
    expect(await failureOf(work)).toMatch(new RegExp(`^tls: .* ${secure} speaks TLS, and was asked by plain HTTP`));
    await other.close();
  });
});
