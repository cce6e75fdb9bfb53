import { interruptible } from '../interrupt';
import { Io, UsageError } from '../io';
import { checkDrift } from './check';
import { LockOptions, taskOf } from './options';
import { removeAndWrite } from './remove';
import { resolveAndWrite } from './write';
import { parsePlatform, Platform } from '../../image/platform';
import type { PlatformChoice } from '../../resolve/platforms';
import { quoted } from '../../text/text';

/**
 * Resolves images and writes the lock, once, with all that could be resolved; or takes images out of it; or says what has drifted, and
 * writes nothing.
 *
 * @returns the exit status: 0; 1 where `--check` finds drift; 2 where an image could not be resolved, and the others are written; 130 or
 * 143 where a signal stopped it, and nothing is written
 * @throws UsageError, LockError, PolicyError where nothing could be done at all
 */
export async function lock(images: readonly string[], options: LockOptions, io: Io): Promise<number> {
  const task = taskOf(images, options);
  const platforms = choiceOf(options.platform);
  return interruptible(async (signal) => {
    if (task === 'check') return checkDrift(images, platforms, options, io, signal);
    if (task === 'remove' || task === 'prune') return removeAndWrite(task, options, io, signal);
    return resolveAndWrite(task, images, platforms, options, io, signal);
  }, io);
}

/** Undefined where nobody says: then it is what was chosen before. */
function choiceOf(texts: readonly string[]): PlatformChoice | undefined {
  if (!texts.includes('all')) return texts.length === 0 ? undefined : texts.map(platformOf);
  if (texts.length > 1) throw new UsageError('--platform: all is every platform, so it stands alone');
  return 'all';
}

function platformOf(text: string): Platform {
  const platform = parsePlatform(text);
  if (platform === undefined) throw new UsageError(`--platform: must be os/architecture[/variant], such as linux/amd64, or all, it is ${quoted(text)}`);
  return platform;
}
