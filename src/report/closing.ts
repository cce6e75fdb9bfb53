import { byResource } from './group';
import { passes, Verdict } from '../policy/verdict';
import { printable } from '../text/printable';
import { plural } from '../text/text';

/**
 * The line that counts: `10 findings of 5 rules in 3 workloads, 1 exempted, 0 errors; nothing was written`.
 *
 * @param outcome what became of the work; said only where the verdict does not pass
 */
export function closingLine(verdict: Verdict, outcome?: string): string {
  const { summary: { documents, pods, containers, findings, exempted, errors }, rules, exemptions } = verdict;
  if (passes(verdict)) {
    const judged = pods === 0
      ? `no pod in ${plural(documents, 'document')}`
      : `${plural(pods, 'pod')}, ${plural(containers, 'container')} judged`;
    const excused = exemptions.length === 0 ? '' : `, ${plural(exemptions.length, 'exemption')} in force`;
    return `no findings: ${judged}${excused}${besides(verdict)}`;
  }
  const workloads = byResource(verdict.findings).length;
  const found = findings === 0
    ? 'no findings'
    : `${plural(findings, 'finding')} of ${plural(Object.keys(rules).length, 'rule')} in ${plural(workloads, 'workload')}`;
  const end = outcome === undefined ? '' : `; ${printable(outcome)}`;
  return `${found}, ${exempted} exempted, ${plural(errors, 'error')}${besides(verdict)}${end}`;
}

/** What was not held against anybody, said so that nobody takes it for judged and good. */
function besides({ baselined, passedOver }: Verdict): string {
  const known = baselined.length === 0 ? '' : `, ${baselined.length} in the baseline`;
  const count = Object.values(passedOver).reduce((sum, each) => sum + each, 0);
  const reasons = Object.entries(passedOver).map(([as, each]) => `${each} ${as.replace('-', ' ')}`).join(', ');
  const others = count === 0 ? '' : `, ${plural(count, 'document')} passed over as no Kubernetes ${count === 1 ? 'object' : 'objects'} (${reasons})`;
  return known + others;
}
