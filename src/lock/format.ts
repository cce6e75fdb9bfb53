import type { Lock } from './lock';
import { pinnedReference } from './reference';
import type { ImageFacts } from '../image/facts';

/** The key behind the last image. No name of an image sorts behind it, because none may begin with it. */
export const lastKey = '~';
const lastText = 'stays the last line, so that every image above ends in a comma and two branches that add one merge';

/**
 * The text of `images.lock.json`: the same lock gives the same bytes.
 *
 * The layout is made for merging. An image is four lines: the first and the last do not change, none is like a line of another image,
 * so that git never takes one for the other, and there are more than three, because git treats changes that are closer as one. With
 * `merge=union` in `.gitattributes` two branches that lock different images merge, wherever these stand; without it, unless both add
 * one at the very same place.
 */
export function formatLock({ images }: Lock): string {
  const names = [...images.keys()].sort(byCodeUnit);
  let text = '{\n  "version": 1,\n  "images": {\n';
  for (const name of names) text += entry(name, images.get(name)!);
  return `${text}    ${JSON.stringify(lastKey)}: ${JSON.stringify(lastText)}\n  }\n}\n`;
}

function entry(name: string, image: ImageFacts): string {
  const keys = Object.keys(image.platforms).sort(byCodeUnit);
  const platforms = Object.fromEntries(keys.map((key) => [key, sorted(image.platforms[key])]));
  const chosen = image.chosen && [...image.chosen].sort(byCodeUnit);
  const { pinned, facts, reference } = entryOf({ ...image, chosen, platforms });
  return `    ${JSON.stringify(name)}: {
      "pinned": ${JSON.stringify(pinned)},
      "facts": ${JSON.stringify(facts)},
      "reference": ${JSON.stringify(reference)} },\n`;
}

/**
 * An image as the file has it. `of` says again whose facts these are: a digest that was changed by hand, without them, is found out.
 * What was chosen stands among the facts, because a line of its own would be like that of another image.
 */
export function entryOf({ reference, digest, mediaType, chosen, platforms }: Readonly<Partial<Record<keyof ImageFacts, unknown>>>) {
  const pinned = pinnedReference(String(reference), String(digest));
  return { pinned, facts: { of: pinned, ...(chosen === undefined ? {} : { chosen }), mediaType, platforms }, reference };
}

/** With its keys in order; lists of names are sorted too, those of layers have an order of their own. */
function sorted(object: object): object {
  const entries = Object.entries(object) as [string, unknown][];
  return Object.fromEntries(entries.sort(([one], [other]) => byCodeUnit(one, other)).map(([key, value]) => {
    if (key === 'volumes' || key === 'ports') return [key, [...value as readonly string[]].sort(byCodeUnit)];
    return [key, key === 'base' ? sorted(value as object) : value];
  }));
}

/** The same on every machine, whatever its language. */
function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : 1;
}
