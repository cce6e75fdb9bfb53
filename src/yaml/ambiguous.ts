import { CHOMPING_MODE, COLLECTION_STYLE, type Event, EVENT_ID, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { readNumber } from './number';
import { Refusal } from './refusal';

/** Where there is nothing of the kind, the events need not be searched. One by one, with a character to look for first: that is faster. */
const suspicious: readonly (readonly [character: string, pattern: RegExp])[] = [
  ['?', /\?/],
  [':', /:[,\]}]/],
  ['!', /!\s|!\S*(?:seq|map|float|[,[\]{}])/],
  ['&', /[&*][\w-]*[^\w\s,\]}&*"'/-]/],
  ['\\', /\\\r?\n[ \t]*\r?\n/],
  [':', /[\d_.](?:[eE][-+]?[\d_]+|\.[\d_]*)\s*:/],
];
const indentedMarker = /^[ \t]+---(?:\s|$)/;
const emptyValue = /\s*:[,\]}]/y;
const plainName = /^[\w-]+$/;
/** Behind a line end that is escaped. */
const emptyLine = /(?<!\\)(?:\\\\)*\\\r?\n[ \t]*\r?\n/;
/** From here on Go writes a number with a fraction or an exponent as a key with an exponent. */
const largeFloat = 1e6;

interface Frame {
  readonly isFlow: boolean;
  readonly isObject: boolean;
  /** What comes next is a key. */
  atKey: boolean;
}

/**
 * Refuses what Kubernetes, which reads YAML 1.1, and the parser understand differently. Between brackets, `{?privileged: true}` has
 * the key `privileged` in the one and `?privileged` in the other; `{a:}` has the key `a:` in the one and `a` in the other. A merge key
 * in quotes with the tag `!` stays one for Kubernetes; the name of an anchor ends for it before what is no letter, digit, `_` or `-`.
 *
 * @throws Refusal
 */
export function refuseAmbiguousSyntax(events: readonly Event[], text: string): void {
  if (indentedMarker.test(text)) throw new Refusal('"---" is indented, so that it is a text to Kubernetes', 0);
  if (!text.endsWith(' ') && !suspicious.some(([character, pattern]) => text.includes(character) && pattern.test(text))) return;
  const frames: Frame[] = [];
  for (const event of events) {
    const top = frames.at(-1);
    const isKey = top?.isObject === true && top.atKey;
    if ('tagStart' in event && event.tagEnd - event.tagStart === 1) throw new Refusal('unknown tag "!"', event.tagStart);
    if ('tagStart' in event && event.tagStart >= 0 && top?.isFlow && /[,[\]{}]/.test(text[event.tagEnd])) throw refused('a tag without a space behind it', event.tagStart);
    if ('anchorStart' in event && event.anchorStart >= 0 && !plainName.test(text.slice(event.anchorStart, event.anchorEnd))) {
      throw new Refusal('the name of an anchor ends for Kubernetes before what is no letter, digit, "_" or "-"; use another name', event.anchorStart);
    }
    if (top !== undefined && event.type !== EVENT_ID.POP) top.atKey = !top.atKey;
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        frames.push({ isFlow: false, isObject: false, atKey: false });
        break;
      case EVENT_ID.MAPPING: case EVENT_ID.SEQUENCE:
        frames.push({ isFlow: event.style === COLLECTION_STYLE.FLOW, isObject: event.type === EVENT_ID.MAPPING, atKey: true });
        break;
      case EVENT_ID.POP:
        frames.pop();
        break;
      case EVENT_ID.SCALAR:
        refuseScalar(event, text);
        if (isKey) refuseKey(event, text);
        if (top?.isFlow) refuseInFlow(event, text);
    }
  }
}

function refuseScalar({ style, chomping, valueStart, valueEnd, tagStart, tagEnd }: ScalarEvent, text: string): void {
  if (valueStart < 0) {
    if (tagStart >= 0 && /(?:seq|map)>?$/.test(text.slice(tagStart, tagEnd))) throw new Refusal('the tag of a list or an object stands at nothing', tagStart);
  } else if (style === SCALAR_STYLE.DOUBLE_QUOTED) {
    if (emptyLine.test(text.slice(valueStart, valueEnd))) {
      throw new Refusal('an empty line behind "\\" at the end of a line counts for Kubernetes and not for others; write "\\n" for it', valueStart);
    }
  } else if (chomping === CHOMPING_MODE.KEEP && /\n +$/.test(text.slice(valueStart)) && text.slice(valueEnd).trim() === '') {
    throw new Refusal('the text ends with a line of spaces that Kubernetes counts and others do not; end it with a line feed', valueEnd);
  }
}

function refuseKey({ style, valueStart, valueEnd, tagStart, tagEnd }: ScalarEvent, text: string): void {
  const isFloat = tagStart >= 0 ? /float>?$/.test(text.slice(tagStart, tagEnd)) : style === SCALAR_STYLE.PLAIN && valueStart >= 0;
  const number = isFloat ? readNumber(text.slice(valueStart, valueEnd)) : undefined;
  if (number !== undefined && Math.abs(number.value) >= largeFloat && (!number.isInteger || tagStart >= 0)) {
    throw new Refusal('a key that is a number must be in quotes', valueStart);
  }
}

function refuseInFlow({ style, valueStart, valueEnd }: ScalarEvent, text: string): void {
  if (style !== SCALAR_STYLE.PLAIN || valueStart < 0) return;
  if (text[valueStart] === '?') throw refused('"?" at the start of a text', valueStart);
  emptyValue.lastIndex = valueEnd;
  if (emptyValue.test(text)) throw refused('":" without a space behind it', valueEnd);
}

function refused(what: string, offset: number): Refusal {
  return new Refusal(`${what} between brackets is not read alike by Kubernetes and by others; use double quotes or a space`, offset);
}
