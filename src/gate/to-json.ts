import { ApiObject, Chart } from 'cdk8s';
import { isOverridden, overrideProperty } from './override';
import { unjudged } from './snapshot';

/** What an object's `toJson` asks. */
export interface ToJsonHandler {
  /** What the object's `toJson` gives. */
  jsonOf(object: ApiObject): unknown;
  /** @throws PolicyError `unjudged` once it is too late for another `toJson` */
  allowReplacing(object: ApiObject): void;
}

interface Override {
  readonly toJson: () => unknown;
  readonly original: () => unknown;
}

const overrides = new WeakMap<ApiObject, Override>();

/** Puts the handler in the place of the object's `toJson`, for good. A `toJson` that is assigned later is overridden in its turn. */
export function overrideToJson(object: ApiObject, handler: ToJsonHandler): void {
  if (overrides.has(object)) return;
  const over = (replaced: () => unknown): Override => {
    const original = () => Reflect.apply(replaced, object, []);
    // A later `toJson` may call the one before it, and that is not asked for what was judged but for what it renders.
    const toJson = () => overrides.get(object)?.toJson === toJson ? handler.jsonOf(object) : original();
    return { toJson, original };
  };
  const first = over(object.toJson);
  overrideProperty(object, object, 'toJson', {
    get: () => overrides.get(object)?.toJson,
    set: (toJson) => {
      handler.allowReplacing(object);
      overrides.set(object, over(toJson as () => unknown));
    },
  });
  overrides.set(object, first);
}

/** What the object renders to by its own `toJson`, which is called once. */
export function originalJsonOf(object: ApiObject): unknown {
  return (overrides.get(object) ?? { original: () => object.toJson() as unknown }).original();
}

/**
 * Refuses a chart of a class with a `toJson` of its own: what it adds would not be judged when the chart is rendered alone, and would be
 * missing from what the app writes.
 *
 * @throws PolicyError `unjudged`
 */
export function refuseOwnToJson(chart: Chart): void {
  // Counted, not compared: there may be two copies of cdk8s, each with its own `Chart`.
  let found = 0;
  for (let holder: object | null = chart; holder !== null; holder = Object.getPrototypeOf(holder) as object | null) {
    if (Object.hasOwn(holder, 'toJson') && !isOverridden(holder, 'toJson')) found += 1;
  }
  if (found > 1) throw unjudged(chart, 'its toJson is its own and not that of cdk8s; use a JSON patch, or a toJson of the object');
}
