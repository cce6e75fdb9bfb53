import { Invalid, inside } from './invalid';
import { lockLimits } from './lock';
import { digestProblem } from '../image/digest';
import { get, isPlainObject, JsonObject, kindOf } from '../shape/json';
import { quote } from '../text/quote';

/** Reads a value; what is wrong with it is thrown as `Invalid`. */
export type Read<T> = (value: unknown) => T;

export function refuse(expected: string, value: unknown): never {
  const found = typeof value === 'string' ? quote(value) : typeof value === 'number' ? String(value) : kindOf(value);
  throw new Invalid('', value === undefined ? `is missing; it must be ${expected}` : `must be ${expected}, it is ${found}`);
}

/** An object without any key but those that are known: an unknown one is the mark of another format, or of a mistake. */
export function record(value: unknown, known: readonly string[]): JsonObject {
  if (!isPlainObject(value)) return refuse('an object', value);
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw new Invalid('', `has the unknown key ${quote(key)}`);
  }
  return value;
}

export function field<T>(object: JsonObject, key: string, read: Read<T>): T {
  return inside(key, () => read(get(object, key)));
}

/** Left out is `undefined`; `null` is a value, and a wrong one. */
export function optional<T>(object: JsonObject, key: string, read: Read<T>): T | undefined {
  const value = get(object, key);
  return value === undefined ? undefined : inside(key, () => read(value));
}

/** Not empty, bounded, and fit for a terminal. */
export const text: Read<string> = (value) => {
  const most = lockLimits.text;
  if (typeof value !== 'string' || value === '') return refuse('a text that is not empty', value);
  if (value.length > most) throw new Invalid('', `must have at most ${most} characters, it has ${value.length}`);
  return /\p{Cc}/u.test(value) ? refuse('a text without control characters', value) : value;
};

export const digest: Read<string> = (value) => {
  if (typeof value !== 'string') return refuse('a digest', value);
  // Nearly every one, and many of them.
  if (/^sha256:[0-9a-f]{64}$/.test(value)) return value;
  const problem = digestProblem(value);
  if (problem !== undefined) throw new Invalid('', `must be a digest: ${problem}`);
  return value;
};

export function integer(most: number): Read<number> {
  return (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most
    ? value as number
    : refuse(`an integer from 0 to ${most}`, value);
}

export function list<T>(read: Read<T>): Read<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return refuse('a list', value);
    bound(value.length, lockLimits.elements);
    return elements(value, read);
  };
}

/** Not with `inside` around each: a lock has more layers than all else. */
function elements<T>(values: readonly unknown[], read: Read<T>): readonly T[] {
  const result: T[] = [];
  try {
    for (const value of values) result.push(read(value));
    return result;
  } catch (error) {
    return inside(result.length, () => { throw error; });
  }
}

/** A list with a text at least, each of them once. */
export const names: Read<readonly string[]> = (value) => {
  const found = list(text)(value);
  if (found.length === 0) throw new Invalid('', 'must not be empty; leave it out');
  if (new Set(found).size < found.length) throw new Invalid('', 'must not have a text twice');
  return found;
};

export function bound(count: number, most: number): void {
  if (count > most) throw new Invalid('', `must have at most ${most} entries, it has ${count}`);
}
