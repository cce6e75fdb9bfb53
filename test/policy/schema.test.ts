import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { defaultMovingTags, Policy, PolicyError, rules } from '../../src';
import { profiles } from '../../src/rules/rule';

const folder = join(__dirname, '..', '..');
const schema = JSON.parse(readFileSync(join(folder, 'schema', 'policy.schema.json'), 'utf8')) as Schema;
// `strictRequired` does not see the properties around an `anyOf`.
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
const matchesSchema = ajv.compile(schema);

interface Schema {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly title?: string;
  readonly description?: string;
}

/** As a file, which is what the schema is for. */
function isValid(policy: unknown): boolean {
  try {
    Policy.parse(JSON.stringify(policy));
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
    return false;
  }
}

const excuse = { rule: 'privileged', reason: 'because', kind: 'Pod' };
const registry = (entry: string) => ({ registries: { [entry]: {} } });
const path = (entry: string) => ({ hostPaths: { [entry]: {} } });

const good: readonly unknown[] = [
  {},
  { profile: 'baseline', kubernetesVersion: 'latest', movingTags: [], exemptions: [], registries: {}, hostPaths: {} },
  { kubernetesVersion: 'v1.0', serviceAccountToken: 'forbidden', ignoreAnnotations: true },
  { registries: { 'ghcr.io': { pullPolicy: 'IfNotPresent' }, 'ghcr.io/acme': { pullSecret: 'a.b-c' } } },
  ...[
    'docker.io/library', 'localhost', 'LOCALHOST/x', 'localhost:5000/a_b/c__d/e--f.g', '[::1]:5000/x', '127.0.0.1', '*.dkr.ecr.eu-west-1.amazonaws.com',
    '*.*.amazonaws.com/acme', 'ghcr.io/*/x', 'GHCR.io/acme', 'reg:5000', 'registry.example.com:443/a',
  ].map(registry),
  ...[
    ['mirror.example/hub'], ['mirror.example', 'localhost:5000', '[::1]:5000/x', 'LOCALHOST/a', '10.0.0.1/a_b/c--d', 'docker.io/library'],
  ].map((mirrors) => ({ registries: { 'docker.io': { mirrors } } })),
  ...['/data', '/data/', '//data//.', '/srv/my data', 'D:\\data', 'd:/data', '/var/run/agent'].map(path),
  { hostPaths: { '/data': { readOnly: false } } },
  { movingTags: ['latest', 'v1', '_x', 'A.b-c'] },
  { exemptions: [{ ...excuse, namespace: 'n', name: 'm', container: 'c', owner: 'o', until: '2030-12-31' }] },
  { exemptions: [{ rule: 'host-path', reason: 'r', container: 'c' }] },
];

const bad: readonly unknown[] = [
  null, [], 'hardened', 7,
  { profiel: 'hardened' }, { rules: [] }, JSON.parse('{"__proto__":{}}'),
  { profile: 'strict' }, { profile: null }, { profile: ['hardened'] },
  ...[1.3, '1', '1.03', '2.1', '1.33.1', '', '1.33\n', '1.100000'].map((kubernetesVersion) => ({ kubernetesVersion })),
  { registries: [] }, { registries: null }, { registries: { 'ghcr.io': null } }, { registries: { 'ghcr.io': { pullPolcy: 'Always' } } },
  { registries: { 'ghcr.io': { pullPolicy: 'Never' } } },
  ...['', ' ', 'Reg', 'a..b', '-a', 'a-', 'x'.repeat(254), 7].map((pullSecret) => ({ registries: { 'ghcr.io': { pullSecret } } })),
  ...[
    '', '*', 'nginx', 'library/nginx', 'https://ghcr.io', 'ghcr.io/', 'ghcr.io//a', 'ghcr.io/A', 'ghcr.io/a:1', 'ghcr.io/a@sha256:x', '*.io', '*:5000',
    'ghcr.*', 'gh*.example.com', 'ghcr.io/a*', '-ghcr.io', 'ghcr.io:x', 'ghcr.io ', 'ghcr.io\n', '__proto__', `ghcr.io/${'a'.repeat(1024)}`, '[::1', '.io',
  ].map(registry),
  ...[
    [], null, 'mirror.example', {}, [7], [null], [''], ['mirror'], ['https://mirror.example'], ['mirror.example/'], ['mirror.example/a:1'],
    ['mirror.example/a@sha256:x'], ['*.mirror.example'], ['mirror.example/*'], ['mirror.example/A'], ['mirror.example', 'x y'], ['mirror.example\n'],
    [`mirror.example/${'a'.repeat(1024)}`], ['user:pass@mirror.example'],
  ].map((mirrors) => ({ registries: { 'docker.io': { mirrors } } })),
  ...['', 'data', './data', '../data', '/data/..', '/a/../b', 'C:data', '__proto__'].map(path),
  { hostPaths: [] }, { hostPaths: { '/data': null } }, { hostPaths: { '/data': { readOnly: 'no' } } }, { hostPaths: { '/data': { readonly: true } } },
  { movingTags: 'latest' }, { movingTags: [''] }, { movingTags: [1] }, { movingTags: ['v*'] }, { movingTags: ['x'.repeat(129)] },
  { serviceAccountToken: true }, { ignoreAnnotations: 'yes' },
  { exemptions: {} }, { exemptions: [null] },
  ...[
    { reason: undefined }, { reason: ' \t' }, { rule: undefined }, { rule: 'privilege' }, { rule: 'manifest' }, { rule: 'toString' }, { kind: undefined },
    { kind: 7 }, { name: '' }, { util: '2030-12-31' }, { until: '2030-13-01' }, { until: '2030-12-32' }, { until: 'soon' }, { until: 20301231 }, { owner: null },
  ].map((change) => ({ exemptions: [{ ...excuse, ...change }] })),
];

/** What the schema lets an editor pass, and the library refuses all the same. */
const beyondTheSchema: readonly (readonly [why: string, policy: unknown])[] = [
  ['two entries that mean the same registry', { registries: { 'docker.io/x': {}, 'index.docker.io/x': {} } }],
  ['two spellings of a host path', { hostPaths: { '/data': {}, '/data/': {} } }],
  ['a sensitive host path', path('/etc')],
  ['a path to a runtime socket', path('/data/containerd.sock')],
  ['a path with a control character', path('/data\u0007')],
  ['a segment that Windows reads as ..', path('/data/.. /etc')],
  ['a short name of Windows', path('C:\\PROGRA~1')],
  ['a day that the calendar does not have', { exemptions: [{ ...excuse, until: '2030-02-30' }] }],
  ['an address of which a part is anything', registry('*.2.3.4')],
];

test.each(good)('both accept %j', (policy) => {
  expect([matchesSchema(policy), isValid(policy)]).toEqual([true, true]);
});

test.each(bad.map((policy) => [policy]))('both refuse %j', (policy) => {
  expect([matchesSchema(policy), isValid(policy)]).toEqual([false, false]);
});

test.each(beyondTheSchema)('the schema cannot refuse %s', (_why, policy) => {
  expect([matchesSchema(policy), isValid(policy)]).toEqual([true, false]);
});

test('the policy of an example matches', () => {
  const policy = Policy.fromFile(join(folder, 'examples', 'shop', 'hardened.yaml'));

  expect(matchesSchema(policy)).toBe(true);
});

test('every example and default matches its own key', () => {
  for (const [key, { examples = [], ...property }] of Object.entries(schema.properties)) {
    for (const value of [...examples, ...property.default === undefined ? [] : [property.default]]) {
      expect([key, value, isValid({ [key]: value }), matchesSchema({ [key]: value })]).toEqual([key, value, true, true]);
    }
  }
});

test('every key has a title, a description and an example', () => {
  const { registry: one, hostPath, exemption } = schema.definitions;
  for (const { properties } of [schema, one, hostPath, exemption]) {
    for (const [key, { title, description, examples }] of Object.entries(properties)) {
      expect([key, typeof title, typeof description, (examples ?? []).length > 0]).toEqual([key, 'string', 'string', true]);
    }
  }
});

test('lists the rules, the profiles and the moving tags that there are', () => {
  expect(schema.definitions.exemption.properties.rule.enum).toEqual(Object.keys(rules).filter((id) => id !== 'manifest'));
  expect(schema.properties.profile.enum).toEqual(profiles);
  expect(schema.properties.movingTags.description).toContain(`: ${defaultMovingTags.join(', ')}.`);
});

test('has an id that needs no network', () => {
  expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', $id: 'urn:cdk8s-hardened:policy' });
});
