import type { ImageReference } from './reference';

/** What an image says of itself on one platform. What is left out is not there: no user means root. */
export interface PlatformFacts {
  /** The digest of this platform's own manifest. */
  readonly manifest: string;
  /** The digest of the config, which most of this was read from. */
  readonly config: string;
  /** The user of the config as it is written there: `65532`, `app`, `1000:1000`; never empty. */
  readonly user?: string;
  /** The numeric id of the user: as it is written, or as the image's own `/etc/passwd` has it; left out where that is not known. */
  readonly uid?: number;
  /** The paths of `VOLUME`, sorted; never an empty list. */
  readonly volumes?: readonly string[];
  /** `8080/tcp`, sorted; never an empty list. */
  readonly ports?: readonly string[];
  readonly entrypoint?: true;
  /** The sum of the layers as they are pulled, in bytes. */
  readonly size: number;
  /** How many layers there are. */
  readonly layers: number;
  /** The digests of the uncompressed layers, lowest first. */
  readonly diffIds: readonly string[];
  /** What it was built on, where its annotations tell; never empty. */
  readonly base?: { readonly name?: string; readonly digest?: string };
}

/** What is known of an image: what a tag meant when it was read or locked, and what the image says of itself. */
export interface ImageFacts {
  /**
   * What it is known under; in a lock `registry/repository:tag`, canonical: `docker.io/library/nginx:1.27`. Where it was locked by a
   * digest without a tag, `registry/repository@digest`.
   */
  readonly reference: string;
  /** The digest to pin: of the index where there is one. */
  readonly digest: string;
  readonly mediaType: string;
  /** The platforms that whoever locked it asked for, sorted: only these are recorded. Left out where that is all of them. */
  readonly chosen?: readonly string[];
  /** By `os/architecture[/variant][:os.version]`. Empty for what is no container image, such as the content of an image volume. */
  readonly platforms: Readonly<Record<string, PlatformFacts>>;
}

/** The lock as a rule sees it. */
export interface LockedImages {
  /**
   * The image that is locked under the same tag, whatever digest the reference has; for a digest without a tag, what is locked for just
   * that, or an image of the same repository that has this digest. `undefined` where there is none.
   */
  find(reference: ImageReference): ImageFacts | undefined;
}

/**
 * Whether the reference names other content than the lock has for its tag: a digest that is neither the locked one nor that of one
 * of its platforms.
 */
export function hasDrifted({ digest }: Pick<ImageReference, 'digest'>, image: ImageFacts): boolean {
  if (digest === undefined || digest === image.digest) return false;
  return !Object.values(image.platforms).some(({ manifest }) => manifest === digest);
}

/**
 * The platforms that the reference may run on, of its locked image: all of them, only the one whose manifest it names, or none where
 * it has drifted, because nothing is known of other content.
 */
export function platformsOf({ digest }: ImageReference, image: ImageFacts): Readonly<Record<string, PlatformFacts>> {
  if (digest === undefined || digest === image.digest) return image.platforms;
  return Object.fromEntries(Object.entries(image.platforms).filter(([, { manifest }]) => manifest === digest));
}
