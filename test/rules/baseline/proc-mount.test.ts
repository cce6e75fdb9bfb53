import { procMount } from '../../../src/rules/baseline/proc-mount';
import { procMountRestricted } from '../../../src/rules/restricted/proc-mount-restricted';
import { faultsAt } from '../../support/pods';

const field = 'spec.containers.0.securityContext.procMount';

test.each(['Default', null])('passes procMount: %p', (value) => {
  expect(faultsAt(procMount, { [field]: value })).toEqual([]);
});

test.each(['Unmasked', 'default', ''])('refuses procMount: %p', (value) => {
  expect(faultsAt(procMount, { [field]: value })).toEqual([{
    message: `securityContext.procMount must be "Default" or unset, it is "${value}"`,
    pointer: '/spec/containers/0/securityContext/procMount',
    container: 'web',
  }]);
});

// A user namespace excuses the baseline rule from 1.35 on; from then on the restricted rule is there.
test.each([
  [0, true, 1, 0], [0, false, 1, 0],
  [34, true, 1, 0], [34, false, 1, 0],
  [35, true, 1, 1], [35, false, 0, 1],
  [37, true, 1, 1], [37, false, 0, 1],
])('at Kubernetes 1.%i with hostUsers: %p baseline finds %i and restricted %i', (minor, hostUsers, baseline, restricted) => {
  const changes = { 'spec.hostUsers': hostUsers, [field]: 'Unmasked' };
  expect(faultsAt(procMount, changes, minor)).toHaveLength(baseline);
  expect(faultsAt(procMountRestricted, changes, minor)).toHaveLength(restricted);
});
