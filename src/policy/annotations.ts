import { Exemption, isFrom } from './exemption';
import { Manifest, Resource } from '../manifest/pod';

const prefix = 'ignore.cdk8s-hardened/';

/**
 * The exemptions that a manifest declares for itself: `ignore.cdk8s-hardened/<rule>: <reason>`, on the object or on its pod template.
 *
 * One without a reason excuses nothing, and so ends as a stale one. There is none from `manifest`.
 */
export function annotationExemptions(manifest: Manifest): readonly Exemption[] {
  const declared = new Map<string, string>();
  for (const annotations of [manifest.annotations, ...manifest.pods.map((pod) => pod.metadata.annotations ?? {})]) {
    for (const [key, reason] of Object.entries(annotations)) {
      if (key.startsWith(prefix) && typeof reason === 'string') declared.set(key.slice(prefix.length), reason.trim());
    }
  }
  const { kind, name = 'without a name' } = manifest.resource;
  return [...declared].map(([rule, reason]) => ({
    note: { rule, scope: `the annotation of ${kind} ${name}${reason === '' ? ', which gives no reason' : ''}`, reason },
    covers: (finding) => reason !== '' && rule !== 'manifest' && isFrom(rule, finding) && isSame(finding.resource, manifest.resource),
  }));
}

/** By value: where policies nest, each of them reads the manifest for itself. */
function isSame(a: Resource, b: Resource): boolean {
  return a.apiVersion === b.apiVersion && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
