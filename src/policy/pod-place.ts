import { kindOfResource } from '../manifest/kinds';
import { Pod } from '../manifest/pod';
import { Fault } from '../rules/rule';
import { get, isPlainObject } from '../shape/json';
import { segmentsOf } from '../shape/json-pointer';

/**
 * Where the pod of a fault is in its object: `spec.replicatedJobs[driver].template.spec.template.spec`.
 *
 * It uses the names of list items, which stay when the order changes; `*` stands for an item without one. `undefined` for the kinds
 * of Kubernetes itself, which have one pod, and for a fault in what several pods of the object share.
 */
export function podPlace(document: unknown, pod: Pod, { pointer }: Fault): string | undefined {
  if (kindOfResource(pod.resource).type === 'pod') return undefined;
  if (!isAtOrBelow(pointer, pod.pointer) && !isAtOrBelow(pointer, pod.metadataPointer)) return undefined;
  let value = document;
  let place = '';
  for (const segment of segmentsOf(pod.pointer)) {
    if (Array.isArray(value)) {
      value = value[Number(segment)];
      // An item of a `List` is an object of its own, whatever its index.
      place = place === 'items' ? '' : `${place}[${nameOf(value)}]`;
    } else {
      value = isPlainObject(value) ? get(value, segment) : undefined;
      place = place === '' ? segment : `${place}.${segment}`;
    }
  }
  return place === '' ? undefined : place;
}

function isAtOrBelow(pointer: string, place: string): boolean {
  return pointer === place || pointer.startsWith(`${place}/`);
}

/** The name of an item; Ray's groups have a `groupName`. */
function nameOf(item: unknown): string {
  if (!isPlainObject(item)) return '*';
  const name = get(item, 'name') ?? get(item, 'groupName');
  return typeof name === 'string' ? name : '*';
}
