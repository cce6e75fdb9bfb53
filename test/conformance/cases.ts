import { Json, JsonObject } from '../../src/shape/json';
import { Changes, tweak, validContainer, validPod } from '../support/pods';

/** A pod as what was changed in a base; `null` takes a value away, as it does for the API server. */
export interface Case {
  readonly base: keyof typeof bases;
  readonly changes: Changes;
}

/** Pods to start from: one that passes everything, one that says nothing, and one of two containers in each list. */
const bases = {
  valid: validPod,
  bare: tweak({ spec: { containers: [{ name: 'web' }] } }),
  crowd: tweak({
    'spec.initContainers': [validContainer('migrate'), validContainer('proxy')],
    'spec.containers': [validContainer('web'), validContainer('worker')],
  }),
} as const;

export function podOfCase({ base, changes }: Case): JsonObject {
  const pod = tweak(changes, bases[base]);
  // A change beyond the end of a list leaves a hole, and a container has to be an object for the API server.
  const spec = pod.spec as Record<string, unknown>;
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    const containers = spec[list];
    if (Array.isArray(containers)) spec[list] = Array.from(containers, (container: unknown) => container ?? {});
  }
  return pod;
}

const flag: readonly Json[] = [true, false, null];
const profile: readonly Json[] = [
  null, {}, { type: '' }, { type: null }, { type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'a.json' }, { type: 'Unconfined' },
  { type: 'runtime/default' }, { type: 'runtimedefault' },
];
const user: readonly Json[] = [0, 1, 10001, 65534, null];
const seLinux: readonly Json[] = [
  null, {}, { type: '' }, { type: 'container_t' }, { type: 'container_init_t' }, { type: 'container_kvm_t' }, { type: 'container_engine_t' },
  { type: 'spc_t' }, { type: 'Container_t' }, { user: 'system_u' }, { user: '' }, { role: 'sysadm_r' }, { role: '' }, { level: 's0:c1,c2' },
  { type: 'container_engine_t', user: 'system_u', role: 'sysadm_r' },
];
const windows: readonly Json[] = [null, {}, { hostProcess: true }, { hostProcess: false }, { hostProcess: null }, { runAsUserName: 'ContainerUser' }];

const sysctlNames = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem',
  'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat', 'kernel.msgmax', 'net.core.somaxconn', 'net/ipv4/tcp_syncookies',
  'Net.ipv4.tcp_syncookies', '', '__proto__', 'constructor',
];
const sysctls: readonly Json[] = [
  null, [], [{}], [null], ...sysctlNames.map((name) => [{ name, value: '1' }]),
  [{ name: 'net.ipv4.tcp_syncookies', value: '1' }, { name: 'net.ipv4.tcp_rmem', value: '1' }, { name: 'kernel.msgmax', value: '1' }],
];

const capabilityNames = [
  'ALL', 'all', 'CAP_ALL', 'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID',
  'SETPCAP', 'SETUID', 'SYS_CHROOT', 'NET_RAW', 'SYS_ADMIN', 'NET_ADMIN', 'SYS_TIME', 'chown', 'CAP_CHOWN', 'CAP_NET_BIND_SERVICE', '', '__proto__',
];
const added: readonly Json[] = [null, [], [null], ...capabilityNames.map((name) => [name]), ['NET_BIND_SERVICE', 'CHOWN'], ['CHOWN', 'SYS_ADMIN']];
const dropped: readonly Json[] = [null, [], [null], ['ALL'], ['all'], ['CAP_ALL'], ['NET_RAW'], ['NET_RAW', 'ALL'], ['ALL', 'CHOWN']];

const ports: readonly Json[] = [
  null, [], [null], [{ containerPort: 8080 }], [{ containerPort: 8080, hostPort: 0 }], [{ containerPort: 8080, hostPort: 8080 }],
  [{ containerPort: 8080 }, { containerPort: 8443, hostPort: 443 }], [{ containerPort: 8080, hostPort: null }], [{ name: 'http' }],
];
const probe: readonly Json[] = ['httpGet', 'tcpSocket'].flatMap((action): readonly Json[] => [
  null, {}, { [action]: null }, { [action]: { port: 80 } }, { [action]: { port: 80, host: '' } }, { [action]: { port: 80, host: null } },
  { [action]: { port: 80, host: '127.0.0.1' } }, { [action]: { port: 80, host: 'metadata.internal' } },
]).concat([{ exec: { command: ['true'] } }, { httpGet: { port: 80, host: 'a' }, tcpSocket: { port: 80, host: 'b' } }]);
const lifecycle: readonly Json[] = [null, {}, ...probe.flatMap((handler) => [{ postStart: handler }, { preStop: handler }])];

const volumeSources = [
  'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret', 'hostPath',
  'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd', 'flexVolume', 'cinder', 'cephfs', 'flocker', 'fc',
  'azureFile', 'azureDisk', 'vsphereVolume', 'quobyte', 'portworxVolume', 'photonPersistentDisk', 'scaleIO', 'storageos',
];
const volumes: readonly Json[] = [
  null, [], [null], [{ name: 'v' }], [{ name: 'v', hostPath: null }], [{ name: 'v', hostPath: { path: '/data' } }],
  [{ name: 'v', hostPath: { path: '/etc', type: 'Directory' } }, { name: 'w', nfs: {} }, { name: 'x' }],
  ...volumeSources.map((source) => [{ name: 'v', [source]: {} }]),
  // Two sources: the API server refuses it, and the checks of the two levels disagree.
  [{ name: 'v', emptyDir: {}, hostPath: { path: '/etc' } }], [{ name: 'v', configMap: {}, nfs: {} }], [{ name: 'v', hostPath: {}, nfs: {} }],
];

const seccompKeys = ['seccomp.security.alpha.kubernetes.io/pod', ...['web', 'migrate', 'debug', 'nobody', '', '__proto__']
  .map((name) => `container.seccomp.security.alpha.kubernetes.io/${name}`)];
const appArmorKeys = ['web', 'nobody', ''].map((name) => `container.apparmor.security.beta.kubernetes.io/${name}`);
const annotationValues = ['runtime/default', 'docker/default', 'localhost/', 'localhost/a.json', 'unconfined', '', 'RuntimeDefault', 'Localhost/a', null];
const annotations: readonly Json[] = [null, {}, ...[...seccompKeys, ...appArmorKeys, 'example.com/other']
  .flatMap((key) => annotationValues.map((value) => ({ [key]: value })))];

/** Every field that a check reads, and values of it: good, bad and at the edge. */
const ofSecurityContext: Readonly<Record<string, readonly Json[]>> = {
  'securityContext': [null, {}],
  'securityContext.runAsNonRoot': flag,
  'securityContext.runAsUser': user,
  'securityContext.seccompProfile': profile,
  'securityContext.appArmorProfile': profile,
  'securityContext.seLinuxOptions': seLinux,
  'securityContext.windowsOptions': windows,
};
const ofContainer: Readonly<Record<string, readonly Json[]>> = {
  ...ofSecurityContext,
  'securityContext.privileged': flag,
  'securityContext.allowPrivilegeEscalation': flag,
  'securityContext.procMount': ['Default', 'Unmasked', 'default', '', null],
  'securityContext.capabilities': [null, {}],
  'securityContext.capabilities.add': added,
  'securityContext.capabilities.drop': dropped,
  'securityContext.Privileged': [true],
  'livenessProbe': probe,
  'readinessProbe': probe,
  'startupProbe': probe,
  lifecycle,
  ports,
};
const ofPod: Readonly<Record<string, readonly Json[]>> = {
  ...ofSecurityContext,
  'securityContext.sysctls': sysctls,
  'hostNetwork': flag,
  'hostPID': flag,
  'hostIPC': flag,
  'hostUsers': flag,
  'os': [null, {}, { name: 'windows' }, { name: 'linux' }, { name: 'Windows' }],
  'containers': [null, []],
  'initContainers': [null, [], [{ name: 'migrate' }]],
  'ephemeralContainers': [null, [], [{ name: 'debug' }]],
  'containers.0': [{}],
  volumes,
};

const fields: readonly (readonly [string, readonly Json[]])[] = [
  ...Object.entries(ofPod).map(([path, values]) => [`spec.${path}`, values] as const),
  ...['initContainers.0', 'containers.0', 'ephemeralContainers.0'].flatMap((place) =>
    Object.entries(ofContainer).map(([path, values]) => [`spec.${place}.${path}`, values] as const)),
  ['metadata.annotations', annotations],
];

/** What changes the meaning of other fields, so that each of them is worth trying with it. */
const relaxations: readonly Changes[] = [
  {}, { 'spec.os': { name: 'windows' } }, { 'spec.hostUsers': false }, { 'spec.hostNetwork': true },
  { 'spec.securityContext': null }, { 'spec.securityContext': { runAsNonRoot: false, seccompProfile: { type: 'Unconfined' } } },
];

/** What only a certain combination tells. */
export const telling: readonly Case[] = [
  // Host ports are filled in for containers and init containers, not for ephemeral ones.
  ...['initContainers', 'containers', 'ephemeralContainers'].map((list): Case => (
    { base: 'valid', changes: { 'spec.hostNetwork': true, [`spec.${list}.0.ports`]: [{ containerPort: 8080 }] } }
  )),
  // A container without a name has an annotation all the same.
  { base: 'valid', changes: { 'spec.containers.0.name': null, 'metadata.annotations': { [seccompKeys[5]]: 'unconfined' } } },
  // A bad value of the pod, which every container overrides.
  ...[{ runAsNonRoot: false }, { seccompProfile: { type: 'Unconfined' } }, { runAsUser: 0 }].map((own): Case => ({
    base: 'bare',
    changes: {
      'spec.securityContext': own,
      'spec.containers.0.securityContext': { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, runAsUser: 10001 },
    },
  })),
  // From 1.19 to 1.26 the API server copies the annotation of a pod or of a container into the field that is not set.
  ...seccompKeys.slice(0, 4).flatMap((key) => annotationValues.flatMap((value) => [{}, { 'spec.os': { name: 'windows' } }].map((os): Case => ({
    base: 'valid', changes: { ...os, 'spec.securityContext.seccompProfile': null, 'metadata.annotations': { [key]: value } },
  })))),
  // Every container, so that the pod needs none; and beside the annotation of the pod, which says otherwise.
  ...['runtime/default', 'unconfined', 'localhost/', undefined].map((value): Case => ({
    base: 'valid',
    changes: {
      'spec.securityContext.seccompProfile': null,
      'metadata.annotations': {
        ...Object.fromEntries(seccompKeys.slice(1, 4).map((key) => [key, 'docker/default'])),
        ...value !== undefined && { [seccompKeys[0]]: value },
      },
    },
  })),
  // What is set wins, even where it is empty.
  ...[{ type: 'RuntimeDefault' }, { type: 'Unconfined' }, {}].map((own): Case => ({
    base: 'valid',
    changes: {
      'spec.containers.0.securityContext.seccompProfile': own,
      'metadata.annotations': { [seccompKeys[1]]: 'unconfined' },
    },
  })),
];

/** Each field with each value, in the valid pod and beside each relaxation: a few thousand pods, always the same. */
export function* oneChange(): Generator<Case> {
  for (const [path, values] of fields) {
    for (const value of values) {
      for (const relaxation of relaxations) yield { base: 'valid', changes: { ...relaxation, [path]: value } };
    }
  }
}

/** Pods with up to a dozen changes, from a seed. */
export function* randomCases(count: number, seed: number): Generator<Case> {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  for (let index = 0; index < count; index++) {
    const changes: Record<string, Json> = {};
    const base = pick(['valid', 'valid', 'bare', 'crowd'] as const);
    for (let left = 1 + Math.floor(random() * 12); left > 0; left--) {
      const [path, values] = pick(fields);
      const elsewhere = base === 'crowd' && random() < 0.5 ? path.replace(/^(spec\.(?:initContainers|containers))\.0/, '$1.1') : path;
      changes[elsewhere] = pick(values);
    }
    yield { base, changes };
  }
}

/** A small generator of random numbers with a seed (Park and Miller's), so that a disagreement can be seen again. */
function seeded(seed: number): () => number {
  let state = 1 + seed % 2147483646;
  return () => {
    state = state * 48271 % 2147483647;
    return state / 2147483647;
  };
}
