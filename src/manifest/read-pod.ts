import { Budget, isSpent } from './budget';
import { imagesOf } from './images';
import { Container, ContainerList, containerLists, Pod, Resource, Volume } from './pod';
import { harmless, writtenSecurity } from './pod-settings';
import { ContainerFields, containerShape, metadataShape, podFieldsShape, PodSpec, podSpecShape, volumeShape } from './pod-shape';
import { MalformedField, Reading } from './shape';
import { StrayContainer, withDefaults } from './stray-containers';
import { isPlainObject, JsonObject, kindOf } from '../shape/json';

/** An object and where it stands. */
export interface LocatedObject {
  readonly object: JsonObject;
  readonly pointer: string;
  /** Whether what it hands down is merged field by field; otherwise a field is taken whole or not at all. */
  readonly isMerged?: boolean;
}

/** Where the parts of a pod are. */
interface PodSource {
  readonly resource: Resource;
  readonly spec: LocatedObject;
  /** Any value: it is read by its shape. */
  readonly metadata: unknown;
  readonly metadataPointer: string;
  readonly isPodSpec: boolean;
  readonly imagesAreOptional: boolean;
  readonly mustHaveContainers?: boolean;
  /** `false` where the lists have been read already. */
  readonly hasLists?: boolean;
  /** Containers that are in no list of a pod spec. */
  readonly strays?: readonly StrayContainer[];
  /** Whether there is no container, so that what is written is judged, and not what is left out. */
  readonly isSettings?: boolean;
  /** What hands its fields down to the spec where that has none of its own, the nearest first. */
  readonly enclosing?: readonly LocatedObject[];
}

/** Reads a pod. Total: what has another type than the API's is in `malformed`, and the rest is read all the same. */
export function readPod(source: PodSource, budget: Budget): Pod {
  const { resource, metadataPointer, isPodSpec, imagesAreOptional, strays = [], enclosing = [] } = source;
  const { object: raw, pointer } = source.spec;
  const malformed: MalformedField[] = [];
  const own: PodSpec = podSpecShape.read(raw, new Reading(pointer, malformed, budget)) ?? {};
  const metadata = isAbsent(source.metadata)
    ? undefined
    : metadataShape.read(source.metadata, new Reading(metadataPointer, malformed, budget));

  const containers: Container[] = [];
  for (const list of source.hasLists === false ? [] : containerLists) {
    const items = own[list] ?? [];
    for (let index = 0; index < items.length; index++) addContainer(items[index], list, `${pointer}/${list}/${index}`, `${list}[${index}]`);
  }
  const templates = new Map<string, ContainerFields>();
  for (const stray of strays) addContainer(stray.value, 'containers', pointer + stray.pointer, stray.place, defaultsOf(stray));
  const written = source.isSettings ? writtenSecurity(raw.securityContext) : undefined;
  if (written !== undefined) {
    const fields = containerShape.read({ securityContext: written }, new Reading(pointer, malformed, budget)) ?? {};
    containers.push(Object.assign(withDefaults(fields, harmless), { pointer, label: 'securityContext', list: 'containers' as const, json: raw }));
  }
  if (source.mustHaveContainers && isEmpty(raw.containers)) {
    malformed.push({ pointer: `${pointer}/containers`, message: 'containers must have at least one container' });
  }

  let spec = own;
  const volumes: Volume[] = [];
  addVolumes(own, pointer);
  for (const outer of enclosing) {
    const fields = podFieldsShape.read(outer.object, new Reading(outer.pointer, malformed, budget)) ?? {};
    addVolumes(fields, outer.pointer);
    spec = outer.isMerged ? withDefaults(spec, fields) : { ...fields, ...spec };
  }
  const images = imagesOf(containers, volumes);
  return {
    resource,
    pointer,
    metadataPointer,
    isPodSpec,
    imagesAreOptional,
    spec,
    containers,
    volumes,
    images,
    malformed,
    json: raw,
    metadata: metadata ?? {},
  };

  function addContainer(value: unknown, list: ContainerList, place: string, fallback: string, inherited?: ContainerFields): void {
    const object = objectAt(value, place, fallback);
    const read = object && containerShape.read(object, new Reading(place, malformed, budget));
    if (object === undefined || read === undefined) return;
    const fields = inherited === undefined ? read : withDefaults(read, inherited);
    // `fields` is a fresh object: to add to it costs a third of what a spread does.
    containers.push(Object.assign(fields, { pointer: place, label: labelOf(fields.name, fallback), list, json: object }));
  }

  function defaultsOf({ template, isDefault }: StrayContainer): ContainerFields | undefined {
    if (isDefault) return harmless;
    if (template === undefined) return undefined;
    // Once: steps share it, and what is wrong in it is to be said once.
    const known = templates.get(template.pointer);
    const fields = known ?? containerShape.read(template.object, new Reading(template.pointer, malformed, budget)) ?? {};
    templates.set(template.pointer, fields);
    return fields;
  }

  function addVolumes(fields: PodSpec, base: string): void {
    (fields.volumes ?? []).forEach((value, index) => {
      const place = `${base}/volumes/${index}`;
      const fallback = `volumes[${index}]`;
      const object = objectAt(value, place, fallback);
      if (object === undefined) return;
      const read = volumeShape.read(object, new Reading(place, malformed, budget));
      const sources = Object.keys(object).filter((key) => key !== 'name' && !isAbsent(object[key]));
      if (read !== undefined) volumes.push(Object.assign(read, { pointer: place, label: labelOf(read.name, fallback), sources }));
    });
  }

  function objectAt(value: unknown, place: string, name: string): JsonObject | undefined {
    // What ran out has been reported where it did.
    if (isSpent(budget)) return undefined;
    if (isPlainObject(value)) return value;
    malformed.push({ pointer: place, message: `${name} must be an object, it is ${kindOf(value ?? null)}` });
    // To the API server `null` is an object without fields, and Pod Security judges it as one.
    return isAbsent(value) ? {} : undefined;
  }
}

function isEmpty(list: unknown): boolean {
  return isAbsent(list) || (Array.isArray(list) && list.length === 0);
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The name, where it is fit to be shown: a hostile one must not reach a terminal, and Kubernetes allows it nowhere. */
function labelOf(name: string | undefined, place: string): string {
  return name !== undefined && /^[!-~]{1,253}$/.test(name) ? name : place;
}
