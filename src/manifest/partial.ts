import { Budget } from './budget';
import { Found, nothingFound } from './found';
import { podPathsOf, resourceOf } from './kinds';
import { readPersistentVolume } from './persistent-volume';
import { Manifest } from './pod';
import { readPod } from './read-pod';
import { searchPods } from './search';
import { readTypedObject } from './typed-object';
import { JsonObject } from '../shape/json';

const nothing: ReadonlySet<string> = new Set();

/** A pod spec of which only a part is written. */
export function readPartialPodSpec(spec: JsonObject, budget: Budget): Manifest {
  const found = nothingFound({ apiVersion: '', kind: '' }, budget);
  found.pods.push(readPod({
    resource: found.resource,
    spec: { object: spec, pointer: '' },
    metadata: undefined,
    metadataPointer: '/metadata',
    isPodSpec: true,
    imagesAreOptional: true,
  }, budget));
  return manifestOf(found);
}

/**
 * An object of which only a part is written: what a patch of it says.
 *
 * @param selected the kind of what is patched; where it is a pattern or unknown, a pod is read wherever any kind has it
 */
export function readPartialObject(object: JsonObject, selected: string | undefined, budget: Budget): Manifest {
  const kind = selected !== undefined && /^\w+$/.test(selected) ? selected : undefined;
  const resource = resourceOf(object);
  const found = nothingFound(resource, budget);
  for (const path of podPathsOf(kind)) {
    readTypedObject({ object, pointer: '', resource, isEmbedded: true }, { type: 'pod', place: { path } }, found);
  }
  if (kind === undefined || kind === 'PersistentVolume') readPersistentVolume(object, '', resource, found);
  searchPods(object, '', found, nothing);
  return manifestOf(found);
}

function manifestOf({ budget: _budget, ...found }: Found): Manifest {
  return { ...found, annotations: {} };
}
