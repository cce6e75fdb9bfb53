/*
 * What an untrusted value must be, as data: one description is read by `strict.ts` and written as a JSON Schema by `json-schema.ts`.
 */

/** What an editor shows; nothing is read by it. */
export interface Notes {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

/** A problem of something below a value: the keys that lead to it, and what is to be said behind them. */
export type ProblemBelow = readonly [at: readonly (string | number)[], problem: string];

export interface TextKind {
  readonly is: 'text';
  /** What to say where it is anything else: `a tag, without wildcards`. */
  readonly expected: string;
  /** Without flags, because a JSON Schema has none. */
  readonly pattern?: RegExp;
  readonly longest?: number;
  readonly among?: readonly string[];
  /** Says better than `expected` what is wrong with one that does not fit. */
  readonly why?: (text: string) => string | undefined;
  /** Says what is wrong with one that fits, where no schema could. */
  readonly beyond?: (text: string) => string | undefined;
}

export interface ListKind {
  readonly is: 'list';
  readonly of: Description;
  readonly most?: number;
  /** What to say of an empty one; left out, it may be empty. */
  readonly ifEmpty?: string;
  /** Of texts, each once. */
  readonly isSet?: boolean;
}

/** An object whose keys are the author's. */
export interface MapKind {
  readonly is: 'map';
  readonly keys: TextKind;
  readonly of: Description;
  readonly most?: number;
  /** What a key stands for: no two may mean the same, because which of them holds would depend on their order. */
  readonly meaning?: (key: string) => string;
  /** A key that is no entry, and is not kept. */
  readonly besides?: Readonly<Record<string, Description>>;
  readonly beyond?: (entries: never) => Iterable<ProblemBelow>;
}

/** An object with these keys and no other. */
export interface RecordKind {
  readonly is: 'record';
  readonly fields: Readonly<Record<string, Description>>;
  readonly required: readonly string[];
  /** At least one of these keys must be there. */
  readonly anyOf?: { readonly keys: readonly string[]; readonly problem: string };
  readonly beyond?: (record: never, key: string) => Iterable<ProblemBelow>;
  /** The name of its definition in the schema. */
  readonly name?: string;
}

export type Kind = TextKind | ListKind | MapKind | RecordKind
  | { readonly is: 'integer'; readonly most: number }
  | { readonly is: 'flag' }
  | { readonly is: 'constant'; readonly value: boolean | number; readonly expected: string }
  /** Functions: in TypeScript only, so in no schema. */
  | { readonly is: 'code'; readonly beyond: (value: unknown) => Iterable<ProblemBelow> };

/** A description of a value of type `T`. */
export type Description<T = unknown> = Kind & Notes & {
  /** Never there: for the compiler. */
  readonly type?: () => T;
};
export type TypeOf<D> = D extends { readonly type?: () => infer T } ? T : never;

type Fields = Readonly<Record<string, Description>>;
type RecordOf<F extends Fields, R extends keyof F> =
  { readonly [K in R]: TypeOf<F[K]> } & { readonly [K in Exclude<keyof F, R>]?: TypeOf<F[K]> };
type Rest<K extends Kind> = Omit<K, 'is' | 'of' | 'keys' | 'fields' | 'required' | 'beyond'>;

export function text(kind: Omit<TextKind, 'is'>): TextKind & Description<string> {
  return { is: 'text', ...kind };
}

export function integer(most: number): Description<number> {
  return { is: 'integer', most };
}

export const flag: Description<boolean> = { is: 'flag' };

export function constant<const T extends boolean | number>(value: T, expected: string): Description<T> {
  return { is: 'constant', value, expected };
}

export function list<T>(of: Description<T>, rest: Rest<ListKind> = {}): Description<readonly T[]> {
  return { is: 'list', of, ...rest };
}

export function map<T>(
  keys: TextKind, of: Description<T>,
  rest: Rest<MapKind> & { readonly beyond?: (entries: Readonly<Record<string, T>>) => Iterable<ProblemBelow> } = {},
): Description<Readonly<Record<string, T>>> {
  return { is: 'map', keys, of, ...rest };
}

export function record<F extends Fields, R extends keyof F & string>(
  fields: F, required: readonly R[],
  rest: Rest<RecordKind> & { readonly beyond?: (value: RecordOf<F, R>, key: string) => Iterable<ProblemBelow> } = {},
): Description<RecordOf<F, R>> {
  return { is: 'record', fields, required, ...rest };
}

/** The same with other words for an editor. */
export function noted<D extends Description>(description: D, notes: Notes): D {
  return { ...description, ...notes };
}
