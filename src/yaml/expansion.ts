import { deepest, Refusal, tooDeep } from './refusal';

/** How many values a document may hold once every alias is unfolded. */
const mostValues = 2_000_000;

interface Size {
  readonly values: number;
  readonly levels: number;
}

/**
 * Bounds what aliases unfold to, in time linear in what is written: a page of text can stand for more values than memory holds.
 *
 * @throws Refusal
 */
export function refuseExpansion(document: unknown): void {
  const sizes = new Map<object, Size | undefined>();
  sizeOf(document, 1);

  function sizeOf(value: unknown, level: number): Size {
    if (typeof value !== 'object' || value === null) return { values: 1, levels: 0 };
    const known = sizes.get(value);
    if (known === undefined && sizes.has(value)) throw new Refusal('an alias stands inside the value that it repeats', 0);
    if (level + (known?.levels ?? 0) > deepest) throw new Refusal(tooDeep, 0);
    if (known !== undefined) return known;

    sizes.set(value, undefined);
    let values = 1;
    let levels = 0;
    for (const item of Object.values(value)) {
      const size = sizeOf(item, level + 1);
      values += size.values;
      levels = Math.max(levels, size.levels + 1);
      if (values > mostValues) throw new Refusal('the aliases unfold to more than 2,000,000 values', 0);
    }
    const size = { values, levels };
    sizes.set(value, size);
    return size;
  }
}
