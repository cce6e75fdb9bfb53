import * as kplus from 'cdk8s-plus-28';
import { remember } from './memory';
import { ContainerProps } from './props';

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
