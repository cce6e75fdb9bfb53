import { unmasked } from '../baseline/proc-mount';
import { defineRule } from '../rule';

/*
 * Containers see /proc with the runtime's masks, in a user namespace too.
 *
 * **Fields**          securityContext.procMount of every container
 * **Allowed values**  unset, Default
 * **Source**          Pod Security Standards, restricted, "/proc Mount Type", since 1.35; before, the baseline control was as strict
 */
export const procMountRestricted = defineRule({
  id: 'proc-mount-restricted',
  summary: 'Containers see /proc with the runtime\'s masks, in a user namespace too.',
  why: 'A user namespace makes an unmasked /proc less dangerous, not harmless: it still shows what the kernel keeps for the whole node.',
  fix: 'remove securityContext.procMount, or set it to Default',
  profile: 'restricted',
  references: {
    pss: 'Restricted: /proc Mount Type',
    kyverno: ['disallow-proc-mount'],
    kubeLinter: ['unsafe-proc-mount'],
    trivy: ['KSV-0027'],
    kubescape: ['C-0211'],
    polaris: ['procMount'],
  },
  check(pod, { kubernetesMinor }) {
    return kubernetesMinor < 35 ? [] : unmasked(pod);
  },
});
