import { IConstruct } from 'constructs';
import { enforcedObjectsWithin, isEnforced } from './enforcement';
import { unjudged } from './snapshot';
import { chartsWithin } from './tree';

/** Known to every copy of this library in the process. */
const ours = Symbol.for('cdk8s-hardened.toJson');

/** Marks a `toJson` that a gate puts over that of a chart. */
export function markAsOurs<Function extends object>(toJson: Function): Function {
  return Object.assign(toJson, { [ours]: true });
}

/**
 * Refuses charts of a class that has a `toJson` of its own: what it adds would leave unjudged by one way, and be dropped without
 * a word by the other.
 *
 * @throws PolicyError `unjudged`
 */
export function refuseOwnToJson(root: IConstruct): void {
  for (const chart of chartsWithin(root)) {
    if (hasOwnToJson(chart) && (isEnforced(chart) || enforcedObjectsWithin(chart).length > 0)) {
      throw unjudged(chart, 'its toJson is its own and not that of cdk8s; use a JSON patch, or a toJson of the object');
    }
  }
}

/** Counted, not compared: there may be two copies of cdk8s, each with its own `Chart`. */
function hasOwnToJson(chart: object): boolean {
  let found = 0;
  for (let holder = chart; holder !== null; holder = Object.getPrototypeOf(holder) as object) {
    const toJson: unknown = Object.getOwnPropertyDescriptor(holder, 'toJson')?.value;
    if (typeof toJson === 'function' && !(ours in toJson)) found += 1;
  }
  return found > 1;
}
