import { yaml } from '../example';
import { builtInRule } from '../rule';

export const privileged = builtInRule({
  id: 'privileged',
  summary: 'No container is privileged.',
  law: {
    fields: ['spec.containers[*].securityContext.privileged'],
    allowed: 'false, unset',
    source: 'Pod Security Standards, baseline, "Privileged Containers", since 1.0',
  },
  why: 'A privileged container has every capability and every device of the node, with seccomp and AppArmor off: its root is the root of the node.',
  fix: 'remove securityContext.privileged',
  profile: 'baseline',
  severity: 'critical',
  references: {
    pss: 'Baseline: Privileged Containers',
    cis: '5.2.2 (1.8)',
    nsa: 'Pod security enforcement',
    kyverno: ['disallow-privileged-containers'],
    kubeLinter: ['privileged-container'],
    trivy: ['KSV-0017'],
    checkov: ['CKV_K8S_16'],
    kubescape: ['C-0057'],
    polaris: ['runAsPrivileged'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        securityContext: { privileged: true }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext: { privileged: false }  # or left out
    `,
  },
  *check(pod) {
    for (const container of pod.containers) {
      if (container.securityContext?.privileged === true) {
        yield {
          message: 'securityContext.privileged must be false or unset, it is true',
          pointer: `${container.pointer}/securityContext/privileged`,
          container: container.label,
        };
      }
    }
  },
});
