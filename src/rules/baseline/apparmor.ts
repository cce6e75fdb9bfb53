import { pointer } from '../../shape/json';
import { quoted } from '../../text/text';
import { unconfined } from '../profile-types';
import { defineRule } from '../rule';

const annotationPrefix = 'container.apparmor.security.beta.kubernetes.io/';

/*
 * AppArmor is not switched off.
 *
 * **Fields**          securityContext.appArmorProfile.type of the pod and of every container
 * **Allowed values**  unset, RuntimeDefault, Localhost
 * **Fields**          metadata.annotations["container.apparmor.security.beta.kubernetes.io/*"], whether such a container exists or not
 * **Allowed values**  unset, empty, runtime/default, localhost/*
 * **Source**          Pod Security Standards, baseline, "AppArmor", since 1.0; both forms hold in every version
 */
export const apparmor = defineRule({
  id: 'apparmor',
  summary: 'AppArmor is not switched off.',
  why: 'On nodes with AppArmor the runtime\'s profile keeps a container from mounting and from writing to much of /proc and /sys; without it, one hole is enough.',
  fix: 'remove the profile, or set RuntimeDefault or Localhost',
  profile: 'baseline',
  references: {
    pss: 'Baseline: AppArmor',
    nsa: 'Pod security enforcement',
    kyverno: ['restrict-apparmor-profiles'],
    trivy: ['KSV-0002'],
    polaris: ['linuxHardening'],
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
