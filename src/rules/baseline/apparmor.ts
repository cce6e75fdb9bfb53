import { pointer } from '../../shape/json';
import { quoted } from '../../text/text';
import { yaml } from '../example';
import { unconfined } from '../profile-types';
import { builtInRule } from '../rule';

const annotationPrefix = 'container.apparmor.security.beta.kubernetes.io/';

export const apparmor = builtInRule({
  id: 'apparmor',
  summary: 'AppArmor is not turned off.',
  law: {
    fields: [
      'spec.securityContext.appArmorProfile.type',
      'spec.containers[*].securityContext.appArmorProfile.type',
      'metadata.annotations["container.apparmor.security.beta.kubernetes.io/*"] (whether such a container exists or not)',
    ],
    allowed: 'for the fields: unset, RuntimeDefault, Localhost; for the annotations: unset, empty, runtime/default, localhost/*',
    source: 'Pod Security Standards, baseline, "AppArmor", since 1.0; both forms hold in every version',
  },
  why: 'On nodes with AppArmor, the runtime\'s profile keeps a container from mounting file systems and from writing to much of /proc and /sys.',
  fix: 'remove the profile, or set RuntimeDefault or Localhost',
  profile: 'baseline',
  severity: 'medium',
  references: {
    pss: 'Baseline: AppArmor',
    nsa: 'Pod security enforcement',
    kyverno: ['restrict-apparmor-profiles'],
    trivy: ['KSV-0002'],
    polaris: ['linuxHardening'],
  },
  examples: {
    bad: yaml`
      securityContext:
        appArmorProfile: { type: Unconfined }
    `,
    good: yaml`
      securityContext:
        appArmorProfile: { type: RuntimeDefault }  # or left out
    `,
  },
  *check(pod) {
    yield* unconfined(pod, 'appArmorProfile');

    const annotations = pod.metadata.annotations ?? {};
    for (const key of Object.keys(annotations)) {
      if (!key.startsWith(annotationPrefix) || isAllowed(annotations[key])) continue;
      const name = key.slice(annotationPrefix.length);
      const container = pod.containers.find((each) => each.name === name)?.label;
      yield {
        message: `the AppArmor annotation of container ${quoted(name)} must be "runtime/default" or "localhost/…", `
          + `it is ${quoted(annotations[key])}`,
        pointer: pointer(pod.metadataPointer, 'annotations', key),
        container,
        detail: container === undefined ? `${name} ${annotations[key]}` : annotations[key],
      };
    }
  },
});

function isAllowed(value: string): boolean {
  return value === '' || value === 'runtime/default' || value.startsWith('localhost/');
}
