import { plural } from '../../text/text';
import { resourceText, titleOf } from '../place';
import { html, Html, nothing } from './template';
import { RuleColumn, Workload } from './workloads';

/** Workloads × rules: where the findings are. Every cell has words for those who do not see its sign or colour. */
export function matrix(workloads: readonly Workload[], rules: readonly RuleColumn[]): Html {
  if (rules.length === 0) return nothing;
  return html`<section>
<h2 id="posture">Posture at a glance</h2>
<p class="muted">✕ findings, ◇ exempted, · none. The worst stand at the top and on the left.</p>
<div class="scroll" role="region" aria-labelledby="posture" tabindex="0">
<table class="matrix">
<caption class="hidden">Findings by workload and rule</caption>
<thead><tr><th scope="col">Workload</th>${rules.map(columnHead)}</tr></thead>
<tbody>
${workloads.map((workload) => row(workload, rules))}
</tbody>
</table>
</div>
</section>`;
}

function columnHead({ id, rule, findings, exempted }: RuleColumn): Html {
  const words = `${plural(findings, 'finding')}${exempted > 0 ? `, ${exempted} exempted` : ''}`;
  return html`<th scope="col"><a class="upright" href="#${id}">${rule}</a><br><span aria-hidden="true">${findings}</span>
<span class="hidden">${words}</span></th>`;
}

function row({ id, origin, findings, exempted }: Workload, rules: readonly RuleColumn[]): Html {
  const found = count(findings);
  const excused = count(exempted);
  const title = titleOf(origin);
  const name = findings.length === 0 ? html`${title}` : html`<a href="#${id}">${title}</a>`;
  const detail = origin.construct ? html`<span class="muted">${resourceText(origin.resource)}</span>` : nothing;
  return html`<tr><th scope="row">${name}${detail}</th>${rules.map(({ rule }) => cell(found.get(rule) ?? 0, excused.get(rule) ?? 0))}</tr>`;
}

function cell(findings: number, exempted: number): Html {
  if (findings > 0) {
    const also = exempted > 0 ? html`, ${exempted} exempted` : nothing;
    return html`<td class="cell-bad"><span aria-hidden="true">✕ </span>${findings}<span class="hidden"> not met${also}</span></td>`;
  }
  if (exempted > 0) {
    return html`<td class="cell-warn"><span aria-hidden="true">◇ </span>${exempted}<span class="hidden"> exempted</span></td>`;
  }
  return html`<td class="cell-none"><span aria-hidden="true">·</span><span class="hidden">none</span></td>`;
}

function count(findings: readonly { readonly rule: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
