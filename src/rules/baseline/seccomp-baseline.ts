import { unconfined } from '../profile-types';
import { defineRule } from '../rule';
import { copiedUnconfined, forbiddenAnnotation, isConfiningAnnotation, seccompAnnotations } from '../seccomp-annotations';

/*
 * Seccomp is not switched off.
 *
 * 1.19 and newer:
 * **Fields**          securityContext.seccompProfile.type of the pod and of every container
 * **Allowed values**  unset, RuntimeDefault, Localhost
 * 1.19 to 1.26 also the annotations below, where such a field is not set: the API server copies them into it
 * **Allowed values**  anything but unconfined
 * 1.0 to 1.18:
 * **Fields**          metadata.annotations["seccomp.security.alpha.kubernetes.io/pod"],
 *                     metadata.annotations["container.seccomp.security.alpha.kubernetes.io/<container>"] of every container that exists
 * **Allowed values**  unset, runtime/default, docker/default, localhost/*
 * **Source**          Pod Security Standards, baseline, "Seccomp", since 1.0
 */
export const seccompBaseline = defineRule({
  id: 'seccomp-baseline',
  summary: 'Seccomp is not switched off.',
  why: 'Without a seccomp profile a container may make every call to the kernel that the node knows, and most ways out of a container begin with a rare one.',
  fix: 'set securityContext.seccompProfile.type to RuntimeDefault',
  profile: 'baseline',
  references: {
    pss: 'Baseline: Seccomp',
    cis: '5.7.2 (1.8)',
    nsa: 'Pod security enforcement',
    kyverno: ['restrict-seccomp'],
    trivy: ['KSV-0104'],
    polaris: ['linuxHardening'],
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
