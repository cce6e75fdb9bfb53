import { BaselineEntry, counted, entryKeys, entryOf, inOrder, isBeyondBaseline, keyOf, newKeys, wordsOf } from './baseline-entry';
import { PolicyError } from './error';
import { Finding } from './verdict';
import { isObject } from '../shape/json';
import { quoted, withoutInvisible } from '../text/text';

/** A baseline to compare findings with. */
export interface Baseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
  /** Whether all that it is about was judged, so that an entry without a finding is stale. */
  readonly isComplete: boolean;
  /** What removes a stale line, for messages. */
  readonly howToPrune: string;
  /** What rewrites an old file, for messages. @default howToPrune */
  readonly howToRenew?: string;
}

const headerOf = (version: 1 | 2) => `{"baseline":${version}}`;

/** The entries for these findings; of those that no baseline excuses there are none. */
export function baselineOf(findings: readonly Finding[]): readonly BaselineEntry[] {
  return counted(findings.filter((finding) => !isBeyondBaseline(finding)).map(entryOf));
}

/**
 * The text of a baseline file: JSON Lines, sorted, one entry a line, so that two branches that shrink it merge.
 *
 * Of version 1 where an entry still comes from such a file: in version 2, a line without a detail means that there is none.
 */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  if (!entries.some(({ isOld }) => isOld)) return textOf(headerOf(2), entries);
  return textOf(headerOf(1), counted(entries.map(({ pod: _pod, detail: _detail, ...entry }) => ({ ...entry, isOld: true }))));
}

function textOf(header: string, entries: readonly BaselineEntry[]): string {
  return [header, ...entries.map(lineOf).sort()].join('\n') + '\n';
}

/** What would reorder or hide text is written as an escape: a line is for people to review. */
function lineOf({ isOld: _isOld, ...entry }: BaselineEntry): string {
  return withoutInvisible(JSON.stringify(entry));
}

/**
 * @param where the file, for messages
 * @throws PolicyError `invalid-baseline`, naming file and line
 */
export function parseBaseline(text: string, where: string): readonly BaselineEntry[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const isOld = lines[0] === headerOf(1);
  if (!isOld && lines[0] !== headerOf(2)) throw invalid(`${where}:1`, `must be ${headerOf(2)}, the first line of a baseline of version 2`);
  const entries = lines.slice(1).flatMap((line, index) => line === '' ? [] : [parseEntry(line, `${where}:${index + 2}`, isOld)]);
  const seen = new Set<string>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (seen.has(key)) throw invalid(where, `has two lines for ${wordsOf(entry)}; write one with a count`);
    seen.add(key);
  }
  return entries;
}

function parseEntry(line: string, where: string, isOld: boolean): BaselineEntry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw invalid(where, 'must be a JSON object on one line; after a merge, keep the lines of both sides');
  }
  if (!isObject(value)) throw invalid(where, 'must be a JSON object');
  for (const key of Object.keys(value)) {
    const isCount = key === 'count' && Number.isInteger(value.count) && Number(value.count) > 0;
    const isText = (entryKeys as readonly string[]).includes(key) && typeof value[key] === 'string';
    if (!isCount && !isText) throw invalid(where, `${quoted(key)} is no key of an entry, or its value has the wrong type`);
    if (isOld && newKeys.has(key)) throw invalid(where, `${quoted(key)} is no key of an entry of version 1, and the first line says that it is one`);
  }
  if (value.rule === undefined || value.kind === undefined) throw invalid(where, 'must have rule and kind');
  return inOrder({ ...value as unknown as BaselineEntry, ...isOld && { isOld } });
}

function invalid(where: string, problem: string): PolicyError {
  return new PolicyError('invalid-baseline', `${where}: ${problem}`);
}
