import { Budget, newBudget, spend, tooManyValues } from './budget';
import { isPlainObject, kindOf, pointer } from '../shape/json';

/** A place whose value has the wrong type, so that what it says cannot be judged. */
export interface MalformedField {
  /** JSON pointer in the document. */
  readonly pointer: string;
  readonly message: string;
}

/**
 * The type that a field must have, and how to read it.
 *
 * Reading is total: a value of another type is reported and read as if it had been left out; `null` is left out,
 * as the API server's decoder has it; an unknown key is passed over, because nobody judges it.
 */
export interface Shape<T> {
  /** What the API server reads where a list holds `null` at this place (the zero value of Go). */
  readonly zero: T;
  /** The names of the fields that are read, at any depth. @default - none */
  readonly names?: ReadonlySet<string> | undefined;
  read(value: unknown, reading: Reading): T | undefined;
}

export type TypeOf<S> = S extends Shape<infer T> ? T : never;

/** One walk through one value: where it stands, and what was malformed so far. */
export class Reading {
  private readonly path: (string | number)[] = [];

  public constructor(
    private readonly base: string,
    public readonly malformed: MalformedField[] = [],
    private readonly budget: Budget = newBudget(),
  ) {}

  public at<T>(segment: string | number, shape: Shape<T>, value: unknown): T | undefined {
    this.path.push(segment);
    const result = shape.read(value, this);
    this.path.pop();
    return result;
  }

  public refuse(expected: string, found: unknown): undefined {
    // `n` and `1.10` are none to Kubernetes where they stand as they are.
    const hint = expected === 'a string' && (typeof found === 'boolean' || typeof found === 'number') ? '; put it in quotes' : '';
    return this.report(`must be ${expected}, it is ${kindOf(found)}${hint}`);
  }

  /** Whether so many elements may still be read; where not, the place is reported. */
  public canRead(elements: number): boolean {
    if (spend(this.budget, elements)) return true;
    this.report(`is not judged, because ${tooManyValues}`);
    return false;
  }

  private report(problem: string): undefined {
    const name = fieldName(this.path);
    this.malformed.push({ pointer: pointer(this.base, ...this.path), message: name === '' ? problem : `${name} ${problem}` });
    return undefined;
  }
}

/** `securityContext.capabilities.add[0]`. */
function fieldName(path: readonly (string | number)[]): string {
  let name = '';
  for (const segment of path) {
    if (typeof segment === 'number') name += `[${segment}]`;
    // The key of a map may be anything; the pointer has it in full.
    else if (!/^[\w./-]{1,100}$/.test(segment)) name += '[…]';
    else if (/\W/.test(segment)) name += `[${segment}]`;
    else name += name === '' ? segment : `.${segment}`;
  }
  return name;
}

export const string: Shape<string> = {
  zero: '',
  read: (value, reading) => typeof value === 'string' ? value : reading.refuse('a string', value),
};

export const boolean: Shape<boolean> = {
  zero: false,
  read: (value, reading) => typeof value === 'boolean' ? value : reading.refuse('true or false', value),
};

export const integer: Shape<number> = {
  zero: 0,
  read: (value, reading) => Number.isInteger(value) ? value as number : reading.refuse('an integer', value),
};

/** A list; an element that cannot be read stands as its zero value, so that the others keep their index. */
export function list<T>(element: Shape<T>): Shape<readonly T[]> {
  return {
    zero: Object.freeze([]),
    names: element.names,
    read: (value, reading) => {
      if (!Array.isArray(value)) return reading.refuse('a list', value);
      if (!reading.canRead(value.length)) return undefined;
      const result: T[] = [];
      // Not `map`: it passes over the holes of a sparse array, and leaves them in the result.
      for (let index = 0; index < value.length; index++) result.push(readElement(value[index], index, element, reading));
      return result;
    },
  };
}

/** An object with free keys. */
export function map<T>(element: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    zero: Object.freeze({}),
    read: (value, reading) => {
      if (!isPlainObject(value)) return reading.refuse('an object', value);
      const keys = Object.keys(value);
      if (!reading.canRead(keys.length)) return undefined;
      const result = Object.create(null) as Record<string, T>;
      for (const key of keys) result[key] = readElement(value[key], key, element, reading);
      return result;
    },
  };
}

function readElement<T>(value: unknown, segment: string | number, shape: Shape<T>, reading: Reading): T {
  // JSON writes `undefined` in a list as `null`.
  return (value === null || value === undefined ? undefined : reading.at(segment, shape, value)) ?? shape.zero;
}

export type Fields<F> = { readonly [K in keyof F]?: TypeOf<F[K]> };

/** An object with known keys, each of which may be left out. */
export function object<F extends Record<string, Shape<unknown>>>(fields: F): Shape<Fields<F>> {
  const known = new Map(Object.entries(fields));
  return {
    zero: Object.freeze({}),
    names: new Set([...known.keys(), ...Object.values(fields).flatMap(({ names = [] }) => [...names])]),
    read: (value, reading) => {
      if (!isPlainObject(value)) return reading.refuse('an object', value);
      const keys = Object.keys(value);
      // Unknown keys count too: an alias may repeat an object of a million of them.
      if (!reading.canRead(keys.length)) return undefined;
      const result: Record<string, unknown> = {};
      for (const key of keys) {
        const shape = known.get(key);
        if (shape === undefined) continue;
        const field = value[key];
        if (field !== null && field !== undefined) result[key] = reading.at(key, shape, field);
      }
      return result as Fields<F>;
    },
  };
}
