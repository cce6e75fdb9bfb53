import { ApiObject } from 'cdk8s';
import { PolicyError } from '../policy/error';

/** Deeper than any manifest, shallower than the stack. */
const deepest = 500;

/** More objects and lists than fit the API server's limit for one object (etcd's 1.5 MiB). */
const largest = 1_000_000;

/**
 * A copy that nobody else holds, made of plain JSON: a getter or a proxy that answers the judge in one way and the
 * writer in another has answered once, here.
 *
 * @throws PolicyError `unjudged` on what is not JSON, or is larger than any manifest
 */
export function snapshot(value: unknown, object: ApiObject): unknown {
  let nodes = 0;
  return copy(value, 0);

  function copy(from: unknown, depth: number): unknown {
    if (isPlain(from)) return from;
    if (typeof from !== 'object') throw unjudged(object, `it holds a ${typeof from}, which is not JSON`);
    nodes += 1;
    if (depth > deepest) throw unjudged(object, `it is nested more than ${deepest} levels deep`);
    if (nodes > largest) throw unjudged(object, `it holds more than ${largest} objects and lists`);
    if (Array.isArray(from)) return Array.from(from, (item) => copy(item, depth + 1));
    const prototype: unknown = Object.getPrototypeOf(from);
    // The plain objects of another realm (jest runs tests in one) have a prototype that is not ours, but is the last.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw unjudged(object, 'it holds an instance of a class, which is not JSON');
    }
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(from)) {
      const itsCopy = copy(item, depth + 1);
      // A plain assignment to `__proto__` would change the prototype instead of writing a key.
      if (key === '__proto__') Object.defineProperty(result, key, { value: itsCopy, enumerable: true, writable: true, configurable: true });
      else result[key] = itsCopy;
    }
    return result;
  }
}

/** `undefined` is a key left out; YAML has no other way to write it. */
function isPlain(value: unknown): value is null | undefined | string | boolean | number {
  return value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
}

export function unjudged(object: ApiObject, problem: string): PolicyError {
  return new PolicyError('unjudged', `${object.node.path} cannot be judged: ${problem}`);
}
