import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { fillSilence } from './fill-silence';
import { chooseFromImage } from './from-image';
import { remember } from './memory';
import { ContainerProps, WithContainers } from './props';
import { recordSource } from '../gate/source';

/** Properties of a `Deployment`: those of cdk8s-plus, with containers whose images are pinned. */
export interface DeploymentProps extends WithContainers<kplus.DeploymentProps, ContainerProps> {}

/**
 * A deployment that is hardened by default: what the author leaves unsaid is filled in at synth,
 * what was said stays and is judged.
 *
 * It is a `Deployment` of cdk8s-plus, and is accepted wherever one is.
 *
 * @throws Error for writable paths that are not usable
 */
export class Deployment extends kplus.Deployment {
  public constructor(scope: Construct, id: string, props: DeploymentProps = {}) {
    super(scope, id, props as kplus.DeploymentProps);
    recordSource(this, Deployment);
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
