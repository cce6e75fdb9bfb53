import { IConstruct } from 'constructs';
import { unjudged } from './snapshot';

const held = new WeakMap<object, Set<PropertyKey>>();

/** How a property is read, and what an assignment to it does. */
interface Held {
  readonly get: () => unknown;
  /** @default - it is refused */
  readonly set?: (value: unknown) => void;
}

/**
 * Takes a property for good: it can be neither deleted nor defined anew, so there is nothing to check and nothing to restore. What it
 * answers is asked of the gate each time, which is how it ends.
 *
 * @param construct that messages name
 * @throws PolicyError `unjudged` where it cannot be taken, and when something else is put there later
 */
export function hold(construct: IConstruct, target: object, key: string, { get, set }: Held): void {
  if (isHeld(target, key)) return;
  const refuse = () => { throw unjudged(construct, `its ${key} was replaced after the policy was put in force`); };
  if (!Reflect.defineProperty(target, key, { get, set: set ?? refuse, enumerable: false, configurable: false })) {
    throw unjudged(construct, `its ${key} cannot be guarded, because it is frozen or a second copy of cdk8s-hardened holds it; `
      + '"npm ls cdk8s-hardened" shows the copies, "npm dedupe" leaves one');
  }
  held.set(target, (held.get(target) ?? new Set()).add(key));
}

export function isHeld(target: object, key: PropertyKey): boolean {
  return held.get(target)?.has(key) ?? false;
}

/** Holds a method of a construct's node as its class has it: through it cdk8s finds what it validates and what it writes. */
export function holdNode(construct: IConstruct, key: 'findAll' | 'validate', answer: (original: () => IConstruct[]) => unknown): void {
  const { node } = construct;
  if (isHeld(node, key)) return;
  if (Object.hasOwn(node, key)) throw unjudged(construct, `the ${key} of its node is not that of constructs`);
  Reflect.defineProperty(construct, 'node', { value: node, writable: false, configurable: false });
  const original = node[key] as (...args: unknown[]) => IConstruct[];
  hold(construct, node, key, { get: () => (...args: unknown[]) => answer(() => Reflect.apply(original, node, args)) });
}
