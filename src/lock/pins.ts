import { valueAt } from './pointer';
import type { Manifest, Pod } from '../manifest/pod';
import type { LockedImages } from '../rules/locked-image';

/** An image field that is to be changed. */
export interface Pin {
  /** JSON pointer (RFC 6901) in the document. */
  readonly pointer: string;
  /** The reference as it is written. */
  readonly from: string;
  /** The same with the locked digest behind it. */
  readonly to: string;
}

/**
 * Why an image field was left as it is:
 *
 * - `not-locked`: the lock does not hold it
 * - `invalid`: it is no image reference
 * - `shared`: in YAML, an alias makes it the value of a field that is no image too
 * - `encoded`: in YAML, it is written in a way that nothing can be put behind, such as `!!binary`
 * - `unreadable`: a part of the document could not be read, and may hold images
 */
export type UnpinnedReason = 'not-locked' | 'invalid' | 'shared' | 'encoded' | 'unreadable';

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
 * What has a digest already stays, whichever it is. Each field is named once.
 *
 * @param manifests what `readManifests` found in the document
 */
export function pinsFor(document: unknown, manifests: readonly Manifest[], images: LockedImages): Pins {
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
      if (text === undefined || (parsed.ok && parsed.reference.digest !== undefined)) continue;
      const pointer = placeOf(place, text, pod);
      const locked = parsed.ok ? images.find(parsed.reference) : undefined;
      if (!parsed.ok) unpinned.set(pointer, { pointer, reason: 'invalid', image: text, message: parsed.problem });
      else if (locked === undefined) unpinned.set(pointer, { pointer, reason: 'not-locked', image: text, message: 'is not in the lock' });
      else pins.set(pointer, { pointer, from: text, to: `${text}@${locked.digest}` });
    }
  }

  /** A step of Tekton may have its image from the template beside it. */
  function placeOf(place: string, text: string, pod: Pod): string {
    return valueAt(document, place) === text ? place : `${pod.pointer}/stepTemplate/image`;
  }
}
