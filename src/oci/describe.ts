import { parseConfig } from './config';
import type { BaseImage, DescribeOptions, ImageDescription, PlatformImage } from './description';
import type { Descriptor } from './descriptor';
import { RegistryError } from './error';
import { leavesOf } from './index-walk';
import { ImageManifest, parseManifest } from './manifest';
import { isImageConfig } from './media-types';
import { Fetched, ImageSource, limits } from './source';
import { subjectOf } from './subject';
import { digestProblem } from '../image/digest';
import { formatPlatform, matchesPlatform, Platform } from '../image/platform';
import { Malformed } from '../text/malformed';

/**
 * Reads what a tag, or a digest, means: the digest to pin, and what the image says of itself on each platform.
 *
 * Everything below the digest has been verified against it. That the platforms of an index are those of the programs in it is what
 * its author says; nobody runs them to see. Layers are not read.
 *
 * @throws RegistryError
 */
export async function describeImage(source: ImageSource, target: string, options: DescribeOptions = {}): Promise<ImageDescription> {
  const fetched = await source.fetchManifest(target);
  const subject = subjectOf(source, target);
  const manifest = parseManifest(fetched, subject);
  const { digest } = fetched;
  const { mediaType } = manifest;
  if (manifest.kind === 'image') {
    const artifactType = artifactTypeOf(manifest);
    if (artifactType !== undefined) return { digest, mediaType, platforms: [], artifactType };
    const platforms = [await describePlatform(source, fetched, manifest)];
    requirePlatforms(platforms, options, subject);
    return { digest, mediaType, platforms };
  }
  const leaves = await leavesOf(source, fetched, manifest, subject);
  const wanted = leaves.filter(({ platform }) => platform === undefined || isWanted(platform, options));
  const absent: Descriptor[] = [];
  const read = await Promise.all(wanted.map(async leaf => describeLeaf(source, leaf, absent)));
  const platforms = firstOfEach(read.filter(image => image !== undefined).filter(image => isWanted(image.platform, options)));
  if (absent.length > 0) throw sparse(subject, absent, platforms);
  requirePlatforms(platforms, options, subject, leaves);
  return { digest, mediaType, platforms };
}

function isWanted(platform: Platform, { platforms }: DescribeOptions): boolean {
  return platforms === undefined || platforms.some(wanted => matchesPlatform(wanted, platform));
}

/** The first match wins, as it does for runtimes; an image that comes later is never run. */
function firstOfEach(images: readonly PlatformImage[]): readonly PlatformImage[] {
  const seen = new Map<string, PlatformImage>();
  for (const image of images) {
    const key = formatPlatform(image.platform);
    if (!seen.has(key)) seen.set(key, image);
  }
  return [...seen.values()];
}

function requirePlatforms(
  found: readonly PlatformImage[], { platforms: wanted = [] }: DescribeOptions, subject: string, leaves: readonly Descriptor[] = [],
): void {
  const missing = wanted.find(platform => !found.some(image => matchesPlatform(platform, image.platform)));
  if (missing !== undefined) {
    const known = [...found, ...leaves].flatMap(({ platform }) => platform === undefined ? [] : [formatPlatform(platform)]);
    const there = [...new Set(known)].slice(0, 20).join(', ');
    throw new RegistryError({ code: 'not-found', subject, problem: `it has no image for ${formatPlatform(missing)}, it has ${there}` });
  }
  if (found.length === 0) throw new RegistryError({ code: 'unsupported', subject, problem: 'the index holds no container image' });
}

function artifactTypeOf({ artifactType, config }: ImageManifest): string | undefined {
  return isImageConfig(config.mediaType) ? undefined : artifactType ?? config.mediaType;
}

/** Mirrors and registries of companies may hold some platforms of an index; which of them do, nobody but their owner knows. */
function sparse(subject: string, absent: readonly Descriptor[], there: readonly PlatformImage[]): RegistryError {
  const shown = (names: readonly string[]) => names.slice(0, 20).join(', ');
  const names = absent.map(({ platform, digest }) => platform === undefined ? digest : formatPlatform(platform));
  const options = there.slice(0, 20).map(({ platform }) => `--platform ${formatPlatform(platform)}`).join(' ');
  return new RegistryError({
    code: 'not-found',
    subject,
    problem: `its index is there, and the manifests are not that it names for ${shown([...new Set(names)].sort())}`,
    fix: options === '' ? 'copy the image with all its platforms' : `copy the image with all its platforms, or record only those that are there: ${options}`,
  });
}

/** Undefined for an artifact that stands among the images of an index, and for what is not there, which is put with the `absent`. */
async function describeLeaf(source: ImageSource, leaf: Descriptor, absent: Descriptor[]): Promise<PlatformImage | undefined> {
  const fetched = await source.fetchManifest(leaf.digest, { size: leaf.size }).catch((error: unknown) => {
    if (!(error instanceof RegistryError) || error.code !== 'not-found') throw error;
    absent.push(leaf);
    return undefined;
  });
  if (fetched === undefined) return undefined;
  const manifest = parseManifest({ bytes: fetched.bytes, mediaType: leaf.mediaType }, subjectOf(source, leaf.digest));
  if (manifest.kind === 'index' || artifactTypeOf(manifest) !== undefined) return undefined;
  return describePlatform(source, fetched, manifest, leaf);
}

async function describePlatform(
  source: ImageSource, { digest }: Fetched, manifest: ImageManifest, leaf?: Descriptor,
): Promise<PlatformImage> {
  const bytes = await source.fetchBlob(manifest.config, limits.config);
  const { layers } = manifest;
  try {
    const { platform: own, ...config } = parseConfig(bytes);
    const platform = leaf?.platform ?? own;
    if (platform === undefined) throw new Malformed('must have the fields "os" and "architecture"');
    if (config.diffIds.length !== layers.length) {
      throw new Malformed(`must have a diff id for each of ${layers.length} layers, it has ${config.diffIds.length}`);
    }
    const base = baseOf(manifest, leaf);
    return {
      platform,
      manifest: digest,
      config: manifest.config.digest,
      mediaType: manifest.mediaType,
      user: config.user,
      volumes: config.volumes,
      ports: config.ports,
      entrypoint: config.entrypoint,
      command: config.command,
      compressedSize: layers.reduce((sum, { size }) => sum + size, 0),
      layers,
      diffIds: config.diffIds,
      ...(base === undefined ? {} : { base }),
    };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new RegistryError({ code: 'malformed', subject: subjectOf(source, manifest.config.digest), problem: `the config ${error.message}` });
  }
}

const longestBaseName = 1024;

/** The official images have these annotations on the entry in the index, other builders in the manifest. */
function baseOf({ annotations }: ImageManifest, leaf: Descriptor | undefined): BaseImage | undefined {
  const read = (key: string) => annotations.get(key) ?? leaf?.annotations.get(key);
  const name = read('org.opencontainers.image.base.name');
  const digest = read('org.opencontainers.image.base.digest');
  const base = {
    ...(name === undefined || name === '' || name.length > longestBaseName || /[^\x21-\x7e]/.test(name) ? {} : { name }),
    ...(digest === undefined || digestProblem(digest) !== undefined ? {} : { digest }),
  };
  return Object.keys(base).length === 0 ? undefined : base;
}
