import { Io, UsageError } from '../io';
import { lockToRead, lockedReferences } from './file';
import type { LockOptions } from './options';
import { readText } from '../../files/read';
import type { Lock } from '../../lock/lock';
import { namesByReference } from '../../resolve/changes';
import { readArgument } from '../../resolve/in-arguments';
import { wantedInList } from '../../resolve/in-list';
import { gatherRequests, GatheredRequests, LockFailure, Wanted } from '../../resolve/requests';
import type { LockNote } from '../../resolve/resolve';
import { digestsToLock } from '../../resolve/without-tag';
import { plural } from '../../text/text';

interface WantedImages extends GatheredRequests {
  /** Images of manifests that have a digest and no tag, and are not locked by it. */
  readonly passedOver: number;
  readonly notes: readonly LockNote[];
}

/**
 * What is to be resolved.
 *
 * @throws UsageError where that is nothing; LockError
 */
export function wantedImages(
  task: 'images' | 'everything' | 'update', images: readonly string[], options: LockOptions, locked: Lock, io: Io,
): WantedImages {
  if (task === 'images') return wantedNow(images, options, locked, io);
  const lock = lockToRead(options.lock);
  const references = task === 'update' ? lockedReferences(options.update ?? [], lock, options.lock) : [...namesByReference(lock.images).keys()];
  return { requests: [...references].map((reference) => ({ reference, names: [] })), failures: [], passedOver: 0, notes: [] };
}

function wantedNow(images: readonly string[], { from: paths = [], fromFile, offline }: LockOptions, locked: Lock, io: Io): WantedImages {
  if ([...paths, ...fromFile].filter((path) => path === '-').length > 1) {
    throw new UsageError('- is the standard input, which is read once; name it in --from or in --from-file');
  }
  if (fromFile.includes('')) throw new UsageError('--from-file: the name is empty; name a file, or - for the standard input');
  const named: Wanted[] = [];
  const refused: LockFailure[] = [];
  for (const image of images) {
    const read = readArgument(image);
    if ('wanted' in read) named.push(read.wanted);
    else refused.push({ name: image, code: 'invalid', message: read.problem });
  }
  for (const file of fromFile) {
    const list = readList(file);
    for (const each of list.wanted) named.push(each);
    for (const each of list.failures) refused.push(each);
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- without --from, no YAML is read
  const found = paths.length === 0 ? undefined : (require('./from') as typeof import('./from')).wantedInFiles(paths, io);
  const others = [...named, ...found?.wanted.values() ?? []];
  const { wanted, passedOver, notes } = digestsToLock(found?.withoutTag.values() ?? [], others, locked, offline === true);
  const { requests, failures } = gatherRequests([...others, ...wanted], locked);
  const all = [...refused, ...found?.failures ?? [], ...failures];
  if (requests.length + all.length + passedOver === 0) {
    const { documents = 0 } = found ?? {};
    const problem = `there is nothing to lock: --from finds ${documents === 0 ? 'no Kubernetes object' : `${plural(documents, 'Kubernetes object')} with no image`}`;
    // Offline it is asked whether all that is named is locked, and that it is.
    if (offline !== true) throw new UsageError(problem);
    io.err(`cdk8s-hardened: ${problem}\n`);
  }
  return { requests, failures: all, passedOver, notes };
}

/** The references of a hundred thousand images are less. */
const largestList = 64 * 1024 * 1024;

function readList(file: string): ReturnType<typeof wantedInList> {
  const read = readText(file, largestList);
  if ('text' in read) return wantedInList(read.text, file === '-' ? 'stdin' : file);
  const { file: name, line, message } = read.error;
  const place = line === undefined ? name : `${name}:${line}`;
  return { wanted: [], failures: [{ name: place, code: 'unreadable', message: `${place}: ${message}` }] };
}
