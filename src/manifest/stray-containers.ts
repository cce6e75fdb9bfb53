import { looksRunnable, mentionsContainerField } from './container-like';
import { isPlainObject, JsonObject } from './json';
import { ContainerFields } from './pod-shape';

/** A container that stands in no list of a pod spec. */
export interface StrayContainer {
  /** JSON pointer from the object that holds it. */
  readonly pointer: string;
  /** What it is called without a name: `steps[0]`. */
  readonly place: string;
  /** Any value: what is no object is reported when it is read. */
  readonly value: unknown;
  /** The `stepTemplate` beside it, from which it takes what it does not say. */
  readonly template?: JsonObject | undefined;
}

const none: readonly StrayContainer[] = [];

/** The containers of an Argo Workflows template (`container`, `script`, `sidecars`) and of a Tekton task (`steps`, `sidecars`). */
export function strayContainers(holder: JsonObject): readonly StrayContainer[] {
  const { container, script, steps, sidecars, stepTemplate } = holder;
  if (!isThing(container) && !isThing(script) && !isThing(steps) && !isThing(sidecars) && !isThing(stepTemplate)) return none;
  const template = isPlainObject(stepTemplate) && mentionsContainerField(stepTemplate) ? stepTemplate : undefined;
  const found = [
    ...single('container', container),
    ...single('script', script),
    ...listed('steps', steps, template),
    ...listed('sidecars', sidecars),
  ];
  // Where no step takes it up, it is judged for itself, so that it is not passed over.
  if (template === undefined || found.some((stray) => stray.template)) return found;
  return [...found, ...single('stepTemplate', template)];
}

function isThing(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function single(key: string, value: unknown): readonly StrayContainer[] {
  return isPlainObject(value) && looksRunnable(value) ? [{ pointer: `/${key}`, place: key, value }] : none;
}

function listed(key: string, value: unknown, template?: JsonObject): readonly StrayContainer[] {
  if (!Array.isArray(value)) return none;
  if (template === undefined ? !value.some(looksRunnable) : !value.some(mentionsContainerField)) return none;
  return value.flatMap((item: unknown, index) => {
    // A step that only refers to another one has nothing of a container.
    if (isPlainObject(item) && !mentionsContainerField(item)) return [];
    return [{ pointer: `/${key}/${index}`, place: `${key}[${index}]`, value: item, template }];
  });
}

/**
 * A step with what it inherits from its `stepTemplate`: fields of its own win, objects are merged, and what is mounted or
 * opened adds up (Tekton applies the step as a strategic merge patch).
 */
export function withDefaults(fields: ContainerFields, defaults: ContainerFields): ContainerFields {
  return merged(fields, defaults) as ContainerFields;
}

function merged(own: unknown, inherited: unknown): unknown {
  if (own === undefined) return inherited;
  if (Array.isArray(own) && Array.isArray(inherited)) {
    const both: unknown[] = [...own, ...inherited];
    return both.some((item) => typeof item === 'object') ? both : own;
  }
  if (!isPlainObject(own) || !isPlainObject(inherited)) return own;
  const result: Record<string, unknown> = { ...inherited };
  for (const key of Object.keys(own)) result[key] = merged(own[key], inherited[key]);
  return result;
}
