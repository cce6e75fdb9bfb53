import { Budget } from './budget';
import { EmbeddedText } from './embedded-text';
import { PersistentVolume, Pod, Resource } from './pod';
import { MalformedField } from './shape';

/** What has been found so far in one Kubernetes object; it becomes a `Manifest`. */
export interface Found {
  readonly resource: Resource;
  readonly pods: Pod[];
  readonly persistentVolumes: PersistentVolume[];
  readonly malformed: MalformedField[];
  readonly texts: EmbeddedText[];
  readonly elsewhere: MalformedField[];
  readonly budget: Budget;
}

export function nothingFound(resource: Resource, budget: Budget): Found {
  return { resource, budget, pods: [], persistentVolumes: [], malformed: [], texts: [], elsewhere: [] };
}
