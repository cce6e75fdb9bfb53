import { looksRunnable, mentionsContainerField } from './container-like';
import { containerLists } from './pod';
import { ContainerFields, PodSpec } from './pod-shape';
import { isPlainObject, JsonObject, pointer } from '../shape/json';

/** A container that stands in no list of a pod spec. */
export interface StrayContainer {
  /** JSON pointer from the object that holds it. */
  readonly pointer: string;
  /** What it is called without a name: `steps[0]`. */
  readonly place: string;
  /** Any value: what is no object is reported when it is read. */
  readonly value: unknown;
  /** From where it takes what it does not say: the `stepTemplate` beside it, or `templateDefaults`. */
  readonly template?: ContainerDefaults | undefined;
  /** Whether it only is what others take, so that it may lack anything. */
  readonly isDefault?: boolean;
}

/** What containers inherit, and where it stands, from the document's root. */
interface ContainerDefaults {
  readonly object: JsonObject;
  readonly pointer: string;
}

const none: readonly StrayContainer[] = [];

/** The containers of an Argo Workflows template (`container`, `script`, `sidecars`) and of a Tekton task (`steps`, `sidecars`). */
export function strayContainers(holder: JsonObject, place: string): readonly StrayContainer[] {
  const { container, script, steps, sidecars, stepTemplate } = holder;
  if (!isThing(container) && !isThing(script) && !isThing(steps) && !isThing(sidecars) && !isThing(stepTemplate)) return none;
  const template = isPlainObject(stepTemplate) && mentionsContainerField(stepTemplate)
    ? { object: stepTemplate, pointer: `${place}/stepTemplate` }
    : undefined;
  const found = [
    ...single('container', container),
    ...single('script', script),
    ...listed('steps', steps, template),
    ...listed('sidecars', sidecars),
  ];
  // Where no step takes it up, it is judged for itself, so that it is not passed over.
  if (template === undefined || found.some((stray) => stray.template)) return found;
  return [...found, ...single('stepTemplate', stepTemplate)];
}

const known: ReadonlySet<string> = new Set([...containerLists, 'container', 'script', 'steps', 'sidecars', 'stepTemplate']);

/** Whether a key is called like a container, a list of them or a map: `extraContainers`, `initContainer`, `sidecar`. */
export function isNamedLikeContainers(key: string): boolean {
  return /(?:container|sidecar)s?$/i.test(key);
}

/**
 * The containers that an operator has under names of its own. What is in a list must have an image; in a map by name, or alone,
 * also a security context: the settings of an operator often have an image and could say no more.
 */
export function* namedContainers(holder: JsonObject): Generator<StrayContainer, void, undefined> {
  for (const key of Object.keys(holder)) {
    if (!isNamedLikeContainers(key)) continue;
    // The key may be anything, and what a container is called is shown.
    const shown = /^\w{1,100}$/.test(key) ? key : 'containers';
    const value: unknown = holder[key];
    if (Array.isArray(value)) {
      if (known.has(key)) continue;
      for (const [index, item] of value.entries()) {
        if (!isPlainObject(item) || typeof item.image !== 'string') continue;
        yield { pointer: `${pointer('', key)}/${index}`, place: `${shown}[${index}]`, value: item };
      }
    } else if (isPlainObject(value)) {
      if (!known.has(key) && isSecuredContainer(value)) yield { pointer: pointer('', key), place: shown, value };
      if (!/s$/i.test(key)) continue;
      for (const name of Object.keys(value)) {
        if (isSecuredContainer(value[name])) yield { pointer: pointer('', key, name), place: /^[\w.-]{1,100}$/.test(name) ? name : shown, value: value[name] };
      }
    }
  }
}

function isSecuredContainer(value: unknown): boolean {
  return isPlainObject(value) && typeof value.image === 'string' && isPlainObject(value.securityContext);
}

function isThing(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function single(key: string, value: unknown): readonly StrayContainer[] {
  return isPlainObject(value) && looksRunnable(value) ? [{ pointer: `/${key}`, place: key, value }] : none;
}

function listed(key: string, value: unknown, template?: ContainerDefaults): readonly StrayContainer[] {
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
export function withDefaults<F extends ContainerFields | PodSpec>(fields: F, defaults: F): F {
  return merged(fields, defaults) as F;
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
