import { volumeTypes } from '../../../src/rules/restricted/volume-types';
import { faultsOf, tweak } from '../../support/pods';

const found = (volume: Record<string, object | string | null>, hostPaths: { path: string; readOnly: boolean }[] = []) =>
  faultsOf(volumeTypes, tweak({ 'spec.volumes': [{ name: 'v', ...volume } as never] }), { hostPaths });

test.each(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'])(
  'passes %s', (source) => {
    expect(found({ [source]: {} })).toEqual([]);
  });

test('passes a volume with a name only, which the API server makes an emptyDir', () => {
  expect(found({})).toEqual([]);
  expect(found({ nfs: null })).toEqual([]);
});

test.each([
  'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd', 'flexVolume', 'cinder', 'cephfs',
  'flocker', 'fc', 'azureFile', 'azureDisk', 'vsphereVolume', 'quobyte', 'portworxVolume', 'photonPersistentDisk', 'scaleIO', 'storageos',
])('refuses %s', (source) => {
  expect(found({ [source]: {} })).toEqual([
    { message: `volume "v" must be of a type that restricted pods may use, it is "${source}"`, pointer: `/spec/volumes/0/${source}` },
  ]);
});

test('refuses hostPath, which host-path judges more exactly', () => {
  expect(found({ hostPath: {} })).toMatchObject([{ pointer: '/spec/volumes/0/hostPath', moreExactRule: 'host-path' }]);
});

test('passes a hostPath that the policy allows', () => {
  expect(found({ hostPath: { path: '/data' } }, [{ path: '/data', readOnly: false }])).toEqual([]);
});

test('refuses a hostPath that the policy does not allow', () => {
  expect(found({ hostPath: { path: '/srv' } }, [{ path: '/data', readOnly: false }])).toHaveLength(1);
});

test('refuses an allowed hostPath beside another source', () => {
  expect(found({ hostPath: { path: '/data' }, nfs: {} }, [{ path: '/data', readOnly: false }])).toHaveLength(1);
});
