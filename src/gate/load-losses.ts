import { isObject, type Json, pointer } from '../shape/json';
import { quoted } from '../text/text';
import type { InputDocument } from '../yaml/documents';
import { readNumber } from '../yaml/number';
import { lineOf, positionOf } from '../yaml/position';

/** Something that a document says and that is not what cdk8s would write. */
export interface Loss {
  readonly line: number;
  readonly message: string;
}

/** Objects of texts, where `null` is an empty text to Kubernetes; elsewhere it is as if the key were not there. */
const ofTexts: ReadonlySet<string> = new Set(['data', 'stringData', 'binaryData', 'labels', 'annotations', 'matchLabels', 'nodeSelector']);

/** Enough to see what is wrong; an alias may repeat one a million times. */
const most = 20;

/** What cdk8s leaves out of a document, or writes otherwise, when the document becomes an `ApiObject`: the first of it. */
export function lossesIn(document: InputDocument): readonly Loss[] {
  const losses: Loss[] = [];
  const path: string[] = [];
  visit(document.value);
  return losses;

  function visit(value: Json): void {
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) visitLarge(value);
    if (typeof value !== 'object' || value === null) return;
    const isOfTexts = isObject(value) && ofTexts.has(path.at(-1) ?? '');
    for (const [key, item] of Object.entries(value) as [string, Json][]) {
      path.push(key);
      if (key === '__proto__' || key === 'constructor') add(`the key ${quoted(key)} has a meaning in JavaScript, and cdk8s does not write it`);
      if (isOfTexts && item === null) add(`${quoted(key)} has no value, which Kubernetes reads as an empty text and cdk8s leaves out; write ""`);
      visit(item);
      path.pop();
    }
  }

  function visitLarge(value: number): void {
    const { line, column, endColumn } = positionOf(document, pointer('', ...path));
    const literal = lineOf(document, line).slice(column - 1, endColumn - 1).replace(/["']/g, '');
    if (readNumber(literal)?.isInteger === false || literal === String(value)) return;
    add(`the integer ${literal} has more digits than JavaScript holds, and would become ${value}; put it in quotes where a text is meant`);
  }

  function add(message: string): void {
    if (losses.length < most) losses.push({ line: positionOf(document, pointer('', ...path)).line, message });
  }
}
