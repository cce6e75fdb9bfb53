import { chosenNames } from './platforms';
import { ResolvedUsers, withUids } from './users';
import type { Platform } from '../image/platform';
import { provenImage } from '../lock/prove';
import { describeImage } from '../oci/describe';
import type { ImageSource } from '../oci/source';

/**
 * Reads an image as it can be locked: its digest, and what it says of itself on these platforms, each of which must be there.
 *
 * @param platforms undefined for all
 * @throws RegistryError; LockError `invalid-lock` where the format has no room for it: that must not make the whole lock unwritable
 */
export async function readImage(
  source: ImageSource, target: string, reference: string, platforms: readonly Platform[] | undefined,
): Promise<ResolvedUsers> {
  const described = await describeImage(source, target, { reference, ...(platforms === undefined ? {} : { platforms }) });
  const { image, notes } = await withUids(source, described);
  return { image: provenImage({ ...image, ...(platforms === undefined ? {} : { chosen: chosenNames(platforms) }) }), notes };
}
