import { unconfined } from './profile-types';
import { defineRule, Fault } from './rule';
import { quoted } from './text';
import { pointer } from '../manifest/json';
import { Pod } from '../manifest/pod';

const podAnnotation = 'seccomp.security.alpha.kubernetes.io/pod';
const containerAnnotationPrefix = 'container.seccomp.security.alpha.kubernetes.io/';

/*
 * Seccomp is not switched off.
 *
 * 1.19 and newer:
 * **Fields**          securityContext.seccompProfile.type of the pod and of every container
 * **Allowed values**  unset, RuntimeDefault, Localhost
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
  check(pod, { kubernetesMinor }) {
    return kubernetesMinor >= 19 ? unconfined(pod, 'seccompProfile') : forbiddenAnnotations(pod);
  },
});

function* forbiddenAnnotations(pod: Pod): Generator<Fault, void, undefined> {
  const annotations = pod.metadata.annotations;
  if (annotations === undefined) return;

  yield* forbiddenAnnotation(pod, annotations, podAnnotation, 'the pod');
  for (const container of pod.containers) {
    const key = containerAnnotationPrefix + (container.name ?? '');
    yield* forbiddenAnnotation(pod, annotations, key, `container ${quoted(container.label)}`, container.label);
  }
}

function* forbiddenAnnotation(
  pod: Pod, annotations: Readonly<Record<string, string>>, key: string, owner: string, container?: string,
): Generator<Fault, void, undefined> {
  const value: string | undefined = annotations[key];
  if (value === undefined || isAllowed(value)) return;
  yield {
    message: `the seccomp annotation of ${owner} must be "runtime/default" or "localhost/…", it is ${quoted(value)}`,
    pointer: pointer(pod.metadataPointer, 'annotations', key),
    container,
    detail: value,
    fix: 'set the annotation to runtime/default',
  };
}

function isAllowed(value: string): boolean {
  return value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');
}
