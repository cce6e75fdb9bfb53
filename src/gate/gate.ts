import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { addEnforcement, enforcedObjectsWithin, EnforceOptions, enforcementsInForce, isEnforced } from './enforcement';
import { Keeper, putGuard, render } from './guard';
import { hold, holdNode, isHeld } from './hold';
import { refuseOwnToJson } from './own-to-json';
import { pronounce } from './pronounce';
import { renderPinned, RenderedObject } from './render-pinned';
import { Session } from './session';
import { unjudged } from './snapshot';
import { chartsWithin, objectsOf, ownCharts } from './tree';
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
 * cdk8s validates the tree first, and there the gate takes the exits, so that the first object asked for has its whole chart judged.
 *
 * The exits are the `toJson` of objects and charts, and what cdk8s finds them by: the `charts` of the app and the `findAll` of nodes.
 */
class Gate implements Keeper {
  private session: Session | undefined;
  /** Judged and not yet handed out: an object rendered twice is not always the same twice (`spread`, counters). */
  private judged = new Map<ApiObject, RenderedObject>();
  /** Whether cdk8s has just validated the tree, so that a whole chart will be asked for. */
  private expectsChart = false;

  public constructor(private readonly root: IConstruct) {
    holdNode(root, 'validate', (original) => original());
    this.holdFindAll(root);
    root.node.addValidation({ validate: () => this.holdTree() });
    for (const method of ['synth', 'synthYaml']) this.openSessionAround(method);
  }

  private openSessionAround(method: string): void {
    const original: unknown = Reflect.get(this.root, method);
    if (typeof original !== 'function') return;
    const run = (...args: unknown[]) => {
      const write = () => Reflect.apply(original, this.root, args) as unknown;
      // A subclass may call one from the other. A lazy value or a validation may too, before anything was judged.
      if (this.session?.hasJudged) return write();
      const around = this.session;
      this.session = new Session(this.root);
      try {
        return this.session.run(write, () => { this.expectsChart = false; }, () => this.holdExits());
      } finally {
        this.session = around;
      }
    };
    Object.defineProperty(this.root, method, { value: run, configurable: true, writable: true });
  }

  private holdTree(): string[] {
    this.holdExits();
    if (this.session?.hasJudged) return [];
    this.judged.clear();
    this.expectsChart = true;
    return [];
  }

  private holdExits(): void {
    if ('charts' in this.root) this.holdCharts();
    for (const chart of chartsWithin(this.root)) {
      if (!isHeld(chart, 'toJson') && (isEnforced(chart) || enforcedObjectsWithin(chart).length > 0)) this.holdChart(chart);
    }
    for (const object of enforcedObjectsWithin(this.root)) putGuard(object, this);
  }

  /** `synth` reads it after its last validation and before it writes: the last moment to see an object that came late. */
  private holdCharts(): void {
    const { root } = this;
    const own = Object.getOwnPropertyDescriptor(root, 'charts');
    const charts = () => (own === undefined ? Reflect.get(Object.getPrototypeOf(root) as object, 'charts', root) : own.get?.call(root) ?? own.value) as Chart[];
    hold(root, root, 'charts', {
      get: () => {
        const found = ownCharts(root, charts());
        this.holdExits();
        if (this.session?.hasJudged) for (const object of enforcedObjectsWithin(root)) this.session.require(object);
        return found;
      },
    });
  }

  private holdChart(chart: Chart): void {
    refuseOwnToJson(chart);
    const toJson = chart.toJson.bind(chart) as () => unknown;
    hold(chart, chart, 'toJson', { get: () => () => this.session?.hasJudged ? this.session.answerOf(chart) : toJson() });
    this.holdFindAll(chart);
  }

  /** What cdk8s gives or writes of a chart it finds by this, after the last validation. */
  private holdFindAll(construct: IConstruct): void {
    holdNode(construct, 'findAll', (original) => {
      const found = original();
      if (Chart.isChart(construct)) for (const object of found) if (ApiObject.isApiObject(object)) this.holdFound(object, construct);
      return found;
    });
  }

  private holdFound(object: ApiObject, chart: Chart): void {
    if (isEnforced(object)) putGuard(object, this);
    else if (isEnforced(chart)) throw unjudged(object, `it says that it is not within ${chart.node.path}, and is`);
  }

  public allowChange(object: ApiObject): void {
    if (this.session?.hasJudged) throw unjudged(object, 'its toJson was replaced after the judgement, by a validation');
  }

  public demand(object: ApiObject): unknown {
    if (this.session?.hasJudged) return this.session.answer(object);
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
    // Whoever gets it holds the only one.
    this.judged.delete(object);
    return written?.json;
  }
}
