import { Profile, Rule } from '../rules/rule';

/** How images are pulled from the registries that an entry names. */
export interface RegistryPolicy {
  /**
   * `Always`: each container must say `Always`. `IfNotPresent`: both are accepted.
   *
   * @default - `Always` where the entry has a pull secret or the image is not pinned, otherwise both are accepted
   */
  readonly pullPolicy?: 'Always' | 'IfNotPresent';
  /**
   * Name of the Secret that each pod with such an image must reference in `imagePullSecrets`.
   *
   * @default - no secret is demanded
   */
  readonly pullSecret?: string;
  /**
   * The mirrors that `cdk8s-hardened lock` asks before the registry, in this order: `mirror.example/hub`. What a pod pulls from, the
   * nodes decide.
   *
   * @default - the registry itself is asked
   */
  readonly mirrors?: readonly string[];
}

/** A path on the node that pods may mount although it is on the host. */
export interface HostPathPolicy {
  /**
   * Whether each mount of it must be read-only.
   *
   * @default true
   */
  readonly readOnly?: boolean;
}

/** An exemption of a policy file. It holds for every object that all its selectors name; at least one is needed. */
export interface PolicyExemption {
  readonly rule: string;
  /** Kind of the object, such as `DaemonSet`. */
  readonly kind?: string;
  readonly namespace?: string;
  /** `metadata.name` of the object. */
  readonly name?: string;
  /** Name of the container. @default - all containers, and the pod itself */
  readonly container?: string;
  /** Why the finding is accepted; for whoever reads the report. */
  readonly reason: string;
  readonly owner?: string;
  /** The last day it holds, `YYYY-MM-DD`. @default - it does not end */
  readonly until?: string;
}

/**
 * What a platform team allows. Plain data: the same keys in TypeScript and in `hardened.yaml`,
 * except `rules`, which are functions and so exist in TypeScript only.
 *
 * Nothing is trusted that is not named: without `registries` every image is refused.
 */
export interface Policy {
  /** @default 'hardened' */
  readonly profile?: Profile;
  /**
   * The version of the cluster, `1.33` or `latest`. One newer than the newest known is judged as the newest known.
   *
   * @default 'latest'
   */
  readonly kubernetesVersion?: string;
  /**
   * The trusted registries and repositories, such as `ghcr.io/acme`. Where several entries match an image, the most exact one counts.
   *
   * @default - no registry is trusted
   */
  readonly registries?: Readonly<Record<string, RegistryPolicy>>;
  /**
   * Host paths that pods may mount. A sensitive path (`/etc`, a runtime socket, …) needs an exemption instead.
   *
   * @default - no host path
   */
  readonly hostPaths?: Readonly<Record<string, HostPathPolicy>>;
  /**
   * Tags that are no version because they move.
   *
   * @default - `defaultMovingTags`
   */
  readonly movingTags?: readonly string[];
  /**
   * Whether pods may have the token of their service account mounted.
   *
   * @default 'forbidden'
   */
  readonly serviceAccountToken?: 'forbidden' | 'allowed';
  /** @default - none */
  readonly exemptions?: readonly PolicyExemption[];
  /**
   * Whether the annotation `ignore.cdk8s-hardened/<rule>: <reason>` on a resource or its pod template exempts it from that rule.
   * Whoever writes the manifest then decides; so it counts only where the policy says so.
   *
   * @default false
   */
  readonly ignoreAnnotations?: boolean;
  /** Rules of your own, made with `defineRule`; in TypeScript only. @default - none */
  readonly rules?: readonly Rule[];
}

/** The tags that `image-tag` takes for moving names unless the policy names its own. Compared in lower case. */
export const defaultMovingTags: readonly string[] = [
  'latest', 'main', 'master', 'trunk', 'head', 'tip', 'stable', 'edge', 'nightly', 'weekly', 'daily', 'rolling', 'current',
  'lts', 'mainline', 'dev', 'devel', 'develop', 'development', 'snapshot', 'canary', 'beta', 'alpha', 'rc', 'next', 'unstable', 'testing',
  'test', 'staging', 'prod', 'production', 'release',
];
