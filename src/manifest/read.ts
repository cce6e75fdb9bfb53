import { isSpent, newBudget, spend, tooManyValues } from './budget';
import { Found, nothingFound } from './found';
import { get, isPlainObject, JsonObject, kindOf } from './json';
import { groupOf, kindOfResource, resourceOf } from './kinds';
import { Manifest, Resource } from './pod';
import { deepest, searchPods } from './search';
import { readTypedObject } from './typed-object';

const nobody: Resource = { apiVersion: '', kind: '' };
/** What a controller has seen, not what anybody asks for. */
const status: ReadonlySet<string> = new Set(['status']);
const listParts: ReadonlySet<string> = new Set(['status', 'items']);

/**
 * The pods and persistent volumes in a document: one manifest for each Kubernetes object, in the document's order.
 * The items of a list (`List`, `PodList`, …) are objects of their own; what is embedded in another object belongs to that.
 *
 * Total: it does not throw, whatever the value is, and it does not change it. What cannot be read is in `malformed`, never
 * passed over: a value of a wrong type, nesting beyond 200 levels where pods are searched, more than 1,000,000 values.
 * An empty document (`null`, `undefined`) holds nothing. An object that names no kind is searched all the same.
 *
 * Not guaranteed: that a pod is found which a controller builds from fields of its own. Texts that are manifests are not read here.
 *
 * Source of the built-in kinds: the Kubernetes API reference; of the items' kinds in a typed list: the unstructured
 * decoder of k8s.io/apimachinery.
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
  const resource = inferred && (said.apiVersion === '' || said.kind === '') ? { ...said, ...inferred } : said;
  const found = nothingFound(resource, budget);
  if (resource.kind.endsWith('List') && readList(manifests, found, value, base, depth)) return;

  const kind = kindOfResource(resource);
  if (kind.type === 'other') searchPods(value, base, found, status);
  else readTypedObject({ object: value, pointer: base, resource, isEmbedded: false }, kind, found);
  if (kind.type !== 'other') refuseItems(value, base, found);
  manifests.push(manifestOf(found, value));
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

/** Reads the items of a list; `false` where the object is none after all, but a custom resource with a name like one. */
function readList(manifests: Manifest[], found: Found, object: JsonObject, base: string, depth: number): boolean {
  const { resource, budget } = found;
  const { apiVersion, kind } = resource;
  const items = get(object, 'items');
  const item: Resource | undefined = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) };
  const place = `${base}/items`;
  if (!Array.isArray(items)) {
    const isKnown = item === undefined ? groupOf(apiVersion) === '' : kindOfResource(item).type !== 'other';
    if (!isKnown) return false;
    if (items !== undefined && items !== null) manifests.push(malformed(resource, place, `items must be a list, it is ${kindOf(items)}`));
    return true;
  }
  // A custom resource could have `items` beside its pods.
  searchPods(object, base, found, listParts);
  if (holdsAnything(found)) manifests.push(manifestOf(found, object));

  if (depth >= deepest) {
    manifests.push(malformed(resource, place, `items are not judged, because lists are nested more than ${deepest} levels deep`));
    return true;
  }
  spend(budget, items.length);
  for (let index = 0; index < items.length; index++) {
    if (isSpent(budget)) {
      manifests.push(malformed(resource, `${place}/${index}`, `this item and those after it are not judged, because ${tooManyValues}`));
      break;
    }
    readInto(manifests, found, items[index], `${place}/${index}`, item, depth + 1);
  }
  return true;
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
