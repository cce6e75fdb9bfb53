import { hasDrifted, ImageFacts, LockedImages } from '../image/facts';
import type { ImageReference } from '../image/reference';
import type { Manifest, Pod } from '../manifest/pod';
import { valueAt } from '../shape/json-pointer';

/** An image field that is to be changed. */
export interface Pin {
  /** JSON pointer (RFC 6901) in the document. */
  readonly pointer: string;
  /** The reference as it is written. */
  readonly from: string;
  /** The same with the locked digest behind it, or in the place of the old one. */
  readonly to: string;
}

export interface PinOptions {
  /**
   * Replace the digest of a reference with a tag, too, where it is neither the one that is locked for the tag nor that of one of its
   * platforms.
   *
   * @default false
   */
  readonly update?: boolean;
}

/**
 * Why an image field was left as it is:
 *
 * - `not-locked`: the lock does not hold it
 * - `invalid`: it is no image reference
 * - `shared`: in YAML, an alias makes it the value of a field that is no image too
 * - `encoded`: in YAML, it is written in a way that nothing can be put behind, such as `!!binary`, or that hides the old digest
 * - `unreadable`: a part of the document could not be read, and may hold images
 */
type UnpinnedReason = 'not-locked' | 'invalid' | 'shared' | 'encoded' | 'unreadable';

/** An image field that could not be pinned. */
export interface Unpinned {
  readonly pointer: string;
  readonly reason: UnpinnedReason;
  /** As it is written; left out where nothing could be read. */
  readonly image?: string;
  /** One lower-case line without a full stop. */
  readonly message: string;
}

export interface Pins {
  readonly pins: readonly Pin[];
  readonly unpinned: readonly Unpinned[];
}

/**
 * Which image fields of a document the lock pins: those of pods and of what is like one (every list of containers, image volumes,
 * custom resources, lists of objects), and nothing else, whatever a text elsewhere looks like.
 *
 * What has a digest already stays, whichever it is, unless `update` is asked for. Each field is named once.
 *
 * @param manifests what `readManifests` found in the document
 */
export function pinsFor(
  document: unknown, manifests: readonly Manifest[], images: LockedImages, { update = false }: PinOptions = {},
): Pins {
  const pins = new Map<string, Pin>();
  const unpinned = new Map<string, Unpinned>();
  for (const manifest of manifests) {
    for (const { pointer, message } of [manifest, ...manifest.pods].flatMap(({ malformed }) => malformed)) {
      unpinned.set(pointer, { pointer, reason: 'unreadable', message });
    }
    for (const pod of manifest.pods) readImages(pod);
  }
  return { pins: [...pins.values()], unpinned: [...unpinned.values()] };

  function readImages(pod: Pod): void {
    for (const { text, parsed, pointer: place } of pod.images) {
      if (text === undefined) continue;
      const locked = parsed.ok ? images.find(parsed.reference) : undefined;
      if (parsed.ok && parsed.reference.digest !== undefined && !(update && isOutdated(parsed.reference, locked))) continue;
      const pointer = placeOf(place, text, pod);
      if (!parsed.ok) unpinned.set(pointer, { pointer, reason: 'invalid', image: text, message: parsed.problem });
      else if (locked === undefined) unpinned.set(pointer, { pointer, reason: 'not-locked', image: text, message: 'is not in the lock' });
      else pins.set(pointer, { pointer, from: text, to: `${withoutDigest(text)}@${locked.digest}` });
    }
  }

  /** A step of Tekton may have its image from the template beside it. */
  function placeOf(place: string, text: string, pod: Pod): string {
    return valueAt(document, place) === text ? place : `${pod.pointer}/stepTemplate/image`;
  }
}

/** A digest without a tag was not locked for anything that could have moved. */
function isOutdated(reference: ImageReference, locked: ImageFacts | undefined): boolean {
  return reference.tag !== undefined && locked !== undefined && hasDrifted(reference, locked);
}

/** The name and the tag of a valid reference, as they are written; neither can have the sign that stands before a digest. */
export function withoutDigest(reference: string): string {
  return reference.split('@', 1)[0];
}
