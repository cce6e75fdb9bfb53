import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { enforcedObjectsWithin, enforcementsInForce, isEnforced } from './enforcement';
import { pronounce } from './pronounce';
import { renderAll, RenderedObject } from './render-pinned';
import { snapshot, unjudged } from './snapshot';
import { objectsOf, validateTree } from './tree';

/**
 * One synth of the whole tree: each object is rendered once, all of them are judged, and only then does cdk8s write.
 *
 * Once it has judged, the exits answer with what was judged. That keeps the promise that nothing else is written, and it spares cdk8s
 * from validating the whole tree again for every chart. The judged values themselves never leave: cdk8s gets a copy, as everybody does,
 * and writes it before anybody else could have got hold of that one. To tell cdk8s from others would take more than the copy does.
 */
export class Session {
  private rendered: ReadonlyMap<ApiObject, RenderedObject> = new Map();

  /** Whether it answers with what was judged, so that nothing else can leave. */
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
    pronounce(this.rendered, this.root);
    this.hasJudged = true;
    return write();
  }

  public answer(object: ApiObject): unknown {
    this.require(object);
    return snapshot(this.rendered.get(object)?.json, object);
  }

  public answerOf(chart: Chart): unknown[] {
    // Of an object that no policy is in force for, `toJson` is its own.
    return objectsOf(chart).map((object) => isEnforced(object) ? this.answer(object) : object.toJson() as unknown);
  }

  /** @throws PolicyError `unjudged` */
  public require(object: ApiObject): void {
    if (!this.rendered.has(object)) throw unjudged(object, 'it was added to the tree after the judgement, by a validation');
  }
}
