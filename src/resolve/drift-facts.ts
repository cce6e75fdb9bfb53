import { isDeepStrictEqual } from 'node:util';
import { differences } from './changes';
import { recordedOn } from './platforms';
import { readImage } from './read-image';
import type { ImageFacts } from '../image/facts';
import { formatPlatform, Platform } from '../image/platform';
import { describeImage } from '../oci/describe';
import { RegistryError } from '../oci/error';
import type { ImageSource } from '../oci/source';

/** Whether what a tag means now has, for a platform, the image that is locked, another one, or none. */
export type PlatformState = 'same' | 'changed' | 'gone';

/** What became of the platforms in what a tag means now. */
export async function statesOf(
  source: ImageSource, now: string, locked: ImageFacts, platforms: readonly Platform[],
): Promise<Readonly<Record<string, PlatformState>>> {
  const states: [string, PlatformState][] = [];
  // One after the other: they are few, and the same registry is asked about other images meanwhile.
  for (const platform of platforms) {
    const described = await unlessNotFound(describeImage(source, now, { platforms: [platform] }));
    const isSame = described !== undefined
      && isDeepStrictEqual(manifestsIn(described.image.platforms), manifestsIn(recordedOn([platform], locked.platforms)));
    states.push([formatPlatform(platform), described === undefined ? 'gone' : isSame ? 'same' : 'changed']);
  }
  return Object.fromEntries(states);
}

function manifestsIn(platforms: ImageFacts['platforms']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(platforms).map(([name, { manifest }]) => [name, manifest]));
}

/** What the image of a locked digest says of itself on these platforms; undefined where the digest is gone. */
export async function factsOf(
  source: ImageSource, { reference, digest }: ImageFacts, platforms: readonly Platform[] | undefined,
): Promise<ImageFacts | undefined> {
  if (await digestOf(source, digest) === undefined) return undefined;
  return (await readImage(source, digest, reference, platforms)).image;
}

/** What of it the lock says otherwise; undefined where that is nothing. */
export function wrongIn(locked: ImageFacts, now: ImageFacts, platforms: readonly Platform[] | undefined): readonly string[] | undefined {
  const comparable = ({ mediaType, ...image }: ImageFacts) => ({ mediaType, platforms: recordedOn(platforms, image.platforms) });
  const [said, is] = [comparable(locked), comparable(now)];
  if (isDeepStrictEqual(said, is)) return undefined;
  return differences({ ...locked, ...said, chosen: undefined }, { ...now, ...is, chosen: undefined });
}

/** Undefined where there is none. */
export async function digestOf(source: ImageSource, target: string): Promise<string | undefined> {
  return unlessNotFound(source.headManifest(target));
}

async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') return undefined;
    throw error;
  }
}
