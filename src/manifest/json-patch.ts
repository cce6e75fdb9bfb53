import { get, isPlainObject, Json, JsonObject, kindOf, pointer } from '../shape/json';
import { segmentsOf } from '../shape/json-pointer';

/** What one operation of a JSON patch says, or why that is not known. */
type Operation = WrittenOperation | { readonly problem: string };

interface WrittenOperation {
  /** An object with nothing but what the operation writes. */
  readonly partial: Json;
  /** JSON pointer of that in it; the index of an item is 0 there, whatever it is in the patch. */
  readonly at: string;
}

/** With a sign too, as the library has it that Kubernetes and kustomize use: -1 is the last item. */
const index = /^(?:-|[-+]?\d+)$/;
const words: ReadonlySet<string> = new Set(['command', 'args']);

/**
 * What an operation of a JSON patch (RFC 6902) says; `undefined` for `test`, which says nothing.
 *
 * It sees nothing of the operations around it, so that no order of them hides anything.
 */
export function operationOf(operation: Json): Operation | undefined {
  if (!isPlainObject(operation)) return { problem: `an operation must be an object, it is ${kindOf(operation)}` };
  const op = get(operation, 'op');
  const path = get(operation, 'path');
  if (op === 'test') return undefined;
  if (op === 'move' || op === 'copy') return { problem: `op ${op} puts a value there that is not in the patch` };
  if (op !== 'add' && op !== 'replace' && op !== 'remove') return { problem: 'op must be add, replace, remove or test' };
  if (typeof path !== 'string' || !(path === '' || path.startsWith('/'))) return { problem: 'path must be a text that begins with "/"' };
  return op === 'remove' ? removed(segmentsOf(path)) : written(segmentsOf(path), get(operation, 'value') ?? null);
}

function written(path: readonly string[], value: Json): WrittenOperation {
  const last = path.at(-1);
  // One word of a command line may be a script, whatever stands around it.
  if (last !== undefined && index.test(last) && words.has(String(path.at(-2)))) return wrap(path.slice(0, -1), ['sh', '-c', value]);
  return wrap(path, value);
}

/** Of a list, it is not known which item is taken away, so that nothing in it can be relied upon. */
function removed(path: readonly string[]): WrittenOperation {
  return index.test(path.at(-1) ?? '') ? wrap(path.slice(0, -1), []) : wrap(path, null);
}

function wrap(path: readonly string[], value: Json): WrittenOperation {
  let partial = value;
  const places: string[] = [];
  for (const segment of [...path].reverse()) {
    const isItem = index.test(segment);
    places.push(isItem ? '0' : segment);
    partial = isItem ? [partial] : own(segment, partial);
  }
  return { partial, at: pointer('', ...places.reverse()) };
}

/** Not a literal: its key `__proto__` would change the prototype. */
function own(key: string, value: Json): JsonObject {
  return Object.fromEntries([[key, value]]);
}
