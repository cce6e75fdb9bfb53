import { sysctls } from '../../../src/rules/baseline/sysctls';
import { faultsAt } from '../../support/pods';

const field = 'spec.securityContext.sysctls';

test.each([[null], [[]]])('passes the list %j', (value) => {
  expect(faultsAt(sysctls, { [field]: value })).toEqual([]);
});

test.each([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
  ['net.ipv4.tcp_slow_start_after_idle', 37],
  ['net.ipv4.tcp_notsent_lowat', 37],
])('passes %s from Kubernetes 1.%i on', (name, since) => {
  for (let minor = 0; minor <= 37; minor++) {
    expect(faultsAt(sysctls, { [field]: [{ name, value: '1' }] }, minor)).toHaveLength(minor < since ? 1 : 0);
  }
});

test('refuses each other sysctl, where it stands', () => {
  expect(faultsAt(sysctls, { [field]: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }, { name: 'kernel.msgmax', value: '1' }] })).toEqual([{
    message: 'securityContext.sysctls of the pod must hold nothing but safe sysctls, it holds "kernel.msgmax"',
    pointer: '/spec/securityContext/sysctls/1/name',
  }]);
});

test.each(['net/ipv4/tcp_syncookies', 'NET.IPV4.TCP_SYNCOOKIES', '', '__proto__'])('refuses %p', (name) => {
  expect(faultsAt(sysctls, { [field]: [{ name, value: '1' }] })).toHaveLength(1);
});

test('refuses a sysctl without a name', () => {
  expect(faultsAt(sysctls, { [field]: [{}] })).toHaveLength(1);
});

test('says since when a sysctl is safe', () => {
  expect(faultsAt(sysctls, { [field]: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] }, 31))
    .toMatchObject([{ fix: expect.stringContaining('1.32 allows it') }]);
});
