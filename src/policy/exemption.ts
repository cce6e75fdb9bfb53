import { PolicyExemption } from './policy';
import { Finding, ExemptionNote } from './verdict';

/** A decision to accept findings, and which ones. */
export interface Exemption {
  readonly note: ExemptionNote;
  /** Whether it is about this finding, whatever its last day. */
  covers(finding: Finding): boolean;
}

/** Whether an exemption from the rule is one for the finding: it is the rule's own, or of a rule that judges the same fact less exactly. */
export function isFrom(rule: string, finding: Finding): boolean {
  return finding.rule === rule || finding.moreExactRule === rule;
}

/** @param where the file or `policy`, for its scope in reports */
export function exemptionOf(declared: PolicyExemption, where: string): Exemption {
  const { rule, kind, namespace, name, container, reason, owner, until } = declared;
  const selectors = Object.entries({ kind, namespace, name }).filter(([, value]) => value !== undefined);
  const words = selectors.map(([key, value]) => `${key} ${value}`).join(' ');
  const scope = words ? `${where}: ${words}` : where;
  return {
    note: { rule, scope, reason, ...container && { container }, ...owner && { owner }, ...until && { until } },
    covers: (finding) => isFrom(rule, finding)
      && (kind === undefined || kind === finding.resource.kind)
      && (namespace === undefined || namespace === finding.resource.namespace)
      && (name === undefined || name === finding.resource.name)
      && (container === undefined || container === finding.container),
  };
}
