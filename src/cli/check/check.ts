import { keptBaseline, pruneCommand, renewal, splitBaseline, writeFindings } from './baseline';
import { judgePaths } from './judge-paths';
import type { CheckOptions } from './options';
import { writeWhole } from '../../files/write-whole';
import { judgedToTheEnd } from '../../judge/rules-file';
import { readBaseline } from '../../policy/baseline-file';
import { Verdict, VerdictError } from '../../policy/verdict';
import { VerdictBuilder } from '../../policy/verdict-builder';
import { report } from '../../report';
import { closingLine } from '../../report/closing';
import { filePlace, placeText } from '../../report/place';
import { todayUtc } from '../../text/dates';
import { printable } from '../../text/printable';
import { exitStatusOf } from '../exit-status';
import { Io, UsageError } from '../io';
import { CheckedPolicy, policyInForce } from '../policy-options';

/**
 * Judges the manifests under the paths, and reports.
 *
 * Everything that can be read is judged, also where something else cannot.
 *
 * @returns the exit status
 * @throws UsageError, PolicyError where nothing could be judged at all; WriteError where the outcome cannot be written
 */
export function check(paths: readonly string[], options: CheckOptions, io: Io): number {
  const policy = policyInForce(options);
  const old = options.baseline === undefined ? undefined : splitBaseline(readBaseline(options.baseline), policy);
  const builder = new VerdictBuilder(todayUtc());
  judgedToTheEnd(() => judgePaths(paths, builder, policy, isForReading(options), io));

  const due = policy.exemptions.filter(({ note }) => !policy.leavesOut(note.rule));
  if (options.writeBaseline !== undefined) {
    const verdict = builder.build(due);
    tellErrors(verdict.errors, io);
    return writeFindings(verdict, old && keptBaseline(old, verdict), options.writeBaseline, io);
  }
  const { baseline: file = '' } = options;
  const held = old && { file, entries: old.held, isComplete: true, howToPrune: `\`${pruneCommand(paths, options)}\` does it`, howToRenew: renewal(old, policy, paths, options) };
  const verdict = builder.build(due, held);
  tell(verdict, options, io);
  hint(verdict, policy, io);
  return exitStatusOf(verdict);
}

function tell(verdict: Verdict, { format, output }: CheckOptions, io: Io): void {
  const color = io.color && output === undefined;
  const text = textOf(() => `${report(format, verdict, { color })}\n`);
  if (output === undefined) {
    io.out(text);
  } else {
    writeWhole(output, text);
    io.out(`${closingLine(verdict)}\nthe report is in ${printable(output)}\n`);
  }
  // Whoever reads the text has read them; whoever reads the log of a pipeline has not.
  if (format === 'text' && output === undefined) return;
  tellErrors(verdict.errors, io);
  for (const note of verdict.notes ?? []) io.err(`cdk8s-hardened: ${printable(note)}\n`);
}

/** Only in the text there are lines of the manifest. */
function isForReading({ format, writeBaseline }: CheckOptions): boolean {
  return format === 'text' && writeBaseline === undefined;
}

/** The engine has an end to its texts, half a gigabyte. */
function textOf(write: () => string): string {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError('the report is too long for one text; judge fewer files at a time, or fewer rules with --only');
  }
}

function tellErrors(errors: readonly VerdictError[], io: Io): void {
  for (const error of errors) {
    const place = filePlace(error);
    io.err(`cdk8s-hardened: ${place ? `${placeText(place)}: ` : ''}${printable(error.message)}\n`);
  }
}

/** Said once: whoever begins has hundreds of these findings, and one line mends them. */
function hint({ rules }: Verdict, { file, compiled }: CheckedPolicy, io: Io): void {
  if (rules['image-registry'] === undefined || compiled.context.registries.length > 0) return;
  const who = file === undefined ? 'there is no policy (hardened.yaml)' : `${printable(file)} names no registry`;
  io.err(`cdk8s-hardened: ${who}, so no registry is trusted; name one under registries there, or with --registry ghcr.io/acme\n`);
}
