import { ExemptionNote, Verdict, VerdictError } from '../../policy/verdict';
import { daysLeft, daysLeftText } from '../days';
import { filePlace, placeText } from '../place';
import { html, Html, nothing } from './template';

/** The exemptions in force, the one that ends soonest first. */
export function exemptionsSection({ exemptions, exempted, today }: Verdict): Html {
  if (exemptions.length === 0) return nothing;
  const excused = new Map<string, number>();
  for (const { exemption } of exempted) excused.set(keyOf(exemption), (excused.get(keyOf(exemption)) ?? 0) + 1);
  const left = (exemption: ExemptionNote) => daysLeft(exemption, today) ?? Infinity;
  // Not a difference: two that never end are equal, and Infinity - Infinity is no number.
  const sorted = [...exemptions].sort((a, b) => Number(left(a) > left(b)) - Number(left(a) < left(b)));
  return html`<section>
<h2 id="exemptions">Exemptions in force</h2>
<div class="scroll" role="region" aria-labelledby="exemptions" tabindex="0">
<table class="list">
<caption>As of ${today}, the one that ends soonest first</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">Where</th><th scope="col">Reason</th><th scope="col">Owner</th>
<th scope="col">Last day</th><th scope="col" class="number">Findings excused</th></tr></thead>
<tbody>
${sorted.map((exemption) => row(exemption, today, excused.get(keyOf(exemption)) ?? 0))}
</tbody>
</table>
</div>
</section>`;
}

function row(exemption: ExemptionNote, today: string, excused: number): Html {
  const { rule, scope, container, reason, owner, until } = exemption;
  const where = container === undefined ? scope : `${scope}, container ${container}`;
  const left = daysLeftText(exemption, today);
  return html`<tr><th scope="row">${rule}</th><td>${where}</td><td>${reason}</td><td>${owner ?? 'nobody named'}</td>
<td>${until ?? 'no last day'}${left === undefined ? nothing : html`<br><span class="muted">${left}</span>`}</td><td class="number">${excused}</td></tr>`;
}

function keyOf({ rule, scope, container, reason, owner, until }: ExemptionNote): string {
  return JSON.stringify([rule, scope, container, reason, owner, until]);
}

/** What could not be judged, or cannot stay as it is. */
export function errorsSection(errors: readonly VerdictError[]): Html {
  if (errors.length === 0) return nothing;
  return html`<section>
<h2 id="errors">Errors</h2>
<p>What could not be judged, or cannot stay as it is. An error is never a pass.</p>
<ul class="errors">
${errors.map((error) => html`<li>${location(error)}${error.message}</li>`)}
</ul>
</section>`;
}

function location(error: VerdictError): Html {
  const place = filePlace(error);
  return place ? html`<code>${placeText(place)}</code>: ` : nothing;
}
