import { container, problems, read, readPodIn, template } from './support';

const plain = '/spec/template/spec';

test.each([
  ['v1', 'Pod', template, '/spec'],
  ['v1', 'PodTemplate', { template }, '/template/spec'],
  ['v1', 'ReplicationController', { spec: { template } }, plain],
  ['/v1', 'ReplicationController', { spec: { template } }, plain],
  ['/', 'Pod', template, '/spec'],
  ['apps/v1', 'Deployment', { spec: { template } }, plain],
  ['apps/v1beta2', 'ReplicaSet', { spec: { template } }, plain],
  ['apps/v1', 'StatefulSet', { spec: { template } }, plain],
  ['apps/v1', 'DaemonSet', { spec: { template } }, plain],
  ['extensions/v1beta1', 'Deployment', { spec: { template } }, plain],
  ['batch/v1', 'Job', { spec: { template } }, plain],
  ['batch/v1beta1', 'CronJob', { spec: { jobTemplate: { spec: { template } } } }, '/spec/jobTemplate/spec/template/spec'],
])('the pod of a %s %s is found', (apiVersion, kind, rest, pointer) => {
  const pod = readPodIn({ apiVersion, kind, ...rest });
  expect(pod).toMatchObject({ pointer, isPodSpec: true, imagesAreOptional: false, resource: { apiVersion, kind } });
  expect(pod.metadataPointer).toBe(pointer.replace(/spec$/, 'metadata'));
  expect(pod.metadata.labels).toEqual({ app: 'a' });
  expect(pod.containers).toMatchObject([{ name: 'app', label: 'app', list: 'containers', pointer: `${pointer}/containers/0` }]);
});

test('what the document says it is goes with the pod', () => {
  const metadata = { name: 'web', namespace: 'shop' };
  const resource = { apiVersion: 'v1', kind: 'Pod', name: 'web', namespace: 'shop' };
  expect(readPodIn({ apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec }).resource).toEqual(resource);
  expect(read({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }).resource).toEqual({ apiVersion: 'v1', kind: 'Service', name: 'web' });
  expect(read({ apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'shop', name: 7 } }).resource)
    .toEqual({ apiVersion: 'v1', kind: 'Service', namespace: 'shop' });
  expect(read({ metadata: 'web' }).resource).toEqual({ apiVersion: '', kind: '' });
});

test.each([
  ['a Pod without a spec', { kind: 'Pod', apiVersion: 'v1' }, '/spec: spec must be an object, it is missing'],
  ['a Pod whose spec is null', { kind: 'Pod', apiVersion: 'v1', spec: null }, '/spec: spec must be an object, it is null'],
  [
    'a Deployment without a template', { kind: 'Deployment', apiVersion: 'apps/v1', spec: {} },
    '/spec/template: spec.template.spec must be an object, it is missing',
  ],
  [
    'a Deployment whose template is a list', { kind: 'Deployment', apiVersion: 'apps/v1', spec: { template: [] } },
    '/spec/template: spec.template must be an object, it is a list',
  ],
  [
    'a ReplicationController whose template is a text', { kind: 'ReplicationController', apiVersion: 'v1', spec: { template: 'x' } },
    '/spec/template: spec.template must be an object, it is a string',
  ],
  ['a ReplicationController without a spec', { kind: 'ReplicationController', apiVersion: 'v1' }, '/spec: spec.template.spec must be an object, it is missing'],
])('%s is malformed', (_, document, problem) => {
  expect(problems(document)).toEqual([problem]);
});

test('a ReplicationController may lack its template', () => {
  expect(read({ apiVersion: 'v1', kind: 'ReplicationController', spec: {} })).toMatchObject({ pods: [], malformed: [] });
});

test.each([undefined, null, []])('a pod whose containers are %j has none, which the API server refuses', (containers) => {
  expect(problems({ apiVersion: 'v1', kind: 'Pod', spec: { containers } })).toEqual(['/spec/containers: containers must have at least one container']);
});

test.each([
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['policy/v1beta1', 'PodSecurityPolicy'],
])('a %s %s starts no pod', (apiVersion, kind) => {
  expect(read({ apiVersion, kind, spec: { hostNetwork: true, containers: [container] } })).toMatchObject({ pods: [], malformed: [] });
});

test.each([
  ['acme.example/v1', 'Deployment'],
  ['acme.example/v1', 'ConfigMap'],
  ['apps/v1/v2', 'Deployment'],
  ['', 'ConfigMap'],
  [7, 'Secret'],
  ['v1', 'pod'],
])('%j %s is no kind of Kubernetes, and is searched', (apiVersion, kind) => {
  expect(readPodIn({ apiVersion, kind, spec: { template } })).toMatchObject({ pointer: plain, imagesAreOptional: true });
});

describe('a persistent volume', () => {
  const volume = (spec: unknown) => ({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'pv' }, spec });

  test.each([
    ['hostPath', { hostPath: { path: '/etc', type: 'Directory' } }, '/etc'],
    ['local', { local: { path: '/mnt/a' } }, '/mnt/a'],
  ])('by %s reaches into the host', (source, spec, path) => {
    const found = read(volume(spec));
    expect(found.persistentVolumes).toEqual([{
      resource: { apiVersion: 'v1', kind: 'PersistentVolume', name: 'pv' },
      malformed: [],
      hostPaths: [{ source, path, pointer: `/spec/${source}/path` }],
    }]);
  });

  test('in the network is left out', () => {
    expect(read(volume({ nfs: { path: '/etc' } })).persistentVolumes).toEqual([]);
  });

  test.each([
    [undefined, '/spec: spec must be an object, it is missing'],
    [{ hostPath: '/etc' }, '/spec/hostPath: spec.hostPath must be an object, it is a string'],
    [{ hostPath: { path: 5 } }, '/spec/hostPath/path: spec.hostPath.path must be a string, it is an integer; put it in quotes'],
    [{ local: {} }, '/spec/local/path: spec.local.path is missing'],
  ])('with the spec %j is malformed', (spec, problem) => {
    expect(problems(volume(spec))).toEqual([problem]);
  });
});
