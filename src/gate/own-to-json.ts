import { Chart } from 'cdk8s';
import { isHeld } from './hold';
import { unjudged } from './snapshot';

/**
 * Refuses a chart of a class that has a `toJson` of its own: what it adds would leave unjudged by one way, and be dropped without
 * a word by the other.
 *
 * @throws PolicyError `unjudged`
 */
export function refuseOwnToJson(chart: Chart): void {
  if (hasOwnToJson(chart)) throw unjudged(chart, 'its toJson is its own and not that of cdk8s; use a JSON patch, or a toJson of the object');
}

/** Counted, not compared: there may be two copies of cdk8s, each with its own `Chart`. */
function hasOwnToJson(chart: object): boolean {
  let found = 0;
  for (let holder = chart; holder !== null; holder = Object.getPrototypeOf(holder) as object) {
    if (Object.hasOwn(holder, 'toJson') && !isHeld(holder, 'toJson')) found += 1;
  }
  return found > 1;
}
