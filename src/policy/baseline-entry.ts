import { createHash } from 'node:crypto';
import { Finding } from './verdict';
import { quoted } from '../text/text';

/**
 * A finding that an old app came with, by what does not change when lines move: no index, no line, no message.
 *
 * The construct path is there where the gate wrote the entry, and then counts more than the name of the object.
 */
export interface BaselineEntry {
  readonly rule: string;
  readonly group?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly construct?: string;
  /** Where the pod is in an object that may hold several. */
  readonly pod?: string;
  readonly container?: string;
  /** What makes the finding as bad as it is: with another one it is a new finding. */
  readonly detail?: string;
  /** How many findings it stands for. @default 1 */
  readonly count?: number;
  /** It is of a file of version 1, which knew neither pods nor details: it stands for any of them. @default false */
  readonly isOld?: true;
}

/** The keys of an entry that are texts, in the order in which a line has them. */
export const entryKeys = ['rule', 'kind', 'group', 'namespace', 'name', 'construct', 'pod', 'container', 'detail'] as const;

/** What a file of version 1 did not know. */
export const newKeys: ReadonlySet<string> = new Set(['pod', 'detail']);

/** What no baseline excuses, as no exemption does: what cannot be read cannot be judged, so nobody knows what passes with it. */
export function isBeyondBaseline({ rule }: Pick<BaselineEntry, 'rule'>): boolean {
  return rule === 'manifest';
}

export function entryOf({ rule, resource, construct, pod, container, detail }: Finding): BaselineEntry {
  const { apiVersion, kind, namespace, name } = resource;
  // Without the version: an object that moves from v1beta1 to v1 is the same.
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : undefined;
  return inOrder({ rule, kind, group, namespace, name, construct, pod, container, detail });
}

/** The entry with its keys in the order of a line, without those that are not set, and each text of a bounded length. */
export function inOrder(entry: BaselineEntry): BaselineEntry {
  const { rule, kind, count, isOld } = entry;
  const ordered: { -readonly [Key in keyof BaselineEntry]: BaselineEntry[Key] } = { rule: bounded(rule), kind: bounded(kind) };
  for (const key of entryKeys) {
    const value = entry[key];
    if (value !== undefined) ordered[key] = bounded(value);
  }
  if (count !== undefined) ordered.count = count;
  if (isOld) ordered.isOld = true;
  return ordered;
}

/** Paths of constructs may be long, and a person reads the line; a hostile value of megabytes is for nobody to read. */
const longest = 512;
const shown = 256;

/** A text that is too long by its beginning and its hash, so that two of them stay two. To bound it again changes nothing. */
function bounded(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, shown)}… sha256:${createHash('sha256').update(text, 'utf16le').digest('hex')}`;
}

/** Each entry once, with the sum of its counts. */
export function counted(entries: Iterable<BaselineEntry>): readonly BaselineEntry[] {
  const counts = new Map<string, { readonly entry: BaselineEntry; count: number }>();
  for (const { count = 1, ...entry } of entries) {
    const key = keyOf(entry);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { entry, count });
    else known.count += count;
  }
  return [...counts.values()].map(({ entry, count }) => count === 1 ? entry : { ...entry, count });
}

/** Two entries are for the same findings where this is the same. */
export function keyOf(entry: BaselineEntry): string {
  return JSON.stringify([entry.isOld, ...entryKeys.map((key) => entry[key])]);
}

/** An entry in words, for messages. */
export function wordsOf({ rule, kind, namespace, name, construct, pod, container, detail }: BaselineEntry): string {
  const object = construct ?? [kind, [namespace, name].filter(Boolean).join('/')].filter(Boolean).join(' ');
  const parts = [object, pod && `pod ${pod}`, container && `container ${container}`, detail && quoted(detail)];
  return `${rule} at ${parts.filter(Boolean).join(', ')}`;
}
