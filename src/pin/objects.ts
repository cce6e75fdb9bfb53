import { Pin, PinOptions, Pins, pinsFor } from './pins';
import { indexOf } from '../lock/find';
import type { Lock } from '../lock/lock';
import { readManifests } from '../manifest/read';
import { segmentsOf } from '../shape/json-pointer';

export interface PinnedManifest<T> extends Pins {
  /** The document with its images pinned; the very same value where there was nothing to pin. */
  readonly json: T;
}

/**
 * Puts the locked digests behind the tags in the image fields of one document of JSON: `nginx:1.27` becomes `nginx:1.27@sha256:…`.
 *
 * Pure and total: the document is not changed, no shape of it throws, and what is returned shares everything that is the same.
 * Guaranteed: it differs from the document in image fields of pods only, by the digest; pinning again changes nothing.
 * What could not be pinned is in `unpinned`. What is pinned already stays, also where the lock has another digest, unless `update` is
 * asked for.
 */
export function pinImages<T>(document: T, lock: Lock, options: PinOptions = {}): PinnedManifest<T> {
  const found = pinsFor(document, readManifests(document), indexOf(lock), options);
  return { json: applyPins(document, found.pins), ...found };
}

/** Makes the changes in a copy of the document, for who has found the pins in it already. */
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
