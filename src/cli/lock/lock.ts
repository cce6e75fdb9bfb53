import { interruptible } from '../interrupt';
import { Io, UsageError } from '../io';
import { LockOptions, taskOf } from './options';
import { Platform, parsePlatform } from '../../image/platform';
import { quoted } from '../../text/text';

/* eslint-disable @typescript-eslint/no-require-imports -- `import()` is asynchronous, and to check needs less than to resolve. */
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
    if (task === 'check') return (require('./check') as typeof import('./check')).checkDrift(images, options, io, signal);
    const { resolveAndWrite } = require('./write') as typeof import('./write');
    return resolveAndWrite(task, images, platforms, options, io, signal);
  }, io);
}

function platformOf(text: string): Platform {
  const platform = parsePlatform(text);
  if (platform === undefined) throw new UsageError(`--platform: must be os/architecture[/variant], such as linux/amd64, it is ${quoted(text)}`);
  return platform;
}
