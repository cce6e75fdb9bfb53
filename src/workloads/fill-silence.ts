import type * as kplus from 'cdk8s-plus-28';
import { certainFor, fillUser, uncovered } from './from-image';
import { pullPolicyBy, pullSecretsBy, registryEntries } from './image-pull';
import { recall, refuseMountedTwice } from './memory';
import { WritableVolumes } from './writable-volumes';
import { contextsInForce } from '../gate/enforcement';
import { TrustedRegistry } from '../rules/rule';

/**
 * Fills in what the author left unsaid and never overrides what was said: that is for the rules to judge.
 *
 * Called at each rendering, because containers, mounts and policies may come late. It changes nothing that it is given.
 *
 * - `capabilities.drop: [ALL]` for each container (Pod Security Standards, restricted, Capabilities)
 * - `seccompProfile: RuntimeDefault` for the pod (Pod Security Standards, restricted, Seccomp)
 * - pull policy and pull secrets by the registry entries of the policies in force
 * - the volumes of `writablePaths`
 * - the uid and the volumes of the image, where a lock in force makes them certain
 *
 * Otherwise the user stays unsaid, whatever happens: only the image knows who owns its files.
 */
export function fillSilence(pod: kplus.AbstractPod, spec: kplus.k8s.PodSpec): kplus.k8s.PodSpec {
  const contexts = contextsInForce(pod);
  const writable = new WritableVolumes(spec.volumes?.map(({ name }) => name) ?? []);
  const entries: TrustedRegistry[] = [];
  const certainOf = certainFor(pod, spec, contexts);
  const fill = (container: kplus.k8s.Container, source: kplus.Container): kplus.k8s.Container => {
    const said = recall(source);
    refuseMountedTwice(source, said.writable, pod);
    const own = registryEntries(container.image, contexts);
    for (const entry of own) entries.push(entry);
    const imagePullPolicy = said.pullPolicy ? container.imagePullPolicy : pullPolicyBy(own);
    const certain = certainOf(container.image);
    const filled = fillUser(dropCapabilities(container), spec, certain);
    return writable.mount({ ...filled, imagePullPolicy }, [...said.writable, ...uncovered(container, said.writable, certain)]);
  };
  // A rendered list has the order of its source. Init containers come first, as they do in a pod's life.
  const sources = { init: pod.initContainers, main: pod.containers };
  const initContainers = spec.initContainers?.map((container, i) => fill(container, sources.init[i]));
  const containers = spec.containers.map((container, i) => fill(container, sources.main[i]));
  const { securityContext, volumes } = spec;
  return {
    ...spec,
    containers,
    initContainers,
    imagePullSecrets: pullSecretsBy(entries, spec.imagePullSecrets),
    securityContext: { ...securityContext, seccompProfile: securityContext?.seccompProfile ?? { type: 'RuntimeDefault' } },
    volumes: writable.volumes.length === 0 ? volumes : [...volumes ?? [], ...writable.volumes],
  };
}

function dropCapabilities(container: kplus.k8s.Container): kplus.k8s.Container {
  const { securityContext } = container;
  if (securityContext?.capabilities?.drop !== undefined) return container;
  return { ...container, securityContext: { ...securityContext, capabilities: { ...securityContext?.capabilities, drop: ['ALL'] } } };
}
