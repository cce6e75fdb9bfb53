const indexTypes: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);
const imageTypes: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);
const configTypes: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);
const oldTypes: ReadonlySet<string> = new Set([
  'application/vnd.docker.distribution.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
]);
/** What a server says that does not know: the body decides then, and the digest vouches for it. */
const genericTypes: ReadonlySet<string> = new Set(['application/json', 'application/octet-stream', 'text/plain']);

/**
 * All four, always: a registry that is asked for fewer answers 404, or converts the image to the old schema, with another digest.
 *
 * @see https://github.com/distribution/distribution, the manifest handler
 */
export const acceptedManifests = [...indexTypes, ...imageTypes].join(', ');

export type ManifestKind = 'index' | 'image';

export function kindOfMediaType(type: string): ManifestKind | undefined {
  if (indexTypes.has(type)) return 'index';
  return imageTypes.has(type) ? 'image' : undefined;
}

/** Whether the config of an image manifest is that of a container image; otherwise the manifest is an artifact. */
export function isImageConfig(type: string): boolean {
  return configTypes.has(type);
}

export function isSchema1(type: string): boolean {
  return oldTypes.has(type);
}

export function isGeneric(type: string): boolean {
  return genericTypes.has(type);
}

/** A `Content-Type` without its parameters, lower-case. */
export function bareMediaType(header: string): string {
  return header.split(';', 1)[0].trim().toLowerCase();
}
