import { Image, Pod } from '../manifest/pod';

export type NamedImage = Image & { readonly text: string };

/** The images of a pod that say something. A missing one is for `image-reference` to judge, and for no other rule. */
export function namedImages(pod: Pod): readonly NamedImage[] {
  return pod.images.filter((image): image is NamedImage => image.text !== undefined);
}
