import { readManifests } from '../../../src/manifest/read';
import { manifest } from '../../../src/rules/baseline/manifest';
import { faultsOf, plainContext, tweak, validPod } from '../../support/pods';

test('a pod whose fields can be read passes', () => {
  expect(faultsOf(manifest, validPod)).toEqual([]);
});

test.each([
  ['spec.containers.0.securityContext.capabilities.drop', 'ALL'],
  ['spec.containers.0.securityContext.privileged', 'true'],
  ['spec.volumes', 'none'],
  ['spec.hostNetwork', 1],
])('%s must not be %j', (path, value) => {
  expect(faultsOf(manifest, tweak({ [path]: value }))).toMatchObject([{ pointer: '/' + path.replaceAll('.', '/') }]);
});

test('a PersistentVolume that cannot be read is refused', () => {
  const [{ persistentVolumes: [volume] }] = readManifests({ apiVersion: 'v1', kind: 'PersistentVolume', spec: { hostPath: '/etc' } });
  expect([...manifest.checkPersistentVolume!(volume, plainContext)]).toMatchObject([{ pointer: '/spec/hostPath' }]);
});
