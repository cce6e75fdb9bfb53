import { type JsonEvents, readJson, skipJsonSpace } from './json-events';
import { constructJson, parseYaml, parseYamlStream } from './parse';
import { Refusal, refusalOf } from './refusal';
import type { Part } from './split';
import type { Json } from '../manifest/json';

/** Setting the parser up costs as much as a small document. */
const groupSize = 128 * 1024;

/** What one document says, or why it is not read. */
export interface Value {
  readonly read: Json | Refusal;
  /** For JSON, the offset where the value is searched. */
  readonly jsonStart?: number;
}

/** Neighbours that are small enough to be parsed together. */
export function* groupsOf(parts: Iterable<Part>): Generator<readonly Part[]> {
  let group: Part[] = [];
  for (const part of parts) {
    if (group.length > 0 && part.end - group[0].start > groupSize) {
      yield group;
      group = [];
    }
    group.push(part);
  }
  yield group;
}

/** The values of YAML documents that stand together; `undefined` where any of them has to be read on its own. */
export function parseTogether(text: string, group: readonly Part[]): readonly Json[] | undefined {
  if (group.length < 2 || group.some(({ content }) => looksLikeJson(text, content))) return undefined;
  const source = text.slice(group[0].start, group.at(-1)?.end);
  const values = attempt<readonly Json[]>(source, () => parseYamlStream(source));
  return values instanceof Refusal || values.length !== group.length ? undefined : values;
}

/** The one value of a YAML document, or the values of JSON texts that follow each other. */
export function* valuesIn(source: string, content: number, isJsonFile: boolean): Generator<Value> {
  const first = firstJson(source, content);
  if (first === undefined || first instanceof Refusal) {
    const value = attempt<Json>(source, () => parseYaml(source));
    // YAML reads most of JSON and more, but its words for what is wrong are not those of JSON.
    yield { read: value instanceof Refusal && isJsonFile && first instanceof Refusal ? first : value };
    return;
  }
  let json: JsonEvents | Refusal = first;
  for (let jsonStart = content; ;) {
    if (json instanceof Refusal) {
      yield { read: json };
      return;
    }
    const { events, end } = json;
    yield { read: attempt<Json>(source, () => constructJson(events, source)), jsonStart };
    jsonStart = skipJsonSpace(source, end);
    if (jsonStart === source.length) return;
    json = attempt<JsonEvents>(source, () => readJson(source, jsonStart));
  }
}

/** The first JSON value, where the text is JSON to its end or to another such value; `undefined` where it does not look like it. */
function firstJson(source: string, content: number): JsonEvents | Refusal | undefined {
  if (!looksLikeJson(source, content)) return undefined;
  const first = attempt<JsonEvents>(source, () => readJson(source, content));
  if (first instanceof Refusal) return first;
  // What goes on with `:` or `#` is YAML.
  const next = skipJsonSpace(source, first.end);
  return next === source.length || looksLikeJson(source, next) ? first : new Refusal('not valid JSON: expected the end', next);
}

function looksLikeJson(text: string, from: number): boolean {
  return /[{[]/.test(text.charAt(skipJsonSpace(text, from)));
}

function attempt<T>(source: string, read: () => T): T | Refusal {
  try {
    return read();
  } catch (error) {
    return refusalOf(error, source);
  }
}
