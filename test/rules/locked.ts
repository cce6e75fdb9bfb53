import type { ImageFacts, LockedImages, PlatformFacts } from '../../src/image/facts';
import { indexOf } from '../../src/lock/find';
import { platform } from '../lock/image-of';
import { digest } from '../support/images';

export type Platforms = Readonly<Record<string, Partial<PlatformFacts>>>;

/** An image with the digest that the images of the valid pod have. */
export function lockedImage(platforms: Platforms, reference = 'ghcr.io/acme/web:1.4.2', others: Partial<ImageFacts> = {}): ImageFacts {
  return {
    reference,
    digest,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    platforms: Object.fromEntries(Object.entries(platforms).map(([name, own]) => [name, platform(name, own)])),
    ...others,
  };
}

/** A lock of these images; by default, of the one that the only plain container of the valid pod runs. */
export function locked(...images: readonly (ImageFacts | Platforms)[]): LockedImages {
  const all = images.map((each) => 'reference' in each ? each as ImageFacts : lockedImage(each as Platforms));
  return indexOf({ images: new Map(all.map((image) => [image.reference, image])) });
}
