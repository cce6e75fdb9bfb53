import { Pin } from './pins';
import { segmentsOf } from '../shape/json-pointer';

/**
 * Writes the pins into a copy of the document they were found in: `nginx:1.27` becomes `nginx:1.27@sha256:…`.
 *
 * Pure: the document is not changed, and the copy shares everything that is the same; without pins it is the very same value.
 */
export function applyPins<T>(document: T, pins: readonly Pin[]): T {
  const copies = new Set<object>();
  let root: unknown = document;
  for (const { pointer, to } of pins) root = replaced(root as object, segmentsOf(pointer), 0, to, copies);
  return root as T;
}

/** Copies each object on the way once, however many pins are below it. */
function replaced(value: object, path: readonly string[], depth: number, to: string, copies: Set<object>): unknown {
  if (depth === path.length) return to;
  const copy = copies.has(value) ? value : Array.isArray(value) ? [...value as unknown[]] : { ...value };
  copies.add(copy);
  const key = path[depth];
  const below = replaced((copy as Record<string, object>)[key], path, depth + 1, to, copies);
  // An assignment to `__proto__` would set the prototype.
  Object.defineProperty(copy, key, { value: below, enumerable: true, configurable: true, writable: true });
  return copy;
}
