import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';
import { defineRule, Rule } from '../../src/rules/rule';
import { JsonObject } from '../../src/shape/json';
import { trusting } from '../support/apps';
import { validContainer, validPod } from '../support/pods';

const policy = compilePolicy(trusting);
const findings = (document: unknown, by = policy) => judge(document, by).flatMap((judged) => judged.findings);
const messages = (document: unknown) => findings(document).map(({ rule, message }) => `${rule}: ${message}`);
const argo = (spec: object): JsonObject => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', spec: spec as JsonObject });
const podSpecPatch = (text: string) => argo({ podSpecPatch: text });
const flux = (patch: unknown, target?: object) =>
  ({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', spec: { patches: [{ patch, target }] } });
const resource = (manifest: string) => argo({ templates: [{ resource: { action: 'apply', manifest } }] });

describe('a patch is judged for what it says, so that it may be silent about the rest', () => {
  test.each([
    ['resources', 'containers: [{ name: main, resources: { limits: { memory: 1Gi } } }]'],
    ['an image that is pinned', `containers: [{ name: main, image: ${String(validContainer('a').image)} }]`],
    ['tolerations', 'tolerations: [{ key: a, operator: Exists }]'],
    ['empty objects', 'securityContext: {}\ncontainers: [{ name: main, securityContext: { capabilities: {}, seccompProfile: {} }, ports: [{ containerPort: 1 }] }]\nvolumes: [{ name: x }]'],
    ['empty lists', 'containers: []\ninitContainers: []\nvolumes: []'],
    ['a container that is taken away', 'containers: [{ name: main, $patch: delete }]'],
    ['comments', '# nothing'],
    ['labels like fields', 'nodeSelector: { Name: x, Type: z }'],
  ])('%s in a podSpecPatch', (_name, text) => {
    expect(messages(podSpecPatch(text))).toEqual([]);
  });

  test.each([
    ['an object that is deleted', '$patch: delete\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }'],
    ['replicas', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: 2 }'],
    ['a persistent volume', 'apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: a }\nspec: { hostPath: {} }'],
    ['a template for text, which Flux leaves as it is', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { x: "{{ $labels.a }} ${x}" }'],
    ['a custom resource with names of its own', 'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: a }\nspec: { securityContext: 5, Image: x }'],
    ['an argument', '[{ op: add, path: /spec/template/spec/containers/0/args/-, value: --verbose }]'],
    ['one capability to drop', '[{ op: add, path: /spec/template/spec/containers/0/securityContext/capabilities/drop/-, value: CHOWN }]'],
    ['an annotation', '[{ op: add, path: /metadata/annotations/a~1b, value: x }, { op: test, path: /a, value: 1 }]'],
    ['a volume', '[{ op: add, path: /spec/template/spec/volumes/-, value: { name: x, emptyDir: {} } }]'],
  ])('%s in a patch of Flux', (_name, text) => {
    expect(messages(flux(text))).toEqual([]);
    expect(messages(flux(text, { kind: 'Deployment' }))).toEqual([]);
  });
});

test('a whole object is judged whole', () => {
  expect(messages(resource(JSON.stringify(validPod)))).toEqual([]);
  expect(messages(resource('apiVersion: v1\nkind: Pod\nmetadata: { name: a }'))).toEqual([
    'embedded-manifest: in manifest at /spec: spec must be an object, it is missing',
  ]);
});

test('what has a wrong type in a text is a finding that can be exempted', () => {
  const { spec } = validPod as { readonly spec: JsonObject };
  expect(messages(resource(JSON.stringify({ ...validPod, spec: { ...spec, hostPID: 'no' } })))).toEqual([
    'embedded-manifest: in manifest at /spec/hostPID: hostPID must be true or false, it is a string',
  ]);
  expect(messages(resource('apiVersion: v1\nkind: PersistentVolume\nspec: { hostPath: 5 }'))).toEqual([
    'embedded-manifest: in manifest at /spec/hostPath: spec.hostPath must be an object, it is an integer',
  ]);
});

test('what Argo Workflows hands to kubectl for a patch is one', () => {
  const patch = (manifest: string) => argo({ templates: [{ resource: { action: 'patch', manifest } }] });
  expect(messages(patch('kind: Deployment\nspec: { template: { spec: { containers: [{ name: a, env: [] }] } } }'))).toEqual([]);
  expect(messages(patch('[{ op: add, path: /spec/hostPID, value: true }]'))).toEqual([expect.stringContaining('host-namespaces')]);
});

test('a whole pod counts as one that was judged, a part of one does not', () => {
  const [{ pods }] = judge(resource(JSON.stringify(validPod)), policy);
  expect(pods).toMatchObject([{ resource: { kind: 'Pod', name: 'shop' }, containers: ['migrate', 'web', 'debug'] }]);
  expect(judge(podSpecPatch('containers: [{ name: a }]'), policy)[0].pods).toEqual([]);
});

test('a finding names the object around the text and the container in it', () => {
  expect(findings(podSpecPatch('containers: [{ name: main, securityContext: { privileged: true } }]'))).toMatchObject([
    { rule: 'privileged', resource: { kind: 'Workflow' }, container: 'main', pointer: '/spec/podSpecPatch' },
  ]);
});

test.each([
  ['podSpecPatch', podSpecPatch('- a'), 'in podSpecPatch: this must be an object, it is a list'],
  ['a manifest', resource('5'), 'in manifest: the document must be an object, it is an integer'],
  ['a patch', flux('5'), 'in patch: this must be an object or a list of operations, it is an integer'],
  ['an operation', flux('[{ op: test }, { op: move, path: /a }]'), 'in patch (operation 2): op move puts a value there that is not in the patch'],
  ['an object that is removed', flux('[{ op: remove, path: "" }]'), 'in patch (operation 1): this must be an object or a list of operations, it is null'],
  ['the line', podSpecPatch('a: b\nb: ['), 'in podSpecPatch: line 2 cannot be read: '],
  ['a second document', podSpecPatch('a: b\n---\n5'), 'in podSpecPatch (document 2): this must be an object, it is an integer'],
  ['a template', podSpecPatch('{{a}}: ['), 'in podSpecPatch: the text holds "{{", and what is filled in there is not known'],
  ['a field that is none', podSpecPatch('hostpid: 1'), 'in podSpecPatch at /hostpid: this key is taken for hostPID, because case does not count here; write hostPID'],
  ['a hostile key', podSpecPatch('nodeSelector: { "\\e[31m": 5 }'), 'in podSpecPatch at "/nodeSelector/\\u001b[31m": nodeSelector[…] must be a string, it is an integer'],
  ['what stands elsewhere', argo({ action: 'create', manifestFrom: {} }), 'manifestFrom takes a manifest from an artifact, which is not here to be judged'],
  ['the same in a text', resource(JSON.stringify(argo({ action: 'create', manifestFrom: {} }))), 'in manifest at /spec/manifestFrom: manifestFrom takes'],
])('says of %s what cannot be read', (_name, document, message) => {
  expect(messages(document)).toEqual([expect.stringContaining(`embedded-manifest: ${message}`)]);
});

test('a rule of the policy sees what is in a text', () => {
  const noLatest: Rule = defineRule({
    id: 'no-debug',
    summary: 'No.',
    why: 'No.',
    fix: 'no',
    profile: 'baseline',
    references: {},
    *check(pod) {
      for (const { name, pointer } of pod.containers) if (name === 'debug') yield { message: 'no debug', pointer };
    },
  });
  expect(findings(podSpecPatch('containers: [{ name: debug }]'), compilePolicy({ rules: [noLatest] }))).toMatchObject([
    { rule: 'no-debug', message: 'in podSpecPatch at /containers/0: no debug' },
  ]);
});

describe('bounds', () => {
  const words = (document: unknown) => messages(document).map((message) => /because .*/.exec(message)?.[0]);

  test('the length of all texts together', () => {
    const text = `# ${'x'.repeat(2 * 1024 * 1024)}`;
    expect(words(argo({ templates: [text, text, 'hostPID: true'].map((patch) => ({ podSpecPatch: patch })) }))).toEqual([
      'because the texts in one document are longer than 4 MiB', 'because the texts in one document are longer than 4 MiB',
    ]);
  });

  test('how many there are, told once', () => {
    expect(words(argo({ templates: Array(10_005).fill({ podSpecPatch: '[' }) })).at(-1)).toBe('because one document embeds more than 10000 manifests');
    expect(words(flux(JSON.stringify(Array(10_005).fill({ op: 'add', path: '/a', value: 1 }))))).toEqual([
      'because one document embeds more than 10000 manifests',
    ]);
  });

  test('how deep one stands in another', () => {
    const within = (levels: number): JsonObject => levels === 0 ? podSpecPatch('hostPID: true') : resource(JSON.stringify(within(levels - 1)));
    expect(messages(within(2))).toEqual([expect.stringContaining('host-namespaces: in manifest at ')]);
    expect(words(within(3))).toEqual(['because manifests are nested more than 3 levels deep']);
  });

  test('the values that aliases unfold to, over all texts', () => {
    const bomb = 'a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n'
      + 'd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e]';
    const templates = Array(20).fill({ podSpecPatch: bomb });
    expect(new Set(words(argo({ templates })))).toEqual(new Set(['because the document holds more than 1,000,000 values']));
    const patches = [...Array<object>(20).fill({ patch: bomb }), { patch: 'kind: Thing\nspec: { hostPID: true }' }];
    expect(findings({ ...flux(''), spec: { patches } }).at(-1)).toMatchObject({
      rule: 'embedded-manifest', pointer: '/spec/patches/20/patch', message: 'in patch: this is not judged, because the document holds more than 1,000,000 values',
    });
  });

  test('levels in what is no text', () => {
    let deep: unknown = {};
    for (let level = 0; level < 300; level++) deep = { a: deep };
    const document = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', spec: { patchesStrategicMerge: [deep] } };
    expect(words(document)).toEqual(['because it is nested more than 200 levels deep']);
  });
});

test('a getter that throws is a finding', () => {
  const patch = Object.defineProperty({}, 'kind', { enumerable: true, get: () => { throw new Error('no'); } });
  const document = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', spec: { patchesStrategicMerge: [patch] } };
  expect(messages(document)).toEqual(['embedded-manifest: in patchesStrategicMerge: this cannot be read: reading a field of it throws']);
});
