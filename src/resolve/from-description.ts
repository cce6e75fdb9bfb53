import { formatPlatform } from '../image/platform';
import { parseImageUser } from '../image/user';
import { LockError } from '../lock/error';
import type { LockedImage, LockedPlatform } from '../lock/lock';
import { referenceOfName } from '../lock/reference';
import type { ImageDescription, PlatformImage } from '../oci/description';
import { quote } from '../text/quote';

/**
 * What the lock holds of an image that was described.
 *
 * @param name as it is to be locked; a reference without a digest
 * @param uids the numeric users that were looked up in the images, by the digest of the platform's manifest; a user that is a number
 * needs none
 * @throws LockError `invalid-lock` for a name that cannot be locked
 */
export function lockedImage(name: string, description: ImageDescription, uids: ReadonlyMap<string, number> = new Map()): LockedImage {
  const reference = referenceOfName(name);
  if (reference === undefined) throw new LockError('invalid-lock', `${quote(name)} cannot be locked: it must be an image reference without a digest`);
  const { digest, mediaType, platforms } = description;
  return {
    reference,
    digest,
    mediaType,
    platforms: Object.fromEntries(platforms.map((image) =>
      [formatPlatform(image.platform), lockedPlatform(image, uids.get(image.manifest))])),
  };
}

/** What is empty is left out. */
function lockedPlatform(image: PlatformImage, lookedUp: number | undefined): LockedPlatform {
  const { manifest, config, user, compressedSize, diffIds, base } = image;
  const uid = uidOf(user, lookedUp);
  const volumes = image.volumes.filter((path) => path !== '');
  const ports = image.ports.filter((port) => port !== '');
  return {
    manifest,
    config,
    ...(user === '' ? {} : { user }),
    ...(uid === undefined ? {} : { uid }),
    ...(volumes.length === 0 ? {} : { volumes }),
    ...(ports.length === 0 ? {} : { ports }),
    ...(image.entrypoint ? { entrypoint: true } : {}),
    size: compressedSize,
    layers: diffIds.length,
    diffIds,
    ...(base?.name === undefined && base?.digest === undefined ? {} : { base }),
  };
}

/**
 * The id of a user. A name has the one that was looked up; a number that is no id has none; where there is no user at all, `user` is
 * left out and says so.
 */
function uidOf(user: string, lookedUp: number | undefined): number | undefined {
  if (user === '') return undefined;
  const parsed = parseImageUser(user);
  if (parsed.kind === 'uid') return parsed.uid;
  return parsed.kind === 'name' ? lookedUp : undefined;
}
