import type * as kplus from 'cdk8s-plus-28';
import { FromImage, FromImageProps } from './props';
import { defaultMount, EmptyDirMount } from './writable-path';
import { mountedAmong } from '../image/container-paths';
import type { ImageFacts } from '../image/facts';
import { ImageReference, parseImageReference } from '../image/reference';
import { linuxPlatformsOf, sharedUser, volumePathsOf } from '../rules/locked-facts';
import { NodePlatforms, nodePlatformsOf } from '../rules/node-platforms';
import { RuleContext } from '../rules/rule';

const choices = new WeakMap<kplus.AbstractPod, FromImage>();
const nothing: FromImage = { user: false, volumes: false };
const everything: FromImage = {};

/** Keeps what the author wants to have filled in from images, for the time of rendering. */
export function chooseFromImage(pod: kplus.AbstractPod, { fromImage = {} }: FromImageProps): void {
  choices.set(pod, fromImage === false ? nothing : fromImage);
}

/** What a locked image makes certain, as far as it is wanted. */
interface Certain {
  /** Of the image's own user, where it is the same above 0 on each platform. */
  readonly uid?: number;
  /** The paths of `VOLUME`, normalised. */
  readonly volumes: readonly string[];
}

const unknown: Certain = { volumes: [] };

/** A lock in force, and where the pod may run. */
interface Source {
  readonly find: (reference: ImageReference) => ImageFacts | undefined;
  readonly nodes: NodePlatforms;
}

/**
 * What the images of a pod make certain. The first lock in force that knows an image is asked; its reference may have the digest already,
 * or get it only when it is written.
 */
export function certainFor(
  pod: kplus.AbstractPod, spec: kplus.k8s.PodSpec, contexts: readonly RuleContext[],
): (image: string | undefined) => Certain {
  const { user = true, volumes = true } = saysWindows(spec) ? nothing : choices.get(pod) ?? everything;
  const sources: readonly Source[] = contexts.flatMap((context) =>
    context.lock === undefined ? [] : { find: context.lock.find, nodes: nodePlatformsOf(spec, context) });
  if (sources.length === 0 || !user && !volumes) return () => unknown;
  return (image = '') => {
    const parsed = parseImageReference(image);
    if (!parsed.ok) return unknown;
    for (const { find, nodes } of sources) {
      const locked = find(parsed.reference);
      if (locked === undefined) continue;
      const platforms = linuxPlatformsOf(parsed.reference, locked, nodes);
      return { uid: user ? sharedUser(platforms) : undefined, volumes: volumes ? volumePathsOf(platforms) : [] };
    }
    return unknown;
  };
}

/** The container with the uid, where neither it nor its pod says one. */
export function fillUser(container: kplus.k8s.Container, spec: kplus.k8s.PodSpec, { uid }: Certain): kplus.k8s.Container {
  const said = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  if (uid === undefined || said !== undefined) return container;
  return { ...container, securityContext: { ...container.securityContext, runAsUser: uid } };
}

/** The paths of the image that a read-only root filesystem takes from it, and that nothing of the author's is mounted at or above. */
export function uncovered(
  { securityContext, volumeMounts = [] }: kplus.k8s.Container, writable: readonly EmptyDirMount[], { volumes }: Certain,
): readonly EmptyDirMount[] {
  if (volumes.length === 0 || securityContext?.readOnlyRootFilesystem !== true) return [];
  const isMounted = mountedAmong([...writable.map(({ path }) => path), ...volumeMounts.map(({ mountPath }) => mountPath)]);
  return volumes.filter((path) => !isMounted(path)).map(defaultMount);
}

/** Windows has neither uids nor such mounts; beside `os` the API server refuses a uid, also at a version where the rules pass it over. */
function saysWindows({ os, securityContext, containers }: kplus.k8s.PodSpec): boolean {
  return os?.name === 'windows'
    || securityContext?.windowsOptions !== undefined
    || containers.some((container) => container.securityContext?.windowsOptions !== undefined);
}
