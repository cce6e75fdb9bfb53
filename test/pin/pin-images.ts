import { indexOf } from '../../src/lock/find';
import type { Lock } from '../../src/lock/lock';
import { readManifests } from '../../src/manifest/read';
import { applyPins } from '../../src/pin/objects';
import { PinOptions, Pins, pinsFor } from '../../src/pin/pins';

/** Finds the pins of a document and applies them, as the gate does. */
export function pinImages<T>(document: T, lock: Lock, options: PinOptions = {}): Pins & { readonly json: T } {
  const found = pinsFor(document, readManifests(document), indexOf(lock), options);
  return { json: applyPins(document, found.pins), ...found };
}
