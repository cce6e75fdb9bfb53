import * as kplus from 'cdk8s-plus-28';
import { HardenedClass } from './workloads/hardened';
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
export interface Pod extends kplus.Pod {
  addContainer(props: ContainerProps): kplus.Container;
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @see Pod */
export declare const Pod: HardenedClass<typeof kplus.Pod, Pod, [props?: PodProps]>;

/** The original props. */
export interface DeploymentProps extends Omit<kplus.DeploymentProps, keyof Containers>, Containers {}

/** The hardened `Deployment` of the main entry, with the original props. */
export interface Deployment extends kplus.Deployment {
  addContainer(props: ContainerProps): kplus.Container;
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @see Deployment */
export declare const Deployment: HardenedClass<typeof kplus.Deployment, Deployment, [props?: DeploymentProps]>;

/** The original props. */
export interface StatefulSetProps extends Omit<kplus.StatefulSetProps, keyof Containers>, Containers {}

/** The hardened `StatefulSet` of the main entry, with the original props. */
export interface StatefulSet extends kplus.StatefulSet {
  addContainer(props: ContainerProps): kplus.Container;
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @see StatefulSet */
export declare const StatefulSet: HardenedClass<typeof kplus.StatefulSet, StatefulSet, [props: StatefulSetProps]>;

/** The original props. */
export interface DaemonSetProps extends Omit<kplus.DaemonSetProps, keyof Containers>, Containers {}

/** The hardened `DaemonSet` of the main entry, with the original props. */
export interface DaemonSet extends kplus.DaemonSet {
  addContainer(props: ContainerProps): kplus.Container;
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @see DaemonSet */
export declare const DaemonSet: HardenedClass<typeof kplus.DaemonSet, DaemonSet, [props?: DaemonSetProps]>;

/** The original props. */
export interface JobProps extends Omit<kplus.JobProps, keyof Containers>, Containers {}

/** The hardened `Job` of the main entry, with the original props. */
export interface Job extends kplus.Job {
  addContainer(props: ContainerProps): kplus.Container;
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @see Job */
export declare const Job: HardenedClass<typeof kplus.Job, Job, [props?: JobProps]>;

/** The original props. */
export interface CronJobProps extends Omit<kplus.CronJobProps, keyof Containers>, Containers {}

/** The hardened `CronJob` of the main entry, with the original props. */
export interface CronJob extends kplus.CronJob {
  addContainer(props: ContainerProps): kplus.Container;
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @see CronJob */
export declare const CronJob: HardenedClass<typeof kplus.CronJob, CronJob, [props: CronJobProps]>;
