import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { FromImageProps, WritablePathsProps } from './workloads/props';

// The way in for an app that was written for cdk8s-plus-28: names, props and types are the original ones.
// At run time everything is that of the main entry, also the classes below: declared only, because only their types differ.
export * from './index';

/** Properties of a container: the original ones and `writablePaths`. An image that is not pinned is refused at synth. */
export interface ContainerProps extends kplus.ContainerProps, WritablePathsProps {}

/** The container of the main entry, with the original props. */
export declare class Container extends kplus.Container {
  public constructor(props: ContainerProps);
}

/** What the original props of a workload have besides. */
interface Containers extends FromImageProps {
  /** @default - none; a pod without a container does not synthesize */
  readonly containers?: ContainerProps[];
  /** @default - none */
  readonly initContainers?: ContainerProps[];
}

/** The original props. */
export interface PodProps extends Omit<kplus.PodProps, keyof Containers>, Containers {}

/** The hardened `Pod` of the main entry, with the original props. */
export declare class Pod extends kplus.Pod {
  public constructor(scope: Construct, id: string, props?: PodProps);
  public override addContainer(props: ContainerProps): kplus.Container;
  public override addInitContainer(props: ContainerProps): kplus.Container;
}

/** The original props. */
export interface DeploymentProps extends Omit<kplus.DeploymentProps, keyof Containers>, Containers {}

/** The hardened `Deployment` of the main entry, with the original props. */
export declare class Deployment extends kplus.Deployment {
  public constructor(scope: Construct, id: string, props?: DeploymentProps);
  public override addContainer(props: ContainerProps): kplus.Container;
  public override addInitContainer(props: ContainerProps): kplus.Container;
}

/** The original props. */
export interface StatefulSetProps extends Omit<kplus.StatefulSetProps, keyof Containers>, Containers {}

/** The hardened `StatefulSet` of the main entry, with the original props. */
export declare class StatefulSet extends kplus.StatefulSet {
  public constructor(scope: Construct, id: string, props: StatefulSetProps);
  public override addContainer(props: ContainerProps): kplus.Container;
  public override addInitContainer(props: ContainerProps): kplus.Container;
}

/** The original props. */
export interface DaemonSetProps extends Omit<kplus.DaemonSetProps, keyof Containers>, Containers {}

/** The hardened `DaemonSet` of the main entry, with the original props. */
export declare class DaemonSet extends kplus.DaemonSet {
  public constructor(scope: Construct, id: string, props?: DaemonSetProps);
  public override addContainer(props: ContainerProps): kplus.Container;
  public override addInitContainer(props: ContainerProps): kplus.Container;
}

/** The original props. */
export interface JobProps extends Omit<kplus.JobProps, keyof Containers>, Containers {}

/** The hardened `Job` of the main entry, with the original props. */
export declare class Job extends kplus.Job {
  public constructor(scope: Construct, id: string, props?: JobProps);
  public override addContainer(props: ContainerProps): kplus.Container;
  public override addInitContainer(props: ContainerProps): kplus.Container;
}

/** The original props. */
export interface CronJobProps extends Omit<kplus.CronJobProps, keyof Containers>, Containers {}

/** The hardened `CronJob` of the main entry, with the original props. */
export declare class CronJob extends kplus.CronJob {
  public constructor(scope: Construct, id: string, props: CronJobProps);
  public override addContainer(props: ContainerProps): kplus.Container;
  public override addInitContainer(props: ContainerProps): kplus.Container;
}
