import type { InputDocument } from './documents';
import { buildTree, type Node } from './tree';
import { segmentsOf } from '../shape/json-pointer';

/** A range in a file. Lines and columns count from 1, columns in UTF-16 code units; the end is behind the last character. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Sites {
  readonly document: InputDocument;
  readonly root: Node | undefined;
  /** The offset at which each line of the document's text begins. */
  readonly lines: readonly number[];
}

/** Only the latest: findings come document by document, and the sites of a large file do not fit into memory. */
let latest: Sites | undefined;

/**
 * Where in its file the value stands that a JSON pointer (RFC 6901) names: at the place where it is written, so for an alias
 * at the anchor, and for a merged key in the object that is merged. An object or a list in block style begins on a line of its
 * own; it, and an empty value, are shown by their key. What does not exist is shown by its nearest ancestor that does.
 *
 * What a document is written like is found out for its first pointer, and not again for those that follow; asking for several
 * documents in turns does it each time.
 *
 * Guaranteed: it does not throw for a document that was read.
 */
export function positionOf(document: InputDocument, pointer: string): Position {
  const { root, lines } = sitesOf(document);
  const { start } = document.written;
  const found = root === undefined ? { start, end: start } : find(root, segmentsOf(pointer));
  const [line, column] = placeOf(lines, found.start - start);
  const [endLine, endColumn] = placeOf(lines, found.end - start);
  return { line: document.line + line, column, endLine: document.line + endLine, endColumn };
}

/** The text of a line of a document, without its end. */
export function lineOf(document: InputDocument, line: number): string {
  const { lines } = sitesOf(document);
  const { text } = document;
  const start = lines[line - document.line];
  let end = lines[line - document.line + 1] ?? text.length;
  // Not by a pattern, which would read a line of megabytes once for each finding in it.
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return text.slice(start, end);
}

function sitesOf(document: InputDocument): Sites {
  if (latest?.document === document) return latest;
  const { text, written: { events, source } } = document;
  // Thousands of JSON values may share one text.
  const lines = latest?.document.text === text ? latest.lines : linesOf(text);
  latest = { document, root: buildTree(events, source), lines };
  return latest;
}

function find(root: Node, segments: readonly string[]): { readonly start: number; readonly end: number } {
  let node = root;
  /** What shows the value where it has no text of its own on its line. */
  let name = root;
  for (const segment of segments) {
    const entry = node.entries.get(segment);
    const item = /^(?:0|[1-9]\d*)$/.test(segment) ? node.items[Number(segment)] : undefined;
    if (entry === undefined && item === undefined) return name;
    name = entry?.key ?? item!;
    node = entry?.value ?? item!;
  }
  return node.isBlock || node.start === node.end ? name : node;
}

function linesOf(text: string): readonly number[] {
  const lines = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) lines.push(index + end.length);
  return lines;
}

/** The last line that begins at or before the offset, from 0, and the column, from 1. */
function placeOf(lines: readonly number[], offset: number): readonly [line: number, column: number] {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (lines[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return [low, offset - lines[low] + 1];
}
