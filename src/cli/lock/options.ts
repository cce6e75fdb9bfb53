import { UsageError } from '../io';
import type { LawOptions } from '../law/explain';

export interface LockOptions extends LawOptions {
  readonly from?: readonly string[];
  readonly fromFile: readonly string[];
  readonly check?: true;
  readonly update?: readonly string[];
  readonly remove?: readonly string[];
  readonly prune?: true;
  readonly platform: readonly string[];
  readonly offline?: true;
  readonly lock: string;
  readonly policy?: string;
  readonly insecure: readonly string[];
  readonly ca?: string;
  readonly concurrency?: number;
}

/** What is to be done: the ways to call `lock`. */
export type LockTask = 'images' | 'everything' | 'update' | 'check' | 'remove' | 'prune';

type Given = 'images' | '--from' | '--from-file' | '--check' | '--update' | '--remove' | '--prune' | '--platform' | '--offline';

/** What the tasks do not go with, and why. */
const refusals: Readonly<Record<'check' | 'update' | 'remove' | 'prune', readonly (readonly [why: string, others: readonly Given[]])[]>> = {
  check: [
    ['--check asks about what is locked', ['--from', '--from-file']],
    ['--check changes nothing', ['--update', '--remove', '--prune']],
    ['--check asks the registries', ['--offline']],
  ],
  update: [
    ['--update takes what the tags mean now', ['--remove', '--prune']],
    ['--update asks the registries', ['--offline']],
  ],
  remove: [['--remove takes names out of the lock and does nothing else', ['images', '--from', '--from-file', '--prune', '--platform']]],
  prune: [['--prune takes out of the lock what --from does not name, and does nothing else', ['images', '--from-file', '--platform']]],
};

/** @throws UsageError where options do not go together */
export function taskOf(images: readonly string[], options: LockOptions): LockTask {
  const { from, fromFile, check, update, remove, prune, platform, offline } = options;
  const isGiven: Readonly<Record<Given, boolean>> = {
    'images': images.length > 0,
    '--from': from !== undefined,
    '--from-file': fromFile.length > 0,
    '--check': check === true,
    '--update': update !== undefined,
    '--remove': remove !== undefined,
    '--prune': prune === true,
    '--platform': platform.length > 0,
    '--offline': offline === true,
  };
  const task = (['check', 'update', 'remove', 'prune'] as const).find((each) => isGiven[`--${each}`]);
  const isNew = isGiven.images || isGiven['--from'] || isGiven['--from-file'];
  if (task === undefined) return isNew ? 'images' : 'everything';
  if (task === 'update' && isNew) {
    throw new UsageError('--update takes names that are locked; without it, images and --from add new ones');
  }
  for (const [why, others] of refusals[task]) {
    const other = others.find((each) => isGiven[each]);
    if (other !== undefined) throw new UsageError(`${why}, so it does not go with ${other}`);
  }
  if (task === 'prune' && !isGiven['--from']) throw new UsageError('--prune takes out of the lock what --from does not name, so it needs --from PATH');
  return task;
}

/** Enough to keep every request busy that the client allows to one host, and few enough to hold in memory. */
export function imagesAtOnce({ concurrency = 0 }: LockOptions): number {
  return Math.max(64, 2 * concurrency);
}
