import type { CheckOptions } from './options';
import { writeWhole } from '../../files/write-whole';
import { baselineOf, formatBaseline } from '../../policy/baseline';
import { BaselineEntry, isBeyondBaseline } from '../../policy/baseline-entry';
import { holdAgainst } from '../../policy/baseline-match';
import { Verdict } from '../../policy/verdict';
import { printable } from '../../text/printable';
import { plural } from '../../text/text';
import { exitStatus } from '../exit-status';
import { Io, UsageError } from '../io';
import { CheckedPolicy } from '../policy-options';

/** A baseline, as far as this call can tell what of it still occurs. */
interface SplitBaseline {
  readonly held: readonly BaselineEntry[];
  /** Of rules that are not judged this time, or that are not known here: the gate may have more, and so may another --rules. */
  readonly others: readonly BaselineEntry[];
}

export function splitBaseline(entries: readonly BaselineEntry[], policy: CheckedPolicy): SplitBaseline {
  const isHeld = ({ rule }: BaselineEntry) => policy.knows(rule) && !policy.leavesOut(rule);
  return { held: entries.filter(isHeld), others: entries.filter((entry) => !isHeld(entry)) };
}

/** What still occurs of a baseline, and what cannot be told. */
export function keptBaseline({ held, others }: SplitBaseline, { findings }: Verdict): readonly BaselineEntry[] {
  return [...holdAgainst(findings, held).kept, ...others];
}

/**
 * Writes the findings of today as a baseline; where there is an old one, what is kept of that: a baseline only shrinks.
 *
 * @returns the exit status: 0 where `check` passes with what was written
 * @throws UsageError where not everything could be judged; WriteError, and the old one is whole
 */
export function writeFindings(verdict: Verdict, kept: readonly BaselineEntry[] | undefined, file: string, io: Io): number {
  const name = printable(file);
  if (verdict.errors.some((error) => !error.stale)) {
    throw new UsageError(`${name} was not written, because not everything could be judged`);
  }
  const entries = kept ?? baselineOf(verdict.findings);
  writeWhole(file, formatBaseline(entries));
  const count = entries.reduce((sum, entry) => sum + (entry.count ?? 1), 0);
  io.out(`${name}: ${plural(entries.length, 'line')} for ${plural(count, 'finding')}\n`);
  if (entries.some(({ isOld }) => isOld)) {
    io.err(`cdk8s-hardened: ${name} stays of version 1, because some of its lines are of rules that were not judged\n`);
  }
  const { left: all } = holdAgainst(verdict.findings, entries);
  const beyond = all.filter(isBeyondBaseline).length;
  if (beyond > 0) io.err(`cdk8s-hardened: ${plural(beyond, 'finding')} of manifest not in ${name}, because what cannot be read cannot be judged; mend what cannot be read\n`);
  const left = all.length - beyond;
  if (left > 0) io.err(`cdk8s-hardened: ${plural(left, 'finding')} not in ${name}, because a baseline only shrinks; without --write-baseline they are shown\n`);
  return all.length + verdict.errors.length > 0 ? exitStatus.findings : exitStatus.passed;
}

/** What has the whole baseline written anew: a line of a rule that is left out, or that is not known here, could not be. */
export function renewal({ others }: SplitBaseline, { knows }: CheckedPolicy, paths: readonly string[], options: CheckOptions): string {
  if (others.some(({ rule }) => !knows(rule))) return 'CDK8S_HARDENED_BASELINE=prune on the next synth does it';
  return `\`${pruneCommand(paths, { ...options, only: undefined, profile: undefined })}\` does it`;
}

/** The call of today with what takes out of the baseline what no longer occurs: of other files or rules, more would go. */
export function pruneCommand(paths: readonly string[], options: CheckOptions): string {
  const { policy, rules, lock, profile, kubernetesVersion, only = [], registry, baseline } = options;
  const named = Object.entries({ policy, rules, lock, profile, 'kubernetes-version': kubernetesVersion, baseline, 'write-baseline': baseline });
  const words = [
    'cdk8s-hardened', 'check', ...paths,
    ...registry.flatMap((entry) => ['--registry', entry]),
    ...only.flatMap((list) => ['--only', list]),
    ...named.flatMap(([name, value]) => value === undefined ? [] : [`--${name}`, value]),
  ];
  return words.map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
