import type { ImageFacts } from '../image/facts';

/** The version of the file's format; another one is refused. */
export const lockVersion = 1;

/** The name of the file, where nobody gives another. */
export const lockFileName = 'images.lock.json';

/**
 * Which digest each tag meant: the content of `images.lock.json`.
 *
 * Plain data, and never changed: an update makes a new one.
 */
export interface Lock {
  /**
   * By the name that was locked, as its author wrote it (`nginx:1.27`, `nginx@sha256:…`); two names may mean one reference, and then have
   * one digest.
   */
  readonly images: ReadonlyMap<string, ImageFacts>;
}

export const emptyLock: Lock = Object.freeze({ images: new Map<string, ImageFacts>() });

/** How much a lock holds at most: far above any that is meant, and read within seconds. */
export const lockLimits = {
  bytes: 64 * 1024 * 1024,
  images: 100_000,
  /** The elements of one list, and the platforms of one image. */
  elements: 100_000,
  /** The platforms that may be chosen for one image. */
  chosen: 100,
  /** The characters of one text. */
  text: 4096,
} as const;
