import { Found } from './found';
import { Kind, PodPlace } from './kinds';
import { readPersistentVolume } from './persistent-volume';
import { Resource } from './pod';
import { readPod } from './read-pod';
import { get, isPlainObject, JsonObject, kindOf, pointer } from '../shape/json';

/** An object of a kind of Kubernetes itself. */
interface TypedObject {
  readonly object: JsonObject;
  readonly pointer: string;
  readonly resource: Resource;
  /** Within another object it may be a mere reference, or a part of one: what it lacks is then no fault. */
  readonly isEmbedded: boolean;
}

/** Reads what a kind of Kubernetes holds, and gives the pointer of the pod spec, where there is one. */
export function readTypedObject(typed: TypedObject, kind: Kind, found: Found): string | undefined {
  if (kind.type === 'pod') return readPodAt(typed, kind.place, found);
  if (kind.type === 'volume') readVolume(typed, found);
  return undefined;
}

function readVolume({ object, pointer: base, resource, isEmbedded }: TypedObject, found: Found): void {
  if (isEmbedded && get(object, 'spec') === undefined) return;
  readPersistentVolume(object, base, resource, found);
}

function readPodAt(typed: TypedObject, { path, isOptional }: PodPlace, found: Found): string | undefined {
  let object = typed.object;
  let parent = object;
  let parentPointer = typed.pointer;
  for (let depth = 0; depth < path.length; depth++) {
    const value = get(object, path[depth]!);
    if (!isPlainObject(value)) {
      const mayLack = typed.isEmbedded || (isOptional && depth > 0);
      if (!mayLack || (value !== undefined && value !== null)) {
        const place = pointer(typed.pointer, ...path.slice(0, depth + 1));
        // What is missing is the pod spec; what has a wrong type is the place itself.
        const name = path.slice(0, value === undefined || value === null ? path.length : depth + 1).join('.');
        found.malformed.push({ pointer: place, message: `${name} must be an object, it is ${kindOf(value)}` });
      }
      return undefined;
    }
    parent = object;
    parentPointer = pointer(typed.pointer, ...path.slice(0, depth));
    object = value;
  }
  const specPointer = pointer(typed.pointer, ...path);
  found.pods.push(readPod({
    resource: typed.resource,
    spec: { object, pointer: specPointer },
    metadata: get(parent, 'metadata'),
    metadataPointer: `${parentPointer}/metadata`,
    isPodSpec: true,
    imagesAreOptional: false,
    mustHaveContainers: !typed.isEmbedded,
  }, found.budget));
  return specPointer;
}
