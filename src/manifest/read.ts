import { isSpent, newBudget, spend, tooManyValues } from './budget';
import { Found, nothingFound } from './found';
import { groupOf, Kind, kindOfResource, resourceOf } from './kinds';
import { Manifest, Resource } from './pod';
import { deepestManifest, searchPods } from './search';
import { readTypedObject } from './typed-object';
import { get, isPlainObject, JsonObject, kindOf } from '../shape/json';

const nobody: Resource = { apiVersion: '', kind: '' };
/** What a controller has seen, not what anybody asks for. */
const status: ReadonlySet<string> = new Set(['status']);
const listParts: ReadonlySet<string> = new Set(['status', 'items']);

/**
 * The pods and persistent volumes in a document: one manifest for each Kubernetes object, in the document's order.
 * A list is whatever has a kind and a list `items`, as kubectl has it; its items, also those of a list within a list, are objects of
 * their own. What is embedded in another object belongs to that.
 *
 * Total: it does not throw, whatever the value is, and it does not change it. What cannot be read is in `malformed`, never
 * passed over: a value of a wrong type, nesting beyond 200 levels where pods are searched, more than 1,000,000 values.
 * An empty document (`null`, `undefined`) holds nothing. An object that names no kind is searched all the same.
 *
 * Not guaranteed: that a pod is found which a controller builds from fields of its own. Texts that are manifests are not read here.
 *
 * Source of the built-in kinds: the Kubernetes API reference; of lists: the unstructured decoder of k8s.io/apimachinery and
 * `FlattenListVisitor` of k8s.io/cli-runtime.
 *
 * @param budget what may be read; shared where this document is a part of another one
 */
export function readManifests(document: unknown, budget = newBudget()): readonly Manifest[] {
  if (document === null || document === undefined) return [];
  try {
    const manifests: Manifest[] = [];
    readInto(manifests, nothingFound(nobody, budget), document, '', undefined, 0);
    return manifests;
  } catch {
    // A getter, or a proxy: no JSON has them, and nothing else here throws.
    return [malformed(nobody, '', 'the document cannot be read: reading a field of it throws')];
  }
}

function readInto(
  manifests: Manifest[], { resource: list, budget }: Found, value: unknown, base: string, inferred: Resource | undefined, depth: number,
): void {
  if (!isPlainObject(value)) {
    const name = depth === 0 ? 'the document' : 'an item of a list';
    manifests.push(malformed(list, base, `${name} must be an object, it is ${kindOf(value)}`));
    return;
  }
  const said = resourceOf(value);
  // Of an item that says another kind, kubectl infers nothing.
  const isSilent = said.apiVersion === '' && (said.kind === '' || said.kind === inferred?.kind);
  const resource = inferred && isSilent ? { ...said, ...inferred } : said;
  const found = nothingFound(resource, budget);
  const kind = kindInCluster(resource);
  const items = get(value, 'items');
  const isList = Array.isArray(items) && resource.kind !== '';
  if (kind.type === 'other' && (isList || resource.kind.endsWith('List')) && readList(manifests, found, value, base, depth)) return;

  if (kind.type === 'other') searchPods(value, base, found, status);
  else readTypedObject({ object: value, pointer: base, resource, isEmbedded: false }, kind, found);
  if (kind.type !== 'other') refuseItems(value, base, found);
  manifests.push(manifestOf(found, value));
  if (kind.type !== 'other' && isList) readItems(manifests, found, items, base, depth);
}

/** Without an `apiVersion`, kubectl and the API server take the kind for one of the core group, where that has one. */
function kindInCluster(resource: Resource): Kind {
  const kind = kindOfResource(resource);
  if (resource.apiVersion !== '') return kind;
  const core = kindOfResource({ ...resource, apiVersion: 'v1' });
  // A kind that starts no pod is searched all the same.
  return core.type === 'none' ? kind : core;
}

/**
 * What has `items` is a list to kubectl, whatever its kind: it applies the items and leaves the object out.
 * Source: `unstructuredJSONScheme.decode` of k8s.io/apimachinery, pkg/apis/meta/v1/unstructured.
 */
function refuseItems(object: JsonObject, base: string, { resource, malformed: problems }: Found): void {
  if (get(object, 'items') === undefined) return;
  const message = `items must not be set on a ${resource.kind}, because kubectl applies what they hold in its place`;
  problems.push({ pointer: `${base}/items`, message });
}

/** Reads a list and its items; `false` where the object is none after all, but a custom resource with a name like one. */
function readList(manifests: Manifest[], found: Found, object: JsonObject, base: string, depth: number): boolean {
  const { resource } = found;
  const { apiVersion, kind } = resource;
  const items = get(object, 'items');
  if (!Array.isArray(items)) {
    const isKnown = kind === 'List' ? groupOf(apiVersion || 'v1') === '' : kindOfResource(itemOf(resource)!).type !== 'other';
    if (!isKnown) return false;
    if (items !== undefined && items !== null) manifests.push(malformed(resource, `${base}/items`, `items must be a list, it is ${kindOf(items)}`));
    return true;
  }
  // A custom resource could have `items` beside its pods.
  searchPods(object, base, found, listParts);
  if (holdsAnything(found)) manifests.push(manifestOf(found, object));
  readItems(manifests, found, items, base, depth);
  return true;
}

function readItems(manifests: Manifest[], found: Found, items: readonly unknown[], base: string, depth: number): void {
  const { resource, budget } = found;
  const place = `${base}/items`;
  if (depth >= deepestManifest) {
    manifests.push(malformed(resource, place, `items are not judged, because lists are nested more than ${deepestManifest} levels deep`));
    return;
  }
  spend(budget, items.length);
  const item = itemOf(resource);
  for (let index = 0; index < items.length; index++) {
    if (isSpent(budget)) {
      manifests.push(malformed(resource, `${place}/${index}`, `this item and those after it are not judged, because ${tooManyValues}`));
      break;
    }
    readInto(manifests, found, items[index], `${place}/${index}`, item, depth + 1);
  }
}

/** What an item is that says nothing of itself: of a `PodList` a Pod, and of any other kind that very kind. */
function itemOf({ apiVersion, kind }: Resource): Resource | undefined {
  return kind === 'List' ? undefined : { apiVersion, kind: kind.replace(/List$/, '') };
}

function holdsAnything({ pods, persistentVolumes, malformed: problems, texts, elsewhere }: Found): boolean {
  return pods.length + persistentVolumes.length + problems.length + texts.length + elsewhere.length > 0;
}

function malformed(resource: Resource, pointer: string, message: string): Manifest {
  return { resource, annotations: {}, pods: [], persistentVolumes: [], malformed: [{ pointer, message }], texts: [], elsewhere: [] };
}

function manifestOf({ budget: _budget, ...found }: Found, object: JsonObject): Manifest {
  return { ...found, annotations: annotationsOf(object) };
}

function annotationsOf(object: JsonObject): JsonObject {
  const metadata = get(object, 'metadata');
  const annotations = isPlainObject(metadata) ? get(metadata, 'annotations') : undefined;
  return isPlainObject(annotations) ? annotations : {};
}
