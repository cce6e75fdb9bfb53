import { annotationExemptions } from './annotations';
import { CompiledPolicy } from './compile';
import { EmbeddedReader } from './embedded';
import { EmbeddedPart } from './embedded-part';
import { Exemption } from './exemption';
import { podPlace } from './pod-place';
import { Finding, JudgedPod, Origin } from './verdict';
import { Manifest, Pod } from '../manifest/pod';
import { readManifests } from '../manifest/read';
import { manifest as manifestRule } from '../rules/baseline/manifest';
import { Fault, Rule, RuleContext } from '../rules/rule';
import { isObject, kindOf } from '../shape/json';
import { quoted } from '../text/text';

/** One Kubernetes object and what the rules say of it, before any exemption. */
interface JudgedManifest {
  readonly manifest: Manifest;
  readonly pods: readonly JudgedPod[];
  readonly findings: readonly Finding[];
  /** What its annotations exempt it from, where the policy honours them. */
  readonly exemptions: readonly Exemption[];
}

/**
 * Judges a document by a policy: any JSON value at all, without a throw, and without changing it.
 * A `List` gives one result for each of its items.
 *
 * @param manifests what `readManifests` found in the document, where somebody has read it already
 */
export function judge(
  document: unknown, policy: CompiledPolicy, origin: Origin = {}, manifests = readManifests(document),
): readonly JudgedManifest[] {
  const reader = new EmbeddedReader();
  return manifests.map((manifest) => judgeManifest(document, manifest, policy, origin, reader));
}

function judgeManifest(
  document: unknown, manifest: Manifest, policy: CompiledPolicy, origin: Origin, reader: EmbeddedReader,
): JudgedManifest {
  const { resource, pods, persistentVolumes, malformed } = manifest;
  const findings: Finding[] = [];
  const found = pods.map((pod) => ({ pod, findings: [] as Finding[] }));
  const add = ({ id, fix, severity = 'medium' }: Rule, faults: readonly Fault[], judged?: { readonly pod: Pod; readonly findings: Finding[] }) => {
    for (const fault of faults) {
      // After the fault, so that a custom rule cannot set these itself.
      const finding = { fix, ...fault, rule: id, severity, resource, pod: judged && podPlace(document, judged.pod, fault), ...origin };
      findings.push(finding);
      judged?.findings.push(finding);
    }
  };
  add(manifestRule, malformed);
  const parts = [...reader.read(manifest)];
  for (const rule of policy.rules) {
    for (const part of parts) add(rule, faultsIn(part, rule, policy.context));
    for (const each of found) add(rule, faultsOf(rule, rule.check, each.pod, policy.context), each);
    if (rule.checkPersistentVolume === undefined) continue;
    for (const volume of persistentVolumes) add(rule, faultsOf(rule, rule.checkPersistentVolume, volume, policy.context));
  }
  return {
    manifest,
    findings: pods.length > 1 || parts.length > 0 ? distinct(findings) : findings,
    exemptions: policy.ignoreAnnotations ? annotationExemptions(manifest, found) : [],
    pods: [...pods, ...parts.flatMap((part) => part.isWhole ? part.pods : [])].map((pod) => describe(pod, origin)),
  };
}

/** What a rule says of a text that is a manifest, at the pointer of the text. */
function faultsIn(part: EmbeddedPart, rule: Rule, context: RuleContext): readonly Fault[] {
  const { checkEmbedded, checkPersistentVolume } = rule;
  return [
    ...checkEmbedded === undefined ? [] : faultsOf(rule, checkEmbedded, part, context),
    ...part.tell(part.pods.flatMap((pod) => faultsOf(rule, rule.check, pod, context))),
    ...checkPersistentVolume === undefined
      ? []
      : part.tell(part.persistentVolumes.flatMap((volume) => faultsOf(rule, checkPersistentVolume, volume, context))),
  ];
}

type RuleCheck<Subject> = (this: Rule, subject: Subject, context: RuleContext) => Iterable<Fault>;

/** A custom rule may have a bug. It must then refuse: a check that did not finish has not passed. */
function faultsOf<Subject extends object>(rule: Rule, check: RuleCheck<Subject>, subject: Subject, context: RuleContext): readonly Fault[] {
  try {
    const faults: Fault[] = [];
    for (const fault of check.call(rule, subject, context)) {
      if (!isFault(fault)) throw new TypeError('a fault must be an object with the texts message and pointer');
      if (!isTextOrUnset(fault.detail)) throw new TypeError('the detail of a fault must be a text');
      faults.push(fault);
    }
    return faults;
  } catch (error) {
    return [{
      message: `the rule ${rule.id} failed, so this could not be judged: ${quoted(messageOf(error))}`,
      fix: `mend the rule ${rule.id}: its check must not throw`,
      pointer: 'pointer' in subject ? String(subject.pointer) : '',
      // So that it is not taken for a finding of the rule.
      detail: 'the rule failed',
    }];
  }
}

/** What pods share, such as the volumes of a workflow, is found for each of them; what a patch writes, for each kind it may be for. */
function distinct(findings: readonly Finding[]): Finding[] {
  const keyOf = ({ rule, pointer, container, message }: Finding) => JSON.stringify([rule, pointer, container, message]);
  return [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()];
}

/** A rule in JavaScript has no compiler to check it, and no report could show anything else. */
function isFault(value: unknown): boolean {
  return isObject(value) && typeof value.message === 'string' && typeof value.pointer === 'string';
}

/** Baselines compare it. */
function isTextOrUnset(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

/** Anything can be thrown, also what cannot be turned into a string. */
function messageOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return kindOf(error);
  }
}

function describe(pod: Pod, origin: Origin): JudgedPod {
  return {
    resource: pod.resource,
    containers: pod.containers.map((container) => container.label),
    images: pod.images.flatMap((image) => image.text ?? []),
    ...origin,
  };
}
