import { boolean, integer, list, map, object, Shape, string, TypeOf } from './shape';

/*
 * The fields of a pod that a rule reads, with their types (Kubernetes API reference, core/v1).
 * A rule that wants another field adds it here: what stands here is checked for its type, and nothing else is.
 */

const profile = object({ type: string, localhostProfile: string });
const seLinuxOptions = object({ user: string, role: string, type: string, level: string });
const windowsOptions = object({ hostProcess: boolean, runAsUserName: string });

const podSecurityContext = object({
  runAsNonRoot: boolean,
  runAsUser: integer,
  runAsGroup: integer,
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions,
  windowsOptions,
  sysctls: list(object({ name: string, value: string })),
});

const containerSecurityContext = object({
  runAsNonRoot: boolean,
  runAsUser: integer,
  runAsGroup: integer,
  privileged: boolean,
  allowPrivilegeEscalation: boolean,
  readOnlyRootFilesystem: boolean,
  procMount: string,
  capabilities: object({ add: list(string), drop: list(string) }),
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions,
  windowsOptions,
});

const handler = object({
  exec: object({ command: list(string) }),
  httpGet: object({ host: string }),
  tcpSocket: object({ host: string }),
});

export const containerShape = object({
  name: string,
  image: string,
  imagePullPolicy: string,
  command: list(string),
  args: list(string),
  // Argo Workflows: the text that a `script` template runs; Tekton: that of a step.
  source: string,
  script: string,
  ports: list(object({ containerPort: integer, hostPort: integer })),
  securityContext: containerSecurityContext,
  livenessProbe: handler,
  readinessProbe: handler,
  startupProbe: handler,
  lifecycle: object({ postStart: handler, preStop: handler }),
  volumeMounts: list(object({ name: string, mountPath: string, readOnly: boolean, mountPropagation: string })),
  restartPolicy: string,
});

const nodeSelectorTerm = object({
  matchExpressions: list(object({ key: string, operator: string, values: list(string) })),
  matchFields: list(object({ key: string })),
});

// What is only preferred decides nothing.
const affinity = object({
  nodeAffinity: object({
    requiredDuringSchedulingIgnoredDuringExecution: object({ nodeSelectorTerms: list(nodeSelectorTerm) }),
  }),
});

const any: Shape<unknown> = { zero: undefined, read: (value) => value };

export const volumeShape = object({
  name: string,
  hostPath: object({ path: string, type: string }),
  image: object({ reference: string, pullPolicy: string }),
});

const podFields = {
  hostNetwork: boolean,
  hostPID: boolean,
  hostIPC: boolean,
  hostUsers: boolean,
  os: object({ name: string }),
  nodeSelector: map(string),
  affinity,
  serviceAccountName: string,
  automountServiceAccountToken: boolean,
  imagePullSecrets: list(object({ name: string })),
  securityContext: podSecurityContext,
  volumes: list(any),
};

/** The fields of a pod without its containers: what an object around a container hands down to it. */
export const podFieldsShape = object(podFields);

export const podSpecShape = object({
  ...podFields,
  containers: list(any),
  initContainers: list(any),
  ephemeralContainers: list(any),
});

export const metadataShape = object({
  name: string,
  generateName: string,
  namespace: string,
  annotations: map(string),
  labels: map(string),
});

export type PodSpec = TypeOf<typeof podSpecShape>;
export type ContainerFields = TypeOf<typeof containerShape>;
export type VolumeFields = TypeOf<typeof volumeShape>;
export type Metadata = TypeOf<typeof metadataShape>;
export type NodeSelectorTerm = TypeOf<typeof nodeSelectorTerm>;
export type Handler = TypeOf<typeof handler>;
