import { capabilitiesRestricted } from '../../../src/rules/restricted/capabilities-restricted';
import { faultsAt } from '../../support/pods';

const capabilities = 'spec.containers.0.securityContext.capabilities';

test.each([
  { drop: ['ALL'] },
  { drop: ['NET_RAW', 'ALL'] },
  { drop: ['ALL'], add: [] },
  { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
])('passes %j', (value) => {
  expect(faultsAt(capabilitiesRestricted, { [capabilities]: value })).toEqual([]);
});

test.each([
  [null, 'it is not set'],
  [{}, 'it is not set'],
  [{ drop: [] }, 'it does not'],
  [{ drop: ['NET_RAW'] }, 'it does not'],
  [{ drop: ['CAP_ALL'] }, 'it does not'],
  [{ drop: ['all'] }, 'it holds "all", which admission does not accept'],
])('refuses %j, which does not drop all', (value, state) => {
  expect(faultsAt(capabilitiesRestricted, { [capabilities]: value })).toEqual([{
    message: `securityContext.capabilities.drop must hold "ALL", ${state}`,
    pointer: '/spec/containers/0/securityContext/capabilities/drop',
    container: 'web',
  }]);
});

test('refuses another capability than NET_BIND_SERVICE, also a default one', () => {
  expect(faultsAt(capabilitiesRestricted, { [capabilities]: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CHOWN'] } })).toEqual([{
    message: 'securityContext.capabilities.add must hold nothing but NET_BIND_SERVICE, it holds "CHOWN"',
    pointer: '/spec/containers/0/securityContext/capabilities/add/1',
    container: 'web',
    fix: 'remove the capability from securityContext.capabilities.add',
  }]);
});

test('says how NET_BIND_SERVICE is spelled', () => {
  expect(faultsAt(capabilitiesRestricted, { [capabilities]: { drop: ['ALL'], add: ['net_bind_service'] } }))
    .toMatchObject([{ fix: 'write it as Kubernetes does: "NET_BIND_SERVICE"' }]);
});

test.each([
  [21, 'linux', 0], [22, 'linux', 1], [24, 'linux', 1], [25, 'linux', 1], [37, 'linux', 1],
  [21, 'windows', 0], [22, 'windows', 1], [24, 'windows', 1], [25, 'windows', 0], [37, 'windows', 0],
])('at Kubernetes 1.%i on %s it finds %i', (minor, name, count) => {
  expect(faultsAt(capabilitiesRestricted, { 'spec.os': { name }, [capabilities]: null }, minor)).toHaveLength(count);
});
