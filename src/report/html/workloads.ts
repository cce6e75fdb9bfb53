import { Resource } from '../../manifest/pod';
import { ExemptedFinding, Finding, Origin, Verdict } from '../../policy/verdict';
import { severities, Severity } from '../../rules/rule';
import { gravestFirst, groupBy, rank, resourceKey } from '../group';

/** An object of the verdict with all that was found in it. */
export interface Workload {
  /** The id of its part of the page. Never made of a name: names are not ours. */
  readonly id: string;
  readonly origin: Origin & { readonly resource: Resource };
  readonly findings: readonly Finding[];
  readonly exempted: readonly ExemptedFinding[];
}

/**
 * Every object that was judged or has a finding: those with the gravest finding first, of these those with the most findings, otherwise
 * in the order of the verdict. So are the findings of each.
 */
export function workloadsOf({ pods, findings, exempted }: Verdict): readonly Workload[] {
  const all = [
    ...pods.map((origin) => ({ origin, finding: [], excused: [] })),
    ...findings.map((finding) => ({ origin: finding, finding: [finding], excused: [] })),
    ...exempted.map((finding) => ({ origin: finding, finding: [], excused: [finding] })),
  ];
  return groupBy(all, ({ origin }) => resourceKey(origin))
    .map((group) => ({
      origin: group[0].origin,
      findings: gravestFirst(group.flatMap(({ finding }): readonly Finding[] => finding)),
      exempted: group.flatMap(({ excused }): readonly ExemptedFinding[] => excused),
    }))
    .sort((a, b) => gravest(a) - gravest(b) || b.findings.length - a.findings.length || b.exempted.length - a.exempted.length)
    .map((workload, index) => ({ id: `workload-${index + 1}`, ...workload }));
}

/** The rank of the gravest finding, the first; behind all others where there is none. */
function gravest({ findings }: { readonly findings: readonly Finding[] }): number {
  return findings.length === 0 ? severities.length : rank(findings[0].severity);
}

/** A rule that something was found or excused of. */
export interface RuleColumn {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly findings: number;
  readonly exempted: number;
}

/** The gravest rule first, of one severity the one with the most findings; then those that only exemptions keep quiet. */
export function ruleColumns({ findings, exempted }: Verdict): readonly RuleColumn[] {
  const counted = groupBy([...findings, ...exempted], ({ rule }) => rule).map((group) => {
    const excused = group.filter((finding) => 'exemption' in finding).length;
    return { rule: group[0].rule, severity: group[0].severity, findings: group.length - excused, exempted: excused };
  });
  return counted
    .sort((a, b) => Number(a.findings === 0) - Number(b.findings === 0) || rank(a.severity) - rank(b.severity) || b.findings - a.findings
      || b.exempted - a.exempted || (a.rule < b.rule ? -1 : 1))
    .map((column, index) => ({ id: `rule-${index + 1}`, ...column }));
}
