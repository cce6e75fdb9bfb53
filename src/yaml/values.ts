import type { Event } from 'js-yaml';
import { type JsonEvents, readJson, skipJsonSpace } from './json-events';
import { ambiguityIn, constructJson, type Parsed, parseYaml, parseYamlStream } from './parse';
import { Refusal, refusalOf } from './refusal';
import type { DocumentPart } from './split';
import type { Json } from '../shape/json';

/** Setting the parser up costs as much as a small document. */
const groupSize = 128 * 1024;

/** What one document says. */
interface Value {
  readonly value: Json;
  readonly written: Written;
  /** For JSON, the offset where the value is searched. */
  readonly jsonStart?: number;
}

/** How a document is written. */
export interface Written {
  readonly events: readonly Event[];
  /** The text in which the offsets of the events are. */
  readonly source: string;
  /** Where the document begins in it. */
  readonly start: number;
}

/** Neighbours that are small enough to be parsed together. */
export function* groupsOf(parts: Iterable<DocumentPart>): Generator<readonly DocumentPart[]> {
  let group: DocumentPart[] = [];
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
export function parseTogether(text: string, group: readonly DocumentPart[]): readonly Value[] | undefined {
  if (group.length < 2 || group.some(({ content, refusal }) => refusal !== undefined || looksLikeJson(text, content))) return undefined;
  const [{ start }] = group;
  const source = text.slice(start, group.at(-1)?.end);
  const parsed = attempt<readonly Parsed[]>(source, () => parseYamlStream(source));
  if (parsed instanceof Refusal || parsed.length !== group.length) return undefined;
  return parsed.map(({ value, events }, index) => ({ value, written: { events, source, start: group[index].start - start } }));
}

/** What is known of the text around a document. */
interface Around {
  /** By its name, so that what is wrong is said in words of JSON. */
  readonly isJsonFile: boolean;
  /** For kubectl it is JSON, so that values may follow each other. */
  readonly isJsonStream: boolean;
  /** kubectl takes away a byte order mark at the start of the document. */
  readonly isMarked: boolean;
}

/** The one value of a YAML document, or the values of JSON texts that follow each other. */
export function* valuesIn(source: string, part: DocumentPart, around: Around): Generator<Value | Refusal> {
  if (part.refusal !== undefined) {
    yield new Refusal(part.refusal.message, part.refusal.offset - part.start);
    return;
  }
  const content = part.content - part.start;
  const first = firstJson(source, content);
  if (first === undefined || first instanceof Refusal) {
    const parsed = attempt<Parsed>(source, () => parseYaml(source, around.isMarked));
    // YAML reads most of JSON and more, but its words for what is wrong are not those of JSON.
    if (parsed instanceof Refusal) yield around.isJsonFile && first instanceof Refusal ? first : parsed;
    else yield { value: parsed.value, written: { events: parsed.events, source, start: 0 } };
    return;
  }
  const next = skipJsonSpace(source, first.end);
  if (!around.isJsonStream) {
    const problem = next < source.length ? new Refusal(followed, next) : ambiguityIn(source);
    if (problem !== undefined) {
      yield problem;
      return;
    }
  }
  let json: JsonEvents | Refusal = first;
  for (let jsonStart = content; ;) {
    if (json instanceof Refusal) {
      yield json;
      return;
    }
    const { events, end } = json;
    const value = attempt<Json>(source, () => constructJson(events, source));
    yield value instanceof Refusal ? value : { value, written: { events, source, start: 0 }, jsonStart };
    jsonStart = skipJsonSpace(source, end);
    if (jsonStart === source.length) return;
    json = attempt<JsonEvents>(source, () => readJson(source, jsonStart));
  }
}

const followed = 'behind a JSON value there is another, which kubectl reads only where the whole text is JSON and begins with an object; put a line "---" between';

/** How far kubectl looks for the brace that tells JSON, in bytes. */
const lookAhead = 4096;

/**
 * Whether kubectl reads the text as JSON as long as that is possible: YAML begins otherwise.
 *
 * Source: `GuessJSONStream` of k8s.io/apimachinery, pkg/util/yaml, and its caller in k8s.io/cli-runtime, pkg/resource.
 */
export function isJsonStream(text: string, from: number): boolean {
  const first = skipJsonSpace(text, from);
  return first - from < lookAhead && text[first] === '{';
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
