import { runInNewContext } from 'node:vm';
import { container, pod, problems, readPodIn, only } from './support';
import { readManifests } from '../../src/manifest/read';

const specOf = (spec: object) => only(only(readManifests(pod({ containers: [container], ...spec }))).pods);

test('the containers of all three lists are there, in the order in which they run', () => {
  const read = specOf({ ephemeralContainers: [{ name: 'e' }], initContainers: [{ image: 'a' }, { name: 'i' }] });
  expect(read.containers.map(({ list, label, pointer }) => [list, label, pointer])).toEqual([
    ['initContainers', 'initContainers[0]', '/spec/initContainers/0'],
    ['initContainers', 'i', '/spec/initContainers/1'],
    ['containers', 'app', '/spec/containers/0'],
    ['ephemeralContainers', 'e', '/spec/ephemeralContainers/0'],
  ]);
});

test.each(['', 'a\u001b[31mb', 'a b', 'x'.repeat(254)])('a name that Kubernetes would refuse is not shown: %j', (name) => {
  expect(specOf({ containers: [{ name }] }).containers[0]).toMatchObject({ name, label: 'containers[0]' });
});

test('every image is there: of containers and of image volumes, with its pull policy', () => {
  const read = specOf({
    containers: [{ ...container, imagePullPolicy: 'Always' }, { name: 'none', image: '' }],
    volumes: [{ name: 'v', image: { reference: 'ghcr.io/acme/data:1', pullPolicy: 'Never' } }, { name: 'w', image: {} }],
  });
  expect(read.images).toMatchObject([
    { pointer: '/spec/containers/0/image', text: 'ghcr.io/acme/app:1', parsed: { ok: true }, pullPolicy: 'Always', container: 'app' },
    { pointer: '/spec/containers/1/image', text: undefined, parsed: { ok: false, problem: 'no image is given' }, container: 'none' },
    { pointer: '/spec/volumes/0/image/reference', text: 'ghcr.io/acme/data:1', pullPolicy: 'Never', pullPolicyPointer: '/spec/volumes/0/image/pullPolicy' },
    { pointer: '/spec/volumes/1/image/reference', text: undefined, parsed: { ok: false } },
  ]);
  expect(read.images[0]!.pullPolicyPointer).toBe('/spec/containers/0/imagePullPolicy');
});

test('the sources of a volume are those that are set', () => {
  const read = specOf({ volumes: [{ name: 'a', hostPath: { path: '/x' }, emptyDir: null, nfs: undefined }, { configMap: {} }, { name: 'c' }] });
  expect(read.volumes.map(({ pointer, label, sources }) => [pointer, label, sources])).toEqual([
    ['/spec/volumes/0', 'a', ['hostPath']],
    ['/spec/volumes/1', 'volumes[1]', ['configMap']],
    ['/spec/volumes/2', 'c', []],
  ]);
});

test('null is absent, as it is for the API server', () => {
  const read = readPodIn(pod({ securityContext: null, volumes: null, initContainers: null, containers: [{ ...container, ports: null }] }));
  expect(read.spec.securityContext).toBeUndefined();
  expect(read.containers[0]!.ports).toBeUndefined();
});

test('null in a list is the zero value of its type', () => {
  const nulls = { command: [null, 'a'], ports: [null], args: [undefined] };
  expect(specOf({ containers: [nulls] }).containers[0]).toMatchObject({ command: ['', 'a'], ports: [{}], args: [''] });
});

test('a container or volume that is null is malformed, and judged as one without fields, as Kubernetes does', () => {
  expect(specOf({ containers: [null], volumes: [null] })).toMatchObject({
    containers: [{ label: 'containers[0]', pointer: '/spec/containers/0' }], volumes: [{ label: 'volumes[0]', sources: [] }], malformed: [{}, {}],
  });
});

test.each([
  [{ containers: 'nginx' }, '/containers: containers must be a list, it is a string'],
  [{ initContainers: {} }, '/initContainers: initContainers must be a list, it is an object'],
  [{ containers: [container, 'x'] }, '/containers/1: containers[1] must be an object, it is a string'],
  [{ containers: [container, null] }, '/containers/1: containers[1] must be an object, it is null'],
  [{ volumes: [5] }, '/volumes/0: volumes[0] must be an object, it is an integer'],
  [{ hostPID: 'true' }, '/hostPID: hostPID must be true or false, it is a string'],
  [{ securityContext: [] }, '/securityContext: securityContext must be an object, it is a list'],
  [{ securityContext: { runAsUser: 1.5 } }, '/securityContext/runAsUser: securityContext.runAsUser must be an integer, it is a number'],
  [{ securityContext: { runAsUser: NaN } }, '/securityContext/runAsUser: securityContext.runAsUser must be an integer, it is a number'],
  [{ nodeSelector: { 'a/b': 1 } }, '/nodeSelector/a~1b: nodeSelector[a/b] must be a string, it is an integer; put it in quotes'],
  [{ nodeSelector: { 'a\u001b~': true } }, '/nodeSelector/a\u001b~0: nodeSelector[…] must be a string, it is a boolean; put it in quotes'],
  [{ nodeSelector: 'a' }, '/nodeSelector: nodeSelector must be an object, it is a string'],
  [{ affinity: 'arm64' }, '/affinity: affinity must be an object, it is a string'],
  [
    { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: { key: 'a' } }] } } } },
    '/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions: '
    + 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions must be a list, it is an object',
  ],
  [{ nodeSelector: new Map() }, '/nodeSelector: nodeSelector must be an object, it is an instance of a class'],
  [
    { containers: [{ ...container, securityContext: { capabilities: { add: ['A', 3n] } } }] },
    '/containers/0/securityContext/capabilities/add/1: securityContext.capabilities.add[1] must be a string, it is a bigint',
  ],
  [{ containers: [{ ...container, command: 'sh' }] }, '/containers/0/command: command must be a list, it is a string'],
  [{ containers: [{ name: 'a', image: () => 'x' }] }, '/containers/0/image: image must be a string, it is a function'],
  [{ containers: [{ toJSON: () => container }] }, '/containers/0: containers[0] must be an object, it is an instance of a class'],
])('the spec with %j is malformed there, and only there', (spec, problem) => {
  expect(problems(pod({ containers: [container], ...spec }))).toEqual([`/spec${problem}`]);
});

test('the metadata of a pod are read by their types too', () => {
  const document = { apiVersion: 'v1', kind: 'Pod', metadata: { annotations: { a: 1 } }, spec: { containers: [container] } };
  expect(problems(document)).toEqual(['/metadata/annotations/a: annotations.a must be a string, it is an integer; put it in quotes']);
  expect(problems({ ...document, metadata: { name: false } })).toEqual(['/metadata/name: name must be a string, it is a boolean; put it in quotes']);
  expect(problems({ ...document, metadata: 'x' })).toEqual(['/metadata: must be an object, it is a string']);
});

test('an object of another realm is an object', () => {
  const foreign: unknown = runInNewContext(`(${JSON.stringify(pod({ containers: [container] }))})`);
  expect(readPodIn(foreign).containers).toHaveLength(1);
});
