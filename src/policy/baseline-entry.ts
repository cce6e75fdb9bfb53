import { createHash } from 'node:crypto';
import { Finding } from './verdict';
import { quoted } from '../text/text';

/**
 * A finding that an old app already had, described by what stays the same when lines move: no index, no line, no message.
 *
 * Entries that the gate wrote have the construct path, which then counts more than the name of the object.
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
  /** From a file of version 1, which had neither pods nor details: it stands for any of them. @default false */
  readonly isOld?: true;
}

/** The keys of an entry that are texts, in the order in which a line has them. */
export const entryKeys = ['rule', 'kind', 'group', 'namespace', 'name', 'construct', 'pod', 'container', 'detail'] as const;

/** Keys that a file of version 1 did not have. */
export const newKeys: ReadonlySet<string> = new Set(['pod', 'detail']);

/** What neither a baseline nor an exemption excuses: what cannot be read cannot be judged. */
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

/** Paths of constructs may be long, and people read the line, but nobody reads a hostile value of megabytes. */
const longest = 512;
const shown = 256;

/** Cuts a text that is too long to its beginning and its hash, so that different texts stay different. Cutting twice changes nothing. */
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

/** Equal for two entries that stand for the same findings. */
export function keyOf(entry: BaselineEntry): string {
  return JSON.stringify([entry.isOld, ...entryKeys.map((key) => entry[key])]);
}

/** An entry in words, for messages. */
export function wordsOf({ rule, kind, namespace, name, construct, pod, container, detail }: BaselineEntry): string {
  const object = construct ?? [kind, [namespace, name].filter(Boolean).join('/')].filter(Boolean).join(' ');
  const parts = [object, pod && `pod ${pod}`, container && `container ${container}`, detail && quoted(detail)];
  return `${rule} at ${parts.filter(Boolean).join(', ')}`;
}
