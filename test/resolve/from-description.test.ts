import { Lock } from '../../src/lock/file';
import { formatLock } from '../../src/lock/format';
import { emptyLock } from '../../src/lock/lock';
import type { ImageDescription, PlatformImage } from '../../src/oci/description';
import { lockedImage } from '../../src/resolve/from-description';
import { digestOf } from '../lock/support';

function described(others: Partial<PlatformImage> = {}): ImageDescription {
  const platform: PlatformImage = {
    platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
    manifest: digestOf('manifest'),
    config: digestOf('config'),
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    user: '',
    volumes: [],
    ports: [],
    entrypoint: false,
    command: true,
    compressedSize: 10,
    layers: [],
    diffIds: [digestOf('layer')],
    ...others,
  };
  return { digest: digestOf('index'), mediaType: 'application/vnd.oci.image.index.v1+json', platforms: [platform] };
}

const onArm = (others?: Partial<PlatformImage>, uids?: ReadonlyMap<string, number>) => lockedImage('nginx:1.27', described(others), uids).platforms['linux/arm/v7'];

test('what an image does not have is left out', () => {
  expect(lockedImage('nginx:1.27', described())).toEqual({
    reference: 'docker.io/library/nginx:1.27',
    digest: digestOf('index'),
    mediaType: 'application/vnd.oci.image.index.v1+json',
    platforms: { 'linux/arm/v7': { manifest: digestOf('manifest'), config: digestOf('config'), size: 10, layers: 1, diffIds: [digestOf('layer')] } },
  });
});

test('what it has is kept, and makes a lock that can be read', () => {
  const all = { user: 'app', volumes: ['', '/data'], ports: ['', '80/tcp'], entrypoint: true, base: { name: 'scratch' } };
  const image = lockedImage('nginx:1.27', described(all), new Map([[digestOf('manifest'), 1000]]));
  const lock = { images: new Map([...emptyLock.images, ['nginx:1.27', image]]) };

  expect(image.platforms['linux/arm/v7']).toMatchObject({ user: 'app', uid: 1000, volumes: ['/data'], ports: ['80/tcp'], entrypoint: true, base: { name: 'scratch' } });
  expect(Lock.parse(formatLock(lock))).toEqual(lock);
});

test.each([
  ['65532', 65532], ['65532:65532', 65532], ['0', 0], ['00:0', 0], ['+5', 5], [':1000', 0], ['2147483647', 2147483647],
  ['2147483648', undefined], ['-1', undefined], ['app', undefined], ['1_000', undefined], ['0x3e8', undefined], ['1000 ', undefined], ['9'.repeat(200), undefined],
])('the user %j has the id %p', (user, uid) => {
  expect(onArm({ user }).uid).toBe(uid);
});

test('what the number says is not looked up', () => {
  expect(onArm({ user: '5' }, new Map([[digestOf('manifest'), 1000]])).uid).toBe(5);
  expect(onArm({ user: '-1' }, new Map([[digestOf('manifest'), 1000]]))).not.toHaveProperty('uid');
});

test('a base without a word is left out', () => {
  expect(onArm({ base: {} })).not.toHaveProperty('base');
});

test.each(['', 'a b', `nginx@${digestOf('x')}`])('%j cannot be locked', (name) => {
  expect(() => lockedImage(name, described())).toThrow('cannot be locked: it must be an image reference without a digest');
});
