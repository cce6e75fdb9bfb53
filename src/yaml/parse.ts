import { constructFromEvents, type Event, EVENT_ID, parseEvents } from 'js-yaml';
import { refuseAmbiguousSyntax } from './ambiguous';
import { refuseExpansion } from './expansion';
import { carriageReturn, deepest, mostTokens, Refusal, tooManyTokens } from './refusal';
import { relax, withoutMark } from './relax';
import { isNotFinite, kubernetesSchema, notJson } from './schema';
import { buildTree } from './tree';
import type { Json } from '../shape/json';

/** Where it stands, at least: it may be text too. */
const mergeKey = /<<(?=[\s:,}]|$)/;
/**
 * Characters that Kubernetes takes for the end of a line or for nothing, and others for text. A carriage return alone ends a line of YAML,
 * but kubectl, which divides the text before, sees none there.
 */
const ambiguous = /[\0\u0085\u2028\u2029\ufeff]|\r(?!\n)/;

/** A document, and the events that it was made of. */
export interface Parsed {
  readonly value: Json;
  readonly events: readonly Event[];
}

/**
 * Reads the one document in a YAML text; an empty one is `null`.
 *
 * @param isMarked whether kubectl takes away a byte order mark at its start
 * @throws Refusal where readers do not agree what it says and where it is too large; YAMLException where it does not parse
 */
export function parseYaml(text: string, isMarked = false): Parsed {
  refuseTooMany(text);
  const events = relaxedEvents(isMarked ? withoutMark(text) : text);
  return { value: constructYaml(events, text)[0] ?? null, events };
}

/**
 * Reads a YAML text of several documents; throws for any of them.
 *
 * @throws Refusal, YAMLException
 */
export function parseYamlStream(text: string): readonly Parsed[] {
  const events = yamlEvents(text);
  let end = 0;
  return constructYaml(events, text).map((value) => {
    const start = end;
    do end++; while (end < events.length && events[end].type !== EVENT_ID.DOCUMENT);
    return { value, events: events.slice(start, end) };
  });
}

/**
 * Makes the value of a JSON text from its events: there are no aliases and no merge keys in it.
 *
 * @throws Refusal, YAMLException
 */
export function constructJson(events: Event[], source: string): Json {
  return constructFromEvents(events, { source, schema: kubernetesSchema })[0] as Json;
}

/** The parser is stricter than Kubernetes, so what it does not take it gets once more, with the same meaning and in the same places. */
function relaxedEvents(text: string): Event[] {
  try {
    return yamlEvents(text);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const relaxed = relax(text);
    if (relaxed === undefined) throw error;
    const events = yamlEvents(relaxed);
    refuseAmbiguousSyntax(events, text);
    // What is one line there may be several in the text.
    return events.map((event) => event.type === EVENT_ID.SCALAR ? { ...event, fast: false } : event);
  }
}

function yamlEvents(text: string): Event[] {
  const ambiguity = ambiguityIn(text);
  if (ambiguity !== undefined) throw ambiguity;
  const events = parseEvents(text, { maxDepth: deepest });
  refuseAmbiguousSyntax(events, text);
  return events;
}

function constructYaml(events: Event[], source: string): readonly Json[] {
  // Merge keys copy, and what they copy is bounded by what is written.
  const maxTotalMergeKeys = 10_000 + source.length;
  const values = constructFromEvents(events, { source, schema: kubernetesSchema, maxTotalMergeKeys });
  // Within an object or a list the schema refuses it.
  if (values.some(isNotFinite)) throw new Refusal(notJson, 0);
  if (mergeKey.test(source)) buildTree(events, source);
  if (source.includes('*') && events.some(({ type }) => type === EVENT_ID.ALIAS)) values.forEach(refuseExpansion);
  return values.map((value) => (value ?? null) as Json);
}

/** The first character that is not read alike by all. */
export function ambiguityIn(text: string): Refusal | undefined {
  const offset = text.search(ambiguous);
  if (offset === -1) return undefined;
  if (text[offset] === '\r') return new Refusal(carriageReturn, offset);
  const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0');
  return new Refusal(`the character U+${code} is not read alike by Kubernetes and by others; write it as an escape in double quotes`, offset);
}

function refuseTooMany(text: string): void {
  // Each token takes a character at least.
  if (text.length <= mostTokens) return;
  let tokens = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 10: case 13: case 44: case 58: case 91: case 123: tokens++;
    }
  }
  if (tokens > mostTokens) throw new Refusal(tooManyTokens, 0);
}
