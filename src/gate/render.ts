import { ApiObject } from 'cdk8s';
import type { Enforcement } from './enforcement';
import { guardLoad } from './load';
import { snapshot } from './snapshot';
import { originalJsonOf } from './to-json';
import { Manifest } from '../manifest/pod';
import { readManifests } from '../manifest/read';

// Before anything can be rendered: what is to be judged may have come from a file.
guardLoad();

/** What is judged of an object, and then written. */
export interface RenderedObject {
  readonly json: unknown;
  /** What was read from it, where it was read while its images were pinned. */
  readonly manifests?: readonly Manifest[];
}

/** Each object as it will be written. */
export type Rendered = ReadonlyMap<ApiObject, RenderedObject>;

/**
 * Renders an object: a copy of the JSON that nobody else holds, with the locked digests behind the tags of its images.
 *
 * The outermost policy goes first, and what its lock has pinned stays as it is.
 */
export function render(object: ApiObject, enforcements: readonly Enforcement[]): RenderedObject {
  let json = snapshot(originalJsonOf(object), object);
  let manifests: readonly Manifest[] | undefined;
  for (const { lock } of enforcements) {
    if (lock === undefined) continue;
    manifests ??= readManifests(json);
    const pinned = lock.pin(json, manifests);
    if (pinned !== json) manifests = undefined;
    json = pinned;
  }
  return { json, manifests };
}

/** Until nothing new turns up: a lazy value may add an object while another one is rendered. */
export function renderAll(list: () => ApiObject[], enforcementsOf: (object: ApiObject) => readonly Enforcement[]): Rendered {
  const rendered = new Map<ApiObject, RenderedObject>();
  for (let fresh = list(); fresh.length > 0; fresh = list().filter((object) => !rendered.has(object))) {
    for (const object of fresh) rendered.set(object, render(object, enforcementsOf(object)));
  }
  return rendered;
}
