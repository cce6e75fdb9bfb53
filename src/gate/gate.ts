import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { announce } from './announce';
import { addEnforcement, enforcedObjectsWithin, EnforceOptions, enforcementsInForce, isEnforced } from './enforcement';
import { refuseUnguardedInclude } from './load';
import { isOverridden, overrideNodeMethod, overrideProperty } from './override';
import { render, RenderedObject } from './render';
import { Session } from './session';
import { unjudged } from './snapshot';
import { originalJsonOf, overrideToJson, refuseOwnToJson, ToJsonHandler } from './to-json';
import { apiObjectsOf, chartsWithin, constructsWithin, ownCharts } from './tree';
import { Policy } from '../policy/policy';

const gates = new WeakMap<IConstruct, Gate>();

/**
 * Puts a policy in force for a construct tree: nothing is written that was not judged, and nothing at all unless all of it passes.
 *
 * Works on any tree: a plain `cdk8s.App`, a chart, a construct. An object must pass all the policies in force for it.
 * What is judged is the final JSON: patches, resolvers, `Include`, `Helm`, `List`, custom resources. From the moment when this library is
 * loaded, `Include`, `Helm` and `Yaml.load` read a file as Kubernetes does, or throw a `PolicyError` `unjudged`, with file and line.
 *
 * Not guaranteed: what a program writes past cdk8s, with `fs`; what it reads before it loads this library.
 *
 * @throws PolicyError `invalid-policy`, with every key that is wrong; LockError `invalid-lock`
 */
export function enforce(root: IConstruct, policy: Policy, options: EnforceOptions = {}): void {
  addEnforcement(root, policy, options);
  if (!gates.has(root.node.root)) gates.set(root.node.root, new Gate(root.node.root));
}

/**
 * Sits at the root of a tree with a policy in force.
 *
 * A tree is rendered in one of two ways. `App.synth` and `App.synthYaml` write all of it: they run within a session, which renders each
 * object once, judges all of them, and has cdk8s write exactly that. `Chart.toJson`, which `Testing.synth` calls, gives one chart: cdk8s
 * validates the tree first, and then the gate overrides the methods below, so that the first object asked for has its whole chart judged.
 *
 * The methods are the `toJson` of objects and charts, and those by which cdk8s finds them: `charts` of the app and `findAll` of nodes.
 */
class Gate implements ToJsonHandler {
  private session: Session | undefined;
  /** Judged and not yet handed out: an object that is rendered twice may differ (`spread`, counters). */
  private judged = new Map<ApiObject, RenderedObject>();
  /** Whether cdk8s has just validated the tree, so that a whole chart will be asked for. */
  private expectsChart = false;

  public constructor(private readonly root: IConstruct) {
    overrideNodeMethod(root, 'validate', (original) => original());
    this.overrideFindAll(root);
    root.node.addValidation({ validate: () => this.treeIsValidated() });
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
        return this.session.run(write, () => { this.expectsChart = false; }, () => this.overrideMethods());
      } finally {
        this.session = around;
      }
    };
    Object.defineProperty(this.root, method, { value: run, configurable: true, writable: true });
  }

  private treeIsValidated(): string[] {
    this.overrideMethods();
    if (this.session?.hasJudged) return [];
    this.judged.clear();
    this.expectsChart = true;
    return [];
  }

  private overrideMethods(): void {
    constructsWithin(this.root).filter(isEnforced).forEach(refuseUnguardedInclude);
    if ('charts' in this.root) this.overrideCharts();
    for (const chart of chartsWithin(this.root)) {
      if (!isOverridden(chart, 'toJson') && (isEnforced(chart) || enforcedObjectsWithin(chart).length > 0)) this.overrideChart(chart);
    }
    for (const object of enforcedObjectsWithin(this.root)) overrideToJson(object, this);
  }

  /** `synth` reads `charts` after its last validation and before it writes: the last moment to see an object that was added late. */
  private overrideCharts(): void {
    const { root } = this;
    const own = Object.getOwnPropertyDescriptor(root, 'charts');
    const charts = () => (own === undefined ? Reflect.get(Object.getPrototypeOf(root) as object, 'charts', root) : own.get?.call(root) ?? own.value) as Chart[];
    overrideProperty(root, root, 'charts', {
      get: () => {
        const found = ownCharts(root, charts());
        this.overrideMethods();
        if (this.session?.hasJudged) for (const object of enforcedObjectsWithin(root)) this.session.requireJudged(object);
        return found;
      },
    });
  }

  private overrideChart(chart: Chart): void {
    refuseOwnToJson(chart);
    const toJson = chart.toJson.bind(chart) as () => unknown;
    overrideProperty(chart, chart, 'toJson', { get: () => () => this.session?.hasJudged ? this.session.jsonOfChart(chart) : toJson() });
    this.overrideFindAll(chart);
  }

  /** After the last validation, cdk8s finds by `findAll` what it writes of a chart. */
  private overrideFindAll(construct: IConstruct): void {
    overrideNodeMethod(construct, 'findAll', (original) => {
      const found = original();
      if (Chart.isChart(construct)) for (const object of found) if (ApiObject.isApiObject(object)) this.overrideFound(object, construct);
      return found;
    });
  }

  private overrideFound(object: ApiObject, chart: Chart): void {
    if (isEnforced(object)) overrideToJson(object, this);
    else if (isEnforced(chart)) throw unjudged(object, `it says that it is not within ${chart.node.path}, and is`);
  }

  public allowReplacing(object: ApiObject): void {
    if (this.session?.hasJudged) throw unjudged(object, 'its toJson was replaced after the judgement, by a validation');
  }

  public jsonOf(object: ApiObject): unknown {
    if (this.session?.hasJudged) return this.session.jsonOf(object);
    if (!this.judged.has(object)) {
      // Nothing is written by it: cdk8s does not ask during a session, so it is the program itself that looks at an object.
      if (this.session !== undefined && !this.expectsChart) return originalJsonOf(object);
      const objects = this.expectsChart ? apiObjectsOf(Chart.of(object)).filter(isEnforced) : [object];
      this.expectsChart = false;
      const rendered = new Map(objects.map((each) => [each, render(each, enforcementsInForce(each))]));
      announce(rendered, this.root);
      this.judged = rendered;
    }
    const written = this.judged.get(object);
    // It is the only copy, and is given away.
    this.judged.delete(object);
    return written?.json;
  }
}
