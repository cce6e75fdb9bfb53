import { everywhere, NodePlatforms } from './node-platforms';
import { normalizeContainerPath, takesVolume } from '../image/container-paths';
import { ImageFacts, PlatformFacts, platformsOf } from '../image/facts';
import type { ImageReference } from '../image/reference';
import { largestUid, parseImageUser } from '../image/user';

/** What an image says of itself on one platform, with the name of the platform: `linux/amd64`. */
export type NamedPlatform = readonly [name: string, platform: PlatformFacts];

/** The platforms of Linux that the reference may mean where the pod may run, in the order of the lock; none where it has drifted. */
export function linuxPlatformsOf(reference: ImageReference, image: ImageFacts, nodes: NodePlatforms): readonly NamedPlatform[] {
  const found = platformsOf(reference, image);
  const platforms = found === image.platforms ? allLinuxPlatformsOf(image) : linuxAmong(found);
  return nodes === everywhere ? platforms : platforms.filter(([name]) => nodes.allows(name));
}

/** By the image, because many containers run the same, each rule asks, and a lock in force does not change. */
const known = new WeakMap<ImageFacts, readonly NamedPlatform[]>();

function allLinuxPlatformsOf(image: ImageFacts): readonly NamedPlatform[] {
  const platforms = known.get(image) ?? linuxAmong(image.platforms);
  known.set(image, platforms);
  return platforms;
}

function linuxAmong(platforms: ImageFacts['platforms']): readonly NamedPlatform[] {
  return Object.entries(platforms).filter(([name]) => name.startsWith('linux/'));
}

/**
 * The one uid above 0 that the image runs as on all of the platforms: what `runAsUser` may be without changing what runs.
 * `undefined` where a platform runs as root, where a user's number is not known or is none that Kubernetes takes, where two platforms
 * differ, and where there is no platform.
 */
export function sharedUser(platforms: readonly NamedPlatform[]): number | undefined {
  const users = new Set(platforms.map(([, platform]) => uidOf(platform)));
  const [user] = users;
  return users.size === 1 && user !== 0 ? user : undefined;
}

/** What the config says counts before what was looked up, because that is what the kubelet is told. */
function uidOf({ user = '', uid }: PlatformFacts): number | undefined {
  const parsed = parseImageUser(user);
  if (parsed.kind === 'uid') return parsed.uid;
  return parsed.kind === 'name' && Number.isInteger(uid) && uid! <= largestUid ? uid : undefined;
}

/** The `VOLUME` paths of the image on any of the platforms: normalised, sorted, each once, without those where no volume belongs. */
export function volumePathsOf(platforms: readonly NamedPlatform[]): readonly string[] {
  if (!platforms.some(([, { volumes }]) => volumes !== undefined)) return none;
  const paths = platforms.flatMap(([, { volumes = [] }]) => volumes.map(normalizeContainerPath));
  return [...new Set(paths)].filter(takesVolume).sort();
}

/** Most images. */
const none: readonly string[] = [];
