import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { InputError } from '../../files/read';
import { InputText, reasonOf, readText } from '../../files/read';
import { replaceWhole, WriteError } from '../../files/write-whole';
import type { Lock } from '../../lock/lock';
import { objectsOf } from '../../manifest/kubernetes';
import { PinnedText, pinText } from '../../pin/text';

export interface PinCallOptions {
  readonly lock: string;
  readonly update?: true;
  readonly digestOnly?: true;
}

/** What became of one file. */
export type PinnedFile =
  | { readonly kind: 'pinned'; readonly pinned: PinnedText }
  /** No Kubernetes object is in it. */
  | { readonly kind: 'passed-over' }
  /** It is as it was. */
  | { readonly kind: 'failed'; readonly errors: readonly InputError[] };

/** Pins a text that was read; one of which a document does not parse is left as it is, because nobody could say what it means. */
export function pinRead(read: InputText, file: string, lock: Lock, { update, digestOnly }: PinCallOptions, isNamed = true): PinnedFile {
  if ('error' in read) return { kind: 'failed', errors: [read.error] };
  const items = [...summaryOf(read.text, file, isNamed)];
  const errors = items.flatMap((item) => item === 'object' ? [] : [item]);
  if (errors.length > 0) return { kind: 'failed', errors };
  if (items.length === 0) return { kind: 'passed-over' };
  const pinned = pinText(read.text, lock, file, { update: update === true, digestOnly: digestOnly === true });
  // A byte order mark is not for us to take away.
  return { kind: 'pinned', pinned: read.hasMark === true ? { ...pinned, text: `\ufeff${pinned.text}` } : pinned };
}

/** Without the documents, which do not all fit into memory. */
function* summaryOf(text: string, file: string, isNamed: boolean): Generator<InputError | 'object'> {
  for (const item of objectsOf(text, file, isNamed)) {
    if ('message' in item) yield item;
    else if (!('passedOver' in item)) yield 'object';
  }
}

/**
 * Pins a file in its place, whole or not at all, and only where that changes it. Its mode is kept.
 *
 * Refused: a symbolic link, what is reached by one that leads out of the paths that were named, and a file that somebody else has
 * changed meanwhile.
 *
 * @param roots the real places of the paths that were named
 */
export function pinFile(file: string, roots: readonly string[], lock: Lock, options: PinCallOptions, isNamed = true): PinnedFile {
  const read = readText(file);
  const outcome = pinRead(read, file, lock, options, isNamed);
  if (outcome.kind !== 'pinned' || 'error' in read || outcome.pinned.changes.length === 0) return outcome;
  const failed = (message: string): PinnedFile => ({ kind: 'failed', errors: [{ file, message }] });
  try {
    if (!isWithin(realpathSync.native(file), roots)) return failed('cannot be written: a symbolic link leads out of the folder to it; name it to have it pinned');
    const isSame = () => {
      const now = readText(file);
      return 'text' in now && now.text === read.text;
    };
    return replaceWhole(file, outcome.pinned.text, isSame) ? outcome : failed('was changed by somebody else meanwhile; pin it again');
  } catch (error) {
    return failed(error instanceof WriteError ? error.reason : `cannot be written: ${reasonOf(error)}`);
  }
}

/** The places that files may be written at. */
export function rootsOf(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    try {
      return path === '-' ? [] : [realpathSync.native(path)];
    } catch {
      // That it is not there is an error already.
      return [];
    }
  });
}

function isWithin(place: string, roots: readonly string[]): boolean {
  return roots.some((root) => place === root || place.startsWith(root.endsWith(sep) ? root : root + sep));
}
