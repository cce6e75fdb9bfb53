import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import { IConstruct } from 'constructs';
import { unjudged } from './snapshot';

/** The objects that `Chart.toJson` gives, in its order. Its own list is internal to cdk8s. */
export function apiObjectsOf(chart: Chart): ApiObject[] {
  return new DependencyGraph(chart.node).topology()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .filter((object) => Chart.of(object) === chart);
}

export function objectsWithin(root: IConstruct): ApiObject[] {
  return constructsWithin(root).filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
}

export function chartsWithin(root: IConstruct): Chart[] {
  return constructsWithin(root).filter((construct): construct is Chart => Chart.isChart(construct));
}

/** As `node.findAll`, which can be replaced. */
export function constructsWithin(root: IConstruct): IConstruct[] {
  const found: IConstruct[] = [];
  const visit = (construct: IConstruct) => {
    found.push(construct);
    construct.node.children.forEach(visit);
  };
  visit(root);
  return found;
}

/**
 * The charts that an app says are its own: fewer than there are, or in another order, but no others.
 *
 * @throws PolicyError `unjudged` on one that is not of the tree, whose objects nobody would have looked at
 */
export function ownCharts(root: IConstruct, given: Iterable<Chart>): Chart[] {
  const known = new Set(chartsWithin(root));
  const charts = [...given];
  if (!charts.every((chart) => known.has(chart))) throw unjudged(root, 'its charts bring one that is not in its tree');
  return charts;
}

/**
 * Runs all validations, as cdk8s would before it renders: they may still change the tree.
 *
 * @param rootIsValidated is called when the validations of the root have run, and those of the constructs below it have not
 */
export function validateTree(root: IConstruct, rootIsValidated: () => void = () => undefined): void {
  const errors = constructsWithin(root).flatMap((construct) => {
    const { node } = construct;
    const found = node.validate().map((error) => `[${node.path}] ${error}`);
    if (construct === root) rootIsValidated();
    return found;
  });
  if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
}
