import { ApiObject } from 'cdk8s';

interface Guarded {
  readonly guard: () => unknown;
  readonly render: () => unknown;
}

const guarded = new WeakMap<ApiObject, Guarded>();

/** Puts a guard before the object's `toJson`, unless it stands there already. A `toJson` put over the guard comes under a new one. */
export function putGuard(object: ApiObject, demand: (object: ApiObject) => unknown): void {
  const original = object.toJson;
  if (guarded.get(object)?.guard === original) return;
  const own = () => Reflect.apply(original, object, []) as unknown;
  // A guard under a newer one is asked from within the rendering of what lies between them.
  const guard = () => guarded.get(object)?.guard === guard ? demand(object) : own();
  guarded.set(object, { guard, render: own });
  Object.defineProperty(object, 'toJson', { value: guard, configurable: true, writable: true });
}

/** What the object renders to, past its guard. */
export function render(object: ApiObject): unknown {
  const known = guarded.get(object);
  return known !== undefined && known.guard === object.toJson ? known.render() : object.toJson();
}
