import { get, isPlainObject, type JsonObject } from '../manifest/json';

/** What kustomize builds manifests from; the cluster never sees it. */
const kustomize = /^kustomize\.config\.k8s\.io\//;

/**
 * Whether a document is an object of the Kubernetes API: it says its `apiVersion` and its `kind`, as text. The values of a
 * Helm chart do not; a kustomization does, but is read by kustomize only. Flux' `Kustomization`, of another group, is an object.
 *
 * Not guaranteed: that the API server knows the kind.
 */
export function isKubernetesObject(document: unknown): document is JsonObject {
  if (!isPlainObject(document)) return false;
  const apiVersion = get(document, 'apiVersion');
  return typeof apiVersion === 'string' && typeof get(document, 'kind') === 'string' && !kustomize.test(apiVersion);
}
