import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { announce } from './announce';
import { enforcedObjectsWithin, enforcementsInForce, isEnforced } from './enforcement';
import { Rendered, renderAll } from './render';
import { snapshot, unjudged } from './snapshot';
import { apiObjectsOf, validateTree } from './tree';

/**
 * One synth of the whole tree: each object is rendered once, all of them are judged, and only then does cdk8s write.
 *
 * Once it has judged, `toJson` of objects and charts gives what was judged. So nothing else is written, and cdk8s does not validate the
 * whole tree again for every chart. It gives a copy each time, so that nobody can change what the next call gets.
 */
export class Session {
  private rendered: Rendered = new Map();

  /** Whether `toJson` gives what was judged. */
  public hasJudged = false;

  public constructor(private readonly root: IConstruct) {}

  /**
   * @param rootIsValidated is called when the validations of the root have run, and those of the constructs below it have not
   * @param isValidated is called when all have run
   */
  public run<T>(write: () => T, rootIsValidated: () => void, isValidated: () => void): T {
    validateTree(this.root, rootIsValidated);
    isValidated();
    this.rendered = renderAll(() => enforcedObjectsWithin(this.root), enforcementsInForce);
    announce(this.rendered, this.root);
    this.hasJudged = true;
    return write();
  }

  public jsonOf(object: ApiObject): unknown {
    this.requireJudged(object);
    return snapshot(this.rendered.get(object)?.json, object);
  }

  public jsonOfChart(chart: Chart): unknown[] {
    // No policy is in force for the others.
    return apiObjectsOf(chart).map((object) => isEnforced(object) ? this.jsonOf(object) : object.toJson() as unknown);
  }

  /** @throws PolicyError `unjudged` */
  public requireJudged(object: ApiObject): void {
    if (!this.rendered.has(object)) throw unjudged(object, 'it was added to the tree after the judgement, by a validation');
  }
}
