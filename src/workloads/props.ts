import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
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
};
