import { ApiObject } from 'cdk8s';
import { hold } from './hold';

interface Guarded {
  readonly guard: () => unknown;
  readonly render: () => unknown;
}

/** What a gate says of an object. */
export interface Keeper {
  /** What the object's `toJson` gives. */
  demand(object: ApiObject): unknown;
  /** @throws PolicyError `unjudged` once it is too late for another `toJson` */
  allowChange(object: ApiObject): void;
}

const guarded = new WeakMap<ApiObject, Guarded>();

/** Puts a guard before the object's `toJson`, for good. A `toJson` that is put over it later comes under a new one. */
export function putGuard(object: ApiObject, keeper: Keeper): void {
  if (guarded.has(object)) return;
  const cover = (original: () => unknown) => {
    const own = () => Reflect.apply(original, object, []);
    // A guard under a newer one is asked from within the rendering of what lies between them.
    const guard = () => guarded.get(object)?.guard === guard ? keeper.demand(object) : own();
    return { guard, render: own };
  };
  const first = cover(object.toJson);
  hold(object, object, 'toJson', {
    get: () => guarded.get(object)?.guard,
    set: (toJson) => {
      keeper.allowChange(object);
      guarded.set(object, cover(toJson as () => unknown));
    },
  });
  guarded.set(object, first);
}

/** What the object renders to, past its guard. */
export function render(object: ApiObject): unknown {
  return (guarded.get(object) ?? { render: () => object.toJson() as unknown }).render();
}
