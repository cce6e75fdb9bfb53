import { PolicyExemption } from './policy';
import { Finding, ExemptionNote } from './verdict';

/** A decision to accept findings, and which ones. */
export interface Exemption {
  readonly note: ExemptionNote;
  /** Whether it is about this finding; its last day is not asked here. */
  covers(finding: Finding): boolean;
}

/** @param where the file or `policy`, for its scope in reports */
export function exemptionOf(declared: PolicyExemption, where: string): Exemption {
  const { rule, kind, namespace, name, container, reason, owner, until } = declared;
  const selectors = Object.entries({ kind, namespace, name }).filter(([, value]) => value !== undefined);
  const scope = [`${where}:`, ...selectors.map(([key, value]) => `${key} ${value}`)].join(' ');
  return {
    note: { rule, scope, reason, ...container && { container }, ...owner && { owner }, ...until && { until } },
    covers: (finding) => rule === finding.rule
      && (kind === undefined || kind === finding.resource.kind)
      && (namespace === undefined || namespace === finding.resource.namespace)
      && (name === undefined || name === finding.resource.name)
      && (container === undefined || container === finding.container),
  };
}
