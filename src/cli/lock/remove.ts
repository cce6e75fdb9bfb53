import { exitStatus } from '../exit-status';
import { Io, UsageError } from '../io';
import { lockedNames, lockToRead, requireWritable } from './file';
import type { LockOptions } from './options';
import { lockJson, LockOutcome, lockText, tellFailures } from './report';
import type { Lock } from '../../lock/lock';
import { updateLock } from '../../lock/write';
import { namesBeyond } from '../../resolve/prune';
import type { LockFailure } from '../../resolve/requests';

interface Removal {
  readonly names: readonly string[];
  readonly failures: readonly LockFailure[];
}

/**
 * Takes images out of the lock: those that are named, or those that no manifest names any more. No registry is asked.
 *
 * @returns the exit status: 0; 2 where a manifest could not be read, and nothing is removed
 * @throws UsageError, LockError, WriteError
 */
export async function removeAndWrite(task: 'remove' | 'prune', options: LockOptions, io: Io, signal: AbortSignal): Promise<number> {
  const { lock: file, format } = options;
  const locked = lockToRead(file);
  const { names, failures } = task === 'remove' ? namedToRemove(options, locked) : unnamedIn(options, locked, io);
  tellFailures(failures, io);
  const isToWrite = failures.length === 0 && names.length > 0;
  if (isToWrite) requireWritable(file);
  const { before, after } = isToWrite
    ? await updateLock(file, (newest) => {
      signal.throwIfAborted();
      return without(newest, names);
    })
    : { before: locked, after: locked };
  const outcome: LockOutcome = {
    changes: { added: [], changed: [], unchanged: [...after.images.keys()].sort() },
    removed: names.flatMap((name) => {
      const image = after.images.has(name) ? undefined : before.images.get(name);
      return image === undefined ? [] : [{ name, image }];
    }),
    failures,
    notes: [],
    passedOver: 0,
  };
  io.out(format === 'json' ? lockJson(file, outcome) : lockText(file, outcome, io.color));
  return failures.length > 0 ? exitStatus.unjudged : exitStatus.passed;
}

function namedToRemove({ remove = [], lock: file }: LockOptions, locked: Lock): Removal {
  return { names: [...lockedNames(remove, locked, file)].sort(), failures: [] };
}

/** What one file names may be all that keeps an image: where it cannot be read, nothing is known. */
function unnamedIn({ from = [] }: LockOptions, locked: Lock, io: Io): Removal {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- without --from, no YAML is read
  const found = (require('./from') as typeof import('./from')).wantedInFiles(from, io);
  const { failures, documents } = found;
  if (failures.length > 0) return { names: [], failures };
  if (documents === 0) throw new UsageError('--prune: --from finds no Kubernetes object, so all that is locked would be removed');
  return { names: namesBeyond(found, locked), failures };
}

function without({ images }: Lock, names: readonly string[]): Lock {
  const left = new Map(images);
  for (const name of names) left.delete(name);
  return { images: left };
}
