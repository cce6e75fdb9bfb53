import type { Descriptor } from './descriptor';
import type { Platform } from '../image/platform';

/** What an image was built on, where its annotations tell. */
export interface BaseImage {
  readonly name?: string;
  readonly digest?: string;
}

/** What is known of an image on one platform. */
export interface PlatformImage {
  readonly platform: Platform;
  /** The digest of this platform's own manifest, and of its config. */
  readonly manifest: string;
  readonly config: string;
  readonly mediaType: string;
  /** The user of the config as it is written there; empty means root. */
  readonly user: string;
  /** The paths of `VOLUME`, sorted. */
  readonly volumes: readonly string[];
  /** `8080/tcp`, and `7000-7999/tcp` for ports in a row; sorted. */
  readonly ports: readonly string[];
  readonly entrypoint: boolean;
  readonly command: boolean;
  /** The sum of the layers as they are pulled, in bytes. */
  readonly compressedSize: number;
  readonly layers: readonly Descriptor[];
  /** The digests of the uncompressed layers, lowest first; as many as there are layers. */
  readonly diffIds: readonly string[];
  readonly base?: BaseImage;
}

/** What an image reference means, as its source describes it. */
export interface ImageDescription {
  /** The digest to pin: that of the index where there is one. */
  readonly digest: string;
  readonly mediaType: string;
  /** One entry for each platform, in the order of the index, the first one of each platform as runtimes select it. */
  readonly platforms: readonly PlatformImage[];
  /** What it is where it is no container image: nothing more is known of it then, and `platforms` is empty. */
  readonly artifactType?: string;
}

export interface DescribeOptions {
  /**
   * Read only these; each must be there. What a request leaves out, such as the variant, may be anything.
   *
   * @default all platforms
   */
  readonly platforms?: readonly Platform[];
}
