import { isPlainObject, JsonObject } from '../shape/json';

/*
 * How a pod is known by its looks, in an object whose kind says nothing. A container that is taken for none would pass
 * unjudged, so that every doubt is decided for the container.
 */

/** What hardly anything but a container has. */
const strongFields = [
  'imagePullPolicy', 'securityContext', 'volumeMounts', 'volumeDevices', 'envFrom', 'livenessProbe', 'readinessProbe',
  'startupProbe', 'lifecycle', 'terminationMessagePath', 'terminationMessagePolicy', 'command',
] as const;

/** What other things have too; within a list called `containers` it is enough. */
const weakFields = ['args', 'env', 'ports', 'resources', 'workingDir', 'restartPolicy', 'resizePolicy', 'stdin', 'tty'] as const;

/** Fields of a pod spec that, beside a malformed list of containers, leave no doubt. */
const podFields = [
  'restartPolicy', 'serviceAccountName', 'imagePullSecrets', 'volumes', 'hostNetwork', 'hostPID', 'hostIPC',
  'automountServiceAccountToken', 'terminationGracePeriodSeconds', 'dnsPolicy', 'securityContext',
] as const;

/** Whether an object outside any list of containers is one all the same. */
export function looksRunnable(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  // Operators often have `image: { repository, tag }`, which no container has.
  return isSet(value.image) && !isPlainObject(value.image) || typeof value.script === 'string' || hasAny(value, strongFields);
}

/** Whether an element of a list that is called `containers`, or its like, is a container. */
export function mentionsContainerField(value: unknown): boolean {
  return isPlainObject(value) && (isSet(value.image) || looksRunnable(value) || hasAny(value, weakFields));
}

/** Whether the object is a pod spec by its lists. */
export function hasContainerLists(object: JsonObject, isTemplate: boolean): boolean {
  const { containers, initContainers, ephemeralContainers } = object;
  let isMalformed = false;
  for (const list of [containers, initContainers, ephemeralContainers]) {
    if (list === undefined || list === null) continue;
    if (!Array.isArray(list)) isMalformed = true;
    else if (list.some(mentionsContainerField)) return true;
    else if (list.length > 0) isMalformed = true;
  }
  return isMalformed && (isTemplate || hasAny(object, podFields));
}

/**
 * Whether the object gives a pod a way to the node although it has no container: a controller that adds its own
 * containers to such a template would carry it through.
 */
export function reachesOut(object: JsonObject): boolean {
  const { hostNetwork, hostPID, hostIPC, volumes } = object;
  if (hostNetwork === true || hostPID === true || hostIPC === true) return true;
  return Array.isArray(volumes)
    && volumes.some((volume) => isPlainObject(volume) && (isPlainObject(volume.hostPath) || isImageVolume(volume.image)));
}

function isImageVolume(image: unknown): boolean {
  return isPlainObject(image) && isSet(image.reference);
}

function hasAny(object: JsonObject, fields: readonly string[]): boolean {
  return fields.some((field) => isSet(object[field]));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
