import { Fault } from './rule';
import { Container, Pod } from '../manifest/pod';
import { pointer } from '../shape/json';
import { quoted } from '../text/text';

const podAnnotation = 'seccomp.security.alpha.kubernetes.io/pod';
const containerAnnotationPrefix = 'container.seccomp.security.alpha.kubernetes.io/';

/** A seccomp annotation that says something of a pod, or of a container that exists. */
interface SeccompAnnotation {
  readonly key: string;
  readonly value: string;
  /** The container that it is about; `undefined` for the pod. */
  readonly container: Container | undefined;
}

/** The seccomp annotations of a pod: its own, and those of the containers that exist. */
export function* seccompAnnotations({ metadata: { annotations }, containers }: Pod): Generator<SeccompAnnotation, void, undefined> {
  if (annotations === undefined) return;
  for (const container of [undefined, ...containers]) {
    const key = container === undefined ? podAnnotation : containerAnnotationPrefix + (container.name ?? '');
    const value: string | undefined = annotations[key];
    if (value !== undefined) yield { key, value, container };
  }
}

/**
 * What the API server makes of the annotations when a pod is created: from 1.19 to 1.26 it copies them into the fields that are not set.
 *
 * Also in a pod of a workload, because the annotations of the template become those of the pod. From 1.27 on nobody reads them.
 * Source: `applySeccompVersionSkew` of k8s.io/kubernetes, pkg/registry/core/pod/strategy.go, 1.19 to 1.26.
 */
export function* copiedAnnotations(pod: Pod, kubernetesMinor: number): Generator<SeccompAnnotation, void, undefined> {
  if (kubernetesMinor < 19 || kubernetesMinor > 26) return;
  for (const annotation of seccompAnnotations(pod)) {
    const { securityContext } = annotation.container ?? pod.spec;
    // What the server does not know leaves the field as it is. It then refuses the pod, but that is another law.
    if (securityContext?.seccompProfile === undefined && isKnown(annotation.value)) yield annotation;
  }
}

/** A fault for each annotation that becomes a profile which does not confine. */
export function* copiedUnconfined(pod: Pod, kubernetesMinor: number): Generator<Fault, void, undefined> {
  for (const annotation of copiedAnnotations(pod, kubernetesMinor)) {
    if (!isConfiningAnnotation(annotation.value)) yield forbiddenAnnotation(pod, annotation, removeAnnotation);
  }
}

const removeAnnotation = 'remove the annotation and set securityContext.seccompProfile.type to RuntimeDefault: '
  + 'up to Kubernetes 1.26 the API server copies the annotation into the field';

export function forbiddenAnnotation(pod: Pod, { key, value, container }: SeccompAnnotation, fix: string): Fault {
  const owner = container === undefined ? 'the pod' : `container ${quoted(container.label)}`;
  return {
    message: `the seccomp annotation of ${owner} must be "runtime/default" or "localhost/…", it is ${quoted(value)}`,
    pointer: pointer(pod.metadataPointer, 'annotations', key),
    container: container?.label,
    detail: value,
    fix,
  };
}

export function isConfiningAnnotation(value: string): boolean {
  return value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');
}

function isKnown(value: string): boolean {
  return value === 'unconfined' || isConfiningAnnotation(value) && value !== 'localhost/';
}
