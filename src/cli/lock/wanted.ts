import { Io, UsageError } from '../io';
import { lockToRead, lockedReferences } from './file';
import type { LockOptions, LockTask } from './options';
import type { Lock } from '../../lock/lock';
import { namesByReference } from '../../resolve/changes';
import { readArgument } from '../../resolve/in-arguments';
import { gatherRequests, GatheredRequests, LockFailure, Wanted } from '../../resolve/requests';
import { plural } from '../../text/text';

interface WantedImages extends GatheredRequests {
  /** Images of manifests that have a digest and no tag. */
  readonly passedOver: number;
}

/**
 * What is to be resolved.
 *
 * @throws UsageError where that is nothing; LockError
 */
export function wantedImages(task: LockTask, images: readonly string[], options: LockOptions, locked: Lock, io: Io): WantedImages {
  if (task === 'images') return wantedNow(images, options.from ?? [], locked, io);
  const lock = lockToRead(options.lock);
  const references = task === 'update' ? lockedReferences(options.update ?? [], lock, options.lock) : [...namesByReference(lock.images).keys()];
  return { requests: [...references].map((reference) => ({ reference, names: [] })), failures: [], passedOver: 0 };
}

function wantedNow(images: readonly string[], paths: readonly string[], locked: Lock, io: Io): WantedImages {
  const named: Wanted[] = [];
  const refused: LockFailure[] = [];
  for (const image of images) {
    const read = readArgument(image);
    if ('wanted' in read) named.push(read.wanted);
    else refused.push({ name: image, code: 'invalid', message: read.problem });
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- without --from, no YAML is read
  const found = paths.length === 0 ? undefined : (require('./from') as typeof import('./from')).wantedInFiles(paths, io);
  const { requests, failures } = gatherRequests([...named, ...found?.wanted.values() ?? []], locked);
  const passedOver = found?.withoutTag.size ?? 0;
  const all = [...refused, ...found?.failures ?? [], ...failures];
  if (requests.length + all.length === 0) {
    const { documents = 0 } = found ?? {};
    const rest = passedOver > 0 ? `${plural(passedOver, 'image')} with a digest and no tag` : 'no image';
    const what = documents === 0 ? 'no Kubernetes object' : `${plural(documents, 'Kubernetes object')} with ${rest}`;
    throw new UsageError(`there is nothing to lock: --from finds ${what}`);
  }
  return { requests, failures: all, passedOver };
}
