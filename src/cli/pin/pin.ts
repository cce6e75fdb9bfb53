import { exitStatus } from '../exit-status';
import { Io, UsageError } from '../io';
import { PinCallOptions, PinnedFile, pinFile, pinRead, rootsOf } from './file';
import { findManifests } from '../../files/find';
import { listingOnce } from '../../files/leftovers';
import { readText } from '../../files/read';
import { LockError } from '../../lock/error';
import { Lock, lockFileName } from '../../lock/lock';
import { readLock } from '../../lock/read';
import { placeText } from '../../report/place';
import { templateHint } from '../../resolve/template';
import { printable } from '../../text/printable';
import { plural, quoted } from '../../text/text';

interface Tally {
  images: number;
  files: number;
  changed: number;
  passedOver: number;
  unpinned: number;
  errors: number;
  notLocked: number;
}

/**
 * Puts the locked digests into manifests: files in their place, `-` from the standard input to the standard output.
 *
 * @returns the exit status: 0 where every image is pinned, 1 where one is left unpinned, 2 where something could not be read or written
 * @throws UsageError, LockError where nothing could be done at all
 */
export function pin(paths: readonly string[], options: PinCallOptions, io: Io): number {
  if (paths.includes('')) throw new UsageError('a path is empty; name a file, a folder, or - for the standard input');
  if (paths.includes('-') && paths.length > 1) throw new UsageError('- is pinned from the standard input to the standard output, so it stands alone');
  const lock = lockFor(options.lock, paths);
  const tally: Tally = { images: 0, files: 0, changed: 0, passedOver: 0, unpinned: 0, errors: 0, notLocked: 0 };
  if (paths.includes('-')) pinStream(lock, options, tally, io);
  else listingOnce(() => pinFiles(paths, lock, options, tally, io));
  if (tally.errors > 0) return exitStatus.unjudged;
  return tally.unpinned > 0 ? exitStatus.findings : exitStatus.passed;
}

function lockFor(file: string, paths: readonly string[]): Lock {
  try {
    return readLock(file);
  } catch (error) {
    if (!(error instanceof LockError) || error.code !== 'unreadable') throw error;
    throw new UsageError(`${error.message}; ${lockCommand(file, paths)} makes one`);
  }
}

/** Locks what these paths ask for. */
function lockCommand(file: string, paths: readonly string[]): string {
  const option = file === lockFileName ? '' : ` --lock ${printable(file)}`;
  return `\`cdk8s-hardened lock${option} --from ${paths.map((path) => printable(path)).join(' ')}\``;
}

/** What is no Kubernetes object goes through as it came; where nothing came, what should have written it has failed. */
function pinStream(lock: Lock, options: PinCallOptions, tally: Tally, io: Io): void {
  const read = readText('-');
  const isEmpty = 'text' in read && read.text.trim() === '';
  const empty: PinnedFile = { kind: 'failed', errors: [{ file: 'stdin', message: 'is empty, so there is nothing to pin' }] };
  const outcome = isEmpty ? empty : pinRead(read, 'stdin', lock, options);
  if (outcome.kind === 'pinned') io.out(outcome.pinned.text);
  else if (outcome.kind === 'passed-over' && 'text' in read) io.out(read.text);
  enter('stdin', outcome, tally, io, io.err);
}

function pinFiles(paths: readonly string[], lock: Lock, options: PinCallOptions, tally: Tally, io: Io): void {
  const { files, errors, skipped } = findManifests(paths);
  for (const error of errors) tell(placeText(error), error.message, io);
  tally.errors += errors.length;
  const roots = rootsOf(paths);
  const named = new Set(paths);
  for (const [index, file] of files.entries()) {
    io.progress(`${index} of ${plural(files.length, 'file')} pinned, now ${printable(file)}`);
    const outcome = pinFile(file, roots, lock, options, named.has(file));
    io.progress('');
    enter(file, outcome, tally, io, io.out);
  }
  for (const folder of skipped) io.err(`cdk8s-hardened: not entered, name it to have it pinned: ${printable(folder)}\n`);
  const { images, changed, passedOver, unpinned } = tally;
  if (tally.notLocked > 0) {
    io.err(`cdk8s-hardened: ${lockCommand(options.lock, paths)} locks what is not in the lock\n`);
  }
  const what = images > 0 ? `${plural(images, 'image')} pinned in ${plural(changed, 'file')}` : 'nothing pinned';
  const rest = [
    ...(unpinned > 0 ? [`${plural(unpinned, 'image')} left unpinned`] : []),
    ...(passedOver > 0 ? [`${plural(passedOver, 'file')} passed over as no Kubernetes objects`] : []),
  ];
  const isDone = images + unpinned + tally.errors === 0 && passedOver < files.length;
  io.out(`${[isDone ? 'nothing to pin: every image has a digest' : what, ...rest].join(', ')}\n`);
}

function enter(file: string, outcome: PinnedFile, tally: Tally, io: Io, say: (text: string) => void): void {
  tally.files += 1;
  if (outcome.kind === 'passed-over') {
    tally.passedOver += 1;
    if (file === 'stdin') say('stdin: no Kubernetes object in it\n');
  } else if (outcome.kind === 'failed') {
    tally.errors += outcome.errors.length;
    for (const error of outcome.errors) tell(placeText(error), error.message, io);
    if (file !== 'stdin') tell(printable(file), 'was left as it is', io);
  } else {
    const { changes, unpinned } = outcome.pinned;
    if (changes.length > 0 || file === 'stdin') say(`${printable(file)}: ${plural(changes.length, 'image')} pinned\n`);
    tally.images += changes.length;
    tally.changed += changes.length > 0 ? 1 : 0;
    tally.unpinned += unpinned.length;
    tally.notLocked += unpinned.filter(({ reason }) => reason === 'not-locked').length;
    for (const { line, image, reason, message } of unpinned) {
      const what = image === undefined ? '' : `image ${quoted(image)}${reason === 'invalid' ? ': ' : ' '}`;
      tell(`${printable(file)}:${line}`, `${what}${message}${templateHint(image ?? '')}`, io);
    }
  }
}

function tell(place: string, message: string, io: Io): void {
  io.err(`cdk8s-hardened: ${place}: ${printable(message)}\n`);
}
