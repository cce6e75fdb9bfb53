import {
  defineMappingTag, defineScalarTag, defineSequenceTag, NOT_RESOLVED, Schema, type ScalarTagDefinition, strTag,
} from 'js-yaml';
import { numberAsKey, readNumber } from './number';

const prefix = 'tag:yaml.org,2002:';
const words: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);
const notFinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const digits = [...'0123456789'];
/** The schema only reads. */
const identify = () => false;

const nullTag = defineScalarTag(`${prefix}null`, {
  implicit: true,
  implicitFirstChars: ['', ...'~nN'],
  resolve: (text) => words.get(text) === null ? null : NOT_RESOLVED,
  identify,
});

const boolTag = defineScalarTag(`${prefix}bool`, {
  implicit: true,
  implicitFirstChars: [...'yYnNtTfFoO'],
  resolve: (text) => words.get(text) ?? NOT_RESOLVED,
  identify,
});

const intTag = defineScalarTag(`${prefix}int`, {
  implicit: true,
  implicitFirstChars: [...'-+', ...digits],
  resolve: (text) => {
    const number = readNumber(text);
    return number?.isInteger ? number.value : NOT_RESOLVED;
  },
  identify,
});

const floatTag = defineScalarTag(`${prefix}float`, {
  implicit: true,
  implicitFirstChars: [...'-+.', ...digits],
  // What is not finite is refused where it is put into an object or a list, because only there a line is known.
  resolve: (text) => notFinite.test(text) ? NaN : readNumber(text)?.value ?? NOT_RESOLVED,
  identify,
});

/** Not with an explicit tag, as the library has it: where `<<` is a merge key is to be seen from the text. */
const mergeTag = defineScalarTag(`${prefix}merge`, {
  implicit: true,
  implicitFirstChars: ['<'],
  resolve: (text, isExplicit) => text === '<<' && !isExplicit ? '<<' : NOT_RESOLVED,
  identify,
});

const scalarTags: readonly ScalarTagDefinition[] = [nullTag, boolTag, intTag, floatTag, mergeTag];

/** A time stays the text that it is. */
const timestampTag = defineScalarTag(`${prefix}timestamp`, {
  resolve: (text) => /^\d{4}-\d\d?-\d\d?(?:[Tt ]|$)/.test(text) ? text : NOT_RESOLVED,
  identify,
});

/** The text that the bytes are: there are no bytes in JSON. */
const binaryTag = defineScalarTag(`${prefix}binary`, {
  resolve: (text) => {
    const plain = text.replace(/[\r\n]/g, '');
    const isBase64 = plain.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(plain);
    return isBase64 ? Buffer.from(plain, 'base64').toString() : NOT_RESOLVED;
  },
  identify,
});

const seqTag = defineSequenceTag<unknown[]>(`${prefix}seq`, {
  create: () => [],
  addItem: (list, item) => {
    list.push(item);
    return isNotFinite(item) ? notJson : '';
  },
  identify,
});

const mapTag = defineMappingTag<Record<string, unknown>>(`${prefix}map`, {
  create: () => ({}),
  addPair: (object, key, value) => {
    if (key === null || typeof key === 'object') return `a key must be text, it is ${key === null ? 'null' : 'a list or an object'}`;
    if (isNotFinite(value)) return notJson;
    if (typeof key === 'number' && numberAsKey(key) === undefined) return 'a key that is a number must be in quotes';
    const name = keyText(key);
    // An assignment would set the prototype.
    if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    else object[name] = value;
    return '';
  },
  has: (object, key) => Object.hasOwn(object, keyText(key)),
  keys: Object.keys,
  get: (object, key) => object[keyText(key)],
  identify,
});

export const notJson = 'infinity and not-a-number have no form in JSON, and the API server refuses them';

export function isNotFinite(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  return (typeof key === 'number' ? numberAsKey(key) : undefined) ?? String(key);
}

/**
 * Reads scalars as Kubernetes does: YAML 1.1 booleans, octals with and without `o`, underscores in numbers, no base 60, times
 * as text, keys made text, merge keys. An unknown tag is an error.
 *
 * Source: sigs.k8s.io/yaml 1.6.0 (`YAMLToJSON`), which kubectl and the API server read manifests with.
 */
export const kubernetesSchema = new Schema([strTag, seqTag, mapTag, timestampTag, binaryTag, ...scalarTags]);

/** The name that a plain scalar has as a key. */
export function plainKey(text: string): string {
  for (const tag of scalarTags) {
    const value: unknown = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) return keyText(value);
  }
  return text;
}
