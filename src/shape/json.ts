/** What a manifest is once its text has been read: JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether the value is an object as a JSON parser makes them.
 *
 * An instance of a class, or an object with a `toJSON` method, is none: what it would be written as is not what is read here.
 */
export function isPlainObject(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not only `Object.prototype`: an object of another realm (a vm context, as jest has them) is plain too.
  const isLast = prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
  return isLast && typeof value.toJSON !== 'function';
}

/** Names what a person would call the value: for "must be a list, it is a string". */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object': return isPlainObject(value) ? 'an object' : 'an instance of a class';
    case 'undefined': return 'missing';
    case 'string': return 'a string';
    case 'number': return Number.isInteger(value) ? 'an integer' : 'a number';
    case 'boolean': return 'a boolean';
    default: return `a ${typeof value}`;
  }
}

/** The value of an own key; a key such as `__proto__` never reaches the prototype. */
export function get(object: JsonObject, key: string): Json | undefined {
  return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined;
}

/** Appends segments to a JSON pointer (RFC 6901). */
export function pointer(base: string, ...segments: readonly (string | number)[]): string {
  let text = base;
  for (const segment of segments) {
    text += '/' + (typeof segment === 'number' ? segment : escapeSegment(segment));
  }
  return text;
}

function escapeSegment(segment: string): string {
  return /[~/]/.test(segment) ? segment.replace(/~/g, '~0').replace(/\//g, '~1') : segment;
}
