import { parseImageReference } from '../../image/reference';
import { Verdict } from '../../policy/verdict';
import { plural } from '../../text/text';
import { groupBy, resourceKey } from '../group';
import { html, Html, nothing } from './template';

interface ImageRow {
  readonly registry: string;
  readonly image: string;
  readonly pinned: boolean;
  readonly workloads: number;
}

/** Every image that runs, by the registry it comes from. */
export function imagesSection({ pods }: Verdict): Html {
  const uses = pods.flatMap((pod) => pod.images.map((image) => ({ image, pod: resourceKey(pod) })));
  if (uses.length === 0) return nothing;
  const rows = groupBy(uses, ({ image }) => image).map((group): ImageRow => {
    const [{ image }] = group;
    const parsed = parseImageReference(image);
    return {
      registry: parsed.ok ? parsed.reference.registry : 'cannot be read',
      image,
      pinned: parsed.ok && parsed.reference.digest !== undefined,
      workloads: new Set(group.map(({ pod }) => pod)).size,
    };
  });
  const registries = groupBy(rows, ({ registry }) => registry);
  const pinned = rows.filter((row) => row.pinned).length;
  return html`<section>
<h2 id="images">Images and registries</h2>
<div class="scroll" role="region" aria-labelledby="images" tabindex="0">
<table class="list">
<caption>${plural(rows.length, 'image')} from ${registries.length === 1 ? '1 registry' : `${registries.length} registries`}, ${pinned} pinned</caption>
<thead><tr><th scope="col">Registry</th><th scope="col">Image</th><th scope="col">Pinned</th>
<th scope="col" class="number">Workloads</th></tr></thead>
${registries.map((group) => html`<tbody>
${group.map(imageRow)}
</tbody>`)}
</table>
</div>
</section>`;
}

function imageRow({ registry, image, pinned, workloads }: ImageRow, index: number, group: readonly ImageRow[]): Html {
  const head = index === 0 ? html`<th scope="rowgroup" rowspan="${group.length}">${registry}</th>` : nothing;
  return html`<tr>${head}<td><code>${image}</code></td>
<td>${pinned ? html`✓ by digest` : html`<span class="status bad">✕ no digest</span>`}</td><td class="number">${workloads}</td></tr>`;
}
