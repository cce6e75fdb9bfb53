import { Descriptor, readDescriptor, readDescriptors, typeField } from './descriptor';
import { RegistryError } from './error';
import { parseAsGo } from './go-json';
import { manifestType } from './go-types';
import { isGeneric, isSchema1, kindOfMediaType, ManifestKind } from './media-types';
import type { Fetched } from './source';
import { isWebPage } from './web-page';
import { annotationsField, field, UnknownObject } from '../shape/fields';
import { Malformed } from '../text/malformed';
import { quote } from '../text/quote';

/** An index: one image for several platforms. */
export interface Index {
  readonly kind: 'index';
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
  readonly annotations: ReadonlyMap<string, string>;
}

/** The manifest of one image, or of an artifact that is stored as if it were one. */
export interface ImageManifest {
  readonly kind: 'image';
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly artifactType?: string;
  readonly annotations: ReadonlyMap<string, string>;
}

const ociType: Readonly<Record<ManifestKind, string>> = {
  index: 'application/vnd.oci.image.index.v1+json',
  image: 'application/vnd.oci.image.manifest.v1+json',
};

/**
 * Reads a manifest or an index, OCI's or Docker's.
 *
 * What the source calls it and what it calls itself must agree; where neither says anything, its fields decide. One that could
 * be read as both is refused, because two clients would run two images.
 *
 * @param subject what it belongs to, for messages
 * @throws RegistryError with the code `malformed`, or `unsupported` for the old schema 1 and for unknown types
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md
 */
export function parseManifest({ bytes, mediaType }: Pick<Fetched, 'bytes' | 'mediaType'>, subject: string): Index | ImageManifest {
  try {
    return read(bytes, mediaType, subject);
  } catch (error) {
    if (error instanceof Malformed) throw new RegistryError({ code: 'malformed', subject, problem: `the manifest ${error.message}` });
    throw error;
  }
}

function read(bytes: Buffer, served: string | undefined, subject: string): Index | ImageManifest {
  if (served !== undefined && isSchema1(served)) throw oldSchema(subject);
  if (served === 'text/html') throw servedAsPage(bytes, subject);
  const body = parseAsGo(bytes, manifestType);
  const own = typeField(body, 'mediaType');
  const version = field(body, 'schemaVersion');
  if (version === 1 || 'fsLayers' in body || (own !== undefined && isSchema1(own))) throw oldSchema(subject);
  if (version !== 2) throw new Malformed('must have the schemaVersion 2');
  const said = served === undefined || isGeneric(served) ? undefined : served;
  if (said !== undefined && own !== undefined && said !== own) {
    throw new Malformed(`is served as ${quote(said)}, and calls itself ${quote(own)}`);
  }
  const kind = kindOf(body, own ?? said, subject);
  const mediaType = own ?? said ?? ociType[kind];
  const annotations = annotationsField(body, 'annotations');
  if (kind === 'index') return { kind, mediaType, manifests: readDescriptors(body, 'manifests'), annotations };
  const artifactType = typeField(body, 'artifactType');
  return {
    kind,
    mediaType,
    config: readDescriptor(field(body, 'config'), 'config'),
    layers: readDescriptors(body, 'layers'),
    ...(artifactType === undefined || artifactType === '' ? {} : { artifactType }),
    annotations,
  };
}

function kindOf(body: UnknownObject, type: string | undefined, subject: string): ManifestKind {
  const known = type === undefined ? undefined : kindOfMediaType(type);
  if (type !== undefined && known === undefined) {
    throw new RegistryError({ code: 'unsupported', subject, problem: `its type is ${quote(type)}, which is not that of an image` });
  }
  // A field that is `null` is there, to runtimes too.
  const index = 'manifests' in body;
  const image = 'layers' in body || 'config' in body;
  if (index && image) throw new Malformed('must have either "manifests" or "config" and "layers", it has both');
  if (!index && !image) throw new Malformed('has neither "manifests" nor "config" and "layers"');
  const kind = index ? 'index' : 'image';
  if (known !== undefined && known !== kind) throw new Malformed(`calls itself ${quote(String(type))}, and its fields are not of that type`);
  return kind;
}

function servedAsPage(bytes: Buffer, subject: string): RegistryError {
  const what = isWebPage(bytes) ? 'it is a web page' : 'its type is "text/html", which containerd cannot pull either';
  return new RegistryError({ code: 'unsupported', subject, problem: `${what}: a portal or a proxy answers so, and no registry` });
}

/** What runs images has given it up: its digest is that of a signed text, and its layers are named by their compressed form only. */
export function oldSchema(subject: string): RegistryError {
  return new RegistryError({
    code: 'unsupported',
    subject,
    problem: 'it is an image of Docker\'s manifest schema 1, which containerd 2 and Docker 26 no longer pull',
    fix: 'build it again and push it, convert it with "skopeo copy --format oci", or ask for another tag',
  });
}
