import { hostPathVolumes } from '../../../src/rules/baseline/host-path-volumes';
import { faultsOf, tweak } from '../../support/pods';

const writable = [{ path: '/data', readOnly: false }];
const readOnly = [{ path: '/data', readOnly: true }];

const mounting = (path: string, mount: { readonly readOnly?: boolean } = {}) => tweak({
  'spec.volumes': [{ name: 'node', hostPath: { path } }],
  'spec.containers.0.volumeMounts': [{ name: 'node', mountPath: '/mnt', ...mount }],
});

test.each([
  [{ name: 'tmp', emptyDir: {} }],
  [{ name: 'tmp' }],
  [{ name: 'tmp', hostPath: null }],
])('passes the volume %j', (volume) => {
  expect(faultsOf(hostPathVolumes, tweak({ 'spec.volumes': [volume] }))).toEqual([]);
});

test('refuses every hostPath where the policy allows none', () => {
  expect(faultsOf(hostPathVolumes, mounting('/data'))).toEqual([
    { message: 'volume "node" must not be a hostPath, its path is "/data"', pointer: '/spec/volumes/0/hostPath', moreExactRule: 'host-path' },
  ]);
});

test('refuses a hostPath without a path', () => {
  expect(faultsOf(hostPathVolumes, tweak({ 'spec.volumes': [{ name: 'node', hostPath: {} }] }), { hostPaths: writable }))
    .toMatchObject([{ message: 'volume "node" must not be a hostPath, its path is not set' }]);
});

test('refuses a hostPath beside another source, which the API server refuses as well', () => {
  expect(faultsOf(hostPathVolumes, tweak({ 'spec.volumes': [{ name: 'node', emptyDir: {}, hostPath: { path: '/data' } }] }))).toHaveLength(1);
});

test.each(['/data', '/data/', '//data/./cache'])('passes %s where the policy allows /data to be written to', (path) => {
  expect(faultsOf(hostPathVolumes, mounting(path), { hostPaths: writable })).toEqual([]);
});

test.each(['/database', '/data/../etc', '/', 'data', '/DATA'])('refuses %s where the policy allows /data', (path) => {
  expect(faultsOf(hostPathVolumes, mounting(path), { hostPaths: writable })).toHaveLength(1);
});

test('refuses a sensitive path even where the policy lists it', () => {
  expect(faultsOf(hostPathVolumes, mounting('/etc', { readOnly: true }), { hostPaths: [{ path: '/etc', readOnly: true }] })).toHaveLength(1);
});

test('passes a read-only mount of a path that is allowed for reading', () => {
  expect(faultsOf(hostPathVolumes, mounting('/data', { readOnly: true }), { hostPaths: readOnly })).toEqual([]);
});

test.each([[{}], [{ readOnly: false }]])('refuses the mount %j of a path that is allowed for reading, at the mount', (mount) => {
  expect(faultsOf(hostPathVolumes, mounting('/data', mount), { hostPaths: readOnly })).toEqual([{
    message: 'the mount of volume "node" must be read-only, because the policy allows "/data" of the node for reading only',
    pointer: '/spec/containers/0/volumeMounts/0',
    container: 'web',
    fix: 'set readOnly: true on the mount',
    moreExactRule: 'host-path',
  }]);
});
