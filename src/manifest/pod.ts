import { EmbeddedText } from './embedded-text';
import { ContainerFields, Metadata, PodSpec, VolumeFields } from './pod-shape';
import { MalformedField } from './shape';
import { ParsedImage } from '../image/reference';
import { JsonObject } from '../shape/json';

/** Which object of the cluster a document describes. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** The lists of containers of a pod, in the order in which they start. */
export const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;
export type ContainerList = (typeof containerLists)[number];

/** A container of any list of a pod, with the fields that rules read; `null` and malformed fields are absent. */
export interface Container extends ContainerFields {
  /** JSON pointer in the document. */
  readonly pointer: string;
  /** What a message calls it: its name, or its place (`initContainers[1]`) where it has none. */
  readonly label: string;
  readonly list: ContainerList;
  /** The container as it is written, of any shape: for a rule that reads a field which this type does not have. */
  readonly json: JsonObject;
}

/** A volume of a pod, with the fields that rules read. */
export interface Volume extends VolumeFields {
  readonly pointer: string;
  readonly label: string;
  /** The volume sources that are set, such as `configMap`. None means `emptyDir` to the API server. */
  readonly sources: readonly string[];
}

/** An image that the pod runs (a container) or mounts (an image volume). */
export interface Image {
  /** JSON pointer of the reference. */
  readonly pointer: string;
  /** The reference as it is written; `undefined` where there is none. */
  readonly text: string | undefined;
  readonly parsed: ParsedImage;
  readonly pullPolicy: string | undefined;
  /** JSON pointer of the pull policy, whether it is set or not. */
  readonly pullPolicyPointer: string;
  /** The label of the container, where a container runs it. */
  readonly container?: string;
}

/**
 * A pod as rules see it: of a Pod, of a template of a workload, or of a custom resource.
 *
 * Every container of every list is in `containers`, and every image in `images`.
 */
export interface Pod {
  readonly resource: Resource;
  /** JSON pointer of the pod spec in the document. */
  readonly pointer: string;
  /** JSON pointer of the metadata that become the pod's own (those of the template, or of the Pod). */
  readonly metadataPointer: string;
  readonly metadata: Metadata;
  readonly spec: PodSpec;
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  /** Those of the containers first, one for each in their order; then those of the volumes. */
  readonly images: readonly Image[];
  /**
   * `false` where the object only holds container-shaped objects (a Tekton Task, an Argo Workflow template):
   * what it holds is judged as containers, but no field is demanded that such an object cannot have.
   */
  readonly isPodSpec: boolean;
  /** The object at `pointer` as it is written, of any shape. */
  readonly json: JsonObject;
  /** `true` where a container without an image is legal, because a controller adds it. */
  readonly imagesAreOptional: boolean;
  readonly malformed: readonly MalformedField[];
}

/** A PersistentVolume that reaches into the host: a claim on it is a host path by another name. */
export interface PersistentVolume {
  readonly resource: Resource;
  readonly malformed: readonly MalformedField[];
  /** The paths on the node: `hostPath.path` or `local.path`. */
  readonly hostPaths: readonly { readonly pointer: string; readonly path: string; readonly source: 'hostPath' | 'local' }[];
}

/** What a document holds that rules judge. */
export interface Manifest {
  readonly resource: Resource;
  /** The annotations of the object itself, as they are written. */
  readonly annotations: JsonObject;
  readonly pods: readonly Pod[];
  readonly persistentVolumes: readonly PersistentVolume[];
  /** What could not be read at all: a document that is no object, a pod without a spec, too deep a nesting. */
  readonly malformed: readonly MalformedField[];
  /** Texts in it that are manifests of their own. */
  readonly texts: readonly EmbeddedText[];
  /** What would be such a text and stands elsewhere, so that it cannot be judged. */
  readonly elsewhere: readonly MalformedField[];
}
