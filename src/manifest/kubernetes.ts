import type { InputError } from '../files/read';
import { get, isPlainObject, type Json, type JsonObject, kindOf } from '../shape/json';
import { documentsOf, type InputDocument, isInputError } from '../yaml/documents';

/** What kustomize builds manifests from; the cluster never sees it. */
const kustomize = /^kustomize\.config\.k8s\.io\//;

/** Why a document is nobody's to judge. */
type PassedOver = 'list' | 'number' | 'boolean' | 'without-kind' | 'kustomization';

/**
 * `undefined` for an object of Kubernetes, which for kubectl is one with a `kind`. Without an `apiVersion` it may still be one of the core
 * group, and whatever has a list `items` is opened. The values of a Helm chart are not; a kustomization is read by kustomize only, unless
 * it has `items`. Flux' `Kustomization`, of another group, is an object.
 *
 * Not guaranteed: that the API server knows the kind.
 */
function passedOverAs(document: Json): PassedOver | undefined {
  if (Array.isArray(document)) return 'list';
  if (typeof document === 'boolean') return 'boolean';
  if (!isPlainObject(document)) return 'number';
  const kind = get(document, 'kind');
  if (typeof kind !== 'string' || kind === '') return 'without-kind';
  const apiVersion = get(document, 'apiVersion');
  const isKustomization = typeof apiVersion === 'string' && kustomize.test(apiVersion) && !Array.isArray(get(document, 'items'));
  return isKustomization ? 'kustomization' : undefined;
}

/** An object, an error, or what is passed over. */
type ObjectItem = (InputDocument & { readonly value: JsonObject }) | InputError | { readonly passedOver: PassedOver };

/**
 * The Kubernetes objects of a text, and what else is in it.
 *
 * @param isNamed whether somebody named the file, so that a document that cannot be an object is an error; in a folder that was
 *   searched, a playbook or a list of values may lie beside the manifests
 */
export function* objectsOf(text: string, file: string, isNamed: boolean): Generator<ObjectItem> {
  for (const item of documentsOf(text, file)) {
    if (isInputError(item)) {
      yield item;
      continue;
    }
    const passedOver = passedOverAs(item.value);
    if (passedOver === undefined) yield item as InputDocument & { readonly value: JsonObject };
    else if (isNamed && !isPlainObject(item.value)) yield { file, line: item.line, message: `the document must be an object, it is ${kindOf(item.value)}` };
    else yield { passedOver };
  }
}
