import { only } from './support';
import { readManifests } from '../../src/manifest/read';

const found = (spec: object, apiVersion = 'example.com/v1') => only(readManifests({ apiVersion, kind: 'Thing', spec }));
const flux = 'kustomize.toolkit.fluxcd.io/v1';

test.each([
  ['a text that says nothing', { podSpecPatch: '' }],
  ['what is no text', { podSpecPatch: 5, patchesJson6902: 5, patches: [5, null, { patch: {} }, { path: 'x.yaml' }], patchesStrategicMerge: [5, ''] }],
  ['lists that are none', { patches: 'x', patchesStrategicMerge: 'x' }],
  ['a manifest that nobody acts on', { manifest: 'kind: Pod' }],
  ['an object that is got', { resource: { action: 'get', manifest: 'kind: Pod' } }],
  ['an object that is deleted', { resource: { action: 'delete', manifest: 'kind: Pod', flags: ['-f', 'x'] } }],
  ['an action without a manifest', { action: 'create', manifest: '', flags: ['--force', '--validate=false', 5, '--profile=none'] }],
  ['flags that are no list', { action: 'create', flags: '-f' }],
])('%s is passed over', (_name, spec) => {
  expect(found(spec)).toMatchObject({ texts: [], elsewhere: [] });
});

test('what selects the objects of a patch, and where nothing does the patch itself', () => {
  const patches = [
    { patch: 'a', target: { kind: 'Deployment' } }, { patch: 'b', target: {} }, { patch: 'c' }, { patch: 'd', resourceType: 'DaemonSet' },
  ];
  expect(found({ patches }).texts.map(({ kind, isForItsOwnKind, isCaseBlind }) => [kind, isForItsOwnKind, isCaseBlind])).toEqual([
    ['Deployment', false, false], [undefined, false, false], [undefined, true, false], ['DaemonSet', false, true],
  ]);
});

test.each(['-f', '-fx', '-Rf', '-k', '-p', '--filename=x', '--kustomize', '--patch', '--patch-file=x'])('the flag %s brings another manifest', (flag) => {
  expect(found({ action: 'apply', flags: [flag] }).elsewhere).toMatchObject([{ pointer: '/spec/flags/0' }]);
});

test('the objects that Flux merges are patches, and no objects of their own', () => {
  const spec = { patchesStrategicMerge: [{ kind: 'Pod', spec: { containers: [{ name: 'a', image: 'b' }] } }] };
  expect(found(spec, flux)).toMatchObject({ pods: [], texts: [{ pointer: '/spec/patchesStrategicMerge/0', content: spec.patchesStrategicMerge[0] }] });
  expect(found(spec).pods).not.toEqual([]);
});

test('the operations of Flux are patches too', () => {
  const spec = { patchesJson6902: [{ target: { kind: 'Pod' }, patch: [] }, { target: {} }] };
  expect(found(spec, flux).texts).toMatchObject([{ pointer: '/spec/patchesJson6902/0/patch', kind: 'Pod', content: [] }]);
  expect(found(spec).texts).toEqual([]);
});

test('who fills in what', () => {
  const placeholder = (spec: object, apiVersion?: string) => found({ ...spec, patches: [{ patch: 'a' }] }, apiVersion).texts[0].placeholder;
  expect([placeholder({}), placeholder({}, flux), placeholder({ postBuild: {} }, flux)]).toEqual(['{{', undefined, '${']);
});

test('a list may have such texts beside its items', () => {
  const manifests = readManifests({ apiVersion: 'example.com/v1', kind: 'ThingList', items: [], spec: { podSpecPatch: 'a' } });
  expect(only(manifests).texts).toMatchObject([{ pointer: '/spec/podSpecPatch' }]);
});
