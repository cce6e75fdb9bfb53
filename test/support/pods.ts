import { Pod } from '../../src/manifest/pod';
import { readManifests } from '../../src/manifest/read';
import { Fault, newestKubernetesMinor, Rule, RuleContext } from '../../src/rules/rule';
import { Json, JsonObject } from '../../src/shape/json';

/** A pod that keeps every rule of every profile, with one container of each list and one volume. */
export const validPod: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop', namespace: 'acme', annotations: {} },
  spec: {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    initContainers: [validContainer('migrate')],
    containers: [validContainer('web')],
    ephemeralContainers: [validContainer('debug')],
    volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
  },
};

/** A container that keeps every rule in a pod such as `validPod`. */
export function validContainer(name: string): JsonObject {
  return {
    name,
    image: `ghcr.io/acme/${name}:1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`,
    imagePullPolicy: 'Always',
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}

export type Changes = Readonly<Record<string, Json | undefined>>;

/**
 * The pod with some values changed: `tweak({ 'spec.containers.0.securityContext.privileged': true })`.
 *
 * Objects and lists on the way are made where they are missing; `undefined` takes a value away. The original stays as it is.
 */
export function tweak(changes: Changes, original: JsonObject = validPod): JsonObject {
  const copy = structuredClone(original);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    let place = copy as Record<string, unknown>;
    keys.forEach((key, index) => {
      const next = keys[index + 1] ?? last;
      place = (place[key] ??= /^\d+$/.test(next) ? [] : {}) as Record<string, unknown>;
    });
    if (value === undefined) delete place[last];
    else place[last] = structuredClone(value);
  }
  return copy;
}

/** The one pod of a manifest. */
export function podOf(manifest: JsonObject): Pod {
  const pods = readManifests(manifest).flatMap((each) => each.pods);
  if (pods.length !== 1) throw new Error(`expected one pod, found ${pods.length}`);
  return pods[0];
}

/** What a rule may know where the policy says nothing, at the newest version of Kubernetes. */
export const plainContext: RuleContext = {
  kubernetesMinor: newestKubernetesMinor,
  registries: [],
  movingTags: new Set(['latest']),
  hostPaths: [],
  allowServiceAccountToken: false,
};

/** What a rule finds in the one pod of a manifest; without the details, which `test/rules/detail.test.ts` has for all the rules. */
export function faultsOf(rule: Rule, manifest: JsonObject, context: Partial<RuleContext> = {}): Fault[] {
  return [...rule.check(podOf(manifest), { ...plainContext, ...context })].map(({ detail: _detail, ...fault }) => fault);
}

/** The details of what a rule finds in the one pod of a manifest. */
export function detailsOf(rule: Rule, manifest: JsonObject, context: Partial<RuleContext> = {}): (string | undefined)[] {
  return [...rule.check(podOf(manifest), { ...plainContext, ...context })].map(({ detail }) => detail);
}

/** What a rule finds in the valid pod with some values changed, at a minor version of Kubernetes. */
export function faultsAt(rule: Rule, changes: Changes, kubernetesMinor = newestKubernetesMinor): Fault[] {
  return faultsOf(rule, tweak(changes), { kubernetesMinor });
}
