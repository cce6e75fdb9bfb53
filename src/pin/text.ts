import { isDeepStrictEqual } from 'node:util';
import { applyPins } from './objects';
import { Pin, PinOptions, pinsFor, Unpinned } from './pins';
import { Edit, editOf, Lines, linesOf, sharedSites, Site, siteOf } from './sites';
import type { InputError } from '../files/read';
import type { LockedImages } from '../image/facts';
import { indexOf } from '../lock/find';
import type { Lock } from '../lock/lock';
import { readManifests } from '../manifest/read';
import { documentsOf, InputDocument, isInputError } from '../yaml/documents';
import { positionOf } from '../yaml/position';

/** Where in its file something is. */
interface InText {
  /** Counted from 0, as in reports. */
  readonly document: number;
  /** From 1. */
  readonly line: number;
}

export interface PinnedText {
  readonly text: string;
  /** One for each field, in the order of the text. */
  readonly changes: readonly (Pin & InText)[];
  readonly unpinned: readonly (Unpinned & InText)[];
  /** The documents that do not parse; they stay as they are. */
  readonly errors: readonly InputError[];
}

/** What is to be done in one document. */
interface Plan {
  readonly sites: readonly (Site & { readonly edit: Edit })[];
  readonly unpinned: readonly (Unpinned & { readonly line: number })[];
}

/**
 * Puts the locked digests behind the tags in the image fields of a YAML or JSON text.
 *
 * Guaranteed: nothing but these scalars changes, and they only by the digest that is put behind, or with `update` in the place of an
 * old one; comments, quotes, layout, anchors, line ends and a byte order mark stay byte for byte. Each document of the result says what
 * `applyPins` makes of it, but for what is in `unpinned`. Pinning again changes nothing. It does not throw, whatever the text.
 * Not guaranteed: that all is pinned. What is not, is in `unpinned` and `errors`; so is an image whose text an alias also makes the
 * value of a field that is no image, because that would change with it.
 *
 * @param file what errors call it
 */
export function pinText(text: string, lock: Lock, file: string, options: PinOptions = {}): PinnedText {
  const lines = linesOf(text);
  const images = indexOf(lock);
  const plans = new Map<number, Plan>();
  const errors: InputError[] = [];
  for (const item of documentsOf(text, file)) {
    if (isInputError(item)) errors.push(item);
    else plans.set(item.index, planFor(item, images, lines, options));
  }
  const tried = withDigests(text, plans);
  const encoded = tried === text ? [] : [...unfaithful(text, tried, plans)];
  for (const index of encoded) plans.set(index, withoutSites(plans.get(index)!));
  return {
    text: encoded.length === 0 ? tried : withDigests(text, plans),
    changes: inOrder(plans, ({ sites }) => sites.map(({ pin, line }) => ({ ...pin, line }))),
    unpinned: inOrder(plans, ({ unpinned }) => unpinned),
    errors,
  };
}

function planFor(document: InputDocument, images: LockedImages, lines: Lines, options: PinOptions): Plan {
  const { pins, unpinned } = pinsFor(document.value, readManifests(document.value), images, options);
  const sites = pins.map((pin) => siteOf(document, pin, lines));
  const shared = sharedSites(document, sites, lines);
  const own = sites.filter((site) => !shared.has(site)).map((site) => ({ ...site, edit: editOf(site, lines) }));
  return {
    sites: own.filter((site): site is Site & { readonly edit: Edit } => site.edit !== undefined),
    unpinned: [
      ...unpinned.map((each) => ({ ...each, line: positionOf(document, each.pointer).line })),
      ...own.filter(({ edit }) => edit === undefined).map((site) => leftAt(site, 'encoded', 'has an old digest that is not written out')),
      ...[...shared].map((site) => leftAt(site, 'shared', 'has a value that an alias gives to a field that is no image too; write it out')),
    ],
  };
}

function withoutSites({ sites, unpinned }: Plan): Plan {
  const message = 'is written in a way that a digest cannot be put behind, or stands beside one that is';
  return { sites: [], unpinned: [...unpinned, ...sites.map((site) => leftAt(site, 'encoded', message))] };
}

function leftAt({ pin, line }: Site, reason: Unpinned['reason'], message: string): Unpinned & { readonly line: number } {
  return { pointer: pin.pointer, reason, image: pin.from, message, line };
}

/** The documents that do not read, once changed, as the old ones with their images pinned: what a tag encodes, for one. */
function* unfaithful(text: string, changed: string, plans: ReadonlyMap<number, Plan>): Generator<number> {
  const results = documentsOf(changed, '');
  let next = results.next();
  for (const item of documentsOf(text, '')) {
    if (isInputError(item)) continue;
    while (!next.done && (isInputError(next.value) || next.value.index < item.index)) next = results.next();
    const result = next.done || isInputError(next.value) || next.value.index !== item.index ? undefined : next.value.value;
    const pins = plans.get(item.index)!.sites.map(({ pin }) => pin);
    if (pins.length > 0 && !isDeepStrictEqual(result, applyPins(item.value, pins))) yield item.index;
  }
}

function withDigests(text: string, plans: ReadonlyMap<number, Plan>): string {
  // Fields that share their text through an alias have one site.
  const edits = new Map<number, Edit>();
  for (const { sites } of plans.values()) for (const { edit } of sites) edits.set(edit.start, edit);
  let result = '';
  let at = 0;
  for (const { start, end, text: digest } of [...edits.values()].sort((one, other) => one.start - other.start)) {
    result += text.slice(at, start) + digest;
    at = end;
  }
  return result + text.slice(at);
}

function inOrder<T extends { readonly line: number }>(
  plans: ReadonlyMap<number, Plan>, of: (plan: Plan) => readonly T[],
): readonly (T & InText)[] {
  const all = [...plans].flatMap(([document, plan]) => of(plan).map((each) => ({ ...each, document })));
  return all.sort((one, other) => one.line - other.line);
}
