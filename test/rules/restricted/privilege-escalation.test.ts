import { privilegeEscalation } from '../../../src/rules/restricted/privilege-escalation';
import { faultsAt } from '../../support/pods';

const field = 'spec.containers.0.securityContext.allowPrivilegeEscalation';

test('passes where every container says false', () => {
  expect(faultsAt(privilegeEscalation, {})).toEqual([]);
});

test.each([
  [true, 'true'],
  [null, 'not set'],
])('refuses %p', (value, shown) => {
  expect(faultsAt(privilegeEscalation, { [field]: value })).toEqual([{
    message: `securityContext.allowPrivilegeEscalation must be false, it is ${shown}`,
    pointer: '/spec/containers/0/securityContext/allowPrivilegeEscalation',
    container: 'web',
  }]);
});

test('refuses a container without a security context', () => {
  expect(faultsAt(privilegeEscalation, { 'spec.containers.0.securityContext': undefined })).toHaveLength(1);
});

test.each([
  [7, 'linux', 0], [8, 'linux', 1], [24, 'linux', 1], [25, 'linux', 1], [37, 'linux', 1],
  [7, 'windows', 0], [8, 'windows', 1], [24, 'windows', 1], [25, 'windows', 0], [37, 'windows', 0],
])('at Kubernetes 1.%i on %s it finds %i', (minor, name, count) => {
  expect(faultsAt(privilegeEscalation, { 'spec.os': { name }, [field]: null }, minor)).toHaveLength(count);
});
