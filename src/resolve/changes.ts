import { isDeepStrictEqual } from 'node:util';
import type { LockRequest } from './requests';
import type { Resolution } from './resolve';
import type { ImageFacts, PlatformFacts } from '../image/facts';
import type { Lock } from '../lock/lock';
import { quote } from '../text/quote';

export interface LockChanges {
  readonly added: readonly { readonly name: string; readonly image: ImageFacts }[];
  readonly changed: readonly { readonly name: string; readonly from: ImageFacts; readonly to: ImageFacts }[];
  /** Of those that were looked at. */
  readonly unchanged: readonly string[];
}

/**
 * The lock with what was resolved: under the names that were asked for, and under every name that the same image has already, so that
 * no two spellings of it differ. Nothing is taken away.
 */
export function withResolved({ images }: Lock, requests: readonly LockRequest[], { images: resolved, kept }: Resolution): Lock {
  const known = namesByReference(images);
  const result = new Map(images);
  for (const { reference, names, otherwise } of requests) {
    const own = known.get(reference) ?? [];
    const image = resolved.get(reference) ?? (kept.has(reference) && own.length > 0 ? images.get(own[0]) : undefined);
    if (image === undefined) continue;
    const fallback = own.length === 0 && otherwise !== undefined ? [otherwise] : [];
    for (const name of [...own, ...names, ...fallback]) result.set(name, image);
  }
  return { images: result };
}

export function namesByReference(images: Lock['images']): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const [name, { reference }] of images) {
    const same = names.get(reference);
    if (same === undefined) names.set(reference, [name]);
    else same.push(name);
  }
  return names;
}

/** What is different between two locks, of the images that were looked at. */
export function changesOf(before: Lock, after: Lock, isLookedAt: (reference: string) => boolean): LockChanges {
  const added: LockChanges['added'][number][] = [];
  const changed: LockChanges['changed'][number][] = [];
  const unchanged: string[] = [];
  for (const name of [...after.images.keys()].sort()) {
    const to = after.images.get(name)!;
    if (!isLookedAt(to.reference)) continue;
    const from = before.images.get(name);
    if (from === undefined) added.push({ name, image: to });
    else if (!isDeepStrictEqual(from, to)) changed.push({ name, from, to });
    else unchanged.push(name);
  }
  return { added, changed, unchanged };
}

/** What of it is different for who runs the image, in short lines. */
export function differences(from: ImageFacts, to: ImageFacts): readonly string[] {
  const before = Object.keys(from.platforms);
  const after = Object.keys(to.platforms);
  const both = after.filter((platform) => from.platforms[platform] !== undefined);
  const gone = before.filter((platform) => to.platforms[platform] === undefined);
  const fresh = after.filter((platform) => from.platforms[platform] === undefined);
  return [
    ...(gone.length === 0 ? [] : [`no longer for ${gone.join(', ')}`]),
    ...(fresh.length === 0 ? [] : [`now also for ${fresh.join(', ')}`]),
    ...(gone.length + fresh.length > 0 ? [] : chosenChange(from, to)),
    ...together(both, (platform) => userChange(from.platforms[platform], to.platforms[platform])),
    ...together(both, (platform) => volumeChange(from.platforms[platform], to.platforms[platform])),
  ];
}

function chosenChange({ chosen: old }: ImageFacts, { chosen: now }: ImageFacts): readonly string[] {
  if (isDeepStrictEqual(old, now)) return [];
  return [now === undefined ? 'all platforms are recorded from now on' : `only ${now.join(', ')} recorded from now on`];
}

/** One line for all platforms of which the same is to be said. */
function together(platforms: readonly string[], changeOf: (platform: string) => string | undefined): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const platform of platforms) {
    const line = changeOf(platform);
    if (line !== undefined) lines.set(line, [...lines.get(line) ?? [], platform]);
  }
  return [...lines].map(([line, those]) => those.length === platforms.length ? line : `${line} (${those.join(', ')})`);
}

function userChange(from: PlatformFacts, to: PlatformFacts): string | undefined {
  const [old, now] = [userText(from), userText(to)];
  return old === now ? undefined : `user is ${now}, was ${old}`;
}

function userText({ user, uid }: PlatformFacts): string {
  if (user === undefined) return 'root';
  return uid === undefined || user === String(uid) ? quote(user) : `${quote(user)} (uid ${uid})`;
}

function volumeChange({ volumes: old = [] }: PlatformFacts, { volumes: now = [] }: PlatformFacts): string | undefined {
  const fresh = now.filter((path) => !old.includes(path));
  const gone = old.filter((path) => !now.includes(path));
  const parts = [
    ...(fresh.length === 0 ? [] : [`new ${shown(fresh)}`]),
    ...(gone.length === 0 ? [] : [`gone ${shown(gone)}`]),
  ];
  return parts.length === 0 ? undefined : `volumes: ${parts.join('; ')}`;
}

/** Enough to know what it is about; all of them are in the lock. */
const mostShown = 5;

function shown(paths: readonly string[]): string {
  const more = paths.length > mostShown ? ` and ${paths.length - mostShown} more` : '';
  return `${paths.slice(0, mostShown).map((path) => quote(path)).join(', ')}${more}`;
}
