import fc from 'fast-check';
import { isSensitiveHostPath, isWithin, normalizeHostPath } from '../../src/rules/host-paths';

describe('a path has one spelling', () => {
  test.each([
    ['/', '/'],
    ['//', '/'],
    ['/etc', '/etc'],
    ['/etc/', '/etc'],
    ['//etc', '/etc'],
    ['/etc/.', '/etc'],
    ['/./etc//ssl/./', '/etc/ssl'],
    ['/var/run', '/run'],
    ['/var/run/docker.sock', '/run/docker.sock'],
    ['/var//run/', '/run'],
    ['/var/running', '/var/running'],
    ['/data/var/run', '/data/var/run'],
    ['/Data', '/Data'],
    ['C:\\Data\\Shop', 'c:\\data\\shop'],
    ['c:/data/shop/', 'c:\\data\\shop'],
    ['C:', 'c:\\'],
    ['C:\\Windows. .\\System32 ', 'c:\\windows\\system32'],
    ['\\\\.\\pipe\\docker_engine', '\\\\.\\pipe\\docker_engine'],
    ['//./PIPE/docker_engine', '\\\\.\\pipe\\docker_engine'],
    ['\\\\?\\C:\\', '\\\\.\\c:'],
  ])('%j is %j', (path, normalized) => {
    expect(normalizeHostPath(path)).toBe(normalized);
  });

  test.each([
    '', '.', 'etc', './etc', '..', '/..', '/data/../etc', '/data/..', '/data\\..\\etc', 'C:\\data\\..\\windows', 'C:\\data\\.. \\windows',
    'C:data', 'C:\\PROGRA~1', 'C:\\data::$INDEX_ALLOCATION', '\\windows', '\\\\server\\share', '/data\u0000/x', '/data\n', '/' + 'a'.repeat(4096),
  ])('%j cannot be read, and so counts as sensitive', (path) => {
    expect(normalizeHostPath(path)).toBeUndefined();
    expect(isSensitiveHostPath(path)).toBe(true);
  });

  test('normalising again changes nothing, and no text makes it throw', () => {
    const piece = fc.constantFrom('/', '\\', '.', '..', 'C:', 'var', 'run', 'data', ' ', '~1', '//./', '\\\\.\\');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(piece).map((parts) => parts.join(''))), (path) => {
      const once = normalizeHostPath(path);
      if (once !== undefined) expect(normalizeHostPath(once)).toBe(once);
    }));
  });
});

describe('sensitive paths', () => {
  test.each([
    // The folders themselves, what is below, and what is above.
    '/', '/boot', '/dev', '/etc', '/lib', '/lib64', '/proc', '/sys', '/usr', '/bin', '/sbin', '/root', '/home', '/opt', '/var/log',
    '/etc/kubernetes/manifests', '/dev/sda1', '/proc/1/root', '/home/admin/.ssh', '/var/log/pods',
    '/var', '/var/lib', '/run', '/var/run', '/var/spool',
    // Spellings that are the same place.
    '/etc/', '//etc', '/etc/.', '/ETC', '/var/../etc',
    // The state of Kubernetes and of container engines.
    '/var/lib/kubelet', '/var/lib/kubelet/pki', '/var/lib/etcd', '/var/lib/docker', '/var/lib/containerd', '/var/lib/containers/storage',
    '/var/lib/rancher/k3s', '/var/lib/k3s', '/var/lib/crio',
    // Runtime sockets, and their folders.
    '/var/run/docker.sock', '/run/docker.sock', '/run/containerd/containerd.sock', '/run/containerd', '/var/run/crio/crio.sock', '/run/crio',
    '/run/cri-dockerd.sock', '/run/podman/podman.sock', '/run/k3s/containerd/containerd.sock', '/run/k3s', '/run/user/1000/docker.sock',
    '/data/docker.sock', '/data/rootless-docker.sock', '/data/containerd.sock.ttrpc', '/data/cri-o.sock', '/data/Docker.Sock',
    // Credentials.
    '/data/me/.aws', '/.azure', '/data/.config/gcloud', '/gcloud/key.json', '/data/.kube/config', '/data/.ssh',
    // Windows.
    'C:\\', 'D:/', 'C:\\Windows\\System32', 'c:/windows.', '/Windows/System32', 'C:\\ProgramData\\docker', 'C:\\var\\lib\\kubelet', 'C:\\etc',
    '\\\\.\\pipe\\docker_engine', '//./pipe/containerd-containerd', '\\\\.\\PhysicalDrive0',
  ])('%j', (path) => {
    expect(isSensitiveHostPath(path)).toBe(true);
  });

  test.each([
    '/data', '/data/shop', '/mnt/disks/ssd1', '/srv', '/etcd-backup', '/etc-backup', '/library', '/development', '/var/lib/node-agent', '/var/logs',
    '/var/lib/kubelet-agent', '/var/lib/docker-registry', '/run/node-agent', '/run/node-agent/agent.sock', '/data/docker.socket', '/data/docker',
    '/data/redocker.sock', '/data/.sock', '/data/etc', '/tmp', 'C:\\data', 'D:\\data\\shop', '/data\\shop',
  ])('%j is not', (path) => {
    expect(isSensitiveHostPath(path)).toBe(false);
  });
});

test.each([
  ['/data', '/data', true],
  ['/data/shop', '/data', true],
  ['/database', '/data', false],
  ['/data', '/data/shop', false],
  ['/data', '/', true],
  ['c:\\data\\shop', 'c:\\data', true],
  ['c:\\data', 'c:\\', true],
  ['c:\\database', 'c:\\data', false],
])('whether %j is within %j: %j', (path, folder, expected) => {
  expect(isWithin(path, folder)).toBe(expected);
});
