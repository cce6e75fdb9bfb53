import { findManifests } from '../../files/find';
import { readText } from '../../files/read';
import { addWanted, nothingWanted, WantedInManifests } from '../../resolve/in-manifests';
import type { LockFailure } from '../../resolve/requests';
import { printable } from '../../text/printable';
import { plural } from '../../text/text';
import { Io, UsageError } from '../io';

/** What the manifests under the paths ask for. What cannot be read is a failure. @throws UsageError where a path is empty */
export function wantedInFiles(paths: readonly string[], io: Io): WantedInManifests {
  if (paths.includes('')) throw new UsageError('--from: a path is empty; name a file, a folder, or - for the standard input');
  const found = nothingWanted();
  const { files, errors, skipped } = findManifests(paths);
  try {
    for (const { file, message } of errors) found.failures.push(unreadable(file, undefined, message));
    for (const [index, file] of files.entries()) {
      io.progress(`${index} of ${plural(files.length, 'file')} read, now ${printable(file)}`);
      const read = readText(file);
      if ('error' in read) found.failures.push(unreadable(read.error.file, read.error.line, read.error.message));
      else addWanted(found, read.text, file === '-' ? 'stdin' : file, paths.includes(file));
    }
  } finally {
    io.progress('');
  }
  for (const folder of skipped) io.err(`cdk8s-hardened: not entered, name it to have it read: ${printable(folder)}\n`);
  return found;
}

function unreadable(file: string, line: number | undefined, message: string): LockFailure {
  const place = line === undefined ? file : `${file}:${line}`;
  return { name: place, code: 'unreadable', message: `${place}: ${message}` };
}
