import { createHash } from 'node:crypto';
import type { Answer } from './compare';
import { bytes, corpus } from './corpus';
import { Ground, mutations } from './mutations';

/** Documents, 1 where an error ended the stream, objects. */
type FrozenAnswer = readonly [documents: readonly unknown[], isError: 0 | 1, objects: readonly (readonly [string, string])[]];

/** The answers that were frozen, and what the streams are made from. */
export interface Frozen {
  readonly count: number;
  readonly seed: number;
  /** The sum of the streams, so that answers are never held against others. */
  readonly streams: string;
  /** Of the newest version, and of the oldest where it differs. */
  readonly answers: readonly (readonly [newest: FrozenAnswer, oldest?: FrozenAnswer])[];
}

/** The corpus, and mutations of it. */
export function streamsOf({ count, seed }: Pick<Frozen, 'count' | 'seed'>): readonly Uint8Array[] {
  return [...buffers(Object.values(corpus).flat()), ...bytes, ...buffers(mutations(count, seed))];
}

/** The same of another corpus. */
export function documentsOf({ count, seed }: Pick<Frozen, 'count' | 'seed'>, texts: readonly string[], ground: Ground): readonly Uint8Array[] {
  return buffers([...texts, ...mutations(count, seed, ground)]);
}

function buffers(texts: Iterable<string>): readonly Uint8Array[] {
  return [...texts].map((text) => Buffer.from(text));
}

export function sumOf(streams: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const stream of streams) hash.update(`${stream.length}\n`).update(stream);
  return hash.digest('hex');
}

export function frozenRow(oldest: Answer, newest: Answer): Frozen['answers'][number] {
  const [row, other] = [newest, oldest].map(({ documents, isError, objects }): FrozenAnswer => [documents, isError ? 1 : 0, objects]);
  return JSON.stringify(row) === JSON.stringify(other) ? [row] : [row, other];
}

/** The answers of both versions. */
export function answersOf([newest, oldest = newest]: Frozen['answers'][number]): readonly Answer[] {
  return [newest, oldest].map(([documents, isError, objects]) => ({ documents, isError: isError === 1, objects }));
}
