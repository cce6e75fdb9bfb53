import { container, containerPointers, custom, pod, problems, read, readPodIn, template } from './support';

describe('a pod spec in a custom resource is found by its looks', () => {
  test.each([
    ['argoproj.io/v1alpha1', 'Rollout', { template }, '/spec/template/spec'],
    ['serving.knative.dev/v1', 'Service', { template: { spec: { containers: [{ image: 'a' }] } } }, '/spec/template/spec'],
    [
      'jobset.x-k8s.io/v1alpha2', 'JobSet', { replicatedJobs: [{ name: 'w', template: { spec: { template } } }] },
      '/spec/replicatedJobs/0/template/spec/template/spec',
    ],
    ['apps.kruise.io/v1alpha1', 'CloneSet', { template }, '/spec/template/spec'],
    ['apps.kruise.io/v1alpha1', 'SidecarSet', { containers: [container] }, '/spec'],
    ['apps.openshift.io/v1', 'DeploymentConfig', { template }, '/spec/template/spec'],
    ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', { nodeSets: [{ podTemplate: template }] }, '/spec/nodeSets/0/podTemplate/spec'],
    ['monitoring.coreos.com/v1', 'Prometheus', { containers: [{ name: 'prometheus', resources: {} }] }, '/spec'],
    ['acme.example/v1', 'Debug', { 'a/b~c': { ephemeralContainers: [container] } }, '/spec/a~1b~0c'],
  ])('%s %s', (apiVersion, kind, spec, pointer) => {
    const found = readPodIn({ apiVersion, kind, metadata: { name: 't', labels: { own: 'x' } }, spec });
    expect(found).toMatchObject({ pointer, isPodSpec: true, imagesAreOptional: true, resource: { apiVersion, kind, name: 't' } });
    expect(found.containers).toHaveLength(1);
    expect(found.metadata.labels?.own).toBeUndefined();
  });

  test('the metadata of the template are the pod\'s', () => {
    expect(readPodIn(custom({ template }))).toMatchObject({ metadata: { labels: { app: 'a' } }, metadataPointer: '/spec/template/metadata' });
  });

  test('a document without a kind may be a template itself', () => {
    expect(readPodIn(template)).toMatchObject({ pointer: '/spec', metadata: { labels: { app: 'a' } }, metadataPointer: '/metadata' });
    expect(readPodIn({ containers: [container] })).toMatchObject({ pointer: '', metadataPointer: '/metadata' });
  });

  test('a pod spec around or within another one hides neither', () => {
    expect(containerPointers(custom({ containers: [{ ...container, extra: { template } }], template }))).toEqual([
      '/spec/containers/0', '/spec/containers/0/extra/template/spec/containers/0', '/spec/template/spec/containers/0',
    ]);
  });

  test('a key that is the name of a prototype hides nothing', () => {
    expect(containerPointers(JSON.parse(`{"spec":{"__proto__":{"containers":[${JSON.stringify(container)}]}}}`))).toEqual(['/spec/__proto__/containers/0']);
  });

  test('what a controller writes to the status is not searched, a status further down is', () => {
    expect(containerPointers({ ...custom({ status: { template } }), status: { template } })).toEqual(['/spec/status/template/spec/containers/0']);
  });
});

describe('what is no pod is let alone', () => {
  test.each([
    ['names', { containers: ['a', 'b'] }],
    ['elements with a name only', { containers: [{ name: 'blob' }] }],
    ['a map', { containers: { a: { cpu: 1 } } }],
    ['nothing', { containers: [], initContainers: null }],
    ['a text', { container: 'a', steps: 'b', sidecars: {}, script: 'c' }],
    ['steps of a rollout', { steps: [{ setWeight: 20 }, { pause: {} }] }],
    ['steps of a workflow', { steps: [[{ name: 'a', template: 'b' }]] }],
    ['the settings of an operator', { container: { image: { repository: 'a', tag: 'b' }, resources: {} }, stepTemplate: {} }],
    ['volumes of the network', { volumes: [{ name: 'a', nfs: { path: '/x' } }, 'x', { image: {} }] }],
    ['a reference', { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }],
    ['a reference to a volume', { volume: { apiVersion: 'v1', kind: 'PersistentVolume', name: 'pv' } }],
    ['a part of an object', { patch: { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 3 } } }],
  ])('%s', (_, spec) => {
    expect(read(custom(spec))).toMatchObject({ pods: [], persistentVolumes: [], malformed: [] });
  });

  test('a pattern of Kyverno is about pods and is none; what it generates is', () => {
    const pattern = { spec: { containers: [container] } };
    const rules = [{ validate: { pattern } }, { generate: { data: pattern } }];
    expect(containerPointers({ apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', spec: { rules } })).toEqual([
      '/spec/rules/1/generate/data/spec/containers/0',
    ]);
  });
});

describe('a malformed list of containers is no way out', () => {
  test.each([
    ['in a template', { template: { spec: { containers: 'nginx' } } }, '/spec/template/spec/containers: containers must be a list, it is a string'],
    ['beside fields of a pod', { restartPolicy: 'Never', containers: { a: 1 } }, '/spec/containers: containers must be a list, it is an object'],
    ['beside another list', { initContainers: [container], containers: 5 }, '/spec/containers: containers must be a list, it is an integer'],
    ['of texts', { template: { spec: { containers: ['nginx'] } } }, '/spec/template/spec/containers/0: containers[0] must be an object, it is a string'],
    ['of a container and a text', { containers: [container, 'x'] }, '/spec/containers/1: containers[1] must be an object, it is a string'],
    ['of steps and a text', { steps: [container, 'x'] }, '/spec/steps/1: steps[1] must be an object, it is a string'],
  ])('%s', (_, spec, problem) => {
    expect(problems(custom(spec))).toEqual([problem]);
  });
});

test.each([
  ['hostNetwork', { hostNetwork: true }],
  ['hostPID', { hostPID: true }],
  ['hostIPC', { hostIPC: true }],
  ['a host path', { volumes: [{ name: 'a', hostPath: { path: '/etc' } }] }],
  ['an image volume', { volumes: [{ name: 'a', image: { reference: 'nginx' } }] }],
])('a template without containers that has %s is judged for it', (_, podTemplate) => {
  expect(readPodIn(custom({ podTemplate }))).toMatchObject({ pointer: '/spec/podTemplate', isPodSpec: false, containers: [] });
});

describe('an object within another', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template } };

  test('is read as what it is, once', () => {
    const work = custom({ workload: { manifests: [deployment, { apiVersion: 'v1', kind: 'ConfigMap', data: {} }] } }, 'ManifestWork');
    expect(readPodIn(work)).toMatchObject({
      pointer: '/spec/workload/manifests/0/spec/template/spec', resource: { kind: 'Deployment', name: 'web' }, imagesAreOptional: false,
    });
  });

  test('may be a persistent volume', () => {
    const manifest = { apiVersion: 'v1', kind: 'PersistentVolume', spec: { hostPath: { path: '/' } } };
    expect(read(custom({ forProvider: { manifest } })).persistentVolumes).toMatchObject([
      { resource: { kind: 'PersistentVolume' }, hostPaths: [{ pointer: '/spec/forProvider/manifest/spec/hostPath/path', path: '/' }] },
    ]);
  });

  test('is malformed where its pod is', () => {
    expect(problems(custom({ manifest: { ...deployment, spec: { template: 'x' } } }))).toEqual([
      '/spec/manifest/spec/template: spec.template must be an object, it is a string',
    ]);
  });

  test.each([
    ['a kind without pods', { apiVersion: 'v1', kind: 'ConfigMap', spec: { containers: [container] } }, ['/spec/template/spec/containers/0']],
    [
      'a kind with its pod elsewhere', { ...deployment, spec: { template, containers: [container] } },
      ['/spec/template/spec/template/spec/containers/0', '/spec/template/spec/containers/0'],
    ],
    [
      'containers of another sort in a pod that was read', { ...pod({ containers: [container], sidecars: [container] }) },
      ['/spec/template/spec/containers/0', '/spec/template/spec/sidecars/0'],
    ],
  ])('does not hide a template behind %s', (_, disguised, pointers) => {
    expect(containerPointers(custom({ template: disguised }))).toEqual(pointers);
  });
});
