import { readManifests } from '../../../src/manifest/read';
import { hostPath } from '../../../src/rules/hardened/host-path';
import { Fault, RuleContext } from '../../../src/rules/rule';
import { Json } from '../../../src/shape/json';
import { faultsOf, plainContext, tweak } from '../../support/pods';

const hostPaths = [{ path: '/data', readOnly: true }, { path: '/data/scratch', readOnly: false }, { path: 'C:\\Data', readOnly: false }];

function faults(path: Json | undefined, mounts: readonly Json[] = [], context: Partial<RuleContext> = { hostPaths }): Fault[] {
  return faultsOf(hostPath, tweak({ 'spec.volumes.1': { name: 'host', hostPath: { path } }, 'spec.containers.0.volumeMounts': mounts }), context);
}

const writable = { name: 'host', mountPath: '/host' };
const readOnly = { ...writable, readOnly: true };

describe('a volume', () => {
  test.each(['/data', '/data/', '//data/./shop', '/data/shop/a'])('with the allowed path %j passes where it is mounted read-only', (path) => {
    expect(faults(path, [readOnly])).toEqual([]);
  });

  test.each(['/data/scratch', '/data/scratch/a', 'c:/data/a'])('with the path %j, which may be written to, passes', (path) => {
    expect(faults(path, [writable])).toEqual([]);
  });

  test.each(['/data', '/data/scratchpad'])('with the path %j, allowed for reading, is refused for each mount that can write', (path) => {
    const mounts = [readOnly, { name: 'tmp', mountPath: '/tmp' }, writable, { ...writable, readOnly: false }];
    expect(faults(path, mounts)).toEqual([2, 3].map((index) => ({
      message: `readOnly of the mount of volume "host" must be true, because the policy allows "${path}" for reading only`,
      pointer: `/spec/containers/0/volumeMounts/${index}`,
      container: 'web',
      fix: 'set readOnly: true on the mount',
    })));
  });

  test('that nobody mounts cannot be written to', () => {
    expect(faults('/data')).toEqual([]);
  });

  test.each(['initContainers', 'ephemeralContainers'])('is refused for a mount that can write in %s', (list) => {
    const changes = { 'spec.volumes.1': { name: 'host', hostPath: { path: '/data' } }, [`spec.${list}.0.volumeMounts`]: [writable] };
    expect(faultsOf(hostPath, tweak(changes), { hostPaths })).toMatchObject([{ pointer: `/spec/${list}/0/volumeMounts/0` }]);
  });

  test.each([
    ['/database', 'must be a path that the policy allows'],
    ['/media', 'must be a path that the policy allows'],
    ['/mnt', 'must not be a path that gives control of the node'],
    ['/etc/', 'must not be a path that gives control of the node'],
    ['/var', 'must not be a path that gives control of the node'],
    ['/data/docker.sock', 'must not be a path that gives control of the node'],
    ['/data/../data', 'must be an absolute path without ".."'],
    ['data', 'must be an absolute path without ".."'],
  ])('with the path %j %s', (path, problem) => {
    expect(faults(path, [readOnly])).toMatchObject([{
      message: `hostPath.path of volume "host" ${problem}, it is "${path}"`,
      pointer: '/spec/volumes/1/hostPath/path',
    }]);
  });

  test('without a path is refused', () => {
    expect(faults(undefined)).toMatchObject([{ message: expect.stringContaining('it is not set') as string }]);
  });

  test('is refused where the policy allows no path', () => {
    expect(faults('/data', [readOnly], {})).toHaveLength(1);
  });

  test('with a sensitive path is refused also where the policy names it', () => {
    const context = { hostPaths: [{ path: '/', readOnly: false }, { path: '/etc', readOnly: false }] };
    expect(faults('/etc', [readOnly], context)).toHaveLength(1);
    expect(faults('/srv', [readOnly], context)).toEqual([]);
  });

  test('falls under the strict one of two entries for one place, and under none that cannot be read', () => {
    const strict = { path: '/data', readOnly: true };
    const lenient = { path: '/data/', readOnly: false };
    const unreadable = { path: '../data', readOnly: false };
    expect(faults('/data', [writable], { hostPaths: [strict, lenient] })).toHaveLength(1);
    expect(faults('/data', [writable], { hostPaths: [lenient, strict] })).toHaveLength(1);
    expect(faults('/data', [writable], { hostPaths: [lenient, unreadable] })).toEqual([]);
    expect(faults('/data', [writable], { hostPaths: [unreadable] })).toHaveLength(1);
    expect(faults('/data/a', [writable], { hostPaths: [{ path: '/data/a', readOnly: false }, strict] })).toEqual([]);
  });

  test('that is no host path is left alone', () => {
    expect(faultsOf(hostPath, tweak({ 'spec.volumes.1': { name: 'config', configMap: { name: 'shop' } } }))).toEqual([]);
  });
});

describe('a PersistentVolume', () => {
  function volumeFaults(source: 'hostPath' | 'local', path: string): Fault[] {
    const document = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk' }, spec: { [source]: { path } } };
    return readManifests(document).flatMap(({ persistentVolumes }) => persistentVolumes)
      .flatMap((volume) => [...hostPath.checkPersistentVolume!(volume, { ...plainContext, hostPaths })]);
  }

  describe.each(['hostPath', 'local'] as const)('with %s', (source) => {
    test('of a path that may be written to passes', () => {
      expect(volumeFaults(source, '/data/scratch/disk')).toEqual([]);
    });

    test('of a path allowed for reading is refused, because a claim can write', () => {
      expect(volumeFaults(source, '/data/shop')).toEqual([{
        message: `${source}.path must be a path that the policy allows to be written to, "/data/shop" is allowed for reading only`,
        pointer: `/spec/${source}/path`,
        detail: '/data/shop',
        fix: 'allow writing in the policy: hostPaths: { "/data": { readOnly: false } }',
      }]);
    });

    test.each(['/mnt/disks/ssd1', '/etc', '/data/../etc'])('of the path %j is refused', (path) => {
      expect(volumeFaults(source, path)).toMatchObject([{ pointer: `/spec/${source}/path` }]);
    });
  });
});
