import { imagesDescription, LockEntry, lockDescription, lockVoice, versionDescription } from './description';
import { entryOf } from './format';
import { Lock, lockLimits } from './lock';
import { referenceOfName } from './reference';
import type { ImageFacts } from '../image/facts';
import { get, isObject, isPlainObject } from '../shape/json';
import { Read, readStrictly } from '../shape/strict';
import { quote } from '../text/quote';

/** The images that were proven. They are frozen, so that they stay it. */
const proven = new WeakSet<object>();

function isProven(name: string, value: unknown): value is ImageFacts {
  return typeof value === 'object' && value !== null && proven.has(value) && (value as ImageFacts).reference === referenceOfName(name);
}

/** Proves that a value is a lock, and copies what it says. */
export function validateLock(value: unknown): Read<Lock> {
  // Before all else: of another version nothing is known, also not its keys.
  const version = isPlainObject(value) ? readStrictly(versionDescription, get(value, 'version'), lockVoice, ['version']) : undefined;
  if (version?.ok === false) return version;
  const read = readStrictly(lockDescription, value, lockVoice);
  return read.ok ? lockOf(Object.entries(read.value.images).map(([name, entry]) => [name, factsOf(entry)])) : read;
}

/** The same of the images that a program has, by their names, of which each stands once; each is proven once, under whatever name of it. */
export function validateImages(entries: readonly (readonly [name: string, image: unknown])[]): Read<Lock> {
  if (entries.length > lockLimits.images) {
    return refused(`images must have at most ${lockLimits.images} entries, it has ${entries.length}`);
  }
  const others = entries.filter(([name, image]) => !isProven(name, image));
  // As the file has them, so that a message names the same keys.
  const asInFile = Object.fromEntries(others.map(([name, image]) => [name, isObject(image) ? entryOf(image) : image]));
  const read = readStrictly(imagesDescription, asInFile, lockVoice, ['images']);
  if (!read.ok) return read;
  return lockOf(entries.map(([name, image]) => [name, isProven(name, image) ? image : factsOf(read.value[name])]));
}

function factsOf({ pinned, facts: { mediaType, chosen, platforms }, reference }: LockEntry): ImageFacts {
  const digest = pinned.slice(pinned.indexOf('@') + 1);
  const image = freeze({ reference, digest, mediaType, ...(chosen === undefined ? {} : { chosen }), platforms });
  proven.add(image);
  return image;
}

/** What a pod runs must not depend on which spelling of its image was looked up. */
function lockOf(entries: readonly (readonly [string, ImageFacts])[]): Read<Lock> {
  const images = new Map(entries);
  const known = new Map<string, string>();
  for (const [name, { reference, digest }] of images) {
    const other = known.get(reference);
    if (other !== undefined && images.get(other)?.digest !== digest) {
      return refused(`images${lockVoice.place(name)} is the same image as ${quote(other)}, and has another digest; remove one of them`);
    }
    known.set(reference, name);
  }
  return { ok: true, value: { images } };
}

function refused(message: string): Read<never> {
  return { ok: false, problems: [{ message, isBeyond: true }] };
}

/** With all that is below it; the elements of a list are texts. */
function freeze<T extends object>(value: T): T {
  if (!Array.isArray(value)) for (const below of Object.values(value) as unknown[]) if (typeof below === 'object') freeze(below as object);
  return Object.freeze(value);
}
