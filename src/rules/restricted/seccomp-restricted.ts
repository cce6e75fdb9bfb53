import { yaml } from '../example';
import { unconfined } from '../profile-types';
import { isExemptWindows } from '../relaxations';
import { builtInRule } from '../rule';
import { copiedAnnotations, copiedUnconfined } from '../seccomp-annotations';

export const seccompRestricted = builtInRule({
  id: 'seccomp-restricted',
  summary: 'Every container has a seccomp profile.',
  law: {
    fields: ['spec.securityContext.seccompProfile.type', 'spec.containers[*].securityContext.seccompProfile.type'],
    allowed: 'RuntimeDefault, Localhost; unset on a container where the pod has one of them; unset on the pod where every container has one; since 1.25 anything on Windows. Up to 1.26 the API server fills an unset field from the annotations that seccomp-baseline names',
    source: 'Pod Security Standards, restricted, "Seccomp", since 1.19',
  },
  why: 'Unset means no profile, unless the kubelet of the node sets one: the container can then make every system call.',
  fix: 'set securityContext.seccompProfile.type to RuntimeDefault on the pod',
  profile: 'restricted',
  severity: 'medium',
  references: {
    pss: 'Restricted: Seccomp',
    cis: '5.7.2 (1.8)',
    nsa: 'Pod security enforcement',
    kyverno: ['restrict-seccomp-strict'],
    trivy: ['KSV-0030'],
    checkov: ['CKV_K8S_31'],
    kubescape: ['C-0055', 'C-0210'],
    polaris: ['linuxHardening'],
  },
  examples: {
    bad: yaml`
      securityContext: { seccompProfile: null }  # unset means no profile
    `,
    good: yaml`
      securityContext:
        seccompProfile: { type: RuntimeDefault }
    `,
  },
  *check(pod, context) {
    if (context.kubernetesMinor < 19 || isExemptWindows(pod, context)) return;
    yield* unconfined(pod, 'seccompProfile');
    yield* copiedUnconfined(pod, context.kubernetesMinor);

    // A container that inherits a bad profile of the pod is no second fault: there is one place to mend.
    if (pod.spec.securityContext?.seccompProfile !== undefined) return;
    const annotated = new Set(Array.from(copiedAnnotations(pod, context.kubernetesMinor), ({ container }) => container));
    if (annotated.has(undefined)) return;
    for (const container of pod.containers) {
      if (container.securityContext?.seccompProfile !== undefined || annotated.has(container)) continue;
      yield {
        message: 'securityContext.seccompProfile.type must be "RuntimeDefault" or "Localhost", it is not set',
        pointer: `${container.pointer}/securityContext/seccompProfile/type`,
        container: container.label,
        ...!pod.isPodSpec && { fix: 'set securityContext.seccompProfile.type to RuntimeDefault' },
      };
    }
  },
});
