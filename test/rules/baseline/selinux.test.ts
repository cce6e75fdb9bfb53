import { selinux } from '../../../src/rules/baseline/selinux';
import { faultsAt } from '../../support/pods';

const pod = 'spec.securityContext.seLinuxOptions';
const container = 'spec.containers.0.securityContext.seLinuxOptions';

test.each([
  { [pod]: null },
  { [pod]: { level: 's0:c123,c456' } },
  { [pod]: { type: '', user: '', role: '' } },
  { [pod]: { type: 'container_t' } },
  { [container]: { type: 'container_init_t' } },
  { [container]: { type: 'container_kvm_t' } },
])('passes %j', (changes) => {
  expect(faultsAt(selinux, changes, 0)).toEqual([]);
});

test('refuses another type of the pod', () => {
  expect(faultsAt(selinux, { [pod]: { type: 'spc_t' } })).toEqual([{
    message: 'securityContext.seLinuxOptions.type of the pod must be a container type, it is "spc_t"',
    pointer: '/spec/securityContext/seLinuxOptions/type',
    fix: 'use container_t, container_init_t or container_kvm_t, or remove type',
  }]);
});

test('refuses user and role of a container, each where it stands', () => {
  expect(faultsAt(selinux, { [container]: { user: 'system_u', role: 'sysadm_r' } })).toEqual([
    {
      message: 'securityContext.seLinuxOptions.user must be unset, it is "system_u"',
      pointer: '/spec/containers/0/securityContext/seLinuxOptions/user',
      container: 'web',
      fix: 'remove user from seLinuxOptions',
    },
    {
      message: 'securityContext.seLinuxOptions.role must be unset, it is "sysadm_r"',
      pointer: '/spec/containers/0/securityContext/seLinuxOptions/role',
      container: 'web',
      fix: 'remove role from seLinuxOptions',
    },
  ]);
});

test.each([[0, 1], [30, 1], [31, 0], [37, 0]])('at Kubernetes 1.%i it finds %i in container_engine_t', (minor, count) => {
  expect(faultsAt(selinux, { [pod]: { type: 'container_engine_t' } }, minor)).toHaveLength(count);
});

test('says since when a type is allowed', () => {
  expect(faultsAt(selinux, { [pod]: { type: 'container_engine_t' } }, 30)).toMatchObject([{ fix: expect.stringContaining('1.31 allows it') }]);
});
