import { LockedImage, LockedPlatform, platformsOf } from './locked-image';
import type { ImageReference } from '../image/reference';
import { largestUid, parseImageUser } from '../image/user';

/** What an image says of itself on one platform, with the name of the platform: `linux/amd64`. */
export type NamedPlatform = readonly [name: string, platform: LockedPlatform];

/** The platforms of Linux that the reference may mean, in the order of the lock; none where it has drifted. */
export function linuxPlatformsOf(reference: ImageReference, image: LockedImage): readonly NamedPlatform[] {
  return Object.entries(platformsOf(reference, image)).filter(([name]) => name.startsWith('linux/'));
}

/**
 * The one uid above 0 that the image runs as on every platform of Linux that the reference may mean: what `runAsUser` may be
 * without changing what runs. `undefined` where a platform runs as root, where a user's number is not known or is none that
 * Kubernetes takes, where two platforms differ, and where there is no such platform.
 */
export function certainUser(reference: ImageReference, image: LockedImage): number | undefined {
  return sharedUser(linuxPlatformsOf(reference, image));
}

/** The one uid above 0 that all of the platforms run as, where there is one. */
export function sharedUser(platforms: readonly NamedPlatform[]): number | undefined {
  const users = new Set(platforms.map(([, platform]) => uidOf(platform)));
  const [user] = users;
  return users.size === 1 && user !== 0 ? user : undefined;
}

/** What the config says counts before what was looked up, because that is what the kubelet is told. */
function uidOf({ user = '', uid }: LockedPlatform): number | undefined {
  const parsed = parseImageUser(user);
  if (parsed.kind === 'uid') return parsed.uid;
  return parsed.kind === 'name' && uid !== undefined && uid <= largestUid ? uid : undefined;
}

/**
 * The `VOLUME` paths of the image on the platforms of Linux that the reference may mean: normalised, sorted, each once.
 *
 * Left out is where no volume belongs: `/` itself and a path with a colon, which Kubernetes cannot mount, and `/dev`, `/proc` and
 * `/sys` with all below them, which the runtime mounts.
 */
export function volumePathsOf(reference: ImageReference, image: LockedImage): readonly string[] {
  return sharedVolumePaths(linuxPlatformsOf(reference, image));
}

/** The same of some platforms. */
export function sharedVolumePaths(platforms: readonly NamedPlatform[]): readonly string[] {
  const paths = platforms.flatMap(([, { volumes = [] }]) => volumes.map(normalizeContainerPath));
  return [...new Set(paths)].filter((path) => !/^\/(?:$|(?:dev|proc|sys)(?:\/|$))|:/.test(path)).sort();
}

/** The one spelling of a path in a container: `/data/`, `//data/.` and `data`, which runtimes read from the root, are `/data`. */
export function normalizeContainerPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}
