import { isSpent, spend, tooManyValues } from './budget';
import { hasContainerLists, reachesOut } from './container-like';
import { embeddingKeys, EmbeddedTextSearch } from './embedded-text';
import { enclosing } from './enclosing';
import { Found } from './found';
import { groupOf, kindOfResource, resourceOf } from './kinds';
import { asksForToken, isSettingsKey, renamedContexts } from './pod-settings';
import { LocatedObject, readPod } from './read-pod';
import { isNamedLikeContainers, namedContainers, StrayContainer, strayContainers } from './stray-containers';
import { readTypedObject } from './typed-object';
import { get, isPlainObject, JsonObject, pointer } from '../shape/json';

/** The deepestManifest nesting that is searched. Custom resources stay below 30; the stack ends in the thousands. */
export const deepestManifest = 200;

/** Without any of these keys an object is not looked at: nearly all are not, which makes the search fast. */
const tellingKeys: ReadonlySet<string> = new Set([
  ...embeddingKeys, 'kind', 'containers', 'initContainers', 'ephemeralContainers', 'container', 'script', 'steps', 'sidecars',
  'stepTemplate', 'hostNetwork', 'hostPID', 'hostIPC', 'volumes',
]);

/**
 * Finds the pods in an object whose kind does not say where they are, by their looks, in one walk through all of it.
 *
 * Whatever has been found, the walk goes on below it: a pod spec within another is a way to hide one.
 *
 * @param passedOver keys of the root that are not searched
 */
export function searchPods(root: JsonObject, base: string, found: Found, passedOver: ReadonlySet<string>): void {
  const { resource, budget } = found;
  const group = groupOf(resource.apiVersion);
  const isStepAction = group === 'tekton.dev' && resource.kind === 'StepAction';
  // A validation pattern of Kyverno looks like the pods that it is about.
  const pattern = group === 'kyverno.io' ? 'validate' : undefined;
  const isTemplate = resource.apiVersion === '' || resource.kind === '';
  const path: (string | number)[] = [];
  /** The object or list that holds each segment of the path. */
  const parents: unknown[] = [];
  const readBefore = new Set<string>();
  const texts = new EmbeddedTextSearch(root, group, found);
  let hasComplained = false;
  /** What is judged already, so that it is not found a second time as a setting without a container. */
  const judged = new Set<string>();
  /** Read after the walk: only then is it known what a container has taken up. */
  const settings: LocatedObject[] = [];
  visit(root);
  for (const { containers } of found.pods) for (const each of containers) judged.add(`${each.pointer}/securityContext`);
  for (const place of settings) readSettings(place);

  function visit(value: unknown): void {
    if (typeof value !== 'object' || value === null || isSpent(budget)) return;
    if (path.length > deepestManifest) return complain(`is not judged, because it is nested more than ${deepestManifest} levels deep`);
    if (Array.isArray(value)) {
      if (!spend(budget, value.length + 1)) return complain(`is not judged, because ${tooManyValues}`);
      for (let index = 0; index < value.length; index++) descend(value, index, value[index]);
      return;
    }
    if (!isPlainObject(value)) {
      found.malformed.push({ pointer: here(), message: 'must be JSON, it is an instance of a class' });
      return;
    }
    const keys = Object.keys(value);
    if (!spend(budget, keys.length + 1)) return complain(`is not judged, because ${tooManyValues}`);
    if (isStepAction || keys.some(isTelling)) inspect(value);
    for (const key of keys) {
      if (key !== pattern && !texts.isPatchList(key) && !(path.length === 0 && passedOver.has(key))) descend(value, key, value[key]);
    }
  }

  function descend(parent: object, segment: string | number, value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    path.push(segment);
    parents.push(parent);
    visit(value);
    path.pop();
    parents.pop();
  }

  function inspect(object: JsonObject): void {
    if (path.length > 0 && typeof object.kind === 'string') {
      const typed = { object, pointer: here(), resource: resourceOf(object), isEmbedded: true };
      const read = readTypedObject(typed, kindOfResource(typed.resource), found);
      if (read !== undefined) readBefore.add(read);
    }
    texts.look(object, here());
    const strays = isStepAction && path.length === 1 && path[0] === 'spec' ? [stepAction(object)] : strayContainers(object, here());
    const named = [...namedContainers(object)];
    const hasLists = hasContainerLists(object, isTemplateSpec());
    if (hasLists || strays.length + named.length > 0) {
      readFound(object, strays, named, hasLists);
      const podMetadata = get(object, 'podMetadata');
      if (isPlainObject(podMetadata)) settings.push({ object: { podMetadata }, pointer: here() });
    } else {
      noteSettings(object);
    }
    for (const [key, renamed] of renamedContexts(object)) settings.push({ object: renamed, pointer: pointer(here(), key) });
  }

  function noteSettings(object: JsonObject): void {
    const place = { object, pointer: here() };
    // At once, because what is around it may be long, and is not to be kept.
    if (reachesOut(object)) return readSettings(place, [...enclosing({ base, path, parents }, false)]);
    const isAsking = path.length > 0 && asksForToken(object, path.at(-1));
    if (isPlainObject(object.securityContext) || isPlainObject(object.podMetadata) || isAsking) settings.push(place);
  }

  function readSettings({ object, pointer: place }: LocatedObject, outer: readonly LocatedObject[] = []): void {
    if (readBefore.has(place)) return;
    // What a container took up is judged with it.
    const own: JsonObject = Object.fromEntries(Object.entries(object).filter(([key]) => !judged.has(`${place}/${key}`)));
    const { securityContext, automountServiceAccountToken, podMetadata, metadata } = own;
    const hasPodMetadata = isPlainObject(podMetadata);
    if (!reachesOut(own) && !isPlainObject(securityContext) && automountServiceAccountToken !== true && !hasPodMetadata) return;
    found.pods.push(readPod({
      resource,
      spec: { object: own, pointer: place },
      // Those of the document are the object's own.
      metadata: hasPodMetadata ? podMetadata : place === base ? undefined : metadata,
      metadataPointer: `${place}/${hasPodMetadata ? 'podMetadata' : 'metadata'}`,
      isPodSpec: false,
      imagesAreOptional: true,
      isSettings: true,
      enclosing: outer,
    }, budget));
  }

  function readFound(
    spec: JsonObject, strays: readonly StrayContainer[], named: readonly StrayContainer[], hasLists: boolean,
  ): void {
    const place = here();
    const wasRead = readBefore.has(place);
    if (wasRead && strays.length + named.length === 0) return;
    const isSet = path.at(-1) === 'containerSet';
    // An Argo template may have `initContainers`, and is no pod spec for it.
    const isHolder = strays.length > 0 || isPlainObject(spec.containerSet);
    const isPodSpec = hasLists && !isSet && (!isHolder || Array.isArray(spec.containers));
    // A template is `{ metadata, spec }`; of an object with a kind, the metadata are its own, not a pod's.
    const isBeside = isPodSpec && path.at(-1) === 'spec';
    const depth = isBeside ? path.length - 1 : path.length;
    const owner = isBeside ? parents.at(-1) : spec;
    const outer = isPodSpec ? [] : [...enclosing({ base, path, parents }, isSet)];
    found.pods.push(readPod({
      resource,
      spec: { object: spec, pointer: place },
      metadata: (depth > 0 || isTemplate) && isPlainObject(owner) ? owner.metadata : undefined,
      metadataPointer: `${here(depth)}/metadata`,
      isPodSpec,
      imagesAreOptional: true,
      hasLists: !wasRead,
      strays: [...withTemplateDefaults(strays, outer), ...named],
      enclosing: outer,
    }, budget));
    if (isPlainObject(spec.stepTemplate)) judged.add(`${place}/stepTemplate/securityContext`);
    for (const key of ['securityContext', 'automountServiceAccountToken'] as const) {
      const said = [{ object: spec, pointer: place }, ...outer].find(({ object }) => object[key] !== undefined && object[key] !== null);
      if (said !== undefined) judged.add(`${said.pointer}/${key}`);
    }
  }

  /** Argo Workflows: the container of a template takes from that of `templateDefaults` what it does not say. */
  function withTemplateDefaults(strays: readonly StrayContainer[], outer: readonly LocatedObject[]): readonly StrayContainer[] {
    if (path.at(-1) === 'templateDefaults') return strays.map((stray) => ({ ...stray, isDefault: true }));
    const defaults = outer.find(({ isMerged }) => isMerged);
    if (defaults === undefined) return strays;
    return strays.map((stray) => {
      const object = get(defaults.object, stray.place);
      return isPlainObject(object) ? { ...stray, template: { object, pointer: `${defaults.pointer}/${stray.place}` } } : stray;
    });
  }

  /** `…template/spec`: only a malformed list can make it be no pod spec. */
  function isTemplateSpec(): boolean {
    const parent = path.at(-2);
    return path.at(-1) === 'spec' && typeof parent === 'string' && /template$/i.test(parent);
  }

  function here(depth = path.length): string {
    return pointer(base, ...path.slice(0, depth));
  }

  /** Once: a bomb has millions of such places. */
  function complain(message: string): void {
    if (!hasComplained) found.malformed.push({ pointer: here(), message: `this value ${message}` });
    hasComplained = true;
  }
}

function isTelling(key: string): boolean {
  return tellingKeys.has(key) || isNamedLikeContainers(key) || isSettingsKey(key);
}

/** A StepAction of Tekton is a container: its spec has `image` and `script`. */
function stepAction(value: JsonObject): StrayContainer {
  return { pointer: '', place: 'spec', value };
}
