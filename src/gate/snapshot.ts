import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { misreadAs } from './misread';
import { PolicyError } from '../policy/error';
import { quoted } from '../text/text';

/** Deeper than any manifest, shallower than the stack. */
const deepest = 500;

/** More objects and lists than fit the API server's limit for one object (etcd's 1.5 MiB). */
const largest = 1_000_000;

/**
 * What ends a line for Kubernetes and not for cdk8s, which writes it as it is: what stands behind it in a value is read as a line
 * of its own, and can be a key. Source: `is_break` of go-yaml, which sigs.k8s.io/yaml reads manifests with (YAML 1.1, 5.4).
 */
const lineBreak = /[\u0085\u2028\u2029]/;

/**
 * A copy in plain JSON that nobody else holds. A getter or a proxy is read once, here, so that it cannot give one value to be judged and
 * another to be written.
 *
 * @throws PolicyError `unjudged` on what is not JSON, on what Kubernetes reads otherwise than it is written, and on what is larger
 * than any manifest
 */
export function snapshot(value: unknown, object: ApiObject): unknown {
  let nodes = 0;
  return copy(value, 0, '');

  function copy(from: unknown, depth: number, name: string): unknown {
    if (typeof from === 'string') return readable(from, name);
    if (isPlain(from)) return from;
    if (typeof from !== 'object') throw unjudged(object, `it holds a ${typeof from}, which is not JSON`);
    nodes += 1;
    if (depth > deepest) throw unjudged(object, `it is nested more than ${deepest} levels deep`);
    if (nodes > largest) throw unjudged(object, `it holds more than ${largest} objects and lists`);
    if (Array.isArray(from)) return Array.from(from, (item) => copy(item, depth + 1, name));
    const prototype: unknown = Object.getPrototypeOf(from);
    // The plain objects of another realm (jest runs tests in one) have a prototype that is not ours, but is the last.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw unjudged(object, 'it holds an instance of a class, which is not JSON');
    }
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(from)) {
      if (key === '<<') throw unjudged(object, 'it has the key "<<", and Kubernetes puts what it holds into the object around it');
      readable(key, key, true);
      const itsCopy = copy(item, depth + 1, key);
      // A plain assignment to `__proto__` would change the prototype instead of writing a key.
      if (key === '__proto__') Object.defineProperty(result, key, { value: itsCopy, enumerable: true, writable: true, configurable: true });
      else result[key] = itsCopy;
    }
    return result;
  }

  function readable(text: string, name: string, isKey = false): string {
    const problem = problemOf(text, isKey);
    if (problem === undefined) return text;
    const what = isKey ? `the key ${quoted(text)}` : `the text ${quoted(text)} in ${quoted(name)}`;
    throw unjudged(object, `cdk8s writes ${what} in such a way that ${problem}`);
  }
}

function problemOf(text: string, isKey: boolean): string | undefined {
  if (lineBreak.test(text)) return 'U+0085, U+2028 or U+2029 in it ends a line for Kubernetes';
  // Without quotes, and at the start of a document it vanishes.
  if (isKey && text.startsWith('\ufeff')) return 'the byte order mark at its start may be left out';
  const read = misreadAs(text, isKey);
  return read && `Kubernetes reads ${read}; write what is meant, a number without quotes, or another text`;
}

/** `undefined` is a key left out; YAML has no other way to write it. */
function isPlain(value: unknown): value is null | undefined | boolean | number {
  return value === null || value === undefined || typeof value === 'boolean' || typeof value === 'number';
}

export function unjudged(construct: IConstruct, problem: string): PolicyError {
  return new PolicyError('unjudged', `${construct.node.path || 'the app'} cannot be judged: ${problem}`);
}
