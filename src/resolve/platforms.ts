import type { ImageFacts } from '../image/facts';
import { formatPlatform, matchesPlatform, parsePlatform, Platform } from '../image/platform';

/** Which platforms of images are meant: these, or all; left out, those that were chosen for each image when it was locked, or else all. */
export type PlatformChoice = readonly Platform[] | 'all';

/** The platforms that are meant of one image; undefined for all of them. */
export function platformsFor(choice: PlatformChoice | undefined, locked: Pick<ImageFacts, 'chosen'> | undefined): readonly Platform[] | undefined {
  if (choice === 'all') return undefined;
  return choice ?? locked?.chosen?.map(platformNamed);
}

/** As the lock remembers them. */
export function chosenNames(platforms: readonly Platform[]): readonly string[] {
  return [...new Set(platforms.map(formatPlatform))].sort();
}

/** What the image says of itself on the platforms that are meant; undefined for all. */
export function recordedOn(platforms: readonly Platform[] | undefined, recorded: ImageFacts['platforms']): ImageFacts['platforms'] {
  if (platforms === undefined) return recorded;
  const isMeant = (name: string) => platforms.some((platform) => matchesPlatform(platform, platformNamed(name)));
  return Object.fromEntries(Object.entries(recorded).filter(([name]) => isMeant(name)));
}

/** Of a lock, which has no other. */
function platformNamed(name: string): Platform {
  const platform = parsePlatform(name);
  if (platform === undefined) throw new Error(`${name} is no platform`);
  return platform;
}
