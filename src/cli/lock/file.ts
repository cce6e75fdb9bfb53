import { accessSync, constants, lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf } from '../../files/read';
import { refuseLink, WriteError } from '../../files/write-whole';
import { parseImageReference } from '../../image/reference';
import { emptyLock, Lock } from '../../lock/lock';
import { readLock } from '../../lock/read';
import { canonicalReference, withoutTag } from '../../lock/reference';
import { closest } from '../../text/closest';
import { printable } from '../../text/printable';
import { quoted } from '../../text/text';
import { UsageError } from '../io';

/** What is locked so far; nothing where there is no such file. A link that leads nowhere is one. @throws LockError */
export function lockSoFar(file: string): Lock {
  return lstatSync(file, { throwIfNoEntry: false }) === undefined ? emptyLock : readLock(file);
}

/** Found out before the registries are asked, and not when all is done. @throws WriteError `unwritable` */
export function requireWritable(file: string): void {
  refuseLink(file);
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    throw new WriteError('unwritable', file, `its folder: ${reasonOf(error)}`, error);
  }
}

/** @throws UsageError where there is nothing in it, and so nothing to do; LockError */
export function lockToRead(file: string): Lock {
  const isThere = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  const lock = lockSoFar(file);
  if (lock.images.size > 0) return lock;
  throw new UsageError(`${printable(file)} ${isThere ? 'holds no image' : 'does not exist'}: name the images to lock, `
    + 'or take those of manifests with `cdk8s-hardened lock --from dist`');
}

/**
 * The references that these names are locked under, whatever their spelling.
 *
 * @throws UsageError for a name that is not locked: it is a typing error more often than not
 */
export function lockedReferences(names: readonly string[], { images }: Lock, file: string): ReadonlySet<string> {
  const locked = new Set([...images.values()].map(({ reference }) => reference));
  return new Set(names.map((name) => {
    const parsed = parseImageReference(name);
    if (!parsed.ok) throw new UsageError(`${quoted(name)}: ${parsed.problem}`);
    const { tag, digest } = parsed.reference;
    if (digest !== undefined && tag !== undefined) throw new UsageError(`${quoted(name)}: name it without its digest, as it is locked`);
    const reference = canonicalReference(parsed.reference);
    if (locked.has(reference)) return reference;
    const near = nearTo(name, images);
    throw notIn(file, name, near === undefined ? `\`cdk8s-hardened lock ${printable(name)}\` locks it` : `did you mean ${printable(near)}?`);
  }));
}

/** These names, each once, in the very spelling that is locked: another one means the same image, and may stay. @throws UsageError */
export function lockedNames(names: readonly string[], { images }: Lock, file: string): ReadonlySet<string> {
  return new Set(names.map((name) => {
    if (images.has(name)) return name;
    const near = nearTo(name, images);
    throw notIn(file, name, near === undefined ? 'so there is nothing to remove' : `did you mean ${printable(near)}?`);
  }));
}

function notIn(file: string, name: string, hint: string): UsageError {
  return new UsageError(`${quoted(name)} is not in ${printable(file)}; ${hint}`);
}

/** The same image in another spelling; a name that differs in a few letters; an image that is like it. */
function nearTo(name: string, images: Lock['images']): string | undefined {
  const parsed = parseImageReference(name);
  const reference = parsed.ok ? canonicalReference(parsed.reference) : undefined;
  const same = [...images].find(([, image]) => image.reference === reference)?.[0];
  return same ?? closest(name, [...images.keys()]) ?? (reference === undefined ? undefined : alike(reference, images));
}

/** Another tag of the repository; or a repository that ends in the same name, because its registry was left out. */
function alike(reference: string, images: Lock['images']): string | undefined {
  const lastNameOf = (text: string) => withoutTag(text).slice(text.lastIndexOf('/') + 1);
  const found = (part: (text: string) => string) => [...images].find(([, image]) => part(image.reference) === part(reference))?.[0];
  return found(withoutTag) ?? found(lastNameOf);
}
