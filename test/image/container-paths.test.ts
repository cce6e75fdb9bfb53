import { mountedAmong, normalizeContainerPath, takesVolume } from '../../src/image/container-paths';

test.each([
  ['', '/'], ['/', '/'], ['data', '/data'], ['/data//x/./', '/data/x'], ['/../../a/..', '/'], ['/a b', '/a b'],
])('%j is %j', (path, expected) => {
  expect(normalizeContainerPath(path)).toBe(expected);
});

test.each([
  '/', '/dev', '/dev/shm', '/proc/x', '/sys/fs/cgroup', '/a:b', '/C:\\data', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf',
  '/var/run/secrets/kubernetes.io/serviceaccount', '/run/secrets/kubernetes.io/serviceaccount',
])('%j is no path for a volume', (path) => {
  expect(takesVolume(path)).toBe(false);
});

test.each([
  '/system', '/device', '/var/proc', '/etc', '/etc/hosts.d', '/etc/hosts/x', '/opt/etc/hosts', '/run/secrets', '/run/secrets/kubernetes.io/serviceaccount/x',
])('%j is one', (path) => {
  expect(takesVolume(path)).toBe(true);
});

test.each<[mount: string, covered: readonly string[], others: readonly string[]]>([
  ['/', ['/', '/data', '/var/run/x'], []],
  ['/data/', ['/data', '/data/x/y'], ['/', '/dat', '/database', '/DATA']],
  ['/run/shop', ['/run/shop', '/var/run/shop', '/var/run/shop/x'], ['/var/run', '/run', '/var', '/running']],
  ['//var/run', ['/run', '/run/x', '/var/run/x'], ['/var', '/var/running', '/running']],
  // What is at /var hides the link, and leaves /run alone.
  ['/var', ['/var/run/x'], ['/run', '/run/x']],
  ['/running', ['/running'], ['/var/running']],
])('a mount at %j covers %j and none of %j', (mount, covered, others) => {
  const isMounted = mountedAmong(['/elsewhere', mount]);

  expect([...covered, ...others].filter(isMounted)).toEqual(covered);
});

test('where nothing is mounted, nothing is covered', () => {
  expect(['/', '/data'].filter(mountedAmong([]))).toEqual([]);
});
