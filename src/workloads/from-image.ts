import * as kplus from 'cdk8s-plus-28';
import { FromImage, FromImageProps } from './props';
import { defaultMount, WritableMount } from './writable-path';
import { ImageReference, parseImageReference } from '../image/reference';
import { linuxPlatformsOf, normalizeContainerPath, sharedUser, sharedVolumePaths } from '../rules/locked-facts';
import type { LockedImage } from '../rules/locked-image';
import { RuleContext } from '../rules/rule';

const choices = new WeakMap<kplus.AbstractPod, FromImage>();
const nothing: FromImage = { user: false, volumes: false };
const everything: FromImage = {};

/** Keeps what the author wants to have filled in from images, for the time of rendering. */
export function chooseFromImage(pod: kplus.AbstractPod, { fromImage = {} }: FromImageProps): void {
  choices.set(pod, fromImage === false ? nothing : fromImage);
}

/** What the author wants to have filled in. The images of Windows say nothing that could be: it has neither uids nor such mounts. */
export function choiceOf(pod: kplus.AbstractPod, spec: kplus.k8s.PodSpec): FromImage {
  return isForWindows(spec) ? nothing : choices.get(pod) ?? everything;
}

/** What a locked image makes certain, as far as it is wanted. */
export interface Certain {
  /** Of the image's own user, where it is the same above 0 on each platform. */
  readonly uid?: number;
  /** The paths of `VOLUME`, normalised. */
  readonly volumes: readonly string[];
}

const unknown: Certain = { volumes: [] };

/** Asks the first lock in force that knows the image; the reference may have its digest already, or get it only when it is written. */
export function certainOf(image: string | undefined, contexts: readonly RuleContext[], choice: FromImage): Certain {
  const { user = true, volumes = true } = choice;
  if (!contexts.some(({ lock }) => lock !== undefined)) return unknown;
  const parsed = parseImageReference(image ?? '');
  if (!parsed.ok) return unknown;
  for (const { lock } of contexts) {
    const locked = lock?.find(parsed.reference);
    if (locked === undefined) continue;
    const certain = certainOfLocked(parsed.reference, locked);
    return user && volumes ? certain : { uid: user ? certain.uid : undefined, volumes: volumes ? certain.volumes : [] };
  }
  return unknown;
}

/** Of images as they were locked: what is in force does not change, and many containers run the same. */
const known = new WeakMap<LockedImage, Certain>();

function certainOfLocked(reference: ImageReference, locked: LockedImage): Certain {
  const isWhole = reference.digest === undefined || reference.digest === locked.digest;
  const before = isWhole ? known.get(locked) : undefined;
  if (before !== undefined) return before;
  const platforms = linuxPlatformsOf(reference, locked);
  const hasVolumes = platforms.some(([, { volumes }]) => volumes !== undefined);
  const certain = { uid: sharedUser(platforms), volumes: hasVolumes ? sharedVolumePaths(platforms) : [] };
  if (isWhole) known.set(locked, certain);
  return certain;
}

/** The container with the uid, where neither it nor its pod says one. */
export function fillUser(container: kplus.k8s.Container, spec: kplus.k8s.PodSpec, { uid }: Certain): kplus.k8s.Container {
  const said = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  if (uid === undefined || said !== undefined) return container;
  return { ...container, securityContext: { ...container.securityContext, runAsUser: uid } };
}

/** The paths of the image that a read-only root filesystem takes from it, and that nothing of the author's is mounted at or above. */
export function uncovered(
  { securityContext, volumeMounts = [] }: kplus.k8s.Container, writable: readonly WritableMount[], { volumes }: Certain,
): readonly WritableMount[] {
  if (volumes.length === 0 || securityContext?.readOnlyRootFilesystem !== true) return [];
  const taken = [...writable.map(({ path }) => path), ...volumeMounts.map(({ mountPath }) => normalizeContainerPath(mountPath))];
  return volumes.filter((path) => !taken.some((above) => path === above || path.startsWith(`${above}/`))).map(defaultMount);
}

function isForWindows({ os, nodeSelector, affinity, securityContext, containers }: kplus.k8s.PodSpec): boolean {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return os?.name === 'windows'
    || nodeSelector?.['kubernetes.io/os'] === 'windows'
    || securityContext?.windowsOptions !== undefined
    || containers.some((container) => container.securityContext?.windowsOptions !== undefined)
    || terms.some(({ matchExpressions = [] }) => matchExpressions.some(({ key, operator, values = [] }) =>
      key === 'kubernetes.io/os' && operator === 'In' && values.includes('windows')));
}
