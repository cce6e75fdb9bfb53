import { Budget, isSpent, spend, tooManyValues } from './budget';
import { containerShape, podSpecShape, volumeShape } from './pod-shape';
import { MalformedField } from './shape';
import { isPlainObject, JsonObject, pointer } from '../shape/json';

/** By its letters without case, a field that is read. */
const fields = new Map([podSpecShape, containerShape, volumeShape].flatMap(({ names = [] }) =>
  [...names].map((name) => [folded(name), name] as const)));

/** What has keys that are no fields. */
const free: ReadonlySet<string> = new Set(['nodeSelector', 'matchLabels', 'annotations', 'labels', 'limits', 'requests', 'volumeAttributes']);

/**
 * The keys that `encoding/json` of Go takes for a field although they are written otherwise, and nothing here does: `hostpid`.
 *
 * Source: `foldName` of encoding/json, by which U+017F is an s and U+212A a k.
 */
export function* foldedKeys(value: unknown, budget: Budget, base = ''): Generator<MalformedField> {
  if (!isPlainObject(value) && !Array.isArray(value)) return;
  const keys = Object.keys(value);
  if (isSpent(budget)) return;
  if (!spend(budget, keys.length + 1)) return yield { pointer: base, message: `this is not judged, because ${tooManyValues}` };
  for (const key of keys) {
    const place = pointer(base, key);
    const field = fields.get(folded(key));
    if (field !== undefined && field !== key) yield { pointer: place, message: `this key is taken for ${field}, because case does not count here; write ${field}` };
    if (!free.has(key)) yield* foldedKeys((value as JsonObject)[key], budget, place);
  }
}

function folded(name: string): string {
  return name.toUpperCase().toLowerCase();
}
