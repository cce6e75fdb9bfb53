import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { fillSilence } from './fill-silence';
import { chooseFromImage } from './from-image';
import { remember } from './memory';
import { ContainerProps, WithContainers } from './props';
import { recordSource } from '../gate/source';

/** Properties of a `Job`: those of cdk8s-plus, with containers whose images are pinned. */
export interface JobProps extends WithContainers<kplus.JobProps, ContainerProps> {}

/**
 * A job that is hardened by default: what the author leaves unsaid is filled in at synth,
 * what was said stays and is judged.
 *
 * It is a `Job` of cdk8s-plus, and is accepted wherever one is.
 *
 * @throws Error for writable paths that are not usable
 */
export class Job extends kplus.Job {
  public constructor(scope: Construct, id: string, props: JobProps = {}) {
    super(scope, id, props as kplus.JobProps);
    recordSource(this, Job);
    chooseFromImage(this, props);
  }

  /** Adds a container; also the constructor adds through here. */
  public override addContainer(props: ContainerProps): kplus.Container {
    return remember(super.addContainer(props), props, this);
  }

  /** Adds a container that runs before the others; with `restartPolicy: ContainerRestartPolicy.ALWAYS` a sidecar. */
  public override addInitContainer(props: ContainerProps): kplus.Container {
    return remember(super.addInitContainer(props), props, this);
  }

  /** @internal */
  public override _toPodSpec(): kplus.k8s.PodSpec {
    return fillSilence(this, super._toPodSpec());
  }
}
