import { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { PinnedImage } from '../image/reference';

/** A folder that the container may write to although its root filesystem is read-only. */
export interface WritablePath {
  /** Absolute path in the container, neither `/` itself nor with `..` or `:` in it. */
  readonly path: string;
  /**
   * How much may be written before the kubelet evicts the pod; a whole number of KiB above zero,
   * because Kubernetes reads a limit of zero as no limit.
   *
   * @default Size.mebibytes(64)
   */
  readonly sizeLimit?: Size;
  /**
   * `EmptyDirMedium.MEMORY` keeps the folder in memory, where it counts against the memory limit of the container.
   *
   * @default - the disk of the node
   */
  readonly medium?: kplus.EmptyDirMedium;
}

/** What a container may say here beyond the props of cdk8s-plus. */
export interface WritablePathsProps {
  /**
   * Folders that must be writable, each an `emptyDir` of its own with a size limit. A string is a path with the defaults.
   * They are empty when a pod starts and gone when it ends, and containers do not share them.
   *
   * A path that is not usable, is named twice or is also mounted in another way throws an error: while the container is made,
   * or at synth where the other mount came later.
   *
   * @default - no folder is writable but those that are mounted
   */
  readonly writablePaths?: readonly (string | WritablePath)[];
}

/** Which of the things that a locked image says of itself are filled in. */
export interface FromImage {
  /**
   * The uid that the image runs as is said as `runAsUser`, where neither the container nor the pod says `securityContext.user`.
   * The container runs as before: the runtime takes the same user from the image, and the kubelet then knows that it is not root,
   * also where the image has it by name. Only where the uid is the same above 0 on each Linux platform of the image that the pod may
   * run on.
   *
   * A JSON patch comes after it: one of the pod's user does not reach a container that has one, and one of the image keeps the uid of
   * the image in the props. Say the user and the image in the props.
   *
   * @default true
   */
  readonly user?: boolean;
  /**
   * Each `VOLUME` path of the image gets an `emptyDir` with the size limit of a writable path, where the root filesystem is read-only
   * and neither a mount nor a writable path is at it or above it.
   *
   * The folder is empty at first: it hides what the image has at the path, and nothing is copied there. What is written there is gone
   * when the pod ends. No folder is put over what the kubelet mounts, such as the service account's token.
   *
   * A JSON patch comes after it: one that mounts a volume at such a path makes two mounts there, which the API server refuses. Mount it
   * in the props or with `mount()`.
   *
   * @default true
   */
  readonly volumes?: boolean;
}

/** What a workload may say of its images. */
export interface FromImageProps {
  /**
   * What is filled in from what the images say of themselves in the lock: `new App({ lock })` or `enforce(…, { lock })`. `false` is
   * nothing. Without a lock, for an image that it does not hold, and in pods for Windows nothing is.
   *
   * @default - the user and the volumes
   */
  readonly fromImage?: false | FromImage;
}

/**
 * Properties of a container, as in cdk8s-plus, except that the image must be pinned by its digest.
 *
 * The type demands `@sha256:` or `@sha512:` in the literal; that the digest is a valid one is judged at synth, or by `pinned()`.
 */
export interface ContainerProps extends kplus.ContainerProps, WritablePathsProps {
  /** The image with its digest: `ghcr.io/acme/shop:1.4.2@sha256:…`. `pinned()` makes one of text that comes from elsewhere. */
  readonly image: PinnedImage;
}

/**
 * The props of a cdk8s-plus workload with containers of another type.
 *
 * The lists are read-only here and not in cdk8s-plus, which only reads them: hence the casts in the constructors of this folder.
 */
export type WithContainers<Props, Container extends kplus.ContainerProps> = Omit<Props, 'containers' | 'initContainers'> & {
  /**
   * The containers of the pod. More can be added with `addContainer()`.
   *
   * @default - none; a pod without a container does not synthesize
   */
  readonly containers?: readonly Container[];
  /**
   * The containers that run before the others, in this order; with `restartPolicy: ContainerRestartPolicy.ALWAYS` a sidecar.
   *
   * @default - none
   */
  readonly initContainers?: readonly Container[];
} & FromImageProps;
