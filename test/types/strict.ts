// Checked by tsc and never run: what must not compile has an `@ts-expect-error`, which is itself an error where it does.
import { Chart, Cron } from 'cdk8s';
import * as plain from 'cdk8s-plus-28';
import {
  Container, ContainerProps, CronJob, DaemonSet, Deployment, DeploymentProps, HorizontalPodAutoscaler, Job, PinnedImage, pinned,
  Pod, Service, StatefulSet,
} from '../../src/index';

declare const chart: Chart;
declare const fromElsewhere: string;
const image = 'ghcr.io/acme/shop:1.4.2@sha256:0123456789012345678901234567890123456789012345678901234567890123';

// A pinned image is accepted: a literal, one that was put together, one that was checked, a list that cannot be changed.
export const deployment = new Deployment(chart, 'a', { containers: [{ image }] });
new Deployment(chart, 'b', { containers: [{ image: `ghcr.io/acme/shop@sha256:${fromElsewhere}` }] });
new Deployment(chart, 'c', { containers: [{ image: pinned(fromElsewhere) }], initContainers: [{ image }] });
new Deployment(chart, 'd', { containers: [{ image }] } as const);
new Deployment(chart, 'e', { containers: [{ image, writablePaths: ['/tmp', { path: '/var/cache' }] }] });

// Any other is not, in any kind and on any way in.
const tag = { image: 'nginx:1.27' } as const;
const text = { image: fromElsewhere };
// @ts-expect-error a tag is not a digest
new Pod(chart, 'f', { containers: [tag] });
// @ts-expect-error
new Deployment(chart, 'g', { containers: [tag] });
// @ts-expect-error
new StatefulSet(chart, 'h', { containers: [tag] });
// @ts-expect-error
new DaemonSet(chart, 'i', { containers: [tag] });
// @ts-expect-error
new Job(chart, 'j', { containers: [tag] });
// @ts-expect-error
new CronJob(chart, 'k', { schedule: Cron.hourly(), containers: [tag] });
// @ts-expect-error
new Container(tag);
// @ts-expect-error the image is missing
new Container({ name: 'main' });
// @ts-expect-error a text of which nothing is known
new Deployment(chart, 'l', { containers: [text] });
// @ts-expect-error
new Deployment(chart, 'm', { containers: [{ image }, tag] });
// @ts-expect-error
new Deployment(chart, 'n', { containers: [{ image }], initContainers: [tag] });
// @ts-expect-error
deployment.addContainer(tag);
// @ts-expect-error
deployment.addContainer(text);
// @ts-expect-error
deployment.addInitContainer(tag);
// @ts-expect-error
new Pod(chart, 'o').addContainer(tag);
// @ts-expect-error
new StatefulSet(chart, 'p', {}).addContainer(tag);
// @ts-expect-error
new DaemonSet(chart, 'q').addInitContainer(tag);
// @ts-expect-error
new Job(chart, 'r').addContainer(tag);
// @ts-expect-error
new CronJob(chart, 's', { schedule: Cron.hourly() }).addInitContainer(tag);
// @ts-expect-error
export const unpinned: PinnedImage = 'nginx:1.27';
// @ts-expect-error md5 is no digest that is known
export const weak: PinnedImage = 'nginx@md5:00';

// A typo in a prop is an error, and what cdk8s-plus demands is demanded.
// @ts-expect-error
new Deployment(chart, 't', { containers: [{ image, writablePath: ['/tmp'] }] });
// @ts-expect-error
new Deployment(chart, 'u', { replica: 2 });
// @ts-expect-error the schedule is missing
new CronJob(chart, 'v', { containers: [{ image }] });

// They are workloads of cdk8s-plus to everything that takes one.
export const asPlain: readonly plain.AbstractPod[] = [deployment, new Pod(chart, 'w')];
new Service(chart, 'x', { selector: deployment, ports: [{ port: 80 }] });
new HorizontalPodAutoscaler(chart, 'y', { target: deployment, maxReplicas: 2 });
deployment.attachContainer(new Container({ image }));

// A subclass sees what a subclass of cdk8s-plus sees.
export class Web extends Deployment {
  public constructor(props: DeploymentProps, container: ContainerProps) {
    super(chart, 'z', { ...props, containers: [...props.containers ?? [], container] });
    this.apiObject.metadata.addLabel('tier', 'web');
  }
}

// A constant with the interface of its instances is as good as a class: as a type, for `instanceof`, with static and protected members.
export const address: string = Pod.ADDRESS_LABEL;
// @ts-expect-error a static member that cdk8s-plus does not have
export const noAddress = Pod.ADDRESS;
export function tierOf(construct: unknown): string | undefined {
  return construct instanceof Deployment ? construct.podMetadata.getLabel('tier') : undefined;
}
export class Late extends Deployment {
  public override addContainer(props: ContainerProps): plain.Container {
    return super.addContainer(props);
  }

  protected late(): void {
    // @ts-expect-error
    super.addContainer(tag);
    this.addContainer({ image });
  }
}
// @ts-expect-error it takes an image of any text
export const loosened: DeploymentProps = { containers: [{ image: 'nginx' }] };
