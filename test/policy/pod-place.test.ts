import { readManifests } from '../../src/manifest/read';
import { podPlace } from '../../src/policy/pod-place';
import { validPod } from '../support/pods';

const spec = validPod.spec;

/** The places of all pods of a document, for a fault in each of them. */
function places(document: object): (string | undefined)[] {
  return readManifests(document).flatMap(({ pods }) => pods)
    .map((pod) => podPlace(document, pod, { message: 'm', pointer: `${pod.pointer}/hostPID` }));
}

const ray = (...groups: readonly object[]) => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayCluster',
  metadata: { name: 'r' },
  spec: { 'head/group~Spec': { template: { spec } }, 'workerGroupSpecs': groups.map((group) => ({ ...group, template: { spec } })) },
});

test('a kind of Kubernetes itself has one pod, and needs no place', () => {
  expect(places(validPod)).toEqual([undefined]);
});

test('is said by names, not by indexes', () => {
  expect(places(ray({ groupName: 'gpu' }, { name: 'cpu' }))).toEqual([
    'spec.head/group~Spec.template.spec', 'spec.workerGroupSpecs[gpu].template.spec', 'spec.workerGroupSpecs[cpu].template.spec',
  ]);
});

test.each([[{}], [{ name: 3 }]])('an item without a name (%j) is any', (group) => {
  expect(places(ray(group))[1]).toBe('spec.workerGroupSpecs[*].template.spec');
});

test('does not change with the list that the object is in', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'List', items: [ray({ name: 'cpu' })] }] };
  expect(places(list)).toEqual(places(ray({ name: 'cpu' })));
});

test('there is none of a fault in what several pods share', () => {
  const document = ray({ name: 'cpu' });
  const [{ pods: [pod] }] = readManifests(document);
  expect(podPlace(document, pod, { message: 'm', pointer: '/spec/volumes/0' })).toBeUndefined();
  expect(podPlace(document, pod, { message: 'm', pointer: `${pod.metadataPointer}/annotations/a` })).toBe('spec.head/group~Spec.template.spec');
});

test('there is none where the pod is the document, or the document is another', () => {
  const [{ pods: [pod] }] = readManifests(ray({ name: 'cpu' }));
  expect(podPlace(null, { ...pod, pointer: '' }, { message: 'm', pointer: '/a' })).toBeUndefined();
  expect(podPlace({ a: [null] }, { ...pod, pointer: '/a/0/b' }, { message: 'm', pointer: '/a/0/b' })).toBe('a[*].b');
});
