import { Finding } from '../../policy/verdict';
import { isRuleId, rules as catalogue } from '../../rules';
import { plural } from '../../text/text';
import { filePlace, placeText, resourceText, sourcePlace, titleOf } from '../place';
import { referenceLines } from '../references';
import { html, Html, nothing } from './template';
import { RuleColumn, Workload } from './workloads';

/** Every finding with its place and its fix, by workload. */
export function findingsSection(workloads: readonly Workload[], rules: readonly RuleColumn[]): Html {
  const ids = new Map(rules.map(({ rule, id }) => [rule, id]));
  const bad = workloads.filter(({ findings }) => findings.length > 0);
  if (bad.length === 0) return nothing;
  return html`<section>
<h2 id="findings">Findings and fixes</h2>
${bad.map(({ id, origin, findings }) => html`<details open id="${id}">
<summary><h3>${titleOf(origin)}</h3> <span class="muted">${[
  origin.construct ? resourceText(origin.resource) : [],
  ...placesOf(origin),
  plural(findings.length, 'finding'),
].flat().join(' · ')}</span></summary>
<ul class="findings">
${findings.map((finding) => findingItem(finding, ids.get(finding.rule)!))}
</ul>
</details>`)}
</section>`;
}

function findingItem(finding: Finding, ruleId: string): Html {
  const container = finding.container === undefined ? nothing : html` container <code>${finding.container}</code>`;
  const place = finding.line === undefined ? undefined : filePlace(finding);
  const pointer = finding.pointer === '' ? nothing : html`<p class="muted"><code>${place ? `${placeText(place)} ` : ''}${finding.pointer}</code></p>`;
  return html`<li><a href="#${ruleId}">${finding.rule}</a> <span class="muted">${finding.severity}</span>${container}
<p>${finding.message}</p>
<p class="fix"><b>Fix:</b> ${finding.fix}</p>
${pointer}</li>`;
}

function placesOf(origin: Workload['origin']): readonly string[] {
  return [sourcePlace(origin), filePlace({ file: origin.file })].flatMap((place) => place ? placeText(place) : []);
}

/** Why each rule that was not met is there, so that the reader need not look it up. */
export function rulesSection(rules: readonly RuleColumn[]): Html {
  if (rules.length === 0) return nothing;
  return html`<section>
<h2 id="rules">The rules</h2>
${rules.map(ruleArticle)}
</section>`;
}

function ruleArticle({ id, rule, severity, findings, exempted }: RuleColumn): Html {
  const law = isRuleId(rule) ? catalogue[rule] : undefined;
  const text = law === undefined ? html`<p>A rule of your own.</p>` : html`<p>${law.summary}</p>
<p>${law.why}</p>
<p class="fix"><b>Fix:</b> ${law.fix}</p>
<p class="muted">${referenceLines(law.references).join(' · ')}</p>`;
  return html`<details open id="${id}">
<summary><h3>${rule}</h3> <span class="muted">${severity}, ${plural(findings, 'finding')}, ${exempted} exempted</span></summary>
<div class="article">${text}</div>
</details>`;
}
