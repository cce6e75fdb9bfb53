import { yaml } from '../example';
import { isExemptWindows } from '../relaxations';
import { builtInRule } from '../rule';

export const privilegeEscalation = builtInRule({
  id: 'privilege-escalation',
  summary: 'No process of a container can gain more privileges than its parent.',
  law: {
    fields: ['spec.containers[*].securityContext.allowPrivilegeEscalation'],
    allowed: 'false; since 1.25 anything on Windows',
    source: 'Pod Security Standards, restricted, "Privilege Escalation", since 1.8',
  },
  why: 'Unset means true: an attacker who runs as another user can then become root by a set-user-ID program in the image, such as su or mount.',
  fix: 'set securityContext.allowPrivilegeEscalation: false',
  profile: 'restricted',
  severity: 'medium',
  references: {
    pss: 'Restricted: Privilege Escalation',
    cis: '5.2.6 (1.8)',
    nsa: 'Pod security enforcement',
    kyverno: ['disallow-privilege-escalation'],
    kubeLinter: ['privilege-escalation-container'],
    trivy: ['KSV-0001'],
    checkov: ['CKV_K8S_20'],
    kubescape: ['C-0016'],
    polaris: ['privilegeEscalationAllowed'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        securityContext: { allowPrivilegeEscalation: null }  # unset means true
    `,
    good: yaml`
      containers:
      - name: web
        securityContext: { allowPrivilegeEscalation: false }
    `,
  },
  *check(pod, context) {
    if (context.kubernetesMinor < 8 || isExemptWindows(pod, context)) return;
    for (const container of pod.containers) {
      const value = container.securityContext?.allowPrivilegeEscalation;
      if (value === false) continue;
      yield {
        message: `securityContext.allowPrivilegeEscalation must be false, it is ${value ?? 'not set'}`,
        pointer: `${container.pointer}/securityContext/allowPrivilegeEscalation`,
        container: container.label,
      };
    }
  },
});
