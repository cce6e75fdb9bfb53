import type { Description, Kind, ListKind, MapKind, ProblemBelow, RecordKind, TextKind } from './description';
import { get, isPlainObject } from './json';

/** How the messages about one kind of file are worded. */
export interface Voice {
  /** What the whole value is called. */
  readonly whole: string;
  /** Of a key that must be there; left out, that is said as of a wrong value. */
  readonly missing?: string;
  /** Of a key that nobody knows, behind the path of the object; left out, `unknown` says it. */
  readonly unknownIn?: (key: string) => string;
  /** A key or an index as part of a path: `.mirrors`, `."ghcr.io"`, `[3]`. */
  place(segment: string | number): string;
  /** Of a value that is something else, or is not there; `isText` where any text would do. */
  wrong(expected: string, value: unknown, isText?: boolean): string;
  /** Of a key that nobody knows, behind the path of the key itself. */
  unknown?(key: string, known: readonly string[]): string;
}

/** Something that is wrong, with the path to it. */
interface Problem {
  readonly message: string;
  /** Whether no schema could say so. */
  readonly isBeyond: boolean;
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** As many problems as a person mends in one go; a value with more of them is another file, or an attack on the terminal. */
const mostProblems = 20;

/**
 * Reads a value of which nothing is known: all of it is what its description says, or there is a problem for each place where it is not,
 * twenty at most and a last one that says so.
 *
 * What is returned is a copy. An instance of a class is no object: a field that it inherits would be used without having been read.
 */
export function readStrictly<T>(description: Description<T>, value: unknown, voice: Voice, path: readonly string[] = []): Read<T> {
  const reader = new Reader(voice, [...path]);
  const read = reader.read(description, value);
  // Only the reader knows that it has read what the description says.
  return reader.problems.length === 0 ? { ok: true, value: read as T } : { ok: false, problems: reader.problems };
}

class Reader {
  public readonly problems: Problem[] = [];

  public constructor(private readonly voice: Voice, private readonly path: (string | number)[]) {}

  public read(kind: Kind, value: unknown): unknown {
    switch (kind.is) {
      case 'text': return this.text(kind, value);
      case 'list': return Array.isArray(value) ? this.list(kind, value) : this.wrong('a list', value);
      case 'map': return isPlainObject(value) ? this.map(kind, value) : this.wrong('an object', value);
      case 'record': return isPlainObject(value) ? this.record(kind, value) : this.wrong('an object', value);
      case 'flag': return typeof value === 'boolean' ? value : this.wrong('true or false', value);
      case 'constant': return value === kind.value ? value : this.wrong(kind.expected, value);
      case 'integer': {
        const isOne = Number.isInteger(value) && (value as number) >= 0 && (value as number) <= kind.most;
        return isOne ? value : this.wrong(`an integer from 0 to ${kind.most}`, value);
      }
      case 'code':
        this.below(kind.beyond(value));
        return value;
    }
  }

  private text(kind: TextKind, value: unknown): unknown {
    if (typeof value !== 'string') {
      this.tell(this.voice.wrong(kind.expected, value, kind.among === undefined));
      return undefined;
    }
    const { among, longest = Infinity, pattern, why, beyond } = kind;
    const fits = value.length <= longest && (among?.includes(value) ?? true) && (pattern?.test(value) ?? true);
    if (!fits) this.tell(why?.(value) ?? this.voice.wrong(kind.expected, value));
    const problem = fits ? beyond?.(value) : undefined;
    if (problem !== undefined) this.tell(problem, true);
    return value;
  }

  private list({ of, most, ifEmpty, isSet }: ListKind, values: readonly unknown[]): unknown {
    if (!this.isBounded(values.length, most)) return values;
    const before = this.problems.length;
    const copy = values.map((value, index) => this.at(index, of, value));
    if (ifEmpty !== undefined && values.length === 0) this.tell(ifEmpty);
    else if (isSet && this.problems.length === before && new Set(copy).size < copy.length) this.tell('must not have a text twice');
    return copy;
  }

  private map(kind: MapKind, value: Readonly<Record<string, unknown>>): unknown {
    const { keys, of, meaning, besides = {}, beyond } = kind;
    const names = Object.keys(value).filter((name) => !Object.hasOwn(besides, name));
    const before = this.problems.length;
    for (const name of Object.keys(besides)) if (Object.hasOwn(value, name)) this.at(name, besides[name], value[name]);
    if (!this.isBounded(names.length, kind.most)) return value;
    const known = new Map<string, string>();
    const entries: (readonly [string, unknown])[] = [];
    for (const name of names) {
      this.path.push(name);
      const ofKeys = this.problems.length;
      this.text(keys, name);
      if (this.problems.length === ofKeys) {
        if (meaning !== undefined) this.refuseTwice(known, meaning(name));
        entries.push([name, this.read(of, value[name])]);
      }
      this.path.pop();
    }
    const copy = Object.fromEntries(entries);
    if (this.problems.length === before && beyond !== undefined) this.below(beyond(copy as never));
    return copy;
  }

  private refuseTwice(known: Map<string, string>, meant: string): void {
    const other = known.get(meant);
    if (other === undefined) known.set(meant, this.where());
    else this.tell(`means the same as ${other}; keep one of them`, true);
  }

  private record({ fields, required, anyOf, beyond }: RecordKind, value: Readonly<Record<string, unknown>>): unknown {
    const before = this.problems.length;
    const copy: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(fields, name)) this.unknown(name, Object.keys(fields));
      else if (value[name] !== undefined) copy[name] = this.at(name, fields[name], value[name]);
    }
    for (const name of required) {
      if (get(value as never, name) !== undefined) continue;
      if (this.voice.missing === undefined) this.at(name, fields[name], undefined);
      else this.below([[[name], this.voice.missing]], false);
    }
    if (anyOf !== undefined && anyOf.keys.every((name) => copy[name] === undefined)) this.tell(anyOf.problem);
    if (this.problems.length === before && beyond !== undefined) this.below(beyond(copy as never, String(this.path.at(-1) ?? '')));
    return copy;
  }

  private unknown(name: string, known: readonly string[]): void {
    const { unknown, unknownIn } = this.voice;
    if (unknown !== undefined) this.below([[[name], unknown(name, known)]], false);
    else this.tell(unknownIn!(name));
  }

  private at(segment: string | number, kind: Kind, value: unknown): unknown {
    this.path.push(segment);
    const read = this.read(kind, value);
    this.path.pop();
    return read;
  }

  private below(problems: Iterable<ProblemBelow>, isBeyond = true): void {
    for (const [at, problem] of problems) {
      for (const segment of at) this.path.push(segment);
      this.tell(problem, isBeyond);
      this.path.length -= at.length;
    }
  }

  private isBounded(count: number, most = Infinity): boolean {
    if (count > most) this.tell(`must have at most ${most} entries, it has ${count}`);
    return count <= most;
  }

  private wrong(expected: string, value: unknown): undefined {
    this.tell(this.voice.wrong(expected, value));
    return undefined;
  }

  private where(): string {
    return this.path.map((segment) => this.voice.place(segment)).join('').replace(/^\./, '');
  }

  private tell(problem: string, isBeyond = false): void {
    const { length } = this.problems;
    if (length > mostProblems) return;
    const message = length === mostProblems ? 'there are more problems; mend these first' : `${this.where() || this.voice.whole} ${problem}`;
    this.problems.push({ message, isBeyond });
  }
}
