import { closingLine } from './closing';
import { daysLeftText } from './days';
import { gravestFirst } from './group';
import { filePlace, Place, placeOf, titleOf } from './place';
import { ExemptionNote, Finding, Verdict, VerdictError } from '../policy/verdict';
import { printable } from '../text/printable';

/**
 * The report as workflow commands of GitHub Actions: an annotation for each finding and error, a notice for each exemption in
 * force, and last the line that counts.
 *
 * The runner shows at most ten annotations of a kind for a step, so the findings of the gravest rules come first, those of one severity
 * in the order of the verdict; the log has all of them. A file is shown in a pull request only
 * where its path is relative to the root of the repository.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport(verdict: Verdict): string {
  return [
    ...gravestFirst(verdict.findings).map(findingCommand),
    ...verdict.errors.map(errorCommand),
    ...verdict.exemptions.map((exemption) => exemptionCommand(exemption, verdict.today)),
    closingLine(verdict),
  ].join('\n');
}

function findingCommand(finding: Finding): string {
  const container = finding.container === undefined ? '' : `, container ${printable(finding.container, 253)}`;
  const title = `${printable(finding.rule)}: ${titleOf(finding)}${container}`;
  return command('error', placeOf(finding), title, [printable(finding.message), `fix: ${printable(finding.fix)}`]);
}

function errorCommand(error: VerdictError): string {
  return command('error', filePlace(error), 'not judged', [printable(error.message)]);
}

function exemptionCommand(exemption: ExemptionNote, today: string): string {
  const { rule, scope, container, reason, owner } = exemption;
  const where = printable(scope) + (container === undefined ? '' : `, container ${printable(container, 253)}`);
  const terms = [owner === undefined ? [] : `owner: ${printable(owner)}`, daysLeftText(exemption, today) ?? []].flat();
  const lines = [`${where}: ${printable(reason)}`, terms.join(', ')].filter((line) => line !== '');
  return command('notice', undefined, `exempted from ${printable(rule)}`, lines);
}

function command(name: 'error' | 'notice', place: Place | undefined, title: string, lines: readonly string[]): string {
  const properties = [
    place === undefined ? [] : `file=${property(printable(place.file.replace(/\\/g, '/')))}`,
    place?.line === undefined ? [] : `line=${place.line}`,
    `title=${property(title)}`,
  ].flat();
  return `::${name} ${properties.join(',')}::${lines.map(data).join('%0A')}`;
}

/** What comes here is printable, so it has no line end left to escape; the percent sign begins an escape of the runner's own. */
function data(text: string): string {
  return text.replace(/%/g, '%25');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
