import { tweak } from './pods';
import { parseRegistryPattern } from '../../src/image/pattern';
import { TrustedRegistry } from '../../src/rules/rule';
import { Json, JsonObject } from '../../src/shape/json';

export const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** The valid pod with another image in its one plain container, and other values beside it. */
export function withImage(image: Json | undefined, others: Readonly<Record<string, Json | undefined>> = {}): JsonObject {
  const fields = Object.entries({ image, ...others }).map(([key, value]) => [`spec.containers.0.${key}`, value]);
  return tweak(Object.fromEntries(fields) as Record<string, Json>);
}

/** The valid pod with an image volume. */
export function withImageVolume(volume: JsonObject): JsonObject {
  return tweak({ 'spec.volumes.1': { name: 'model', image: volume } });
}

export function registries(entries: Readonly<Record<string, Omit<TrustedRegistry, 'pattern'>>>): readonly TrustedRegistry[] {
  return Object.entries(entries).map(([entry, how]) => ({ pattern: parseRegistryPattern(entry), ...how }));
}
