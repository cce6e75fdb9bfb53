import { Example } from './example';
import type { LockedImages } from '../image/facts';
import { RegistryPattern } from '../image/pattern';
import { EmbeddedManifest } from '../manifest/embedded-text';
import { PersistentVolume, Pod } from '../manifest/pod';

/** The profiles, each within the next. */
export const profiles = ['baseline', 'restricted', 'hardened'] as const;
/** How much is demanded: `baseline` and `restricted` are the Pod Security Standards, `hardened` has our own rules on top. */
export type Profile = (typeof profiles)[number];

/**
 * How much a rule weighs, the gravest first. It orders reports and hides nothing.
 *
 * `critical`: the container is root on its node. `high`: it is little short of that, or somebody else decides what runs, or what runs is
 * not known. `medium`: whoever breaks into the container gets further. `low`: what fails is the pod, or one safeguard of several.
 */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
/** How much a rule weighs. */
export type Severity = (typeof severities)[number];

/** What a rule demands, to the letter. */
export interface Law {
  /** The fields that are judged, as Kubernetes documents them; `containers[*]` is `initContainers[*]` and `ephemeralContainers[*]` too. */
  readonly fields: readonly string[];
  /** The values that pass, with the version of Kubernetes where it matters. */
  readonly allowed: string;
  /** The standard and its section, with the version of Kubernetes since which it holds; or the source of Kubernetes. */
  readonly source: string;
}

/** What a rule found at one place of a pod. Data, not an exception. */
export interface Fault {
  /** The problem, in one lower-case line without a full stop: the field, what it must be, what it is. */
  readonly message: string;
  /** JSON pointer (RFC 6901) in the document of the value that is wrong, or of the place where it is missing. */
  readonly pointer: string;
  /** The container's label, where it is about one. */
  readonly container?: string;
  /**
   * What makes it as bad as it is, in a short text that stays as it is while lines move: the host path, the capability,
   * `registry/repository` of the image. Left out where something is missing, and nothing is worse than that.
   *
   * With another detail it is a new finding to a baseline. Never a secret: it is written to a file that is committed.
   */
  readonly detail?: string;
  /** What to write instead, where this place allows a more exact answer than the rule's own `fix`. */
  readonly fix?: string;
  /** The rule that judges the same fact more exactly, where there is one: an exemption from it holds for this fault too. */
  readonly moreExactRule?: string;
}

/** The same check elsewhere, by the name of the tool or standard. */
export interface References {
  /** The control of the Pod Security Standards. */
  readonly pss?: string;
  /** Section of the CIS Kubernetes Benchmark, with the version of the benchmark that numbers it so. */
  readonly cis?: string;
  readonly nsa?: string;
  readonly kyverno?: readonly string[];
  readonly kubeLinter?: readonly string[];
  readonly trivy?: readonly string[];
  readonly checkov?: readonly string[];
  readonly kubescape?: readonly string[];
  readonly polaris?: readonly string[];
}

/** An entry of the policy's registries, compiled. */
export interface TrustedRegistry {
  readonly pattern: RegistryPattern;
  readonly pullPolicy?: 'Always' | 'IfNotPresent';
  readonly pullSecret?: string;
}

export interface AllowedHostPath {
  readonly path: string;
  readonly readOnly: boolean;
}

/** What a rule may know besides the pod: the policy's plain values, compiled once. */
export interface RuleContext {
  /** The minor version of Kubernetes 1.x; never above the newest that is known. */
  readonly kubernetesMinor: number;
  readonly registries: readonly TrustedRegistry[];
  /** Tags that move, lower-case. */
  readonly movingTags: ReadonlySet<string>;
  readonly hostPaths: readonly AllowedHostPath[];
  readonly allowServiceAccountToken: boolean;
  /** What the lock says of images. @default - no image is locked, and the rules that need a lock find nothing */
  readonly lock?: LockedImages;
}

/**
 * One requirement on a pod.
 *
 * `check` is pure and total: it does not throw, whatever the pod looks like, and it changes nothing.
 */
export interface Rule<Id extends string = string> {
  /** Kebab-case; the same in code, docs, reports and exemptions. */
  readonly id: Id;
  /** The law in one positive sentence. */
  readonly summary: string;
  /** @default - the summary says it all */
  readonly law?: Law;
  readonly why: string;
  readonly fix: string;
  readonly profile: Profile;
  /** @default 'medium' */
  readonly severity?: Severity;
  readonly references: References;
  /** @default - none */
  readonly examples?: Example;
  check(pod: Pod, context: RuleContext): Iterable<Fault>;
  /** For the rules that also judge volumes of the cluster. */
  checkPersistentVolume?(volume: PersistentVolume, context: RuleContext): Iterable<Fault>;
  /** For the rule that judges whether texts which are manifests can be read. */
  checkEmbedded?(embedded: EmbeddedManifest, context: RuleContext): Iterable<Fault>;
}

/** A rule that comes with the library: nothing of it is left out. */
export type BuiltInRule<Id extends string = string> = Rule<Id> & Required<Pick<Rule, 'law' | 'severity' | 'examples'>>;

/** The newest Kubernetes minor version whose Pod Security Standards are known here; a newer one is judged as this. */
export const newestKubernetesMinor = 37;

/**
 * Declares a rule: the identity function, there for its types.
 *
 * Platform teams use it for their own rules, which they hand to the policy.
 */
export function defineRule<const Id extends string>(rule: Rule<Id>): Rule<Id> {
  return rule;
}

/** Declares a rule that comes with the library. */
export function builtInRule<const Id extends string>(rule: BuiltInRule<Id>): BuiltInRule<Id> {
  return rule;
}
