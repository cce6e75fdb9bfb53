import { parseConfig } from './config';
import type { Descriptor } from './descriptor';
import { RegistryError } from './error';
import { leavesOf } from './index-walk';
import { ImageManifest, Index, parseManifest } from './manifest';
import { isImageConfig } from './media-types';
import { Fetched, ImageSource, limits, subjectOf } from './source';
import { digestProblem } from '../image/digest';
import type { ImageFacts, PlatformFacts } from '../image/facts';
import { formatPlatform, matchesPlatform, Platform } from '../image/platform';
import { parseImageUser } from '../image/user';
import { Malformed } from '../text/malformed';

export interface DescribeOptions {
  /** What the image is known under. @default what messages call it */
  readonly reference?: string;
  /**
   * Read only these; each must be there. What a request leaves out, such as the variant, may be anything.
   *
   * @default all platforms
   */
  readonly platforms?: readonly Platform[];
}

/** An image as its source describes it. */
export interface DescribedImage {
  /** The platforms in the order of the index, the first one of each as runtimes select it; none where it is no container image. */
  readonly image: ImageFacts;
  /** The layers of each platform, lowest first, by the name of the platform. */
  readonly layers: ReadonlyMap<string, readonly Descriptor[]>;
}

interface DescribedPlatform {
  readonly platform: Platform;
  readonly facts: PlatformFacts;
  readonly layers: readonly Descriptor[];
}

/**
 * Reads what a tag, or a digest, means: the digest to pin, and what the image says of itself on each platform. The uid of a user that is a
 * name is left out, because layers are not read.
 *
 * Everything below the digest has been verified against it. That the platforms of an index are those of the programs in it is what
 * its author says; nobody runs them to see.
 *
 * @throws RegistryError
 */
export async function describeImage(source: ImageSource, target: string, options: DescribeOptions = {}): Promise<DescribedImage> {
  const fetched = await source.fetchManifest(target);
  const subject = subjectOf(source, target);
  const manifest = parseManifest(fetched, subject);
  const found = await platformsOf(source, fetched, manifest, subject, options);
  return {
    image: {
      reference: options.reference ?? subject,
      digest: fetched.digest,
      mediaType: manifest.mediaType,
      platforms: Object.fromEntries([...found].map(([name, { facts }]) => [name, facts])),
    },
    layers: new Map([...found].map(([name, { layers }]) => [name, layers])),
  };
}

async function platformsOf(
  source: ImageSource, fetched: Fetched, manifest: Index | ImageManifest, subject: string, options: DescribeOptions,
): Promise<ReadonlyMap<string, DescribedPlatform>> {
  if (manifest.kind === 'image' && isArtifact(manifest)) return new Map();
  const leaves = manifest.kind === 'image' ? [] : await leavesOf(source, fetched, manifest, subject);
  const wanted = leaves.filter(({ platform }) => platform === undefined || isWanted(platform, options));
  const absent: Descriptor[] = [];
  const read = manifest.kind === 'image'
    ? [await describePlatform(source, fetched, manifest)]
    : await Promise.all(wanted.map(async leaf => describeLeaf(source, leaf, absent)));
  // The first match wins, as it does for runtimes; an image that comes later is never run.
  const found = new Map<string, DescribedPlatform>();
  for (const image of read) {
    if (image === undefined || (manifest.kind === 'index' && !isWanted(image.platform, options))) continue;
    const name = formatPlatform(image.platform);
    if (!found.has(name)) found.set(name, image);
  }
  if (absent.length > 0) throw sparse(subject, absent, [...found.keys()]);
  requirePlatforms([...found.values()], options, subject, leaves);
  return found;
}

function isWanted(platform: Platform, { platforms }: DescribeOptions): boolean {
  return platforms === undefined || platforms.some(wanted => matchesPlatform(wanted, platform));
}

function requirePlatforms(
  found: readonly DescribedPlatform[], { platforms: wanted = [] }: DescribeOptions, subject: string, leaves: readonly Descriptor[],
): void {
  const missing = wanted.find(platform => !found.some(image => matchesPlatform(platform, image.platform)));
  if (missing !== undefined) {
    const known = [...found, ...leaves].flatMap(({ platform }) => platform === undefined ? [] : [formatPlatform(platform)]);
    const there = [...new Set(known)].slice(0, 20).join(', ');
    throw new RegistryError({
      code: 'not-found',
      subject,
      problem: `it has no image for ${formatPlatform(missing)}, it has ${there}`,
      fix: 'choose among these with --platform, or take every one with --platform all',
    });
  }
  if (found.length === 0) throw new RegistryError({ code: 'unsupported', subject, problem: 'the index holds no container image' });
}

/** What is stored as if it were an image: a chart, a signature. */
function isArtifact({ config }: ImageManifest): boolean {
  return !isImageConfig(config.mediaType);
}

/** Mirrors and registries of companies may hold some platforms of an index; which of them do, nobody but their owner knows. */
function sparse(subject: string, absent: readonly Descriptor[], there: readonly string[]): RegistryError {
  const shown = (names: readonly string[]) => names.slice(0, 20).join(', ');
  const names = absent.map(({ platform, digest }) => platform === undefined ? digest : formatPlatform(platform));
  const options = there.slice(0, 20).map(name => `--platform ${name}`).join(' ');
  return new RegistryError({
    code: 'not-found',
    subject,
    problem: `its index is there, but these images of it are missing: ${shown([...new Set(names)].sort())}`,
    fix: options === '' ? 'copy the image with all its platforms' : `copy the image with all its platforms, or record only those that are there: ${options}`,
  });
}

/** Undefined for an artifact that stands among the images of an index, and for what is not there, which is put with the `absent`. */
async function describeLeaf(source: ImageSource, leaf: Descriptor, absent: Descriptor[]): Promise<DescribedPlatform | undefined> {
  const fetched = await source.fetchManifest(leaf.digest, { size: leaf.size }).catch((error: unknown) => {
    if (!(error instanceof RegistryError) || error.code !== 'not-found') throw error;
    absent.push(leaf);
    return undefined;
  });
  if (fetched === undefined) return undefined;
  const manifest = parseManifest({ bytes: fetched.bytes, mediaType: leaf.mediaType }, subjectOf(source, leaf.digest));
  if (manifest.kind === 'index' || isArtifact(manifest)) return undefined;
  return describePlatform(source, fetched, manifest, leaf);
}

async function describePlatform(
  source: ImageSource, { digest }: Fetched, manifest: ImageManifest, leaf?: Descriptor,
): Promise<DescribedPlatform> {
  const bytes = await source.fetchBlob(manifest.config, limits.config);
  const { layers } = manifest;
  try {
    const { platform: own, user, entrypoint, diffIds, ...config } = parseConfig(bytes);
    const platform = leaf?.platform ?? own;
    if (platform === undefined) throw new Malformed('must have the fields "os" and "architecture"');
    if (diffIds.length !== layers.length) {
      throw new Malformed(`must have a diff id for each of ${layers.length} layers, it has ${diffIds.length}`);
    }
    const parsed = parseImageUser(user);
    const volumes = config.volumes.filter(path => path !== '');
    const ports = config.ports.filter(port => port !== '');
    const base = baseOf(manifest, leaf);
    const facts: PlatformFacts = {
      manifest: digest,
      config: manifest.config.digest,
      ...(user === '' ? {} : { user }),
      ...(user !== '' && parsed.kind === 'uid' ? { uid: parsed.uid } : {}),
      ...(volumes.length === 0 ? {} : { volumes }),
      ...(ports.length === 0 ? {} : { ports }),
      ...(entrypoint ? { entrypoint } : {}),
      size: layers.reduce((sum, { size }) => sum + size, 0),
      layers: layers.length,
      diffIds,
      ...(base === undefined ? {} : { base }),
    };
    return { platform, facts, layers };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new RegistryError({ code: 'malformed', subject: subjectOf(source, manifest.config.digest), problem: `the config ${error.message}` });
  }
}

const longestBaseName = 1024;

/** The official images have these annotations on the entry in the index, other builders in the manifest. */
function baseOf({ annotations }: ImageManifest, leaf: Descriptor | undefined): PlatformFacts['base'] {
  const read = (key: string) => annotations.get(key) ?? leaf?.annotations.get(key);
  const name = read('org.opencontainers.image.base.name');
  const digest = read('org.opencontainers.image.base.digest');
  const base = {
    ...(name === undefined || name === '' || name.length > longestBaseName || /[^\x21-\x7e]/.test(name) ? {} : { name }),
    ...(digest === undefined || digestProblem(digest) !== undefined ? {} : { digest }),
  };
  return Object.keys(base).length === 0 ? undefined : base;
}
