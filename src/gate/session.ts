import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { enforcedObjectsWithin, enforcementsInForce, isEnforced } from './enforcement';
import { render } from './guard';
import { markAsOurs, refuseOwnToJson } from './own-to-json';
import { pronounce } from './pronounce';
import { renderPinned, Written } from './render-pinned';
import { unjudged } from './snapshot';
import { chartsWithin, objectsOf } from './tree';

/**
 * One synth of the whole tree: each object is rendered once, all of them are judged, and only then does cdk8s write.
 *
 * While it runs, `toJson` of objects and charts answers with what was judged. That keeps the promise that nothing else is written, and it
 * spares cdk8s from validating the whole tree again for every chart.
 */
export class Session {
  private readonly rendered = new Map<ApiObject, Written>();
  private readonly undo: (() => void)[] = [];

  /** Whether it answers with what was judged, so that nothing else can leave. */
  public hasJudged = false;

  /** @param rootIsValidated is called when the validations of the root have run, and those of the constructs below it have not */
  public constructor(private readonly root: IConstruct, private readonly rootIsValidated: () => void) {}

  public run<T>(write: () => T): T {
    this.validate();
    refuseOwnToJson(this.root);
    this.render();
    pronounce(this.rendered, this.root);
    try {
      this.answerWithWhatWasJudged();
      this.hasJudged = true;
      return write();
    } finally {
      for (const restore of this.undo.reverse()) restore();
    }
  }

  /** First, because a validation may still change the tree; and cdk8s would give its own errors before it renders. */
  private validate(): void {
    const errors = this.root.node.findAll().flatMap((construct) => {
      const { node } = construct;
      const found = node.validate().map((error) => `[${node.path}] ${error}`);
      if (construct === this.root) this.rootIsValidated();
      return found;
    });
    if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }

  /** Until nothing new turns up: a lazy value may add an object while another one is rendered. */
  private render(): void {
    let fresh = enforcedObjectsWithin(this.root);
    while (fresh.length > 0) {
      for (const object of fresh) this.rendered.set(object, renderPinned(object, enforcementsInForce(object)));
      fresh = enforcedObjectsWithin(this.root).filter((object) => !this.rendered.has(object));
    }
  }

  private answerWithWhatWasJudged(): void {
    for (const [object, { json }] of this.rendered) this.override(object, 'toJson', { value: () => json });
    for (const chart of chartsWithin(this.root)) {
      this.override(chart, 'toJson', { value: markAsOurs(() => objectsOf(chart).map((object) => this.answer(object))) });
    }
    // `synth` reads it after its last validation and before it writes: the last moment to see an object that came late.
    const { root } = this;
    if ('charts' in root) {
      const charts = () => Reflect.get(Object.getPrototypeOf(root) as object, 'charts', root) as Chart[];
      this.override(root, 'charts', {
        get: () => {
          for (const object of enforcedObjectsWithin(this.root)) this.answer(object);
          return charts();
        },
      });
    }
  }

  private answer(object: ApiObject): unknown {
    const written = this.rendered.get(object);
    if (written !== undefined) return written.json;
    if (!isEnforced(object)) return render(object);
    throw unjudged(object, 'it was added to the tree after the judgement, by a validation');
  }

  private override(target: object, key: string, descriptor: PropertyDescriptor): void {
    const before = Object.getOwnPropertyDescriptor(target, key);
    Object.defineProperty(target, key, { configurable: true, ...descriptor });
    this.undo.push(() => {
      if (before === undefined) Reflect.deleteProperty(target, key);
      else Object.defineProperty(target, key, before);
    });
  }
}
