import { unmasked } from '../baseline/proc-mount';
import { yaml } from '../example';
import { builtInRule } from '../rule';

export const procMountRestricted = builtInRule({
  id: 'proc-mount-restricted',
  summary: 'What the runtime masks in /proc stays masked, in a user namespace too.',
  law: {
    fields: ['spec.containers[*].securityContext.procMount'],
    allowed: 'unset, Default',
    source: 'Pod Security Standards, restricted, "/proc Mount Type", since 1.35; before, the baseline control was as strict',
  },
  why: 'A user namespace makes an unmasked /proc less dangerous, not harmless: it still shows kernel settings of the whole node.',
  fix: 'remove securityContext.procMount, or set it to Default',
  profile: 'restricted',
  severity: 'low',
  references: {
    pss: 'Restricted: /proc Mount Type',
    kyverno: ['disallow-proc-mount'],
    kubeLinter: ['unsafe-proc-mount'],
    trivy: ['KSV-0027'],
    kubescape: ['C-0211'],
    polaris: ['procMount'],
  },
  examples: {
    bad: yaml`
      hostUsers: false  # a user namespace excuses it in the profile baseline only
      containers:
      - name: web
        securityContext: { procMount: Unmasked }
    `,
    good: yaml`
      hostUsers: false
      containers:
      - name: web
        securityContext: { procMount: Default }  # or left out
    `,
  },
  check(pod, { kubernetesMinor }) {
    return kubernetesMinor < 35 ? [] : unmasked(pod);
  },
});
