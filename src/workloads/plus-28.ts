import * as kplus from 'cdk8s-plus-28';
import { hardened, HardenedClass } from './hardened';
import { remember } from './memory';
import { ContainerProps, WithContainers } from './props';

// An interface and a constant of one name make a class to those who use it: it can be extended, be asked for by `instanceof`, and has the
// static members of the original. Each takes the place of the class of cdk8s-plus, with containers whose images are pinned.

/**
 * A container with a pinned image, for `attachContainer()`. Otherwise that of cdk8s-plus; `addContainer()` needs none of it.
 *
 * @throws Error for writable paths that are not usable
 */
export class Container extends kplus.Container {
  public constructor(props: ContainerProps) {
    super(props);
    remember(this, props);
  }
}

/** Properties of a `Pod`: those of cdk8s-plus, with containers whose images are pinned. */
export interface PodProps extends WithContainers<kplus.PodProps, ContainerProps> {}

/** A pod that is hardened by default; a `Pod` of cdk8s-plus. */
export interface Pod extends kplus.Pod {
  /** Adds a container; the constructor calls it too. @throws Error for writable paths that are not usable */
  addContainer(props: ContainerProps): kplus.Container;
  /** Adds a container that runs before the others. @throws Error for writable paths that are not usable */
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @throws Error for writable paths that are not usable */
export const Pod: HardenedClass<typeof kplus.Pod, Pod, [props?: PodProps]> = hardened(kplus.Pod);

/** Properties of a `Deployment`: those of cdk8s-plus, with containers whose images are pinned. */
export interface DeploymentProps extends WithContainers<kplus.DeploymentProps, ContainerProps> {}

/** A deployment that is hardened by default; a `Deployment` of cdk8s-plus. */
export interface Deployment extends kplus.Deployment {
  /** Adds a container; the constructor calls it too. @throws Error for writable paths that are not usable */
  addContainer(props: ContainerProps): kplus.Container;
  /** Adds a container that runs before the others. @throws Error for writable paths that are not usable */
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @throws Error for writable paths that are not usable */
export const Deployment: HardenedClass<typeof kplus.Deployment, Deployment, [props?: DeploymentProps]> = hardened(kplus.Deployment);

/** Properties of a `StatefulSet`: those of cdk8s-plus, with containers whose images are pinned. */
export interface StatefulSetProps extends WithContainers<kplus.StatefulSetProps, ContainerProps> {}

/** A stateful set that is hardened by default; a `StatefulSet` of cdk8s-plus. */
export interface StatefulSet extends kplus.StatefulSet {
  /** Adds a container; the constructor calls it too. @throws Error for writable paths that are not usable */
  addContainer(props: ContainerProps): kplus.Container;
  /** Adds a container that runs before the others. @throws Error for writable paths that are not usable */
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @throws Error for writable paths that are not usable */
export const StatefulSet: HardenedClass<typeof kplus.StatefulSet, StatefulSet, [props: StatefulSetProps]> = hardened(kplus.StatefulSet);

/** Properties of a `DaemonSet`: those of cdk8s-plus, with containers whose images are pinned. */
export interface DaemonSetProps extends WithContainers<kplus.DaemonSetProps, ContainerProps> {}

/** A daemon set that is hardened by default; a `DaemonSet` of cdk8s-plus. */
export interface DaemonSet extends kplus.DaemonSet {
  /** Adds a container; the constructor calls it too. @throws Error for writable paths that are not usable */
  addContainer(props: ContainerProps): kplus.Container;
  /** Adds a container that runs before the others. @throws Error for writable paths that are not usable */
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @throws Error for writable paths that are not usable */
export const DaemonSet: HardenedClass<typeof kplus.DaemonSet, DaemonSet, [props?: DaemonSetProps]> = hardened(kplus.DaemonSet);

/** Properties of a `Job`: those of cdk8s-plus, with containers whose images are pinned. */
export interface JobProps extends WithContainers<kplus.JobProps, ContainerProps> {}

/** A job that is hardened by default; a `Job` of cdk8s-plus. */
export interface Job extends kplus.Job {
  /** Adds a container; the constructor calls it too. @throws Error for writable paths that are not usable */
  addContainer(props: ContainerProps): kplus.Container;
  /** Adds a container that runs before the others. @throws Error for writable paths that are not usable */
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @throws Error for writable paths that are not usable */
export const Job: HardenedClass<typeof kplus.Job, Job, [props?: JobProps]> = hardened(kplus.Job);

/** Properties of a `CronJob`: those of cdk8s-plus, with containers whose images are pinned. */
export interface CronJobProps extends WithContainers<kplus.CronJobProps, ContainerProps> {}

/** A cron job that is hardened by default; a `CronJob` of cdk8s-plus. */
export interface CronJob extends kplus.CronJob {
  /** Adds a container; the constructor calls it too. @throws Error for writable paths that are not usable */
  addContainer(props: ContainerProps): kplus.Container;
  /** Adds a container that runs before the others. @throws Error for writable paths that are not usable */
  addInitContainer(props: ContainerProps): kplus.Container;
}

/** @throws Error for writable paths that are not usable */
export const CronJob: HardenedClass<typeof kplus.CronJob, CronJob, [props: CronJobProps]> = hardened(kplus.CronJob);
