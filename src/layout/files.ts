import type { Readable } from 'node:stream';

/** A file of a layout, found and not yet read. */
export interface LayoutFile {
  readonly size: number;
  /** Its bytes, from the start; who stops early destroys it. */
  open(): Readable;
}

/** The files of a layout, wherever they lie. */
export interface LayoutFiles {
  /**
   * The file at a path such as `blobs/sha256/…`, `undefined` where there is none.
   *
   * @throws RegistryError where it cannot be read, is no regular file, or lies outside the layout
   */
  find(path: string): Promise<LayoutFile | undefined>;
}
