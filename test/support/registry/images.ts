import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** Bytes, and what names them. */
export interface Stored {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly mediaType: string;
}

/** An image, or an index, with everything that it points to. */
export interface BuiltImage {
  readonly manifest: Stored;
  /** Configs and layers. */
  readonly blobs: readonly Stored[];
  /** The manifests that an index points to. */
  readonly children: readonly BuiltImage[];
}

export interface ImageRecipe {
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
  readonly user?: string;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** Uncompressed layers; by default one with a few bytes that are no archive. */
  readonly layers?: readonly Buffer[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** Docker's media types instead of OCI's. */
  readonly docker?: boolean;
}

export function stored(bytes: Buffer, mediaType: string): Stored {
  return { bytes, mediaType, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
}

export function storedJson(value: unknown, mediaType: string): Stored {
  return stored(Buffer.from(JSON.stringify(value)), mediaType);
}

export function descriptorOf({ digest, bytes, mediaType }: Stored) {
  return { mediaType, digest, size: bytes.length };
}

/** An image of one platform. */
export function image(recipe: ImageRecipe = {}): BuiltImage {
  const { os = 'linux', architecture = 'amd64', variant, user, volumes, ports, entrypoint, command, annotations, docker = false } = recipe;
  const archives = recipe.layers ?? [Buffer.from(`a layer for ${os}/${architecture}`)];
  const layers = archives.map(archive => stored(gzipSync(archive), docker ? dockerTypes.layer : ociTypes.layer));
  const config = storedJson({
    os,
    architecture,
    ...(variant === undefined ? {} : { variant }),
    config: { User: user, Volumes: keys(volumes), ExposedPorts: keys(ports), Entrypoint: entrypoint ?? null, Cmd: command ?? null },
    rootfs: { type: 'layers', diff_ids: archives.map(archive => stored(archive, '').digest) },
  }, docker ? dockerTypes.config : ociTypes.config);
  return {
    manifest: manifestOf(config, layers, docker, annotations),
    blobs: [config, ...layers],
    children: [],
  };
}

function manifestOf(config: Stored, layers: readonly Stored[], docker: boolean, annotations?: ImageRecipe['annotations']): Stored {
  const mediaType = docker ? dockerTypes.manifest : ociTypes.manifest;
  const value = { schemaVersion: 2, mediaType, config: descriptorOf(config), layers: layers.map(descriptorOf), annotations };
  return storedJson(value, mediaType);
}

/** An index of images, each with its platform; what is in `entries` is added to the entry as it is. */
export function index(images: readonly (readonly [BuiltImage, object])[], docker = false): BuiltImage {
  const mediaType = docker ? dockerTypes.index : ociTypes.index;
  const manifests = images.map(([child, entry]) => ({ ...descriptorOf(child.manifest), ...entry }));
  const manifest = storedJson({ schemaVersion: 2, mediaType, manifests }, mediaType);
  return { manifest, blobs: [], children: images.map(([child]) => child) };
}

export const ociTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

export const dockerTypes = {
  index: 'application/vnd.docker.distribution.manifest.list.v2+json',
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

function keys(names: readonly string[] | undefined): object | null {
  return names === undefined ? null : Object.fromEntries(names.map(name => [name, {}]));
}
