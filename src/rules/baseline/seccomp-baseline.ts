import { yaml } from '../example';
import { unconfined } from '../profile-types';
import { builtInRule } from '../rule';
import { copiedUnconfined, forbiddenAnnotation, isConfiningAnnotation, seccompAnnotations } from '../seccomp-annotations';

export const seccompBaseline = builtInRule({
  id: 'seccomp-baseline',
  summary: 'Seccomp is not turned off.',
  law: {
    fields: [
      'spec.securityContext.seccompProfile.type',
      'spec.containers[*].securityContext.seccompProfile.type',
      'metadata.annotations["seccomp.security.alpha.kubernetes.io/pod"]',
      'metadata.annotations["container.seccomp.security.alpha.kubernetes.io/*"] (of a container that exists)',
    ],
    allowed: 'since 1.19, for the fields: unset, RuntimeDefault, Localhost; from 1.19 to 1.26, for the annotations where the field is unset, because the API server copies them into it: anything but unconfined; up to 1.18, for the annotations: unset, runtime/default, docker/default, localhost/*',
    source: 'Pod Security Standards, baseline, "Seccomp", since 1.0',
  },
  why: 'Without a seccomp profile a container can make every system call, and most container escapes use a rare one.',
  fix: 'set securityContext.seccompProfile.type to RuntimeDefault',
  profile: 'baseline',
  severity: 'medium',
  references: {
    pss: 'Baseline: Seccomp',
    cis: '5.7.2 (1.8)',
    nsa: 'Pod security enforcement',
    kyverno: ['restrict-seccomp'],
    trivy: ['KSV-0104'],
    polaris: ['linuxHardening'],
  },
  examples: {
    bad: yaml`
      securityContext:
        seccompProfile: { type: Unconfined }
    `,
    good: yaml`
      securityContext:
        seccompProfile: { type: RuntimeDefault }
    `,
  },
  *check(pod, { kubernetesMinor }) {
    if (kubernetesMinor >= 19) {
      yield* unconfined(pod, 'seccompProfile');
      yield* copiedUnconfined(pod, kubernetesMinor);
      return;
    }
    for (const annotation of seccompAnnotations(pod)) {
      if (!isConfiningAnnotation(annotation.value)) yield forbiddenAnnotation(pod, annotation, 'set the annotation to runtime/default');
    }
  },
});
