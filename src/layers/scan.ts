import type { ByteReader } from '../tar/bytes';
import { TooLarge } from '../tar/compression';
import { readTar, TarEntry, TarReader } from '../tar/tar';
import { Malformed } from '../text/malformed';

/** What one layer says of one path. */
export type Sighting =
  | { readonly kind: 'file'; readonly content: Buffer }
  | { readonly kind: 'hard-link'; readonly target: string }
  /** The path, or what leads to it, is a symbolic link; `at` says how many of its segments. */
  | { readonly kind: 'symlink'; readonly target: string; readonly at: number }
  /** Something is there that is no regular file, or leads nowhere. */
  | { readonly kind: 'no-file' }
  /** Nothing is there, and what lies below is hidden. */
  | { readonly kind: 'hidden' }
  /** Lower layers decide; those of the path's leading parts that this one makes directories are directories. */
  | { readonly kind: 'unknown'; readonly directories: ReadonlySet<number> };

/** What stands at a leading part of the path, after the entries so far. */
type LayerEntry =
  | { readonly type: 'file'; readonly content: Buffer }
  | { readonly type: Exclude<TarEntry['type'], 'file'>; readonly target: string };

const whiteout = '.wh.';
const opaque = '.wh..wh..opq';
/** What AUFS kept of its own: no content, and not a whiteout. */
const aufs = '.wh..wh.';

/**
 * Reads a layer to its end, and says what it has at the path.
 *
 * The last entry of a name counts; whiteouts hide lower layers only, wherever they stand; a file in the place of a directory hides
 * what was in it.
 *
 * @param path segments, one character per byte
 * @param largest more bytes of content are refused
 * @throws Malformed, TooLarge, and whatever reading throws
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md
 */
export async function scanLayer(reader: ByteReader, path: readonly string[], largest: number): Promise<Sighting> {
  const tar = readTar(reader);
  /** By the number of segments. */
  const places = new Map<number, LayerEntry>();
  let hidesBelow = false;
  for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
    const segments = entry.path === '' ? [] : entry.path.split('/');
    const name = segments.at(-1) ?? '';
    if (name === whiteout) throw new Malformed('has a whiteout that names nothing');
    if (name === opaque) hidesBelow ||= leadsTo(segments.slice(0, -1), path) && segments.length <= path.length;
    else if (name.startsWith(aufs)) continue;
    else if (name.startsWith(whiteout)) hidesBelow ||= leadsTo([...segments.slice(0, -1), name.slice(whiteout.length)], path);
    else if (leadsTo(segments, path)) await put(places, segments.length, entry, path.length, tar, largest);
  }
  // What stands behind the end of the tar is part of the layer all the same, and must be verified.
  while ((await reader.read(128 * 1024, 0)).length > 0);
  return sightingOf(places, path.length, hidesBelow);
}

function leadsTo(segments: readonly string[], path: readonly string[]): boolean {
  return segments.length <= path.length && segments.every((segment, index) => segment === path[index]);
}

async function put(
  places: Map<number, LayerEntry>, depth: number, entry: TarEntry, deepest: number, tar: TarReader, largest: number,
): Promise<void> {
  const isKept = entry.type === 'directory' && places.get(depth)?.type === 'directory';
  if (!isKept) for (let below = depth + 1; below <= deepest; below++) places.delete(below);
  if (entry.type !== 'file') {
    places.set(depth, { type: entry.type, target: entry.target });
  } else if (depth < deepest) {
    places.set(depth, { type: 'other', target: '' });
  } else {
    if (entry.size > largest) throw new TooLarge(`has a file of ${entry.size} bytes where at most ${largest} are read`);
    places.set(depth, { type: 'file', content: await tar.content() });
  }
}

/** The path itself first: what was written to it through a link of the same layer is what is read through it. */
function sightingOf(places: ReadonlyMap<number, LayerEntry>, deepest: number, hidesBelow: boolean): Sighting {
  const place = places.get(deepest);
  if (place?.type === 'file') return { kind: 'file', content: place.content };
  if (place?.type === 'hard-link') return { kind: 'hard-link', target: place.target };
  const directories = new Set<number>();
  for (let depth = 1; depth <= deepest; depth++) {
    const found = places.get(depth);
    if (found?.type === 'symlink') return { kind: 'symlink', target: found.target, at: depth };
    if (found?.type === 'directory' && depth < deepest) directories.add(depth);
    else if (found !== undefined) return { kind: 'no-file' };
  }
  return hidesBelow ? { kind: 'hidden' } : { kind: 'unknown', directories };
}
