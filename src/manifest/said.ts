import { get, isPlainObject, Json } from '../shape/json';
import { segmentsOf } from '../shape/json-pointer';

/**
 * Tells whether a patch says anything of the value at a JSON pointer: it writes it, or takes it away. What it is silent about is in
 * the object that it is put on, and not here to be judged.
 *
 * Source of `null`: RFC 7386; of `$patch` and its like: Kubernetes' strategic merge patch.
 */
export function saidBy(patch: Json): (pointer: string) => boolean {
  // Asked once for each of its items otherwise, of which there may be many.
  const known = new Map<readonly Json[], boolean>();
  const hasMarker = (items: readonly Json[]): boolean => {
    const has = known.get(items) ?? items.some(isMarker);
    known.set(items, has);
    return has;
  };
  return (pointer) => isSaid(patch, pointer, hasMarker);
}

function isSaid(patch: Json, pointer: string, hasMarker: (items: readonly Json[]) => boolean): boolean {
  let value: Json | undefined = patch;
  // Nothing of what it is put on remains.
  let isWhole = false;
  // With `$patch: delete`, an item of a list and the object itself are gone as a whole, and nothing of them is left to be bad.
  let isPart = true;
  for (const segment of segmentsOf(pointer)) {
    let isCleared = false;
    if (Array.isArray(value)) {
      const items = value as readonly Json[];
      isWhole ||= hasMarker(items);
      value = items[Number(segment)];
      if (isMarker(value)) return false;
      isPart = true;
    } else if (isPlainObject(value)) {
      const { $patch: directive } = value;
      isWhole ||= directive === 'replace' || (directive === 'delete' && !isPart);
      isCleared = '$retainKeys' in value || `$deleteFromPrimitiveList/${segment}` in value;
      value = get(value, segment);
      isPart = false;
    } else {
      // `null` takes away all that would be below it.
      return true;
    }
    if (value === undefined) return isWhole || isCleared;
  }
  return true;
}

/** `- $patch: replace` among the items of a list: the list takes the place of the other one. */
function isMarker(item: unknown): boolean {
  return isPlainObject(item) && item.$patch === 'replace' && Object.keys(item).length === 1;
}
