import { isPlainObject, kindOf } from '../shape/json';
import { closest } from '../text/closest';
import { quoted } from '../text/text';

/** Says what is wrong with a value, or nothing. Keys in the messages are paths such as `registries."ghcr.io".pullPolicy`. */
export type Check = (value: unknown, key: string) => Iterable<string>;

export function* expected(what: string, value: unknown, key: string): Iterable<string> {
  yield `${key} must be ${what}, it is ${shown(value)}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' ? `the number ${value}` : kindOf(value);
}

export const text: Check = function* (value, key) {
  if (typeof value !== 'string' || value.trim() === '') yield* expected('a text that is not empty', value, key);
};

export const flag: Check = function* (value, key) {
  if (typeof value !== 'boolean') yield* expected('true or false', value, key);
};

export const oneOf = (...values: readonly string[]): Check => function* (value, key) {
  if (typeof value !== 'string' || !values.includes(value)) yield* expected(values.map(quoted).join(' or '), value, key);
};

export const matching = (pattern: RegExp, what: string): Check => function* (value, key) {
  if (typeof value !== 'string' || !pattern.test(value)) yield* expected(what, value, key);
};

export const listOf = (check: Check): Check => function* (value, key) {
  if (!Array.isArray(value)) return yield* expected('a list', value, key);
  for (const [index, item] of value.entries()) yield* check(item, `${key}[${index}]`);
};

/**
 * An object with these keys and no other.
 *
 * An instance of a class is none: a field that it inherits would be used without having been checked.
 */
export const record = (checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check => function* (value, key) {
  if (!isPlainObject(value)) return yield* expected('an object', value, key || 'the policy');
  const prefix = key ? `${key}.` : '';
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(checks, name)) {
      const near = closest(name, Object.keys(checks));
      yield `${prefix}${quotedKey(name)} is no key of a policy${near ? `; did you mean ${near}?` : `; known are ${Object.keys(checks).join(', ')}`}`;
    } else if (value[name] !== undefined) {
      yield* checks[name](value[name], prefix + name);
    }
  }
  for (const name of required) {
    if (value[name] === undefined) yield `${prefix}${name} is missing`;
  }
};

/** What a key chosen by the author stands for, so that two spellings of one thing are recognised; or what is wrong with it. */
export type Key = { readonly means: string } | { readonly problem: string };

/** An object whose keys are the author's. No two may mean the same: which of them holds would depend on their order. */
export const entriesOf = (read: (name: string) => Key, check: Check): Check => function* (value, key) {
  if (!isPlainObject(value)) return yield* expected('an object', value, key);
  const known = new Map<string, string>();
  for (const [name, item] of Object.entries(value)) {
    const place = `${key}.${quotedKey(name)}`;
    const entry = read(name);
    if ('problem' in entry) {
      yield `${place} ${entry.problem}`;
    } else if (known.has(entry.means)) {
      yield `${place} means the same as ${known.get(entry.means)}; keep one of them`;
    } else {
      known.set(entry.means, place);
    }
    yield* check(item, place);
  }
};

function quotedKey(name: string): string {
  return /^[A-Za-z]\w{0,79}$/.test(name) ? name : quoted(name);
}
