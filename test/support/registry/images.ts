import { digestOf, Flavour, image as builtImage, indexOf, layerOf, mediaTypes } from '../oci-images';

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
  return { bytes, mediaType, digest: digestOf(bytes) };
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
  const flavour = docker ? 'docker' : 'oci';
  const archives = recipe.layers ?? [Buffer.from(`a layer for ${os}/${architecture}`)];
  const layers = archives.map(archive => layerOf(archive, 'gzip', flavour));
  const { descriptor, bytes, blobs } = builtImage({
    flavour,
    layers,
    platform: { os, architecture, ...(variant === undefined ? {} : { variant }) },
    config: { User: user, Volumes: keys(volumes), ExposedPorts: keys(ports), Entrypoint: entrypoint ?? null, Cmd: command ?? null },
    ...(annotations === undefined ? {} : { annotations }),
  });
  const known = new Set([descriptor.digest, ...layers.map(layer => layer.descriptor.digest)]);
  const configs = [...blobs].filter(([digest]) => !known.has(digest));
  return {
    manifest: stored(bytes, descriptor.mediaType),
    blobs: [
      ...configs.map(([, config]) => stored(config, mediaTypes[flavour].config)),
      ...layers.map(layer => stored(layer.bytes, layer.descriptor.mediaType)),
    ],
    children: [],
  };
}

/** An index of images, each with its platform; what is in `entries` is added to the entry as it is. */
export function index(images: readonly (readonly [BuiltImage, object])[], docker = false): BuiltImage {
  const { descriptor, bytes } = indexOf(images.map(([child, entry]) => ({ ...descriptorOf(child.manifest), ...entry })), docker ? 'docker' : 'oci');
  return { manifest: stored(bytes, descriptor.mediaType), blobs: [], children: images.map(([child]) => child) };
}

const typesOf = (types: typeof mediaTypes[Flavour]) => {
  return { index: types.index, manifest: types.image, config: types.config, layer: types.gzip };
};
export const ociTypes = typesOf(mediaTypes.oci);
export const dockerTypes = typesOf(mediaTypes.docker);

function keys(names: readonly string[] | undefined): object | null {
  return names === undefined ? null : Object.fromEntries(names.map(name => [name, {}]));
}
