import type { Readable } from 'node:stream';
import { quote } from '../text/quote';

/** What names some content: its digest, and its exact size where that is known. */
export interface Content {
  readonly digest: string;
  readonly size?: number;
}

/** A manifest as it was served; the digest is of exactly these bytes. */
export interface Fetched {
  readonly bytes: Buffer;
  readonly digest: string;
  /** What the source calls it: the `Content-Type` without parameters, or the `mediaType` of a layout's descriptor. */
  readonly mediaType?: string;
}

/**
 * One place that holds images: a repository of a registry, or an OCI layout.
 *
 * Everything that it gives has been verified: the bytes against the digest they were asked by, and against the size where it is
 * given. Every method rejects with a `RegistryError`, and with nothing else.
 */
export interface ImageSource {
  /** For messages: `ghcr.io/acme/shop`, `oci:build/image`. */
  readonly name: string;

  /**
   * The manifest, or the index, that a tag or a digest names; at most 4 MiB.
   *
   * What a tag means is what the source says it means: only what is asked by digest is beyond doubt.
   */
  fetchManifest(target: string, expected?: { readonly size?: number }): Promise<Fetched>;

  /** The digest that a tag, or a digest, names now, without reading the manifest where the source can say so. */
  headManifest(target: string): Promise<string>;

  /** A whole blob of at most `limit` bytes. */
  fetchBlob(content: Content, limit: number): Promise<Buffer>;

  /**
   * A blob as a stream, for layers: at most `limit` bytes.
   *
   * The stream ends only when all bytes were right; otherwise it is destroyed with a `RegistryError` at its end. Whatever was
   * read before the end is *not verified* yet. Who stops early destroys it.
   */
  streamBlob(content: Content, limit: number): Promise<Readable>;
}

/** How much is read at most, in bytes; far above what images have. */
export const limits = {
  manifest: 4 * 1024 * 1024,
  config: 8 * 1024 * 1024,
  errorBody: 64 * 1024,
} as const;

/** What a message is about: `ghcr.io/acme/shop:1.4.2`, `ghcr.io/acme/shop@sha256:…`. */
export function subjectOf({ name }: { readonly name: string }, target: string): string {
  // A layout may have any text for a tag.
  const shown = /^[\w.:+-]{1,160}$/.test(target) ? target : quote(target);
  return `${name}${target.includes(':') ? '@' : ':'}${shown}`;
}
