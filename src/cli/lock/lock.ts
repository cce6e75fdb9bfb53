import { interruptible } from '../interrupt';
import { Io, UsageError } from '../io';
import { checkDrift } from './check';
import { LockOptions, taskOf } from './options';
import { resolveAndWrite } from './write';
import { Platform, parsePlatform } from '../../image/platform';
import { quoted } from '../../text/text';

/**
 * Resolves images and writes the lock, once, with all that could be resolved; or says what has drifted, and writes nothing.
 *
 * @returns the exit status: 0; 1 where `--check` finds drift; 2 where an image could not be resolved, and the others are written; 130 or
 * 143 where a signal stopped it, and nothing is written
 * @throws UsageError, LockError, PolicyError where nothing could be done at all
 */
export async function lock(images: readonly string[], options: LockOptions, io: Io): Promise<number> {
  const task = taskOf(images, options);
  const platforms = options.platform.map(platformOf);
  return interruptible(async (signal) => {
    if (task === 'check') return checkDrift(images, options, io, signal);
    return resolveAndWrite(task, images, platforms, options, io, signal);
  }, io);
}

function platformOf(text: string): Platform {
  const platform = parsePlatform(text);
  if (platform === undefined) throw new UsageError(`--platform: must be os/architecture[/variant], such as linux/amd64, it is ${quoted(text)}`);
  return platform;
}
