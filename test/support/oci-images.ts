import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { file, tar, TarFile } from './tar';

export type Flavour = 'oci' | 'docker';
type Compression = 'none' | 'gzip' | 'zstd';

/** A descriptor as it stands in a manifest or an index. */
export interface BuiltDescriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly urls?: readonly string[];
}

export interface BuiltLayer {
  readonly descriptor: BuiltDescriptor;
  readonly bytes: Buffer;
  /** The digest of the uncompressed tar. */
  readonly diffId: string;
}

/** A manifest or an index, and every blob that it needs, itself included. */
export interface BuiltImage {
  readonly descriptor: BuiltDescriptor;
  readonly bytes: Buffer;
  readonly blobs: ReadonlyMap<string, Buffer>;
}

export const mediaTypes = {
  oci: {
    index: 'application/vnd.oci.image.index.v1+json',
    image: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    none: 'application/vnd.oci.image.layer.v1.tar',
    gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
    zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  },
  docker: {
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    image: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    none: 'application/vnd.docker.image.rootfs.diff.tar',
    gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
    // Docker has no type of its own for it; builders mix the two sets.
    zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  },
} as const;

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export function descriptorOf(mediaType: string, bytes: Buffer): BuiltDescriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

/** A layer of these entries. */
export function layer(entries: readonly TarFile[], compression: Compression = 'gzip', flavour: Flavour = 'oci'): BuiltLayer {
  return layerOf(tar(entries), compression, flavour);
}

/** A layer of these bytes, which need not be a tar. */
export function layerOf(plain: Buffer, compression: Compression = 'gzip', flavour: Flavour = 'oci'): BuiltLayer {
  const bytes = compression === 'none' ? plain : compression === 'gzip' ? gzipSync(plain) : zstdStored(plain);
  return { descriptor: descriptorOf(mediaTypes[flavour][compression], bytes), bytes, diffId: digestOf(plain) };
}

export interface ImageParts {
  /** @default 'oci' */
  readonly flavour?: Flavour;
  /** Lowest first. @default one layer with one file */
  readonly layers?: readonly BuiltLayer[];
  /** The field `config` of the image's config: `User`, `Volumes`, `ExposedPorts` … */
  readonly config?: Readonly<Record<string, unknown>>;
  /** @default linux/amd64 */
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly annotations?: Readonly<Record<string, string>>;
  /** Fields of the manifest that replace what would stand there; `undefined` leaves one out, such as `mediaType`. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** An image for one platform. */
export function image(parts: ImageParts = {}): BuiltImage {
  const { flavour = 'oci', platform = { os: 'linux', architecture: 'amd64' }, config = {}, annotations, manifest = {} } = parts;
  const { layers = [layer([file('hello', 'hello\n')], 'gzip', flavour)] } = parts;
  const types = mediaTypes[flavour];
  const configBytes = json({ ...platform, config, rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) } });
  const configDescriptor = descriptorOf(types.config, configBytes);
  const bytes = json({
    schemaVersion: 2,
    mediaType: types.image,
    config: configDescriptor,
    layers: layers.map(({ descriptor }) => descriptor),
    annotations,
    ...manifest,
  });
  const blobs = new Map([[configDescriptor.digest, configBytes]]);
  for (const { descriptor, bytes: data } of layers) blobs.set(descriptor.digest, data);
  return built({ ...descriptorOf(types.image, bytes), platform }, bytes, blobs);
}

/** An index of images, or of indexes; each child's descriptor may be changed on the way. */
export function index(
  children: readonly BuiltImage[],
  options: { readonly flavour?: Flavour; readonly describe?: (child: BuiltDescriptor) => BuiltDescriptor } = {},
): BuiltImage {
  const { flavour = 'oci', describe = child => child } = options;
  const { descriptor, bytes } = indexOf(children.map(child => describe(child.descriptor)), flavour);
  return built(descriptor, bytes, children.flatMap(({ blobs }) => [...blobs]));
}

/** An index with these entries, and nothing of what they point to. */
export function indexOf(manifests: readonly object[], flavour: Flavour = 'oci'): Pick<BuiltImage, 'descriptor' | 'bytes'> {
  const mediaType = mediaTypes[flavour].index;
  const bytes = json({ schemaVersion: 2, mediaType, manifests });
  return { descriptor: descriptorOf(mediaType, bytes), bytes };
}

/** What BuildKit adds to an index for each image: a manifest for the platform `unknown/unknown`. */
export function attestation(of: BuiltImage): BuiltImage {
  const statement = json({ _type: 'https://in-toto.io/Statement/v0.1', subject: [{ digest: of.descriptor.digest }] });
  const data = { descriptor: descriptorOf('application/vnd.in-toto+json', statement), bytes: statement, diffId: digestOf(statement) };
  const made = image({ layers: [data], platform: { os: 'unknown', architecture: 'unknown' } });
  const annotations = {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': of.descriptor.digest,
  };
  return { ...made, descriptor: { ...made.descriptor, annotations } };
}

/** Writes an OCI layout of these images; each key is the text of the ref name annotation, an empty one none. */
export function writeLayout(folder: string, images: Readonly<Record<string, BuiltImage>>): void {
  for (const [path, bytes] of layoutFiles(images)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** The same layout as a tar, as `oci-archive:` has it. */
export function layoutArchive(images: Readonly<Record<string, BuiltImage>>): Buffer {
  return tar([...layoutFiles(images)].map(([path, bytes]) => file(path, bytes)));
}

/** The files of a layout by their paths in it. */
export function layoutFiles(images: Readonly<Record<string, BuiltImage>>): ReadonlyMap<string, Buffer> {
  const manifests = Object.entries(images).map(([name, { descriptor }]) => name === '' ? descriptor : {
    ...descriptor,
    annotations: { ...descriptor.annotations, 'org.opencontainers.image.ref.name': name },
  });
  const blobs = Object.values(images).flatMap(({ blobs: all }) => [...all]);
  return new Map([
    ['oci-layout', json({ imageLayoutVersion: '1.0.0' })],
    ['index.json', json({ schemaVersion: 2, manifests })],
    ...blobs.map(([digest, bytes]): [string, Buffer] => [blobPath(digest), bytes]),
  ]);
}

export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** A Zstandard frame that stores the bytes as they are: Node 20 cannot compress, and a reader must take both. */
export function zstdStored(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from('28b52ffd0058', 'hex')];
  const longest = 128 * 1024;
  for (let at = 0; at === 0 || at < bytes.length; at += longest) {
    const piece = bytes.subarray(at, at + longest);
    const head = Buffer.alloc(3);
    head.writeUIntLE(piece.length * 8 + (at + longest >= bytes.length ? 1 : 0), 0, 3);
    parts.push(head, piece);
  }
  return Buffer.concat(parts);
}

function built(descriptor: BuiltDescriptor, bytes: Buffer, blobs: Iterable<readonly [string, Buffer]>): BuiltImage {
  return { descriptor, bytes, blobs: new Map([[descriptor.digest, bytes], ...blobs]) };
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
