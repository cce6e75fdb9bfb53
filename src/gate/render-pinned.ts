import { ApiObject } from 'cdk8s';
import type { Enforcement } from './enforcement';
import { render } from './guard';
import { snapshot } from './snapshot';
import { Manifest } from '../manifest/pod';
import { readManifests } from '../manifest/read';

/** What is judged of an object, and then written. */
export interface RenderedObject {
  readonly json: unknown;
  /** What it holds, where somebody has read it already. */
  readonly manifests?: readonly Manifest[];
}

/**
 * Renders an object: the JSON in a copy that nobody else holds, with the locked digests behind the tags of its images.
 *
 * The outermost policy goes first, and what its lock has pinned stays as it is.
 */
export function renderPinned(object: ApiObject, enforcements: readonly Enforcement[]): RenderedObject {
  let json = snapshot(render(object), object);
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
export function renderAll(
  list: () => ApiObject[],
  enforcementsOf: (object: ApiObject) => readonly Enforcement[],
): ReadonlyMap<ApiObject, RenderedObject> {
  const rendered = new Map<ApiObject, RenderedObject>();
  for (let fresh = list(); fresh.length > 0; fresh = list().filter((object) => !rendered.has(object))) {
    for (const object of fresh) rendered.set(object, renderPinned(object, enforcementsOf(object)));
  }
  return rendered;
}
