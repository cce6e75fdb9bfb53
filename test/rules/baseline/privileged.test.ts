import { privileged } from '../../../src/rules/baseline/privileged';
import { faultsAt } from '../../support/pods';

test('passes a container that says false', () => {
  expect(faultsAt(privileged, { 'spec.containers.0.securityContext.privileged': false })).toEqual([]);
});

test.each([
  ['initContainers', 'migrate'],
  ['containers', 'web'],
  ['ephemeralContainers', 'debug'],
])('refuses a privileged container in %s', (list, container) => {
  expect(faultsAt(privileged, { [`spec.${list}.0.securityContext.privileged`]: true })).toEqual([{
    message: 'securityContext.privileged must be false or unset, it is true',
    pointer: `/spec/${list}/0/securityContext/privileged`,
    container,
  }]);
});

test('has no mercy for a user namespace', () => {
  expect(faultsAt(privileged, { 'spec.hostUsers': false, 'spec.containers.0.securityContext.privileged': true })).toHaveLength(1);
});
