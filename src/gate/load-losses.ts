import { isObject, type Json, kindOf, pointer } from '../shape/json';
import { quoted } from '../text/text';
import type { InputDocument } from '../yaml/documents';
import { readNumber } from '../yaml/number';
import { lineOf, positionOf } from '../yaml/position';

/** Something that a document says and that is not what cdk8s would write. */
export interface Loss {
  readonly line: number;
  readonly message: string;
}

/** Maps of any keys, where `null` is an empty text or zero to Kubernetes; elsewhere it is as if the key were not there. */
const maps: ReadonlySet<string> = new Set([
  'data', 'stringData', 'binaryData', 'labels', 'annotations', 'matchLabels', 'nodeSelector', 'selector', 'limits', 'requests', 'hard', 'overhead',
  'capacity', 'parameters', 'volumeAttributes', 'default', 'defaultRequest', 'min', 'max', 'maxLimitRequestRatio',
]);
/** The selector of a workload is an object of these, that of a service is a map. */
const ofSelector: ReadonlySet<string> = new Set(['matchLabels', 'matchExpressions']);

/** What cdk8s takes apart when it makes metadata, whatever it is. */
const inMetadata: readonly (readonly [key: string, what: 'an object' | 'a list'])[] = [
  ['labels', 'an object'], ['annotations', 'an object'], ['finalizers', 'a list'], ['ownerReferences', 'a list'],
];

/** Enough to see what is wrong; an alias may repeat one a million times. */
const most = 20;

/** What JavaScript does not hold of a document, and what cdk8s leaves out or writes otherwise where it is an object: the first of it. */
export function lossesIn(document: InputDocument): readonly Loss[] {
  const losses: Loss[] = [];
  const path: string[] = [];
  const isApiObject = isObject(document.value) && Object.hasOwn(document.value, 'apiVersion');
  visit(document.value);
  if (isApiObject) visitMetadata(document.value.metadata);
  return losses;

  function visit(value: Json): void {
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) visitLarge(value);
    if (typeof value !== 'object' || value === null) return;
    const isMap = isObject(value) && maps.has(path.at(-1) ?? '');
    for (const [key, item] of Object.entries(value) as [string, Json][]) {
      if (losses.length >= most) return;
      path.push(key);
      if (isApiObject) visitEntry(key, item, isMap);
      visit(item);
      path.pop();
    }
  }

  function visitEntry(key: string, item: Json, isOfMap: boolean): void {
    if (key === '__proto__' || key === 'constructor') add(`the key ${quoted(key)} has a meaning in JavaScript, and cdk8s does not write it`);
    if (isOfMap && item === null && !ofSelector.has(key)) {
      add(`${quoted(key)} has no value, which cdk8s leaves out and Kubernetes does not; write the value that is meant, such as ""`);
    }
  }

  function visitMetadata(metadata: Json | undefined): void {
    path.push('metadata');
    if (!isObject(metadata)) {
      mustBe('an object', metadata);
      return;
    }
    for (const [key, what] of inMetadata) {
      path.push(key);
      mustBe(what, metadata[key]);
      path.pop();
    }
  }

  function mustBe(what: 'an object' | 'a list', value: Json | undefined): void {
    const found = kindOf(value);
    if (value === undefined || value === null || found === what) return;
    add(`${path.join('.')} must be ${what}, it is ${found}, of which cdk8s would write the parts`);
  }

  function visitLarge(value: number): void {
    const { line, column, endColumn } = positionOf(document, pointer('', ...path));
    const literal = lineOf(document, line).slice(column - 1, endColumn - 1).replace(/["']/g, '');
    if (readNumber(literal)?.isInteger === false || literal === String(value)) return;
    add(`the integer ${literal} has more digits than JavaScript holds, and would become ${value}; put it in quotes where a text is meant`);
  }

  function add(message: string): void {
    losses.push({ line: positionOf(document, pointer('', ...path)).line, message });
  }
}
