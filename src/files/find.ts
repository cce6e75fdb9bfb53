import { isUtf8 } from 'node:buffer';
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { notUtf8 } from './names';
import type { InputError } from './read';
import { reasonOf } from './read';

const manifest = /\.(?:ya?ml|json)$/i;
/** Folders of what others wrote. */
const isForeign = /^(?:\.|node_modules$)/;

/** What was found under the paths that were named. */
interface FoundFiles {
  /** In the order of the paths, and sorted within a folder; each file once. `-` is the standard input. */
  readonly files: readonly string[];
  readonly errors: readonly InputError[];
  /** Folders that were not entered because of their name. */
  readonly skipped: readonly string[];
}

/**
 * Finds the manifests under the paths: a file that is named is taken whatever its ending, a folder is searched with all that is
 * in it for `*.yaml`, `*.yml` and `*.json`.
 *
 * In a folder, symbolic links are followed, and no folder is entered twice. `node_modules` and folders whose name begins with a
 * dot are not entered: they hold what others wrote; name them to have them read. A pipe, a socket or a device with the ending of a
 * manifest is an error there, because reading it might never end; one that is named is read.
 *
 * An error each: a path that does not exist, a link that leads nowhere, a folder that cannot be read or holds no manifest, and a name
 * that is not UTF-8, of a folder or of what would be read.
 * Guaranteed: it does not throw, and it opens no file.
 */
export function findManifests(paths: readonly string[]): FoundFiles {
  const files: string[] = [];
  const errors: InputError[] = [];
  const skipped: string[] = [];
  /** The real places of what was found: the same file under two names is judged once. */
  const known = new Set<string>();

  for (const path of paths) {
    if (path === '-') {
      addFile(path, path);
      continue;
    }
    const found = examine(path);
    if (found === undefined) continue;
    if (!found.stats.isDirectory()) {
      addFile(path, found.place);
      continue;
    }
    const failed = errors.length;
    if (searchFolder(path, found.place, new Set()) === 0 && errors.length === failed) {
      errors.push({ file: path, message: 'holds no manifest: there is no *.yaml, *.yml or *.json in it' });
    }
  }
  return { files, errors, skipped };

  function addFile(path: string, place: string): void {
    if (!known.has(place)) files.push(path);
    known.add(place);
  }

  /** Returns how many manifests are in the folder, also those that are known already. */
  function searchFolder(path: string, place: string, entered: Set<string>): number {
    if (entered.has(place)) return 0;
    entered.add(place);
    let count = 0;
    for (const entry of entriesOf(path)) {
      const { name } = entry;
      count += isUtf8(name)
        ? searchEntry(join(path, name.toString()), join(place, name.toString('latin1')), entry, entered)
        : refuseName(path, entry);
    }
    return count;
  }

  /** What it would hold is not told, so that a folder of such a name counts as a manifest. */
  function refuseName(folder: string, entry: RawEntry): number {
    const { name } = entry;
    const isWanted = manifest.test(name.toString('latin1')) || (!isForeign.test(name.toString('latin1')) && leadsToFolder(folder, entry));
    if (isWanted) errors.push({ file: folder, message: notUtf8(name) });
    return isWanted ? 1 : 0;
  }

  function searchEntry(path: string, place: string, entry: RawEntry, entered: Set<string>): number {
    const name = entry.name.toString();
    const isManifest = manifest.test(name);
    if (entry.isFile()) {
      if (isManifest) addFile(path, place);
      return isManifest ? 1 : 0;
    }
    // Whether a link leads to a folder or a file is not known before it is followed.
    const found = entry.isSymbolicLink() ? examine(path, isManifest) : { place, stats: entry };
    if (found === undefined) return 0;
    if (found.stats.isDirectory()) {
      if (!isForeign.test(name)) return searchFolder(path, found.place, entered);
      skipped.push(path);
      return 0;
    }
    if (!isManifest) return 0;
    if (found.stats.isFile()) addFile(path, found.place);
    else errors.push({ file: path, message: 'is neither a file nor a folder; name it to have it read' });
    return 1;
  }

  function entriesOf(path: string): readonly RawEntry[] {
    try {
      // By code unit, so that the order is the same on every machine.
      return readdirSync(path, { withFileTypes: true, encoding: 'buffer' }).sort((one, other) => one.name.toString() < other.name.toString() ? -1 : 1);
    } catch (error) {
      errors.push({ file: path, message: `cannot be read: ${reasonOf(error)}` });
      return [];
    }
  }

  /** Follows links; where they lead nowhere, says so unless nobody would have read it. */
  function examine(path: string, isWanted = true): { readonly place: string; readonly stats: Stats } | undefined {
    try {
      const stats = statSync(path);
      // The real path of a pipe (/dev/stdin, for one) may name nothing.
      return { place: stats.isFile() || stats.isDirectory() ? realPlace(path) : path, stats };
    } catch (error) {
      const what = isLink(path) ? 'is a symbolic link that cannot be followed' : 'cannot be read';
      if (isWanted) errors.push({ file: path, message: `${what}: ${reasonOf(error)}` });
      return undefined;
    }
  }
}

/** A name in bytes: as text, two names that are not UTF-8 may be the same. */
type RawEntry = Dirent<Buffer>;

/** The bytes of the real path, each a character. */
function realPlace(path: string): string {
  return realpathSync.native(path, 'buffer').toString('latin1');
}

function leadsToFolder(folder: string, entry: RawEntry): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const path = Buffer.concat([Buffer.from(`${folder}/`), entry.name]);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
