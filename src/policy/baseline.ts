import { PolicyError } from './error';
import { Finding } from './verdict';
import { isObject } from '../manifest/json';
import { quoted } from '../rules/text';

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
  readonly container?: string;
  /** How many findings it stands for. @default 1 */
  readonly count?: number;
}

/** A baseline to hold findings against. */
export interface Baseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
  /** Whether all that it is about was judged, so that an entry without a finding is stale. */
  readonly isComplete: boolean;
  /** What takes a stale line out, for messages. */
  readonly howToPrune: string;
}

/** The order in which a line has them. */
const keys = ['rule', 'kind', 'group', 'namespace', 'name', 'construct', 'container'] as const;
const header = '{"baseline":1}';

/** The entries for these findings. */
export function baselineOf(findings: readonly Finding[]): readonly BaselineEntry[] {
  const counts = new Map<string, { readonly entry: BaselineEntry; count: number }>();
  for (const finding of findings) {
    const entry = entryOf(finding);
    const key = JSON.stringify(entry);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { entry, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].map(({ entry, count }) => count === 1 ? entry : { ...entry, count });
}

function entryOf({ rule, resource, construct, container }: Finding): BaselineEntry {
  const { apiVersion, kind, namespace, name } = resource;
  // Without the version: an object that moves from v1beta1 to v1 is the same.
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : undefined;
  const values: Record<(typeof keys)[number], string | undefined> = { rule, kind, group, namespace, name, construct, container };
  return Object.fromEntries(keys.filter((key) => values[key] !== undefined).map((key) => [key, values[key]])) as unknown as BaselineEntry;
}

/** The text of a baseline file: JSON Lines, sorted, one entry a line, so that two branches that shrink it merge. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  return [header, ...entries.map((entry) => JSON.stringify(entry)).sort()].join('\n') + '\n';
}

/**
 * @param where the file, for messages
 * @throws PolicyError `invalid-baseline`, naming file and line
 */
export function parseBaseline(text: string, where: string): readonly BaselineEntry[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines[0] !== header) throw invalid(`${where}:1`, `must be ${header}, the first line of a baseline of version 1`);
  const entries = lines.slice(1).flatMap((line, index) => line === '' ? [] : [parseEntry(line, `${where}:${index + 2}`)]);
  const seen = new Set<string>();
  for (const { count, ...rest } of entries) {
    const key = JSON.stringify(keys.map((name) => rest[name]));
    if (seen.has(key)) throw invalid(where, `has two lines for ${wordsOf(rest)}; write one with a count`);
    seen.add(key);
  }
  return entries;
}

function parseEntry(line: string, where: string): BaselineEntry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw invalid(where, 'must be a JSON object on one line; after a merge, keep the lines of both sides');
  }
  if (!isObject(value)) throw invalid(where, 'must be a JSON object');
  for (const key of Object.keys(value)) {
    const isCount = key === 'count' && Number.isInteger(value.count) && Number(value.count) > 0;
    const isText = (keys as readonly string[]).includes(key) && typeof value[key] === 'string';
    if (!isCount && !isText) throw invalid(where, `${quoted(key)} is no key of an entry, or its value has the wrong type`);
  }
  if (value.rule === undefined || value.kind === undefined) throw invalid(where, 'must have rule and kind');
  return value as unknown as BaselineEntry;
}

export interface HeldAgainstBaseline {
  /** Findings that are not in the baseline. */
  readonly left: readonly Finding[];
  /** Findings that are. */
  readonly known: readonly Finding[];
  /** What of the baseline still occurs. */
  readonly kept: readonly BaselineEntry[];
  /** What no longer occurs: the baseline can shrink by it. */
  readonly stale: readonly BaselineEntry[];
}

/** Lets pass exactly what the baseline holds: each entry as often as it says. */
export function holdAgainst(findings: readonly Finding[], entries: readonly BaselineEntry[]): HeldAgainstBaseline {
  if (entries.length === 0) return { left: findings, known: [], kept: [], stale: [] };
  const places = entries.map((entry) => ({ entry, remaining: entry.count ?? 1 }));
  const byConstruct = groupBy(places, ({ entry }) => entry.construct === undefined ? undefined : constructKey(entry));
  const byResource = groupBy(places, ({ entry }) => resourceKey(entry));
  const left: Finding[] = [];
  const known: Finding[] = [];
  for (const finding of findings) {
    const entry = entryOf(finding);
    const candidates = [
      ...entry.construct === undefined ? [] : byConstruct.get(constructKey(entry)) ?? [],
      // A manifest that was read from a file does not know its construct, nor does an entry that was written for one.
      ...(byResource.get(resourceKey(entry)) ?? []).filter((place) => place.entry.construct === undefined || entry.construct === undefined),
    ];
    const place = candidates.find(({ remaining }) => remaining > 0);
    if (place === undefined) {
      left.push(finding);
    } else {
      place.remaining -= 1;
      known.push(finding);
    }
  }
  return {
    left,
    known,
    kept: places.flatMap(({ entry, remaining }) => withCount(entry, (entry.count ?? 1) - remaining)),
    stale: places.flatMap(({ entry, remaining }) => withCount(entry, remaining)),
  };
}

/** An entry in words, for messages. */
export function wordsOf({ rule, kind, namespace, name, construct, container }: BaselineEntry): string {
  const object = construct ?? [kind, [namespace, name].filter(Boolean).join('/')].filter(Boolean).join(' ');
  return `${rule} at ${object}${container === undefined ? '' : `, container ${container}`}`;
}

function withCount({ count: _count, ...entry }: BaselineEntry, count: number): BaselineEntry[] {
  return count === 0 ? [] : [count === 1 ? entry : { ...entry, count }];
}

function constructKey({ rule, construct, container }: BaselineEntry): string {
  return JSON.stringify([rule, construct, container]);
}

function resourceKey({ rule, kind, group, namespace, name, container }: BaselineEntry): string {
  return JSON.stringify([rule, kind, group, namespace, name, container]);
}

function groupBy<T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

function invalid(where: string, problem: string): PolicyError {
  return new PolicyError('invalid-baseline', `${where}: ${problem}`);
}
