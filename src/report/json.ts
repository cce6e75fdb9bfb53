import { gravestFirst, worstFirst } from './group';
import { ExemptedFinding, Finding, Verdict } from '../policy/verdict';
import { printableJson } from '../text/printable';

/**
 * The report for other programs: one JSON object, whose `version` changes with any change that could break a reader.
 *
 * The keys stand in a fixed order, the findings of the gravest rules first (of one severity in the order of the verdict), the counts
 * by rule with the highest first, and what does not apply is left out. Values are whole and exact: nothing is cut, and escapes keep the
 * text harmless to a terminal.
 */
export function jsonReport({ summary, rules, findings, exempted, errors, passedOver }: Verdict): string {
  return printableJson({
    version: 1,
    summary: {
      files: summary.files,
      documents: summary.documents,
      pods: summary.pods,
      containers: summary.containers,
      findings: summary.findings,
      exempted: summary.exempted,
      errors: summary.errors,
    },
    rules: Object.fromEntries(worstFirst(rules)),
    findings: gravestFirst(findings).map(findingJson),
    exempted: gravestFirst(exempted).map(exemptedJson),
    errors: errors.map(({ file, line, message }) => ({ file, line, message })),
    passedOver: Object.keys(passedOver).length === 0 ? undefined : passedOver,
  });
}

function findingJson(finding: Finding) {
  const { apiVersion, kind, namespace, name } = finding.resource;
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    fix: finding.fix,
    file: finding.file,
    document: finding.document,
    line: finding.line,
    pointer: finding.pointer,
    resource: { apiVersion, kind, namespace, name },
    pod: finding.pod,
    container: finding.container,
    detail: finding.detail,
    construct: finding.construct,
    source: finding.source,
  };
}

function exemptedJson(finding: ExemptedFinding) {
  const { rule, scope, container, reason, owner, until } = finding.exemption;
  return { ...findingJson(finding), exemption: { rule, scope, container, reason, owner, until } };
}
