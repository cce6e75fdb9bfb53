import { Pin, withoutDigest } from './pins';
import { pointer } from '../shape/json';
import type { InputDocument } from '../yaml/documents';
import { positionOf } from '../yaml/position';

/** Where a pin is written. */
export interface Site {
  readonly pin: Pin;
  /** From 1. */
  readonly line: number;
  /** Where the scalar begins, its quotes included: an offset in the whole text. */
  readonly start: number;
  /** Where the text of the scalar ends, within its quotes. */
  readonly offset: number;
}

/** What is written instead of a part of the text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text whose lines are known, to find offsets by positions. */
export interface Lines {
  readonly text: string;
  /** The offset at which each line begins. */
  readonly starts: readonly number[];
}

/** The mark of an encoding is no part of the first line. */
export function linesOf(text: string): Lines {
  const starts = [text.startsWith('\ufeff') ? 1 : 0];
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  return { text, starts };
}

export function siteOf(document: InputDocument, pin: Pin, { text, starts }: Lines): Site {
  const { line, column, endLine, endColumn } = positionOf(document, pin.pointer);
  const start = starts[line - 1] + column - 1;
  let offset = starts[endLine - 1] + endColumn - 1;
  if (text[start] === '"' || text[start] === "'") return { pin, line, start, offset: offset - 1 };
  // What belongs to a block scalar goes on to the next line.
  while (offset > start && /\s/.test(text.charAt(offset - 1))) offset--;
  return { pin, line, start, offset };
}

/** The digest behind the text, or in the place of the old one, or of the tag; undefined where these are not written out, but in escapes. */
export function editOf({ pin: { from, to }, start, offset }: Site, { text }: Lines): Edit | undefined {
  const name = withoutDigest(from);
  const kept = withoutDigest(to);
  if (kept !== name) {
    // Without the tag: what stood behind the name is the end of the text.
    const end = from.slice(kept.length);
    return text.slice(start, offset).endsWith(end) ? { start: offset - end.length, end: offset, text: to.slice(kept.length) } : undefined;
  }
  if (name === from) return { start: offset, end: offset, text: to.slice(from.length) };
  const old = from.slice(name.length + 1);
  const at = text.slice(start, offset).lastIndexOf(old);
  return at === -1 ? undefined : { start: start + at, end: start + at + old.length, text: to.slice(name.length + 1) };
}

/** The sites whose text is also the value of a field that is no image: an alias, or a merge key, brings it there. */
export function sharedSites(document: InputDocument, sites: readonly Site[], lines: Lines): ReadonlySet<Site> {
  const shared = new Set<Site>();
  if (document.jsonStart !== undefined || !document.text.includes('*')) return shared;
  const pinned = new Set(sites.map(({ pin }) => pin.pointer));
  const byText = new Map<string, Site[]>();
  for (const site of sites) byText.set(site.pin.from, [...byText.get(site.pin.from) ?? [], site]);

  for (const [path, text] of textsIn(document.value, [])) {
    const candidates = byText.get(text);
    const place = candidates && pointer('', ...path);
    if (candidates === undefined || place === undefined || pinned.has(place)) continue;
    const { offset } = siteOf(document, { pointer: place, from: text, to: text }, lines);
    for (const site of candidates) if (site.offset === offset) shared.add(site);
  }
  return shared;
}

/** Every text that is a value, with the path to it, which is the same list each time. */
function* textsIn(value: unknown, path: (string | number)[]): Generator<readonly [readonly (string | number)[], string]> {
  if (typeof value === 'string') yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    path.push(key);
    yield* textsIn(item, path);
    path.pop();
  }
}
