import { LockFailure, nameToLock, Wanted } from './requests';
import { templateHint } from './template';
import { canonicalReference } from '../lock/reference';
import { objectsOf } from '../manifest/kubernetes';
import type { Image } from '../manifest/pod';
import { readManifests } from '../manifest/read';
import { quote } from '../text/quote';
import { InputDocument } from '../yaml/documents';
import { positionOf } from '../yaml/position';

/** What the manifests of some files ask for; filled file by file. */
export interface WantedInManifests {
  /** Each image once for each digest. */
  readonly wanted: Map<string, Wanted>;
  readonly failures: LockFailure[];
  /** Images with a digest and no tag: they need no lock to be pinned, but what they say of themselves can be locked. */
  readonly withoutTag: Map<string, Wanted>;
  /** Kubernetes objects. */
  documents: number;
}

export function nothingWanted(): WantedInManifests {
  return { wanted: new Map(), failures: [], withoutTag: new Map(), documents: 0 };
}

/**
 * Adds the images of all pods in a text: of every list of containers, image volumes, and custom resources. What is no Kubernetes object is
 * passed over; what cannot be read is a failure, and the rest is added.
 *
 * @param file what messages call it
 * @param isNamed whether somebody named the file, instead of a folder that it was found in
 */
export function addWanted(found: WantedInManifests, text: string, file: string, isNamed = true): void {
  for (const item of objectsOf(text, file, isNamed)) {
    if ('message' in item) {
      const place = item.line === undefined ? file : `${file}:${item.line}`;
      found.failures.push({ name: place, code: 'unreadable', message: `${place}: ${item.message}` });
    } else if (!('passedOver' in item)) {
      found.documents += 1;
      addDocument(found, item, file);
    }
  }
}

function addDocument(found: WantedInManifests, document: InputDocument, file: string): void {
  const placeOf = (pointer: string) => `${file}:${positionOf(document, pointer).line}`;
  for (const manifest of readManifests(document.value)) {
    for (const { pointer, message } of [manifest, ...manifest.pods].flatMap(({ malformed }) => malformed)) {
      const place = placeOf(pointer);
      found.failures.push({ name: place, code: 'unreadable', message: `${place}: ${message}` });
    }
    for (const image of manifest.pods.flatMap(({ images }) => images)) addImage(found, image, () => placeOf(image.pointer));
  }
}

/** The place costs another reading of the document, so it is looked up only for what is seen the first time. */
function addImage({ wanted, failures, withoutTag }: WantedInManifests, { text, parsed }: Image, placeOf: () => string): void {
  // Where a pod has no image, `check` says so.
  if (text === undefined || wanted.has(text) || withoutTag.has(text)) return;
  if (!parsed.ok) {
    const place = placeOf();
    failures.push({ name: place, code: 'invalid', message: `${place}: image ${quote(text)}: ${parsed.problem}${templateHint(text)}` });
    return;
  }
  const { digest, tag } = parsed.reference;
  const name = digest === undefined ? text : nameToLock(text, tag);
  const images = digest !== undefined && tag === undefined ? withoutTag : wanted;
  const reference = canonicalReference(parsed.reference);
  images.set(text, { name, reference, ...(digest === undefined ? {} : { digest }), place: placeOf(), isNamed: false });
}
