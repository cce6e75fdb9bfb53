import { createHash } from 'crypto';
import type { Document } from './documents';

/** What one reader in Go found, or why it found nothing. */
export type Answer = Readonly<Record<string, unknown>> | string;
/** A document, and which readers gave which answer. */
export type Row = readonly [name: string, sum: string, answers: readonly (readonly [readers: readonly string[], answer: Answer])[]];

/** Readers that agree are named together, so that the file stays short. */
export function frozenRow(document: Document, answers: Readonly<Record<string, unknown>>): Row {
  const groups = new Map<string, string[]>();
  for (const [reader, answer] of Object.entries(answers)) {
    const key = JSON.stringify(answer);
    groups.set(key, [...groups.get(key) ?? [], reader]);
  }
  return [document.name, sumOf(document), [...groups].map(([answer, readers]) => [readers, JSON.parse(answer) as Answer] as const)];
}

/** Tells whether a document is the one that was answered. */
export function sumOf({ bytes }: Document): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
