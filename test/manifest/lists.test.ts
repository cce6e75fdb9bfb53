import { container, containerPointers, only, pod, problems, template } from './support';
import { readManifests } from '../../src/manifest/read';

const good = pod({ containers: [container] });

test('each item of a list is an object of its own, in order, also in nested lists', () => {
  const document = {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      good,
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } },
      { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } }] },
    ],
  };
  expect(readManifests(document).map(({ resource }) => resource.kind)).toEqual(['Pod', 'Service', 'Deployment']);
  expect(containerPointers(document)).toEqual(['/items/0/spec/containers/0', '/items/2/items/0/spec/template/spec/containers/0']);
});

test.each([
  ['v1', 'PodList', { spec: { containers: [container] } }, '/items/0/spec'],
  ['apps/v1', 'DeploymentList', { spec: { template } }, '/items/0/spec/template/spec'],
  ['batch/v1', 'JobList', { kind: 'Job', spec: { template } }, '/items/0/spec/template/spec'],
])('the items of a %s %s need not repeat their kind', (apiVersion, kind, item, pointer) => {
  const manifest = only(readManifests({ apiVersion, kind, items: [item] }));
  expect(manifest.resource).toEqual({ apiVersion, kind: kind.replace('List', '') });
  expect(manifest.pods).toMatchObject([{ pointer, imagesAreOptional: false }]);
});

test('an item that says what it is has the last word', () => {
  expect(only(readManifests({ apiVersion: 'v1', kind: 'PodList', items: [{ apiVersion: 'v1', kind: 'ConfigMap', spec: 1 }] })).resource.kind)
    .toBe('ConfigMap');
});

test('the items of a typed list of data start no pod', () => {
  expect(problems({ apiVersion: 'v1', kind: 'SecretList', items: [{ spec: { containers: 'x' } }] })).toEqual([]);
});

test.each([null, 'text', 5, [[]]])('the item %j is malformed, and the others are read', (item) => {
  const document = { apiVersion: 'v1', kind: 'List', items: [item, good] };
  expect(problems(document)).toEqual([expect.stringMatching(/^\/items\/0: an item of a list must be an object, it is /)]);
  expect(containerPointers(document)).toEqual(['/items/1/spec/containers/0']);
});

test.each([['v1', 'List'], ['v1', 'PodList'], ['v1', 'PersistentVolumeList']])('the items of a %s %s must be a list', (apiVersion, kind) => {
  expect(problems({ apiVersion, kind, items: {} })).toEqual(['/items: items must be a list, it is an object']);
});

test.each([undefined, null])('a list whose items are %j is empty', (items) => {
  expect(readManifests({ apiVersion: 'v1', kind: 'List', items })).toEqual([]);
});

test.each([
  ['without items', { apiVersion: 'acme.example/v1', kind: 'AllowList' }],
  ['with items', { apiVersion: 'acme.example/v1', kind: 'AllowList', items: [] }],
  ['that only calls itself List', { apiVersion: 'acme.example/v1', kind: 'List' }],
])('a custom resource %s does not hide its own pods behind the name of a list', (_, head) => {
  expect(containerPointers({ ...head, spec: { template } })).toEqual(['/spec/template/spec/containers/0']);
});
