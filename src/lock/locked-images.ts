import { LockError } from './error';
import type { lastKey } from './format';
import { isOfDigest, pinnedName, pinnedReference, referenceOfName, withoutTag } from './reference';
import { digestProblem } from '../image/digest';
import type { PinnedImage } from '../image/reference';
import { get, isPlainObject, JsonObject } from '../shape/json';
import { quote } from '../text/quote';

/** What an import of `images.lock.json` has, as far as it matters here; the compiler knows its keys. */
export interface LockJson {
  readonly version: number;
  readonly images: object;
}

/** The names that a lock holds, as they were locked. */
export type LockedName<L extends LockJson> = Exclude<keyof L['images'] & string, typeof lastKey>;

/**
 * The images of a lock by the names they were locked under, with `resolveJsonModule`:
 *
 * ```ts
 * import lock = require('./images.lock.json'); // or `import lock from`, where esModuleInterop is on
 * const image = lockedImages(lock);
 * new Deployment(chart, 'web', { containers: [{ image: image('nginx:1.27') }] });
 * ```
 *
 * Guaranteed: the editor completes the names, and one that is not locked does not compile; what is returned is the canonical reference
 * with its tag and the locked digest, `docker.io/library/nginx:1.27@sha256:…`. A name that was locked without a tag stays without one,
 * also one with a digest instead.
 * Not guaranteed: that the rest of the lock is valid. `Lock.fromFile` and `new App({ lock })` read it all.
 *
 * @throws LockError `invalid-lock` where it is no lock, and for an entry that is none; `not-locked` for a name that it does not hold
 */
export function lockedImages<const L extends LockJson>(lock: L): (name: LockedName<L>) => PinnedImage {
  // What a default import gives where `esModuleInterop` is off, and nobody compiles it.
  const { version = undefined, images = undefined } = (lock as LockJson | undefined) ?? {};
  if (version !== 1 || !isPlainObject(images)) {
    const hint = lock === undefined ? '; it is undefined, as a default import without esModuleInterop is: use import lock = require(…)' : '';
    throw new LockError('invalid-lock', `lockedImages must be given the JSON of an images.lock.json${hint}`);
  }
  return (name) => {
    const entry = get(images, name);
    const reference = referenceOfName(name);
    if (entry === undefined || reference === undefined) throw new LockError('not-locked', notLocked(name, reference, images));
    const pinned = isPlainObject(entry) ? get(entry, 'pinned') : undefined;
    const digest = typeof pinned === 'string' ? pinned.slice(pinned.indexOf('@') + 1) : '';
    if (digestProblem(digest) !== undefined || pinned !== pinnedReference(reference, digest)) {
      throw new LockError('invalid-lock', `the entry of ${quote(name)} is none of an image lock; lock it again`);
    }
    return isOfDigest(reference) ? reference as PinnedImage : pinnedName(name, { reference, digest });
  };
}

function notLocked(name: string, reference: string | undefined, images: JsonObject): string {
  const problem = `image ${quote(String(name))} is not locked`;
  if (reference === undefined) return `${problem}: ${noName}`;
  const known = Object.keys(images).flatMap((each) => {
    const other = referenceOfName(each);
    return other === undefined ? [] : [{ each, rank: distance(other, reference) }];
  });
  const near = known.filter(({ rank }) => rank < far).sort((one, other) => one.rank - other.rank).slice(0, 3);
  const hint = near.length > 0 ? `; did you mean ${near.map(({ each }) => quote(each)).join(' or ')}?` : '';
  return `${problem}: run cdk8s-hardened lock ${quote(name)}${hint}`;
}

const noName = 'it must be the name of an image, without a digest or with one and no tag';
const far = 3;

/** The same image in another spelling, another tag of the repository, a repository that ends in the same name. */
function distance(one: string, other: string): number {
  if (one === other) return 0;
  if (withoutTag(one) === withoutTag(other)) return 1;
  return lastName(one) === lastName(other) ? 2 : far;
}

function lastName(reference: string): string {
  return withoutTag(reference).slice(reference.lastIndexOf('/') + 1);
}
