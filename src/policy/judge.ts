import { CompiledPolicy } from './compile';
import { Finding, JudgedPod, Origin } from './verdict';
import { Manifest, Pod } from '../manifest/pod';
import { readManifests } from '../manifest/read';
import { Fault, Rule } from '../rules/rule';
import { quoted } from '../rules/text';

/** One Kubernetes object and what the rules say of it, before any exemption. */
export interface JudgedManifest {
  readonly manifest: Manifest;
  readonly pods: readonly JudgedPod[];
  readonly findings: readonly Finding[];
}

/**
 * Judges a document by a policy: any JSON value at all, without a throw, and without changing it.
 * A `List` gives one result for each of its items.
 */
export function judge(document: unknown, policy: CompiledPolicy, origin: Origin = {}): readonly JudgedManifest[] {
  return readManifests(document).map((manifest) => judgeManifest(manifest, policy, origin));
}

function judgeManifest(manifest: Manifest, policy: CompiledPolicy, origin: Origin): JudgedManifest {
  const findings: Finding[] = [];
  const { resource } = manifest;
  for (const { message, pointer } of manifest.malformed) {
    findings.push({ rule: 'manifest', message, fix: 'write it as the Kubernetes API has it', pointer, resource, ...origin });
  }
  for (const rule of policy.rules) {
    for (const pod of manifest.pods) collect(rule, () => rule.check(pod, policy.context), pod.pointer);
    if (rule.checkPersistentVolume === undefined) continue;
    for (const volume of manifest.persistentVolumes) {
      collect(rule, () => rule.checkPersistentVolume!(volume, policy.context), '');
    }
  }
  return { manifest, findings, pods: manifest.pods.map((pod) => describe(pod, origin)) };

  function collect(rule: Rule, check: () => Iterable<Fault>, pointer: string): void {
    for (const fault of faultsOf(rule, check, pointer)) findings.push({ fix: rule.fix, ...fault, rule: rule.id, resource, ...origin });
  }
}

/** A platform team's rule may have a bug. It must then refuse: a check that did not finish has not passed. */
function faultsOf(rule: Rule, check: () => Iterable<Fault>, pointer: string): Iterable<Fault> {
  try {
    return [...check()];
  } catch (error) {
    return [{
      message: `the rule ${rule.id} failed, so this could not be judged: ${quoted(String(error))}`,
      fix: `mend the rule ${rule.id}: its check must not throw`,
      pointer,
    }];
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
