import { Chart } from 'cdk8s';
import { Deployment } from '../../src';
import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';
import { sensitivePaths } from '../../src/rules/host-path-table';
import { isSensitiveHostPath } from '../../src/rules/host-paths';
import { gatedApp, good, trusting } from '../support/apps';
import { tweak } from '../support/pods';

/*
 * Paths that a policy could once allow although they hand over the node, and paths in a container that are not the author's to write to.
 */

const below = ['mnt', 'run', 'var/lib', 'srv'].map((path) => `/${path}`);

test.each([
  '/mnt', '/mnt/stateful_partition', '/mnt/stateful_partition/var/lib/kubelet', '/mnt/aks', '/run/netns/cni-1', '/var/run/netns', '/run/credentials',
  '/run/cloud-init/instance-data-sensitive.json', '/var/lib/waagent', '/var/lib/amazon/ssm', '/var/lib/cloud', '/srv/kubernetes', '/srv/kubernetes/ca.key',
  '/var/spool/cron', '/var/spool/at', '/local/var/lib/kubelet', '/system/secrets', '/oem', '/run/api.sock', '/run/nri/nri.sock', '/var/run/cdi',
  '/var/lib/cni-plugins', '/var/lib/extensions', '/run/udev/rules.d', '/run/snapd.socket', 'C:\\AzureData', 'c:/Packages/Plugins', '/mnt//aks/.',
])('no policy allows %j', (path) => {
  const document = tweak({ 'spec.volumes.1': { name: 'host', hostPath: { path } } });
  const context = compilePolicy({ ...trusting, hostPaths: { '/data': {} } });
  expect(isSensitiveHostPath(path)).toBe(true);
  expect(() => compilePolicy({ ...trusting, hostPaths: { [path]: {} } })).toThrow();
  expect(judge(document, context).flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain('host-path');
});

test.each(['/mnt/disks', '/mnt/disks/ssd1', '/mnt/k8s-disks/1', '/srv', '/srv/data', '/localdata', '/systems', '/var/lib/amazonia', '/run/netns-agent'])(
  'a policy may allow %j', (path) => {
    expect(isSensitiveHostPath(path)).toBe(false);
  });

test('each entry of the table is refused, and says what it holds and by which source', () => {
  expect(sensitivePaths.filter(({ path }) => !isSensitiveHostPath(`/${path}`))).toEqual([]);
  expect(sensitivePaths.filter(({ holds, source }) => holds === '' || source === '')).toEqual([]);
  expect(new Set(sensitivePaths.map(({ path }) => path)).size).toBe(sensitivePaths.length);
  expect(below.filter(isSensitiveHostPath)).toEqual(['/mnt', '/run', '/var/lib']);
});

test.each([
  '/proc', '/proc/sys', '/sys', '/sys/fs/cgroup', '/dev', '/dev/', '//etc//hosts', '/etc/hostname', '/etc/resolv.conf',
  '/var/run/secrets/kubernetes.io/serviceaccount', '/run/secrets/kubernetes.io/serviceaccount/',
])('writablePaths refuses %j', (path) => {
  expect(() => new Deployment(new Chart(gatedApp(), 'test'), 'app', { containers: [{ ...good, writablePaths: [path] }] }))
    .toThrow('must not be a path that the kubelet or the container runtime mounts itself');
});
