import { Container, Image, Volume } from './pod';
import { ParsedImage, parseImageReference } from '../image/reference';

const noImage: ParsedImage = Object.freeze({ ok: false, problem: 'no image is given' });

/** Every image that a pod runs or mounts. */
export function imagesOf(containers: readonly Container[], volumes: readonly Volume[]): readonly Image[] {
  const images: Image[] = [];
  for (const { image, imagePullPolicy, pointer, label } of containers) {
    images.push({
      pointer: `${pointer}/image`,
      text: image || undefined,
      parsed: parsed(image),
      pullPolicy: imagePullPolicy,
      pullPolicyPointer: `${pointer}/imagePullPolicy`,
      container: label,
    });
  }
  for (const { image, pointer } of volumes) {
    if (image === undefined) continue;
    images.push({
      pointer: `${pointer}/image/reference`,
      text: image.reference || undefined,
      parsed: parsed(image.reference),
      pullPolicy: image.pullPolicy,
      pullPolicyPointer: `${pointer}/image/pullPolicy`,
    });
  }
  return images;
}

/** An empty reference is none: the API server's decoder cannot tell them apart. */
function parsed(text: string | undefined): ParsedImage {
  return text ? parseImageReference(text) : noImage;
}
