import { ExemptedFinding, ExemptionNote, Finding, Verdict, VerdictError } from '../policy/verdict';
import { isRuleId, rules } from '../rules';
import { fingerprints } from './fingerprint';
import { filePlace, Place, placeOf, resourceText, sourcePlace } from './place';
import { referenceLines } from './references';
import { pathUri } from './uri';
import { BuiltInRule, Severity } from '../rules/rule';
import { printableJson, visible } from '../text/printable';

export interface SarifOptions {
  /**
   * The file to point at for a finding whose file nobody knows, such as the app's main file. GitHub refuses a whole report over
   * one result without a file.
   *
   * @default - such a finding has only its construct path or object as its location
   */
  readonly fallbackFile?: string;
}

/**
 * The report as SARIF 2.1.0, for code scanning.
 *
 * A finding stands at the line of TypeScript that made it, where that is known, with the line of YAML as a related location;
 * otherwise at the line of YAML. Exempted findings are suppressed results with their reason. Errors are notifications of an
 * execution that was not successful. Every result has the level `error`; its rule says by `security-severity` how grave it is. Paths are
 * relative where the verdict's are; they are not resolved.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(verdict: Verdict, options: SarifOptions = {}): string {
  const findings: readonly (Finding | ExemptedFinding)[] = [...verdict.findings, ...verdict.exempted];
  const severityOf = new Map(findings.map(({ rule, severity }) => [rule, severity]));
  const ruleIds = [...severityOf.keys()];
  const prints = fingerprints(findings);
  return printableJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'cdk8s-hardened', rules: Array.from(severityOf, ([id, severity]) => descriptor(id, severity)) } },
      columnKind: 'utf16CodeUnits',
      invocations: [{
        executionSuccessful: verdict.errors.length === 0,
        toolExecutionNotifications: verdict.errors.map(notification),
      }],
      results: findings.map((finding, index) => ({
        ruleId: finding.rule,
        ruleIndex: ruleIds.indexOf(finding.rule),
        level: 'error',
        message: message(resultText(finding)),
        locations: [location(finding, options)],
        relatedLocations: relatedLocations(finding),
        partialFingerprints: { 'cdk8sHardened/v1': prints[index] },
        suppressions: 'exemption' in finding ? [suppression(finding.exemption)] : [],
      })),
    }],
  });
}

/** By the bands in which GitHub reads the number. */
const securitySeverity: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' };

function descriptor(id: string, severity: Severity) {
  const rule: BuiltInRule | undefined = isRuleId(id) ? rules[id] : undefined;
  if (rule === undefined) {
    // A rule of the team's own: the verdict has its id, and each result its fix.
    return { id, shortDescription: { text: visible(id) }, properties: propertiesOf(severity) };
  }
  const references = referenceLines(rule.references);
  return {
    id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why },
    help: {
      text: [rule.summary, rule.why, `Fix: ${rule.fix}`, ...references].join('\n'),
      markdown: [rule.summary, rule.why, `**Fix:** ${rule.fix}`, references.map((line) => `- ${line}`).join('\n')].join('\n\n').trim(),
    },
    defaultConfiguration: { level: 'error' },
    properties: propertiesOf(severity, rule.profile),
  };
}

/** Only of a rule with the tag `security` is the number read. */
function propertiesOf(severity: Severity, ...tags: readonly string[]) {
  return { 'tags': ['security', 'kubernetes', ...tags], 'security-severity': securitySeverity[severity] };
}

function resultText({ container, message: problem, fix }: Finding): string {
  const where = container === undefined ? '' : `container ${visible(container, 253)}: `;
  return `${where}${visible(problem)}\nfix: ${visible(fix)}`;
}

/** In a message braces are placeholders and `[…](…)` is a link (sections 3.11.5 and 3.11.6); a manifest must write neither. */
function message(text: string) {
  return { text: text.replace(/[{}]/g, '$&$&').replace(/[[\]]/g, '\\$&') };
}

function location(finding: Finding, { fallbackFile }: SarifOptions) {
  const place = placeOf(finding) ?? (fallbackFile === undefined ? undefined : { file: fallbackFile });
  const object = { name: resourceText(finding.resource), kind: 'object', fullyQualifiedName: visible(finding.pointer) };
  const construct = finding.construct === undefined ? [] : [{ fullyQualifiedName: visible(finding.construct), kind: 'construct' }];
  return { physicalLocation: place && physicalLocation(place), logicalLocations: [...construct, object] };
}

function relatedLocations(finding: Finding) {
  const manifest = sourcePlace(finding) && filePlace(finding);
  return manifest ? [{ id: 1, message: { text: 'the manifest' }, physicalLocation: physicalLocation(manifest) }] : [];
}

function physicalLocation({ file, line }: Place) {
  return { artifactLocation: { uri: pathUri(file) }, region: line === undefined ? undefined : { startLine: line } };
}

function suppression({ reason, owner, until }: ExemptionNote) {
  const terms = [owner === undefined ? [] : `owner: ${visible(owner)}`, until === undefined ? [] : `last day: ${visible(until)}`].flat();
  return { kind: 'external', status: 'accepted', justification: [visible(reason), ...terms].join('; ') };
}

function notification(error: VerdictError) {
  const place = filePlace(error);
  return {
    level: 'error',
    message: message(visible(error.message)),
    locations: place ? [{ physicalLocation: physicalLocation(place) }] : [],
  };
}
