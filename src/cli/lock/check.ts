import { exitStatus } from '../exit-status';
import { Io } from '../io';
import { clientFor } from './client';
import { lockedReferences, lockToRead } from './file';
import { imagesAtOnce, LockOptions } from './options';
import { driftJson, driftText, progressOf, tellFailures } from './report';
import { namesByReference } from '../../resolve/changes';
import { findDrift } from '../../resolve/drift';
import type { PlatformChoice } from '../../resolve/platforms';

/**
 * Asks whether the tags still mean what is locked, and whether digests without a tag are there and are what the lock says.
 *
 * @returns the exit status
 * @throws UsageError, LockError, PolicyError
 */
export async function checkDrift(
  names: readonly string[], platforms: PlatformChoice | undefined, options: LockOptions, io: Io, signal: AbortSignal,
): Promise<number> {
  const { lock: file, format } = options;
  const locked = lockToRead(file);
  const references = names.length > 0 ? lockedReferences(names, locked, file) : new Set(namesByReference(locked.images).keys());
  const client = clientFor(options, signal);
  try {
    const report = await findDrift(locked, references, {
      client,
      concurrency: imagesAtOnce(options),
      signal,
      onProgress: progressOf(io, 'checked'),
      ...(platforms === undefined ? {} : { platforms }),
    });
    const { drifted, wrong, failures } = report;
    io.progress('');
    tellFailures(failures, io);
    io.out(format === 'json' ? driftJson(file, report) : driftText(file, report, io.color));
    if (failures.length > 0) return exitStatus.unjudged;
    return drifted.length + wrong.length > 0 ? exitStatus.findings : exitStatus.passed;
  } finally {
    io.progress('');
    client.close();
  }
}
