import { IConstruct } from 'constructs';
import { unjudged } from './snapshot';

const overridden = new WeakMap<object, Set<PropertyKey>>();

interface Accessors {
  readonly get: () => unknown;
  /** @default - an assignment throws */
  readonly set?: (value: unknown) => void;
}

/**
 * Replaces a property for good: it can be neither deleted nor defined again, so there is nothing to check later and nothing to restore.
 *
 * @param construct named in messages
 * @throws PolicyError `unjudged` where the property cannot be replaced, and when something is assigned to it later
 */
export function overrideProperty(construct: IConstruct, target: object, key: string, { get, set }: Accessors): void {
  if (isOverridden(target, key)) return;
  const refuse = () => { throw unjudged(construct, `its ${key} was replaced after the policy was put in force`); };
  if (!Reflect.defineProperty(target, key, { get, set: set ?? refuse, enumerable: false, configurable: false })) {
    throw unjudged(construct, `its ${key} cannot be guarded, because it is frozen or a second copy of cdk8s-hardened holds it; `
      + '"npm ls cdk8s-hardened" shows the copies, "npm dedupe" leaves one');
  }
  overridden.set(target, (overridden.get(target) ?? new Set()).add(key));
}

export function isOverridden(target: object, key: PropertyKey): boolean {
  return overridden.get(target)?.has(key) ?? false;
}

/** Replaces a method of a construct's node, by which cdk8s finds what it validates and what it writes. */
export function overrideNodeMethod(construct: IConstruct, key: 'findAll' | 'validate', answer: (original: () => IConstruct[]) => unknown): void {
  const { node } = construct;
  if (isOverridden(node, key)) return;
  if (Object.hasOwn(node, key)) throw unjudged(construct, `the ${key} of its node is not that of constructs`);
  Reflect.defineProperty(construct, 'node', { value: node, writable: false, configurable: false });
  const original = node[key] as (...args: unknown[]) => IConstruct[];
  overrideProperty(construct, node, key, { get: () => (...args: unknown[]) => answer(() => Reflect.apply(original, node, args)) });
}
