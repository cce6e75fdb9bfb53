import { capabilitiesBaseline } from '../../../src/rules/baseline/capabilities-baseline';
import { faultsAt } from '../../support/pods';

const add = 'spec.containers.0.securityContext.capabilities.add';

test.each([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID',
  'SYS_CHROOT',
])('passes the default capability %s', (capability) => {
  expect(faultsAt(capabilitiesBaseline, { [add]: [capability] })).toEqual([]);
});

test.each([[undefined], [null], [[]]])('passes where nothing is added (%j)', (value) => {
  expect(faultsAt(capabilitiesBaseline, { [add]: value })).toEqual([]);
});

test('refuses each capability beyond them, where it stands', () => {
  expect(faultsAt(capabilitiesBaseline, { [add]: ['SYS_ADMIN', 'CHOWN', 'NET_RAW'] })).toEqual([
    {
      message: 'securityContext.capabilities.add must hold nothing but the default capabilities, it holds "SYS_ADMIN"',
      pointer: '/spec/containers/0/securityContext/capabilities/add/0',
      container: 'web',
    },
    {
      message: 'securityContext.capabilities.add must hold nothing but the default capabilities, it holds "NET_RAW"',
      pointer: '/spec/containers/0/securityContext/capabilities/add/2',
      container: 'web',
    },
  ]);
});

test.each(['chown', 'CAP_CHOWN', 'cap_chown'])('refuses %s, and says how it is spelled', (capability) => {
  expect(faultsAt(capabilitiesBaseline, { [add]: [capability] })).toMatchObject([{ fix: 'write it as Kubernetes does: "CHOWN"' }]);
});

test.each(['ALL', '', '__proto__', 'A'.repeat(1000)])('refuses %p', (capability) => {
  expect(faultsAt(capabilitiesBaseline, { [add]: [capability] })).toHaveLength(1);
});

test('refuses on Windows too: the relaxation is that of the restricted level', () => {
  expect(faultsAt(capabilitiesBaseline, { 'spec.os': { name: 'windows' }, [add]: ['SYS_ADMIN'] })).toHaveLength(1);
});
