import { hostNamespaces } from '../../../src/rules/baseline/host-namespaces';
import { faultsAt } from '../../support/pods';

test('passes a pod that says false', () => {
  expect(faultsAt(hostNamespaces, { 'spec.hostNetwork': false, 'spec.hostPID': false, 'spec.hostIPC': false })).toEqual([]);
});

test.each(['hostNetwork', 'hostPID', 'hostIPC'])('refuses %s: true', (field) => {
  expect(faultsAt(hostNamespaces, { [`spec.${field}`]: true })).toEqual([
    { message: `${field} must be false or unset, it is true`, pointer: `/spec/${field}`, fix: `remove ${field}` },
  ]);
});

test('tells of each namespace by itself', () => {
  expect(faultsAt(hostNamespaces, { 'spec.hostNetwork': true, 'spec.hostIPC': true })).toHaveLength(2);
});

test('leaves hostUsers alone, because the standard does not demand a user namespace', () => {
  expect(faultsAt(hostNamespaces, { 'spec.hostUsers': true })).toEqual([]);
});
