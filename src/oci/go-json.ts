import type { GoType } from './go-types';
import { isJsonObject, UnknownObject } from '../shape/fields';
import { Malformed } from '../text/malformed';
import { quote } from '../text/quote';

/** An object or a list that is not closed yet. */
interface Open {
  readonly type: GoType;
  /** The keys so far, as Go compares them, each with how it was written; undefined for a list. */
  readonly keys?: Map<string, string>;
  /** Where we are in it: a key, or the index of an element. */
  place: string | number;
  /** What the next text is. */
  isAtKey: boolean;
}

/** As in Go, which gives up beyond it. */
const deepest = 10_000;

/**
 * The object in the bytes, for documents that are stored, and read by registries, runtimes and tools that are written in Go.
 *
 * Guaranteed: whatever Go's `encoding/json` makes of the bytes with the structs of those programs, it is the same as what is returned.
 * There a field is found without regard to case, the last of several wins or is merged into the first, and half a surrogate pair becomes
 * U+FFFD; such a document is refused. In maps, such as labels, case matters to Go too. What none of those programs decodes may be returned
 * where nobody reads it here: a date that is none, or bytes that are not base64.
 *
 * @throws Malformed
 * @see https://pkg.go.dev/encoding/json#Unmarshal
 */
export function parseAsGo(bytes: Uint8Array, type: GoType): UnknownObject {
  let text: string;
  let value: unknown;
  try {
    // Go knows no byte order mark.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new Malformed('is not JSON in UTF-8');
  }
  if (!isJsonObject(value)) throw new Malformed('must be a JSON object');
  examine(text, type);
  return value;
}

/** One walk over a text that is JSON. */
function examine(text: string, whole: GoType): void {
  const open: Open[] = [];
  const expected = (): GoType => {
    const inner = open.at(-1);
    return inner === undefined ? whole : typeInside(inner);
  };
  for (let at = 0; at < text.length; at++) {
    const inner = open.at(-1);
    switch (text[at]) {
      case ' ': case '\t': case '\r': case '\n': case ':': break;
      case ',':
        if (typeof inner?.place === 'number') inner.place++;
        else if (inner !== undefined) inner.isAtKey = true;
        break;
      case '{': case '[': {
        const isObject = text[at] === '{';
        const type = expected();
        requireKind(type, isObject ? 'object' : 'list', open);
        if (open.length === deepest) throw new Malformed(`is nested more than ${deepest} levels deep`);
        open.push(isObject ? { type, keys: new Map(), place: '', isAtKey: true } : { type, place: 0, isAtKey: false });
        break;
      }
      case '}': case ']': open.pop(); break;
      case '"': {
        const end = endOfString(text, at);
        const raw = text.slice(at, end);
        if (raw.includes('\\u') && /\p{Cs}/u.test(JSON.parse(raw) as string)) {
          throw new Malformed(`${placeIn(open, inner?.isAtKey === true ? 1 : 0)}has half of a surrogate pair in a text`);
        }
        if (inner?.isAtKey === true) enterKey(inner, JSON.parse(raw) as string, open);
        else requireKind(expected(), 'string', open);
        at = end - 1;
        break;
      }
      default: {
        let end = at + 1;
        while (end < text.length && !' \t\r\n,]}'.includes(text[end])) end++;
        requireKind(expected(), text.slice(at, end), open);
        at = end - 1;
      }
    }
  }
}

function typeInside({ type, place }: Open): GoType {
  if (type === 'words') return 'string';
  if (typeof type === 'string') return 'any';
  if ('list' in type) return type.list;
  if ('map' in type) return type.map;
  return Object.prototype.hasOwnProperty.call(type.struct, place) ? type.struct[place] : 'any';
}

function enterKey(inner: Open, key: string, open: readonly Open[]): void {
  const { type, keys } = inner;
  const fields = typeof type !== 'string' && 'struct' in type ? Object.keys(type.struct) : undefined;
  const folded = fields === undefined ? key : fold(key);
  const before = keys?.get(folded);
  const field = fields?.find(each => fold(each) === folded);
  if (before === key) throw new Malformed(`${placeIn(open, 1)}has the key ${quote(key)} twice`);
  if (before !== undefined) throw new Malformed(`${placeIn(open, 1)}has the keys ${quote(before)} and ${quote(key)}, which container runtimes take for one`);
  if (field !== undefined && field !== key) {
    throw new Malformed(`${placeIn(open, 1)}has the key ${quote(key)}, which container runtimes read as ${quote(field)}: write it so`);
  }
  keys?.set(folded, key);
  inner.place = key;
  inner.isAtKey = false;
}

/** Of what is not ASCII, Go takes only the long s and the Kelvin sign for an ASCII letter; the small letter of the latter is k anyway. */
function fold(key: string): string {
  return key.toLowerCase().replace(/\u017f/g, 's');
}

/** @param found `object`, `list`, `string`, or a literal as it is written; `null` leaves any field as it was */
function requireKind(type: GoType, found: string, open: readonly Open[]): void {
  if (type === 'any' || found === 'null') return;
  const place = open.at(-1)?.place;
  const wanted = typeof type === 'string' ? type : 'list' in type ? 'list' : 'object';
  switch (wanted) {
    case 'boolean': if (found === 'true' || found === 'false') return; break;
    // More digits would not be exact here; a fraction or an exponent is no integer to Go, whatever its value.
    case 'integer': if (/^(?:0|[1-9]\d{0,15})$/.test(found)) return; break;
    case 'words': if (found === 'string' || found === 'list') return; break;
    default: if (found === wanted) return;
  }
  const must = { boolean: 'true or false', integer: 'a whole number, written in digits', words: 'a list', list: 'a list', object: 'an object', string: 'a string' }[wanted];
  if (typeof place === 'number') throw new Malformed(`${placeIn(open, 2)}each element of ${quote(String(open.at(-2)?.place))} must be ${must}`);
  throw new Malformed(`${placeIn(open, 1)}field ${quote(place ?? '')} must be ${must}`);
}

/** `manifests[3].platform: `; empty for the document itself. */
function placeIn(open: readonly Open[], without = 0): string {
  const places = open.slice(0, open.length - without).map(({ place }) => {
    if (typeof place === 'number') return `[${place}]`;
    return /^[\w.]{1,40}$/.test(place) ? `.${place}` : `[${quote(place)}]`;
  });
  // Of a text that is nested ten thousand times, the beginning will do.
  const shown = places.slice(0, 8).join('').replace(/^\./, '');
  return shown === '' ? '' : `${shown}: `;
}

/** The offset behind the closing quote. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
}
