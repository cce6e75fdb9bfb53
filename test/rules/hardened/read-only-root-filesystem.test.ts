import { readOnlyRootFilesystem } from '../../../src/rules/hardened/read-only-root-filesystem';
import { faultsOf, tweak, validPod } from '../../support/pods';

test('the valid pod passes', () => {
  expect(faultsOf(readOnlyRootFilesystem, validPod)).toEqual([]);
});

test.each(['containers', 'initContainers', 'ephemeralContainers'])('a container of %s that says nothing, or false, is refused', (list) => {
  for (const [value, found] of [[undefined, 'not set'], [false, 'false'], [null, 'not set']] as const) {
    expect(faultsOf(readOnlyRootFilesystem, tweak({ [`spec.${list}.0.securityContext.readOnlyRootFilesystem`]: value }))).toEqual([{
      message: `securityContext.readOnlyRootFilesystem must be true, it is ${found}`,
      pointer: `/spec/${list}/0/securityContext/readOnlyRootFilesystem`,
      container: expect.any(String) as string,
    }]);
  }
});

test('a container without a securityContext is refused, and the pod cannot say it for all', () => {
  const manifest = tweak({ 'spec.containers.0.securityContext': undefined, 'spec.securityContext.readOnlyRootFilesystem': true });
  expect(faultsOf(readOnlyRootFilesystem, manifest)).toHaveLength(1);
});

test('a Windows pod is exempt, because the API server refuses the field there; a Linux pod is not', () => {
  const changes = { 'spec.containers.0.securityContext': undefined };
  expect(faultsOf(readOnlyRootFilesystem, tweak({ ...changes, 'spec.os.name': 'windows' }))).toEqual([]);
  expect(faultsOf(readOnlyRootFilesystem, tweak({ ...changes, 'spec.os.name': 'linux' }))).toHaveLength(1);
});

test('before 1.25 a pod that says it is for Windows may run on Linux all the same', () => {
  const manifest = tweak({ 'spec.containers.0.securityContext': undefined, 'spec.os.name': 'windows' });
  expect(faultsOf(readOnlyRootFilesystem, manifest, { kubernetesMinor: 24 })).toHaveLength(1);
});
