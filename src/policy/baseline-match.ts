import { BaselineEntry, counted, entryOf, isBeyondBaseline } from './baseline-entry';
import { Finding } from './verdict';

interface HeldAgainstBaseline {
  /** Findings that are not in the baseline. */
  readonly left: readonly Finding[];
  /** Findings that are. */
  readonly known: readonly Finding[];
  /** Entries that still occur, with the keys that an entry of an old file lacks. */
  readonly kept: readonly BaselineEntry[];
  /** What no longer occurs: the baseline can shrink by it. */
  readonly stale: readonly BaselineEntry[];
}

/** An entry and how many findings it has let pass. */
interface UsedEntry {
  readonly entry: BaselineEntry;
  readonly passed: BaselineEntry[];
}

/** Lets pass exactly what the baseline holds: each entry as often as its count. What no baseline excuses is always left. */
export function holdAgainst(findings: readonly Finding[], entries: readonly BaselineEntry[]): HeldAgainstBaseline {
  if (entries.length === 0) return { left: findings, known: [], kept: [], stale: [] };
  const places = entries.map((entry): UsedEntry => ({ entry, passed: [] }));
  const index = indexOf(places);
  const left: Finding[] = [];
  const known: Finding[] = [];
  for (const finding of findings) {
    const entry = entryOf(finding);
    const place = isBeyondBaseline(finding) ? undefined : placeFor(finding, entry, index);
    if (place === undefined) {
      left.push(finding);
    } else {
      place.passed.push(entry);
      known.push(finding);
    }
  }
  return { left, known, kept: counted(places.flatMap(keptOf)), stale: places.flatMap(staleOf) };
}

/**
 * How an entry and a finding may be about one object, the most exact way first:
 * - `same`: object and construct, or no construct in either;
 * - `renamed`: both know the construct, and it renders an object of the same kind;
 * - `unbuilt`: the object, where the entry knows no construct, because it was written for a manifest;
 * - `built`: the object, where the finding knows none, because it is in a manifest.
 */
const ways = {
  same: (entry: BaselineEntry) => [...objectOf(entry), entry.construct],
  renamed: ({ kind, group, construct }: BaselineEntry) => [kind, group, construct],
  unbuilt: objectOf,
  built: objectOf,
} as const;
type Way = keyof typeof ways;

function objectOf({ kind, group, namespace, name }: BaselineEntry): readonly (string | undefined)[] {
  return [kind, group, namespace, name];
}

/** The ways to an entry. */
function waysTo({ construct }: BaselineEntry): readonly Way[] {
  return construct === undefined ? ['same', 'unbuilt', 'built'] : ['same', 'renamed', 'built'];
}

/** The ways from a finding. */
function waysFrom({ construct }: BaselineEntry, { pointer }: Finding): readonly Way[] {
  if (construct === undefined) return ['same', 'built'];
  // A construct may render a list, and then its path does not say which object of it.
  return /^\/items\/\d/.test(pointer) ? ['same', 'unbuilt'] : ['same', 'renamed', 'unbuilt'];
}

type Index = ReadonlyMap<string, UsedEntry[]>;

function indexOf(places: readonly UsedEntry[]): Index {
  const index = new Map<string, UsedEntry[]>();
  // From the last to the first, because what is used up is taken off the end.
  for (const place of [...places].reverse()) {
    const { entry } = place;
    for (const way of waysTo(entry)) {
      const key = keyIn(way, entry, entry.isOld === true);
      const known = index.get(key);
      if (known === undefined) index.set(key, [place]);
      else known.push(place);
    }
  }
  return index;
}

function keyIn(way: Way, entry: BaselineEntry, isOld: boolean): string {
  const { rule, container, pod, detail } = entry;
  return JSON.stringify([way, rule, container, isOld ? 'any' : [pod, detail], ways[way](entry)]);
}

function placeFor(finding: Finding, entry: BaselineEntry, index: Index): UsedEntry | undefined {
  for (const isOld of [false, true]) {
    for (const way of waysFrom(entry, finding)) {
      const place = firstNotUsedUp(index.get(keyIn(way, entry, isOld)) ?? []);
      if (place !== undefined) return place;
    }
  }
  return undefined;
}

function firstNotUsedUp(places: UsedEntry[]): UsedEntry | undefined {
  for (let place = places.at(-1); place !== undefined; place = places.at(-1)) {
    if (place.passed.length < (place.entry.count ?? 1)) return place;
    places.pop();
  }
  return undefined;
}

/** The object and the construct stay as they are in the file: whether it has constructs depends on what wrote it. */
function keptOf({ entry: { count: _count, isOld, ...entry }, passed }: UsedEntry): BaselineEntry[] {
  if (!isOld) return passed.map(() => entry);
  return passed.map(({ pod, detail }) => ({ ...entry, ...pod !== undefined && { pod }, ...detail !== undefined && { detail } }));
}

function staleOf({ entry: { count: total = 1, ...entry }, passed }: UsedEntry): BaselineEntry[] {
  const count = total - passed.length;
  return count === 0 ? [] : [count === 1 ? entry : { ...entry, count }];
}
