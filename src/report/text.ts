import * as picocolors from 'picocolors';
import { closingLine } from './closing';
import { daysLeftText } from './days';
import { byResource, gravestFirst, Group, groupBy, worstFirst } from './group';
import { filePlace, placeText, resourceText, sourcePlace, titleOf } from './place';
import { ExemptionNote, Finding, passes, Verdict, VerdictError } from '../policy/verdict';
import { printable, printableLines } from '../text/printable';
import { plural } from '../text/text';

/** How the text report is written. */
export interface TextOptions {
  /** @default false */
  readonly color?: boolean;
  /**
   * What became of the work, such as `nothing was written`; the last words of a report that does not pass.
   *
   * @default - nothing is said
   */
  readonly outcome?: string;
}

type Colors = ReturnType<typeof picocolors.createColors>;

/**
 * The report for a person at a terminal or in the log of a pipeline.
 *
 * Each finding is there, grouped by the object it is in, the gravest first, both in an object and among objects, and otherwise in the
 * order of the verdict; then the errors, the exemptions in force, and last what was counted,
 * because the end is what a terminal shows first. It ends without a line feed, and holds no control character but line feeds
 * and, with `color`, the codes of the colours.
 */
export function textReport(verdict: Verdict, options: TextOptions = {}): string {
  const colors = picocolors.createColors(options.color ?? false);
  const closing = closingLine(verdict, options.outcome);
  const sections = [
    ...byResource(gravestFirst(verdict.findings)).map((group) => [...resourceSection(group, colors)]),
    [...errorSection(verdict.errors, colors)],
    [...noteSection(verdict, colors)],
    [...exemptionSection(verdict, colors)],
    [...ruleSection(verdict, colors)],
    [passes(verdict) ? colors.green(closing) : colors.bold(closing)],
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n');
}

function* resourceSection(group: Group<Finding>, colors: Colors): Iterable<string> {
  const [first] = group;
  const source = sourcePlace(first);
  const shared = source !== undefined && group.every((finding) => finding.source === first.source) ? first.source : undefined;
  yield colors.bold(titleOf(first)) + (shared !== undefined && source ? `  ${colors.cyan(placeText(source))}` : '');
  if (first.construct) yield colors.dim(resourceText(first.resource));
  const place = filePlace({ file: first.file });
  if (place && group.every((finding) => finding.line === undefined)) yield colors.dim(placeText(place));
  // The same answer to the same problem is read once, with the containers that share it.
  const same = groupBy(group, ({ rule, message, fix }) => JSON.stringify([rule, message, fix]));
  for (const findings of same) yield* findingLines(findings, colors, shared);
}

function* findingLines(findings: Group<Finding>, colors: Colors, shared: string | undefined): Iterable<string> {
  const [first] = findings;
  yield `  ${colors.red(printable(first.rule))}${containersText(findings)}`;
  yield `    ${printable(first.message)}`;
  yield `    ${colors.green(`fix: ${printable(first.fix)}`)}`;
  for (const finding of findings) {
    const source = finding.source === shared ? undefined : sourcePlace(finding);
    const file = finding.line === undefined ? undefined : filePlace(finding);
    for (const place of [source, file]) {
      if (place) yield `    ${colors.cyan(`at ${placeText(place)}`)}`;
    }
    for (const line of printableLines(finding.excerpt ?? '')) {
      if (line.trim() !== '') yield `      ${line.trimEnd()}`;
    }
  }
}

/** ` container web`, ` containers web, log (2 findings)`, or nothing where it is about the pod. */
function containersText(findings: readonly Finding[]): string {
  const names = [...new Set(findings.flatMap(({ container }) => container ?? []))].map((name) => printable(name, 253));
  const what = names.length === 0 ? '' : ` ${names.length === 1 ? 'container' : 'containers'} ${names.join(', ')}`;
  return what + (findings.length === 1 ? '' : ` (${plural(findings.length, 'finding')})`);
}

function* errorSection(errors: readonly VerdictError[], colors: Colors): Iterable<string> {
  if (errors.length === 0) return;
  yield colors.bold('errors');
  for (const error of errors) {
    const place = filePlace(error);
    yield `  ${place ? `${colors.cyan(placeText(place))}: ` : ''}${printable(error.message)}`;
  }
}

function* noteSection({ notes = [] }: Verdict, colors: Colors): Iterable<string> {
  if (notes.length === 0) return;
  yield colors.bold('notes');
  for (const note of notes) yield `  ${printable(note)}`;
}

function* exemptionSection({ exemptions, today }: Verdict, colors: Colors): Iterable<string> {
  if (exemptions.length === 0) return;
  yield colors.bold('exemptions in force');
  for (const exemption of exemptions) {
    yield `  ${colors.yellow(printable(exemption.rule))} ${exemptionScope(exemption)}`;
    yield `    reason: ${printable(exemption.reason)}`;
    const left = daysLeftText(exemption, today);
    const terms = [
      exemption.owner === undefined ? [] : `owner: ${printable(exemption.owner)}`,
      exemption.until === undefined ? 'no last day' : `last day: ${printable(exemption.until)}${left ? ` (${left})` : ''}`,
    ].flat();
    yield `    ${terms.join(', ')}`;
  }
}

function exemptionScope({ scope, container }: ExemptionNote): string {
  return printable(scope) + (container === undefined ? '' : `, container ${printable(container, 253)}`);
}

function* ruleSection({ rules }: Verdict, colors: Colors): Iterable<string> {
  const counts = worstFirst(rules);
  const width = String(counts[0]?.[1]).length;
  for (const [rule, count] of counts) yield `  ${String(count).padStart(width)} ${colors.red(printable(rule))}`;
}
