import { Chart, Cron, Testing } from 'cdk8s';
import { addEnforcement } from '../../src/gate/enforcement';
import {
  ContainerProps, CronJob, DaemonSet, Deployment, Job, k8s, Pod, PodProps, StatefulSet,
} from '../../src/index';
import { Policy } from '../../src/policy/policy';

export const digest = `sha256:${'0123456789abcdef'.repeat(4)}` as const;
export const image = `ghcr.io/acme/shop@${digest}` as const;
/** A port, because a stateful set of cdk8s-plus makes its service from it. */
export const main: ContainerProps = { image, portNumber: 8080 };

export type Workload = Pod | Deployment | StatefulSet | DaemonSet | Job | CronJob;

/** Each kind, made from the props that all have. */
export const kinds: Readonly<Record<string, (chart: Chart, props: PodProps) => Workload>> = {
  Pod: (chart, props) => new Pod(chart, 'app', props),
  Deployment: (chart, props) => new Deployment(chart, 'app', props),
  StatefulSet: (chart, props) => new StatefulSet(chart, 'app', props),
  DaemonSet: (chart, props) => new DaemonSet(chart, 'app', props),
  Job: (chart, props) => new Job(chart, 'app', props),
  CronJob: (chart, props) => new CronJob(chart, 'app', { ...props, schedule: Cron.hourly() }),
};

export function chartUnder(...policies: readonly Policy[]): Chart {
  const chart = Testing.chart();
  for (const policy of policies) addEnforcement(chart, policy, {});
  return chart;
}

/** The pod spec of the only workload of a chart, as it would be written. */
export function podSpecOf(chart: Chart): k8s.PodSpec {
  const manifest = chart.toJson().find(({ kind }) => kind in kinds);
  const spec = manifest.spec.jobTemplate?.spec ?? manifest.spec;
  return spec.template?.spec ?? spec;
}

/** The pod spec of a deployment with these props. */
export function rendered(props: PodProps, ...policies: readonly Policy[]): k8s.PodSpec {
  const chart = chartUnder(...policies);
  new Deployment(chart, 'app', props);
  return podSpecOf(chart);
}
