import { findManifests } from '../../files/find';
import { judgeFile } from '../../judge/judge-file';
import { VerdictBuilder } from '../../policy/verdict-builder';
import { printable } from '../../text/printable';
import { plural } from '../../text/text';
import { Io, UsageError } from '../io';
import { CheckedPolicy } from '../policy-options';

/**
 * Judges all manifests under the paths. Where there is nothing to judge, that is an error: a pipeline whose first half wrote
 * nothing must not pass. In a folder a file may be empty, as cdk8s writes one for a chart without objects.
 *
 * @throws UsageError where a path is empty
 */
export function judgePaths(paths: readonly string[], builder: VerdictBuilder, policy: CheckedPolicy, hasExcerpts: boolean, io: Io): void {
  if (paths.includes('')) throw new UsageError('a path is empty; name a file, a folder, or - for the standard input');
  const { files, errors, skipped } = findManifests(paths);
  for (const error of errors) builder.addError(error);
  let isEmpty = errors.length === 0;
  try {
    for (const [index, file] of files.entries()) {
      io.progress(`${index} of ${plural(files.length, 'file')} judged, now ${printable(file)}`);
      const isNamed = paths.includes(file);
      if (judgeFile(file, builder, policy, hasExcerpts, undefined, isNamed) > 0) isEmpty = false;
      else if (isNamed) builder.addError({ file: file === '-' ? 'stdin' : file, message: 'is empty: it holds no document, so there is nothing to judge' });
      if (isNamed) isEmpty = false;
    }
  } finally {
    io.progress('');
  }
  if (isEmpty) builder.addError({ message: `there is nothing to judge: ${plural(files.length, 'file')} without any document` });
  if (skipped.length > 0) io.err(`cdk8s-hardened: not entered, name it to have it judged: ${skippedText(skipped)}\n`);
}

function skippedText(skipped: readonly string[]): string {
  const shown = skipped.slice(0, 3).map((path) => printable(path)).join(', ');
  return skipped.length > 3 ? `${shown} and ${plural(skipped.length - 3, 'more folder')}` : shown;
}
