import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import { IConstruct } from 'constructs';

/** The objects that `Chart.toJson` gives, in its order. Its own list is internal to cdk8s. */
export function objectsOf(chart: Chart): ApiObject[] {
  return new DependencyGraph(chart.node).topology()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .filter((object) => Chart.of(object) === chart);
}

export function objectsWithin(root: IConstruct): ApiObject[] {
  return root.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
}

export function chartsWithin(root: IConstruct): Chart[] {
  return root.node.findAll().filter((construct): construct is Chart => Chart.isChart(construct));
}
