import { bound, digest, field, integer, list, names, optional, Read, record, refuse, text } from './fields';
import { entryOf, lastKey } from './format';
import { inside, Invalid } from './invalid';
import { Lock, lockLimits, lockVersion } from './lock';
import { referenceOfName } from './reference';
import type { ImageFacts, PlatformFacts } from '../image/facts';
import { formatPlatform, parsePlatform } from '../image/platform';
import { largestUid } from '../image/user';
import { isObject, isPlainObject } from '../shape/json';
import { quote } from '../text/quote';

const imageKeys = ['facts', 'pinned', 'reference'];
const factKeys = ['mediaType', 'of', 'platforms'];
const platformKeys = ['base', 'config', 'diffIds', 'entrypoint', 'layers', 'manifest', 'ports', 'size', 'uid', 'user', 'volumes'];

const mediaType: Read<string> = (value) => {
  const type = text(value);
  return /^[\w.+-]{1,127}\/[\w.+-]{1,127}$/.test(type) ? type : refuse('a media type', value);
};

const isTrue: Read<true> = (value) => value === true || refuse('true, or left out', value);

const base: Read<NonNullable<PlatformFacts['base']>> = (value) => {
  const object = record(value, ['digest', 'name']);
  const found = withoutUnset({ digest: optional(object, 'digest', digest), name: optional(object, 'name', text) });
  if (Object.keys(found).length === 0) throw new Invalid('', 'must have a name or a digest');
  return found;
};

const platform: Read<PlatformFacts> = (value) => {
  const object = record(value, platformKeys);
  const diffIds = field(object, 'diffIds', list(digest));
  const layers = field(object, 'layers', integer(lockLimits.elements));
  if (layers !== diffIds.length) throw new Invalid('.layers', `must be the number of diffIds, which is ${diffIds.length}, it is ${layers}`);
  return withoutUnset({
    base: optional(object, 'base', base),
    config: field(object, 'config', digest),
    diffIds,
    entrypoint: optional(object, 'entrypoint', isTrue),
    layers,
    manifest: field(object, 'manifest', digest),
    ports: optional(object, 'ports', names),
    size: field(object, 'size', integer(Number.MAX_SAFE_INTEGER)),
    uid: optional(object, 'uid', integer(largestUid)),
    user: optional(object, 'user', text),
    volumes: optional(object, 'volumes', names),
  });
};

const platforms: Read<Readonly<Record<string, PlatformFacts>>> = (value) => {
  if (!isPlainObject(value)) return refuse('an object', value);
  const keys = Object.keys(value);
  bound(keys.length, lockLimits.elements);
  // The names are words with a slash between them, so none of them is `__proto__`.
  return Object.fromEntries(keys.map((key) => [key, inside(key, () => {
    const parsed = parsePlatform(key);
    if (parsed === undefined || formatPlatform(parsed) !== key) throw new Invalid('', 'is no platform, such as linux/amd64 or linux/arm/v7');
    return platform(value[key]);
  })]));
};

/** The images that were proven. They are frozen, so that they stay it. */
const proven = new WeakSet<object>();

function isProven(value: unknown): value is ImageFacts {
  return typeof value === 'object' && value !== null && proven.has(value);
}

/** An image that a program has, also one that was put together by hand; it is proven once, and under each name that it may have. */
function provenOnce(name: string, value: unknown): ImageFacts {
  return isProven(value) && value.reference === referenceOfName(name) ? value : image(name, isObject(value) ? entryOf(value) : value);
}

function image(name: string, value: unknown): ImageFacts {
  const found = unproven(name, value);
  proven.add(freeze(found));
  return found;
}

function unproven(name: string, value: unknown): ImageFacts {
  const reference = referenceOfName(name);
  if (reference === undefined) throw new Invalid('', 'is not the name of an image without a digest');
  const object = record(value, imageKeys);
  const start = `${reference}@`;
  const pinned = field(object, 'pinned', (found) => typeof found === 'string' && found.startsWith(start)
    ? found
    : refuse(`${quote(start)} and a digest`, found));
  return {
    digest: inside('pinned', () => digest(pinned.slice(start.length))),
    ...field(object, 'facts', (found) => facts(found, pinned)),
    reference: field(object, 'reference', (found) => found === reference ? reference : refuse(quote(reference), found)),
  };
}

function facts(value: unknown, pinned: string): Pick<ImageFacts, 'mediaType' | 'platforms'> {
  const object = record(value, factKeys);
  field(object, 'of', (of) => {
    if (of !== pinned) throw new Invalid('', 'must be what "pinned" is: the facts are those of another image; lock it again instead of changing the digest');
  });
  return { mediaType: field(object, 'mediaType', mediaType), platforms: field(object, 'platforms', platforms) };
}

/**
 * Proves that a value is a lock, and copies what it says.
 *
 * @throws Invalid
 */
export function validateLock(value: unknown): Lock {
  // Before all else: of another version nothing is known, also not its keys.
  if (isPlainObject(value)) field(value, 'version', version);
  const found = field(record(value, ['images', 'version']), 'images', (images) => isPlainObject(images) ? images : refuse('an object', images));
  optional(found, lastKey, text);
  return imagesIn(Object.keys(found).filter((name) => name !== lastKey).map((name) => [name, found[name]]), image);
}

/**
 * The same of the images that a program has, by their names, of which each stands once.
 *
 * @throws Invalid
 */
export function validateImages(entries: readonly (readonly [name: string, image: unknown])[]): Lock {
  return imagesIn(entries, provenOnce);
}

function imagesIn(entries: readonly (readonly [string, unknown])[], read: (name: string, value: unknown) => ImageFacts): Lock {
  return inside('images', () => {
    bound(entries.length, lockLimits.images);
    const images = new Map(entries.map(([name, value]) => [name, inside(name, () => read(name, value))]));
    refuseContradictions(images);
    return { images };
  });
}

const version: Read<void> = (value) => {
  if (value !== lockVersion) refuse(`${lockVersion}, the only version that is known`, value);
};

/** What a pod runs must not depend on which spelling of its image was looked up. */
function refuseContradictions(images: Lock['images']): void {
  const known = new Map<string, string>();
  for (const [name, { reference, digest: own }] of images) {
    const other = known.get(reference);
    if (other !== undefined && images.get(other)?.digest !== own) {
      inside(name, () => { throw new Invalid('', `is the same image as ${quote(other)}, and has another digest; remove one of them`); });
    }
    known.set(reference, name);
  }
}

/** With all that is below it; the elements of a list are texts. */
function freeze<T extends object>(value: T): T {
  if (!Array.isArray(value)) for (const below of Object.values(value) as unknown[]) if (typeof below === 'object') freeze(below as object);
  return Object.freeze(value);
}

function withoutUnset<T extends object>(object: T): T {
  const result: Partial<T> = {};
  for (const key of Object.keys(object) as (keyof T)[]) if (object[key] !== undefined) result[key] = object[key];
  return result as T;
}
