import { Size } from 'cdk8s';
import { chartUnder, image, kinds, main, podSpecOf, rendered } from './workloads';
import { Container, Deployment, EmptyDirMedium, k8s, Volume, WritablePath } from '../../src/index';

const withPaths = (...writablePaths: (string | WritablePath)[]) => ({ ...main, writablePaths });
const mountsOf = ({ volumeMounts }: k8s.Container) => volumeMounts!.map(({ name, mountPath }) => [mountPath, name]);

describe.each(Object.entries(kinds))('the writable paths of a %s', (_kind, make) => {
  test('are mounted from volumes of their own with a size limit', () => {
    const chart = chartUnder();
    make(chart, { containers: [withPaths('/tmp')], initContainers: [{ image, writablePaths: ['/work'] }] });
    const { containers, initContainers, volumes } = podSpecOf(chart);
    expect(volumes).toHaveLength(2);
    expect(volumes).toEqual([
      { name: initContainers![0].volumeMounts![0].name, emptyDir: { sizeLimit: '64Mi' } },
      { name: containers[0].volumeMounts![0].name, emptyDir: { sizeLimit: '64Mi' } },
    ]);
    expect(containers[0].volumeMounts).toEqual([{ name: expect.any(String), mountPath: '/tmp' }]);
    expect(initContainers![0].volumeMounts).toEqual([{ name: expect.any(String), mountPath: '/work' }]);
    expect(podSpecOf(chart).volumes).toEqual(volumes);
  });
});

test('a size limit and a medium are taken as said', () => {
  const { volumes } = rendered({
    containers: [withPaths({ path: '/a', sizeLimit: Size.gibibytes(2) }, { path: '/b', sizeLimit: Size.kibibytes(100), medium: EmptyDirMedium.MEMORY })],
  });
  expect(volumes!.map(({ emptyDir }) => emptyDir)).toEqual([{ sizeLimit: '2048Mi' }, { medium: 'Memory', sizeLimit: '100Ki' }]);
});

test('an attached container has them too', () => {
  const chart = chartUnder();
  new Deployment(chart, 'app').attachContainer(new Container(withPaths('/tmp')));
  const { containers, volumes } = podSpecOf(chart);
  expect(volumes).toHaveLength(1);
  expect(containers[0].volumeMounts).toHaveLength(1);
});

describe('the names of the volumes', () => {
  const volumesFor = (...paths: string[]) => rendered({ containers: [withPaths(...paths)] }).volumes!.map(({ name }) => name);

  test('are DNS labels, whatever the paths', () => {
    for (const name of volumesFor('/tmp', '/日本', '/.cache/_x', `/${'deep/'.repeat(100)}`, '/UPPER')) {
      expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
    }
  });

  test('are unique where the paths differ only in what a label cannot say', () => {
    expect(new Set(volumesFor('/a/b', '/a-b', '/A/b', '/a.b')).size).toBe(4);
  });

  test('are unique for each container, also where two have one name', () => {
    const { containers, volumes } = rendered({ containers: [withPaths('/tmp'), withPaths('/tmp'), { ...withPaths('/tmp'), name: 'other' }] });
    expect(new Set(volumes!.map(({ name }) => name)).size).toBe(3);
    expect(containers.map((container) => container.volumeMounts![0].name)).toEqual(volumes!.map(({ name }) => name));
  });

  test('do not change when a path or a container comes before', () => {
    const [alone] = mountsOf(rendered({ containers: [withPaths('/tmp')] }).containers[0]);
    const { containers } = rendered({ containers: [{ image, name: 'first', writablePaths: ['/tmp'] }, withPaths('/var', '/tmp')] });
    expect(mountsOf(containers[1])[1]).toEqual(alone);
  });

  test('are not those of the author, even where they are copied', () => {
    const taken = volumesFor('/tmp')[0];
    const chart = chartUnder();
    const workload = new Deployment(chart, 'app', { containers: [withPaths('/tmp')] });
    workload.addVolume(Volume.fromEmptyDir(chart, 'copied', taken));
    const { containers, volumes } = podSpecOf(chart);
    expect(volumes).toHaveLength(2);
    expect(volumes![0].name).toBe(taken);
    expect(containers[0].volumeMounts![0].name).toBe(volumes![1].name);
    expect(volumes![1].name).not.toBe(taken);
  });
});

test('the author\'s mounts and volumes stay beside them', () => {
  const chart = chartUnder();
  const data = Volume.fromEmptyDir(chart, 'data', 'data');
  const workload = new Deployment(chart, 'app', { containers: [{ ...withPaths('/tmp'), volumeMounts: [{ path: '/data', volume: data }] }] });
  workload.containers[0].mount('/late', data);
  const { containers, volumes } = podSpecOf(chart);
  expect(containers[0].volumeMounts!.map(({ mountPath }) => mountPath)).toEqual(['/data', '/late', '/tmp']);
  expect(volumes![0].name).toBe('data');
});

test.each([['/tmp/', '/tmp'], ['//tmp', '/tmp'], ['/tmp/.', '/tmp'], ['/./var//tmp/', '/var/tmp'], ['/..hidden', '/..hidden'], ['/ ', '/ ']])(
  '%p is mounted as %p', (path, mounted) => {
    expect(rendered({ containers: [withPaths(path)] }).containers[0].volumeMounts![0].mountPath).toBe(mounted);
  });

describe('a path that is not usable is refused while the container is made', () => {
  const cases: readonly (readonly [unknown, string])[] = [
    ['', '"" must be an absolute path'],
    ['tmp', '"tmp" must be an absolute path'],
    ['/', '"/" must name a folder below "/", because the root filesystem stays read-only'],
    ['//./', '"//./" must name a folder below "/"'],
    ['/tmp/../etc', '"/tmp/../etc" must not go up with ".."'],
    ['/..', '"/.." must not go up with ".."'],
    ['/tmp:ro', '"/tmp:ro" must not contain ":"'],
    ['/a\u001b[31m', '"/a\\u001b[31m" must not contain control characters'],
    [{ path: undefined }, '"undefined" must be a path, it is undefined'],
    [{ path: null }, '"null" must be a path, it is null'],
    [{ path: '/tmp', sizeLimit: Size.mebibytes(0) }, '"/tmp": sizeLimit must be a whole number of KiB above 0, it is 0 KiB'],
    [{ path: '/tmp', sizeLimit: Size.kibibytes(0.5) }, '"/tmp": sizeLimit must be a whole number of KiB above 0, it is 0.5 KiB'],
    [{ path: '/tmp', sizeLimit: Size.mebibytes(NaN) }, '"/tmp": sizeLimit must be a whole number of KiB above 0, it is NaN KiB'],
  ];
  const bad = (path: unknown) => withPaths(path as string);

  test.each(cases)('%j', (path, message) => {
    expect(() => rendered({ containers: [bad(path)] })).toThrow(`test/app: container "main": writablePaths: ${message}`);
    expect(() => rendered({ initContainers: [{ ...bad(path), portNumber: undefined }] })).toThrow(`test/app: container "init-0": writablePaths: ${message}`);
    // Nobody knows yet which pod it will be attached to.
    expect(() => new Container(bad(path))).toThrow(/^container "main": writablePaths: /);
  });

  test('and quoted in a message of bounded length', () => {
    expect(() => rendered({ containers: [bad('x'.repeat(1e6))] })).toThrow(/^.{0,200}$/);
  });
});

describe('a path that is there twice is refused', () => {
  const twice = 'test/app: container "main": writablePaths: "/tmp" must be named once, it is named twice';
  const mounted = 'test/app: container "main": writablePaths: "/tmp" must not be mounted in another way, a volume is mounted there';

  test('when it is named twice, however it is spelled', () => {
    expect(() => rendered({ containers: [withPaths('/tmp', '/tmp/')] })).toThrow(twice);
    expect(() => rendered({ containers: [withPaths({ path: '/tmp' }, '/tmp')] })).toThrow(twice);
  });

  test('when the author mounts it in the props', () => {
    const chart = chartUnder();
    const volumeMounts = [{ path: '/tmp/', volume: Volume.fromEmptyDir(chart, 'v', 'v') }];
    expect(() => new Deployment(chart, 'app', { containers: [{ ...withPaths('/tmp'), volumeMounts }] })).toThrow(mounted);
  });

  test('at synth when the author mounts it later', () => {
    const chart = chartUnder();
    const container = new Deployment(chart, 'app').addContainer(withPaths('/tmp'));
    container.mount('/tmp', Volume.fromEmptyDir(chart, 'v', 'v'));
    expect(() => chart.toJson()).toThrow(mounted);
  });

  test('but not when one lies within the other, or in another container', () => {
    expect(rendered({ containers: [withPaths('/tmp', '/tmp/cache'), { ...withPaths('/tmp'), name: 'other' }] }).volumes).toHaveLength(3);
  });
});
