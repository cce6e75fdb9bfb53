import { exitStatus, exitStatusOf } from './exit-status';
import { Io, UsageError } from './io';
import { PolicyInForce, policyInForce, PolicyOptions } from './policy-options';
import { documentsOf, InputDocument, isInputError } from '../input/documents';
import { excerptOf } from '../input/excerpt';
import { findManifests } from '../input/files';
import { isKubernetesObject } from '../input/kubernetes';
import { positionOf } from '../input/position';
import { readText } from '../input/read';
import { BaselineEntry, baselineOf, formatBaseline, holdAgainst } from '../policy/baseline';
import { readBaseline } from '../policy/baseline-file';
import { todayUtc } from '../policy/dates';
import { judge } from '../policy/judge';
import { Ledger } from '../policy/ledger';
import { Finding, Verdict } from '../policy/verdict';
import { report, ReportFormat } from '../report';
import { closingLine } from '../report/closing';
import { writeWhole } from '../report/file';
import { plural } from '../rules/text';

export interface CheckOptions extends PolicyOptions {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

/** The lines to show for a finding, by the finding. */
type Excerpts = Map<Finding, string>;

/**
 * Judges the manifests under the paths, and reports.
 *
 * Everything that can be read is judged, also where something else cannot.
 *
 * @returns the exit status
 * @throws UsageError, PolicyError where nothing could be judged at all
 */
export function check(paths: readonly string[], options: CheckOptions, io: Io): number {
  const policy = policyInForce(options);
  const entries = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  const ledger = new Ledger(todayUtc());
  const excerpts: Excerpts = new Map();
  enterAll(paths, ledger, policy, options.format === 'text' ? excerpts : undefined, io);

  const file = options.baseline ?? '';
  const howToPrune = `\`check --baseline ${file} --write-baseline ${file}\` does it`;
  const baseline = entries && { file, entries, isComplete: options.only === undefined, howToPrune };
  const verdict = ledger.conclude(policy.exemptions, options.writeBaseline === undefined ? baseline : undefined);
  if (options.writeBaseline !== undefined) return writeBaseline(verdict, entries, options.writeBaseline, io);
  return tell(verdict, excerpts, options, io);
}

function tell(verdict: Verdict, excerpts: Excerpts, { format, output }: CheckOptions, io: Io): number {
  const color = io.color && output === undefined;
  const text = `${report(format, verdict, { color, excerpt: (finding) => excerpts.get(finding) })}\n`;
  if (output === undefined) {
    io.out(text);
  } else {
    writeWhole(output, text);
    io.out(`${closingLine(verdict)}\nthe report is in ${output}\n`);
  }
  return exitStatusOf(verdict);
}

function enterAll(paths: readonly string[], ledger: Ledger, policy: PolicyInForce, excerpts: Excerpts | undefined, io: Io): void {
  const { files, errors } = findManifests(paths);
  for (const error of errors) ledger.enterError(error);
  for (const [index, file] of files.entries()) {
    if (index % 100 === 0) io.progress(`${index} of ${files.length} files`);
    const read = readText(file);
    if ('error' in read) ledger.enterError(read.error);
    else enterText(read.text, file === '-' ? 'stdin' : file, ledger, policy, excerpts);
  }
  io.progress('');
}

/** One document after the other, so that a large file costs no more memory than its text. */
function enterText(text: string, file: string, ledger: Ledger, policy: PolicyInForce, excerpts: Excerpts | undefined): void {
  for (const item of documentsOf(text, file)) {
    if (isInputError(item)) ledger.enterError(item);
    else if (isKubernetesObject(item.value)) enterDocument(item, file, ledger, policy, excerpts);
    else ledger.passOver();
  }
}

function enterDocument(
  document: InputDocument, file: string, ledger: Ledger, { compiled, exemptions }: PolicyInForce, excerpts: Excerpts | undefined,
): void {
  ledger.enterDocument(file);
  for (const judged of judge(document.value, compiled, { file, document: document.index })) {
    ledger.enterPods(judged.pods);
    ledger.enterDeclared(judged.exemptions);
    for (const found of judged.findings) {
      const position = positionOf(document, found.pointer);
      const finding: Finding = { ...found, line: position.line };
      ledger.enterFinding(finding, [...exemptions, ...judged.exemptions]);
      if (excerpts === undefined) continue;
      const { text, caret } = excerptOf(document, position);
      excerpts.set(finding, `${text}\n${caret}`);
    }
  }
}

/** With an old baseline, what still occurs of it: a baseline can only shrink. Without one, the findings of today. */
function writeBaseline(verdict: Verdict, old: readonly BaselineEntry[] | undefined, file: string, io: Io): number {
  for (const { file: where, line, message } of verdict.errors) {
    if (where !== undefined || line !== undefined) io.err(`${[where, line].filter(Boolean).join(':')}: ${message}\n`);
    else io.err(`${message}\n`);
  }
  if (verdict.errors.some((error) => !error.stale)) {
    throw new UsageError(`${file} was not written, because not everything could be judged`);
  }
  const entries = old === undefined ? baselineOf(verdict.findings) : holdAgainst(verdict.findings, old).kept;
  writeWhole(file, formatBaseline(entries));
  io.out(`${file}: ${plural(entries.length, 'line')} for ${plural(countOf(entries), 'finding')}\n`);
  const left = verdict.findings.length - countOf(entries);
  if (old === undefined || left === 0) return exitStatus.passed;
  io.err(`${plural(left, 'finding')} not in ${file}: a baseline only shrinks; \`check --baseline ${file}\` shows them\n`);
  return exitStatus.findings;
}

function countOf(entries: readonly BaselineEntry[]): number {
  return entries.reduce((sum, { count = 1 }) => sum + count, 0);
}
