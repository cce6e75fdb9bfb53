import { EmbeddedManifest } from '../manifest/embedded-text';
import { Manifest, PersistentVolume, Pod } from '../manifest/pod';
import { saidBy } from '../manifest/said';
import { MalformedField } from '../manifest/shape';
import { Fault } from '../rules/rule';
import { Json } from '../shape/json';
import { quoted } from '../text/text';

/** Where something is read: within how many texts, the pointer of the outermost of them, and how a message begins. */
export interface TextPlace {
  readonly depth: number;
  readonly pointer: string;
  readonly words: string;
}

/** What a patch writes, where that is only a part of an object. */
export interface Patch {
  readonly partial: Json;
  /** JSON pointer of what is written, in which every item of a list has the index 0; `''` for all of it. */
  readonly at: string;
}

/** What an embedded text, one document of it or one operation of a patch says. */
export interface EmbeddedPart extends EmbeddedManifest {
  readonly pods: readonly Pod[];
  readonly persistentVolumes: readonly PersistentVolume[];
  /** Whether whole objects are written there, and not parts of them. */
  readonly isWhole: boolean;
  /** Turns faults in it into faults of the text, without those about fields that a patch does not write. */
  tell(faults: readonly Fault[]): readonly Fault[];
}

export function refused({ pointer, words }: TextPlace, problem: string): EmbeddedPart {
  return unreadable({ pointer, message: `${words}: ${problem}` });
}

export function unreadable(...problems: readonly MalformedField[]): EmbeddedPart {
  return { unreadable: problems, pods: [], persistentVolumes: [], isWhole: false, tell: () => [] };
}

/** Wrong types in it are faults of the text too: the rule `manifest`, which has no exemption, is only about the object around it. */
export function embeddedPart({ pods, persistentVolumes, malformed }: Manifest, place: TextPlace, patch?: Patch): EmbeddedPart {
  const speaksOf = patch === undefined ? () => true : speakerOf(patch);
  const tell = <T extends MalformedField>(faults: readonly T[]) => faults
    .filter(({ pointer }) => speaksOf(pointer))
    .map((fault) => ({ ...fault, pointer: place.pointer, message: `${wordsAt(place, fault.pointer)}: ${fault.message}` }));
  return {
    unreadable: tell([...malformed, ...[...pods, ...persistentVolumes].flatMap((part) => part.malformed)]),
    pods: pods.map((pod) => ({ ...pod, malformed: [] })),
    persistentVolumes: persistentVolumes.map((volume) => ({ ...volume, malformed: [] })),
    isWhole: patch === undefined,
    tell,
  };
}

export function wordsAt({ words }: TextPlace, pointer: string): string {
  if (pointer === '') return words;
  return `${words} at ${/^[\w./~-]{1,200}$/.test(pointer) ? pointer : quoted(pointer)}`;
}

function speakerOf({ partial, at }: Patch): (pointer: string) => boolean {
  const isSaid = saidBy(partial);
  return (pointer) => {
    // Where the patch writes one item of a list, the others are not known.
    const isAroundItem = at.startsWith(pointer) && /^\/0(?:\/|$)/.test(at.slice(pointer.length));
    return !isAroundItem && isSaid(pointer);
  };
}
