import { Found } from './found';
import { PersistentVolume, Resource } from './pod';
import { object, Reading, string } from './shape';
import { get, JsonObject, pointer } from '../shape/json';

const shape = object({
  hostPath: object({ path: string }),
  local: object({ path: string }),
});

/** The ways into the file system of a node. */
const sources = ['hostPath', 'local'] as const;

/** Reads a PersistentVolume (core/v1). One that stays off the nodes' file systems is of no interest, and is left out. */
export function readPersistentVolume(volume: JsonObject, base: string, resource: Resource, found: Found): void {
  const reading = new Reading(base, [], found.budget);
  const spec = reading.at('spec', shape, get(volume, 'spec')) ?? {};
  const hostPaths: PersistentVolume['hostPaths'][number][] = [];
  for (const source of sources) {
    const fields = spec[source];
    if (fields === undefined) continue;
    const place = pointer(base, 'spec', source, 'path');
    if (fields.path !== undefined) hostPaths.push({ pointer: place, path: fields.path, source });
    // A path of a wrong type has been reported by its shape.
    else if (reading.malformed.length === 0) reading.malformed.push({ pointer: place, message: `spec.${source}.path is missing` });
  }
  if (hostPaths.length + reading.malformed.length > 0) {
    found.persistentVolumes.push({ resource, hostPaths, malformed: reading.malformed });
  }
}
