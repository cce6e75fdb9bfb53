import { Malformed } from '../text/malformed';
import { quote } from '../text/quote';

/** A JSON object as it was parsed; nothing is known about its fields. */
export type UnknownObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is UnknownObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in the bytes; the text must be UTF-8, because two readers of anything else may see two texts. */
export function parseJsonObject(bytes: Uint8Array): UnknownObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Malformed('is not JSON in UTF-8');
  }
  if (!isJsonObject(value)) throw new Malformed('must be a JSON object');
  return value;
}

/** The value of an own key; `null` is read as left out, as the decoders of Go do. A key such as `__proto__` never reaches the prototype. */
export function field(object: UnknownObject, key: string): unknown {
  return Object.prototype.hasOwnProperty.call(object, key) ? object[key] ?? undefined : undefined;
}

export function stringField(object: UnknownObject, key: string): string | undefined {
  const value = field(object, key);
  if (value === undefined || typeof value === 'string') return value;
  throw new Malformed(`field ${quote(key)} must be a string`);
}

export function objectField(object: UnknownObject, key: string): UnknownObject | undefined {
  const value = field(object, key);
  if (value === undefined || isJsonObject(value)) return value;
  throw new Malformed(`field ${quote(key)} must be an object`);
}

export function listField(object: UnknownObject, key: string): readonly unknown[] | undefined {
  const value = field(object, key);
  if (value === undefined || Array.isArray(value)) return value;
  throw new Malformed(`field ${quote(key)} must be a list`);
}

/** The strings of a list; an element of another type makes it malformed. */
export function stringsField(object: UnknownObject, key: string): readonly string[] | undefined {
  return listField(object, key)?.map(element => {
    if (typeof element === 'string') return element;
    throw new Malformed(`each element of ${quote(key)} must be a string`);
  });
}

/** The entries of a map of strings, such as annotations; `null` is an empty one, as it is to Go. */
export function annotationsField(object: UnknownObject, key: string): ReadonlyMap<string, string> {
  const entries = objectField(object, key) ?? {};
  return new Map(Object.keys(entries).map(name => [name, stringField(entries, name) ?? '']));
}
