import { Resource } from './pod';
import { get, isPlainObject, JsonObject } from '../shape/json';

/** Where a kind of Kubernetes itself holds its pod. */
export interface PodPlace {
  /** The keys that lead to the pod spec. */
  readonly path: readonly string[];
  /** `true` where an object without a pod template is legal. */
  readonly isOptional?: boolean;
}

const templated: PodPlace = { path: ['spec', 'template', 'spec'] };

/** By `group/kind`; the version does not matter, because the place is the same in every one. */
const podPlaces: ReadonlyMap<string, PodPlace> = new Map<string, PodPlace>([
  ['/Pod', { path: ['spec'] }],
  ['/PodTemplate', { path: ['template', 'spec'] }],
  ['/ReplicationController', { ...templated, isOptional: true }],
  ['apps/Deployment', templated],
  ['apps/ReplicaSet', templated],
  ['apps/StatefulSet', templated],
  ['apps/DaemonSet', templated],
  ['extensions/Deployment', templated],
  ['extensions/ReplicaSet', templated],
  ['extensions/DaemonSet', templated],
  ['batch/Job', templated],
  ['batch/CronJob', { path: ['spec', 'jobTemplate', 'spec', 'template', 'spec'] }],
]);

/**
 * Kinds that look as if they held pods and start none: data, schemas, and what a policy forbids.
 * It holds for a whole document only: within another object, `kind: ConfigMap` would be a way to hide a pod.
 */
const kindsWithoutPods: ReadonlySet<string> = new Set([
  '/ConfigMap',
  '/Secret',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'policy/PodSecurityPolicy',
  'extensions/PodSecurityPolicy',
]);

export type Kind =
  | { readonly type: 'pod'; readonly place: PodPlace }
  | { readonly type: 'volume' | 'none' | 'other' };

const volume: Kind = { type: 'volume' };
const none: Kind = { type: 'none' };
const other: Kind = { type: 'other' };

export function kindOfResource({ apiVersion, kind }: Resource): Kind {
  const group = groupOf(apiVersion);
  if (group === undefined) return other;
  const key = `${group}/${kind}`;
  const place = podPlaces.get(key);
  if (place !== undefined) return { type: 'pod', place };
  if (key === '/PersistentVolume') return volume;
  return kindsWithoutPods.has(key) ? none : other;
}

/** Where the kinds of that name have their pod spec, in whatever group; `undefined` stands for all kinds. */
export function podPathsOf(kind: string | undefined): readonly PodPlace['path'][] {
  const places = [...podPlaces].filter(([key]) => kind === undefined || key.endsWith(`/${kind}`));
  return [...new Map(places.map(([, { path }]) => [path.join('/'), path])).values()];
}

/**
 * The group of an `apiVersion`, `''` for the core group; `undefined` where it is none.
 * Source: `ParseGroupVersion` of k8s.io/apimachinery, pkg/runtime/schema.
 */
export function groupOf(apiVersion: string): string | undefined {
  const slash = apiVersion.indexOf('/');
  if (apiVersion === '' || slash !== apiVersion.lastIndexOf('/')) return undefined;
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** What the object says it is; `''` where it does not say, or not in a string. */
export function resourceOf(object: JsonObject): Resource {
  const metadata = get(object, 'metadata');
  const names = isPlainObject(metadata) ? metadata : {};
  const namespace = text(names, 'namespace');
  const name = text(names, 'name');
  const resource: { -readonly [Key in keyof Resource]: Resource[Key] } = {
    apiVersion: text(object, 'apiVersion'),
    kind: text(object, 'kind'),
  };
  // Absent keys stay absent: reports print what is there.
  if (namespace !== '') resource.namespace = namespace;
  if (name !== '') resource.name = name;
  return resource;
}

function text(object: JsonObject, key: string): string {
  const value = get(object, key);
  return typeof value === 'string' ? value : '';
}
