import { CHOMPING_MODE, COLLECTION_STYLE, type Event, EVENT_ID, SCALAR_STYLE, type ScalarStyle } from 'js-yaml';
import { deepest, mostTokens, Refusal, tooDeep, tooManyTokens } from './refusal';
import { quoted } from '../text/text';

const none = -1;
const properties = { anchorStart: none, anchorEnd: none, tagStart: none, tagEnd: none };
const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;

/** One JSON value as the events that a YAML parser would make of it, and the offset behind it. */
export interface JsonEvents {
  readonly events: Event[];
  readonly end: number;
}

/**
 * Reads one JSON value strictly. What YAML does not take in JSON (a tab before a key, a line separator in a text) is read here;
 * as events, so that one constructor and one schema serve both and a duplicate key is an error in both.
 *
 * Source: RFC 8259.
 *
 * @throws Refusal where it is no JSON
 */
export function readJson(text: string, start: number): JsonEvents {
  const events: Event[] = [{ type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false, directives: [] }];
  /** The closing character of each open collection. */
  const open: string[] = [];
  let at = start;

  for (;;) {
    if (events.length > mostTokens) throw new Refusal(tooManyTokens, at);
    skipSpace();
    const opened = text[at] === '{' || text[at] === '[';
    if (opened) openCollection();
    else readScalar();
    if (opened && text[at] !== open.at(-1)) {
      if (open.at(-1) === '}') readKey();
      continue;
    }
    closeCollections();
    if (open.length === 0) break;
    if (text[at] !== ',') throw refused(`"," or "${open.at(-1)}"`);
    at++;
    if (open.at(-1) === '}') readKey();
  }
  events.push({ type: EVENT_ID.POP });
  return { events, end: at };

  function openCollection(): void {
    if (open.length >= deepest) throw new Refusal(tooDeep, at);
    const isObject = text[at] === '{';
    const type = isObject ? EVENT_ID.MAPPING : EVENT_ID.SEQUENCE;
    events.push({ type, start: at, ...properties, style: COLLECTION_STYLE.FLOW });
    open.push(isObject ? '}' : ']');
    at++;
    skipSpace();
  }

  function closeCollections(): void {
    skipSpace();
    while (open.length > 0 && text[at] === open.at(-1)) {
      at++;
      open.pop();
      events.push({ type: EVENT_ID.POP });
      if (open.length > 0) skipSpace();
    }
  }

  function readKey(): void {
    skipSpace();
    if (text[at] !== '"') throw refused('a key in double quotes');
    readString();
    skipSpace();
    if (text[at] !== ':') throw refused('":"');
    at++;
  }

  function readScalar(): void {
    if (text[at] === '"') {
      readString();
      return;
    }
    literal.lastIndex = at;
    if (!literal.test(text)) throw refused('a value');
    addScalar(at, literal.lastIndex, SCALAR_STYLE.PLAIN, true);
    at = literal.lastIndex;
  }

  function readString(): void {
    const from = at + 1;
    let isPlain = true;
    for (at = from; text[at] !== '"'; at++) {
      // Also the end of the text: NaN is not at least 32.
      if (!(text.charCodeAt(at) >= 32)) throw refused('a text that ends in a double quote on its line');
      if (text[at] !== '\\') continue;
      isPlain = false;
      at++;
      if (text[at] === 'u' && /^[\da-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4;
      else if (text[at] === undefined || !'"\\/bfnrt'.includes(text[at])) throw refused('an escape of JSON');
    }
    addScalar(from, at, SCALAR_STYLE.DOUBLE_QUOTED, isPlain);
    at++;
  }

  function addScalar(valueStart: number, valueEnd: number, style: ScalarStyle, fast: boolean): void {
    const chomping = CHOMPING_MODE.CLIP;
    events.push({ type: EVENT_ID.SCALAR, valueStart, valueEnd, ...properties, style, chomping, indent: none, fast });
  }

  function skipSpace(): void {
    at = skipJsonSpace(text, at);
  }

  function refused(expected: string): Refusal {
    const found = at < text.length ? quoted(text[at]) : 'the end';
    return new Refusal(`not valid JSON: expected ${expected}, found ${found}`, at);
  }
}

/** The offset of the next character that is no white space of JSON. */
export function skipJsonSpace(text: string, from: number): number {
  const space = /[ \t\r\n]*/y;
  space.lastIndex = from;
  space.test(text);
  return space.lastIndex;
}
