import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { addEnforcement, enforcedObjectsWithin, EnforceOptions, enforcementsInForce, isEnforced } from './enforcement';
import { putGuard, render } from './guard';
import { refuseOwnToJson } from './own-to-json';
import { pronounce } from './pronounce';
import { renderPinned, Written } from './render-pinned';
import { Session } from './session';
import { objectsOf } from './tree';
import { Policy } from '../policy/policy';

const gates = new WeakMap<IConstruct, Gate>();

/**
 * Puts a policy in force for a construct tree: nothing leaves it that was not judged, and nothing is written unless all of it passes.
 *
 * Works on any tree: a plain `cdk8s.App`, a chart, a construct. Where several policies are in force for an object, all of them hold.
 * What is judged is the final JSON: patches, resolvers, `Include`, `Helm`, `List`, custom resources.
 *
 * Not guaranteed: what a program writes past cdk8s, with `fs`.
 *
 * @throws PolicyError `invalid-policy`, with every key that is wrong; LockError `invalid-lock`
 */
export function enforce(root: IConstruct, policy: Policy, options: EnforceOptions = {}): void {
  addEnforcement(root, policy, options);
  if (!gates.has(root.node.root)) gates.set(root.node.root, new Gate(root.node.root));
}

/**
 * What stands at the root of a tree with a policy in force.
 *
 * There are two ways out of a tree. `App.synth` and `App.synthYaml` write all of it: they run within a session, which renders
 * each object once, judges all, and lets cdk8s write just that. `Chart.toJson`, which is also `Testing.synth`, gives one chart:
 * cdk8s validates the tree first, and there the gate puts a guard before the `toJson` of each object, so that the first one asked
 * for has its whole chart judged.
 */
class Gate {
  private session: Session | undefined;
  /** Judged and not yet handed out: an object rendered twice is not always the same twice (`spread`, counters). */
  private judged = new Map<ApiObject, Written>();
  /** Whether cdk8s has just validated the tree, so that a whole chart will be asked for. */
  private expectsChart = false;

  public constructor(private readonly root: IConstruct) {
    root.node.addValidation({ validate: () => this.guardObjects() });
    for (const method of ['synth', 'synthYaml']) this.openSessionAround(method);
  }

  private openSessionAround(method: string): void {
    const original: unknown = Reflect.get(this.root, method);
    if (typeof original !== 'function') return;
    const run = (...args: unknown[]) => {
      // A subclass may call one from the other. A lazy value or a validation may too, before anything was judged.
      if (this.session?.hasJudged) return Reflect.apply(original, this.root, args) as unknown;
      const around = this.session;
      this.session = new Session(this.root, () => { this.expectsChart = false; });
      try {
        return this.session.run(() => Reflect.apply(original, this.root, args) as unknown);
      } finally {
        this.session = around;
      }
    };
    Object.defineProperty(this.root, method, { value: run, configurable: true, writable: true });
  }

  private guardObjects(): string[] {
    if (this.session?.hasJudged) return [];
    if (this.session === undefined) refuseOwnToJson(this.root);
    this.judged.clear();
    this.expectsChart = true;
    for (const object of enforcedObjectsWithin(this.root)) putGuard(object, (demanded) => this.demand(demanded));
    return [];
  }

  private demand(object: ApiObject): unknown {
    if (!this.judged.has(object)) {
      // Nothing leaves by it: a session asks past the guards, so that it is the program itself that wants to see an object.
      if (this.session !== undefined && !this.expectsChart) return render(object);
      const objects = this.expectsChart ? objectsOf(Chart.of(object)).filter(isEnforced) : [object];
      this.expectsChart = false;
      const rendered = new Map(objects.map((each) => [each, renderPinned(each, enforcementsInForce(each))]));
      pronounce(rendered, this.root);
      this.judged = rendered;
    }
    const written = this.judged.get(object);
    this.judged.delete(object);
    return written?.json;
  }
}
