// Checked by tsc and never run: an app that was written for cdk8s-plus-28 compiles with nothing changed but the import.
import { Chart, Cron } from 'cdk8s';
import * as plain from 'cdk8s-plus-28';
import {
  Container, ContainerProps, CronJob, DaemonSet, Deployment, DeploymentProps, HorizontalPodAutoscaler, Job, Pod, Service,
  StatefulSet,
} from '../../src/compat';
import * as strict from '../../src/index';

declare const chart: Chart;
declare const image: string;
declare const oldProps: plain.DeploymentProps;
declare function oldHelper(props: plain.DeploymentProps): void;

const containers: ContainerProps[] = [{ image: 'nginx:1.27' }, { image, writablePaths: ['/tmp'] }];
new Pod(chart, 'a', { containers });
new StatefulSet(chart, 'b', { containers, replicas: 2 });
new DaemonSet(chart, 'c', { containers });
new Job(chart, 'd', { containers });
new CronJob(chart, 'e', { containers, schedule: Cron.hourly() });
export const deployment: Deployment = new Deployment(chart, 'f', { containers, initContainers: containers });
new Deployment(chart, 'g', oldProps);
deployment.addContainer({ image: 'nginx' });
deployment.addInitContainer({ image: 'nginx', writablePaths: [{ path: '/tmp' }] });
deployment.attachContainer(new Container({ image: 'nginx' }));
// @ts-expect-error a typo is still one
deployment.addContainer({ image: 'nginx', writablePath: [] });
// @ts-expect-error
new CronJob(chart, 'h', { containers });

// The types are those of cdk8s-plus in each place where an app may use them.
export const asPlain: plain.Deployment = deployment;
export const asStrict: strict.Deployment = deployment;
export const address: string = Pod.ADDRESS_LABEL;
new Service(chart, 'i', { selector: deployment, ports: [{ port: 80 }] });
new HorizontalPodAutoscaler(chart, 'j', { target: deployment, maxReplicas: 2 });

export class Web extends Deployment {
  public constructor(props: DeploymentProps) {
    super(chart, 'k', props);
    oldHelper(props);
    props.containers?.push({ image: 'nginx' });
    this.apiObject.metadata.addLabel('tier', 'web');
  }

  public override addContainer(props: plain.ContainerProps): plain.Container {
    return super.addContainer(props);
  }
}

// What the classes declare is what the classes of the main entry take, once an image is any text.
type Open<Props> = Omit<Props, 'containers' | 'initContainers'>;
export const sameProps = (props: Open<DeploymentProps>): Open<strict.DeploymentProps> => props;
