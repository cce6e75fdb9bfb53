import { UsageError } from '../io';
import type { LawOptions } from '../law/explain';

export interface LockOptions extends LawOptions {
  readonly from?: readonly string[];
  readonly check?: true;
  readonly update?: readonly string[];
  readonly platform: readonly string[];
  readonly offline?: true;
  readonly lock: string;
  readonly policy?: string;
  readonly insecure: readonly string[];
  readonly ca?: string;
  readonly concurrency?: number;
}

/** What is to be done: the four ways to call `lock`. */
export type LockTask = 'images' | 'everything' | 'update' | 'check';

/** @throws UsageError where options do not go together */
export function taskOf(images: readonly string[], { from, check, update, platform, offline }: LockOptions): LockTask {
  if (check === true) {
    if (from !== undefined) throw new UsageError('--check asks about what is locked, so it does not go with --from');
    if (update !== undefined) throw new UsageError('--check changes nothing, so it does not go with --update');
    if (platform.length > 0) throw new UsageError('--check asks about digests only, so it does not go with --platform');
    if (offline === true) throw new UsageError('--check asks the registries, so it does not go with --offline');
    return 'check';
  }
  if (update !== undefined) {
    if (images.length > 0 || from !== undefined) throw new UsageError('--update takes names that are locked; without it, images and --from add new ones');
    if (offline === true) throw new UsageError('--update asks the registries, so it does not go with --offline');
    return 'update';
  }
  return images.length > 0 || from !== undefined ? 'images' : 'everything';
}

/** Enough to keep every request busy that the client allows to one host, and few enough to hold in memory. */
export function imagesAtOnce({ concurrency = 0 }: LockOptions): number {
  return Math.max(64, 2 * concurrency);
}
