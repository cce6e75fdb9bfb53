import { exitStatus } from '../exit-status';
import { Io } from '../io';
import { clientFor } from './client';
import { lockSoFar, requireWritable } from './file';
import { imagesAtOnce, LockOptions } from './options';
import { lockJson, LockOutcome, lockText, progressOf, tellFailures, tellNotes } from './report';
import { wantedImages } from './wanted';
import { updateLock } from '../../lock/write';
import { changesOf, withResolved } from '../../resolve/changes';
import type { PlatformChoice } from '../../resolve/platforms';
import { resolveImages } from '../../resolve/resolve';

/** Resolves what is wanted and writes it, once. @returns the exit status @throws UsageError, LockError, PolicyError, WriteError */
export async function resolveAndWrite(
  task: 'images' | 'everything' | 'update', images: readonly string[], platforms: PlatformChoice | undefined, options: LockOptions, io: Io,
  signal: AbortSignal,
): Promise<number> {
  const { lock: file, format } = options;
  const locked = lockSoFar(file);
  const { requests, failures: refused, passedOver, notes: passed } = wantedImages(task, images, options, locked, io);
  if (requests.length > 0) requireWritable(file);
  const client = options.offline === true
    ? undefined
    : clientFor(options, signal);
  try {
    const resolution = await resolveImages(requests, {
      locked,
      concurrency: imagesAtOnce(options),
      signal,
      onProgress: progressOf(io, 'resolved'),
      ...(client === undefined ? {} : { client }),
      ...(platforms === undefined ? {} : { platforms }),
    });
    const { images: resolved, kept } = resolution;
    const notes = [...passed, ...resolution.notes];
    const failures = [...refused, ...resolution.failures];
    io.progress('');
    // Before the lock is written, because that may fail too; and on a terminal the summary is the last line.
    tellNotes(notes, io);
    tellFailures(failures, io);
    const isLookedAt = (reference: string) => resolved.has(reference) || kept.has(reference);
    const update = async () => updateLock(file, (newest) => {
      signal.throwIfAborted();
      return withResolved(newest, requests, resolution);
    });
    const { before, after } = resolved.size + kept.size > 0 ? await update() : { before: locked, after: locked };
    const outcome: LockOutcome = { changes: changesOf(before, after, isLookedAt), failures, notes, passedOver };
    io.out(format === 'json' ? lockJson(file, outcome) : lockText(file, outcome, io.color));
    return failures.length > 0 ? exitStatus.unjudged : exitStatus.passed;
  } finally {
    io.progress('');
    client?.close();
  }
}
