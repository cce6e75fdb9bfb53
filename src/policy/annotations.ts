import { Exemption, isFrom } from './exemption';
import { Finding } from './verdict';
import { Manifest, Pod, Resource } from '../manifest/pod';

const prefix = 'ignore.cdk8s-hardened/';

type Declared = ReadonlyMap<string, string>;

/** What a rule found in one pod. */
interface FoundInPod {
  readonly pod: Pod;
  readonly findings: readonly Finding[];
}

/**
 * The exemptions that a manifest declares for itself: `ignore.cdk8s-hardened/<rule>: <reason>`. On the object they apply to all of it; on
 * a pod template to that pod alone, so that a finding in what pods share is excused only where every pod it was found in has it.
 *
 * One without a reason excuses nothing, and so is reported as stale. None is possible from `manifest`.
 */
export function annotationExemptions(manifest: Manifest, found: readonly FoundInPod[]): readonly Exemption[] {
  const ofObject = declaredIn(manifest.annotations);
  const exemptions = [...ofObject].map(([rule, reason]) => exemption(manifest, rule, reason, '', () => true));
  const pods = found.map(({ pod, findings }) => (
    { pod, keys: new Set(findings.map(keyOf)), declared: declaredIn(pod.metadata.annotations ?? {}) }
  ));
  for (const { pod, keys, declared } of pods) {
    // Which of several pods; a report would otherwise name the object alone.
    const place = manifest.pods.length > 1 ? ` at ${pod.metadataPointer}` : '';
    for (const [rule, reason] of declared) {
      // For a Pod, these are also the annotations of the object.
      if (ofObject.get(rule) === reason) continue;
      exemptions.push(exemption(manifest, rule, reason, place, (finding) => {
        const key = keyOf(finding);
        return keys.has(key) && pods.every((other) => !other.keys.has(key) || Boolean(other.declared.get(rule)));
      }));
    }
  }
  return exemptions;
}

function exemption(
  { resource }: Manifest, rule: string, reason: string, place: string, isInScope: (finding: Finding) => boolean,
): Exemption {
  const { kind, name = 'without a name' } = resource;
  return {
    note: { rule, scope: `the annotation of ${kind} ${name}${place}${reason === '' ? ', which gives no reason' : ''}`, reason },
    covers: (finding) => reason !== '' && rule !== 'manifest' && isFrom(rule, finding) && isSame(finding.resource, resource) && isInScope(finding),
  };
}

function declaredIn(annotations: Readonly<Record<string, unknown>>): Declared {
  const declared = new Map<string, string>();
  for (const [key, reason] of Object.entries(annotations)) {
    if (key.startsWith(prefix) && typeof reason === 'string') declared.set(key.slice(prefix.length), reason.trim());
  }
  return declared;
}

/** Without the message: where policies nest, each may word the same finding differently. */
function keyOf({ rule, pointer, container }: Finding): string {
  return JSON.stringify([rule, pointer, container]);
}

/** By value: where policies nest, each of them reads the manifest for itself. */
function isSame(a: Resource, b: Resource): boolean {
  return a.apiVersion === b.apiVersion && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
