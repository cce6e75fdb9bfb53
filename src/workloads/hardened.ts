import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { fillSilence } from './fill-silence';
import { chooseFromImage } from './from-image';
import { remember } from './memory';
import { ContainerProps, FromImageProps } from './props';
import { recordSource } from '../gate/source';

/** A class of workloads with the static members of the one it extends, and with an instance and props of its own. */
export type HardenedClass<Base, Instance, Props extends readonly unknown[]> =
  & { readonly [Static in Exclude<keyof Base, 'prototype'>]: Base[Static] }
  & { new (scope: Construct, id: string, ...props: Props): Instance };

/**
 * The workload class of cdk8s-plus, hardened by default: what the author leaves unsaid is filled in at synth, what was said stays and is
 * judged. An instance of it is one of the class that it extends, and is accepted wherever one is.
 *
 * @param base of any version of cdk8s-plus: what is read and written here is the same in each, and nothing of version 28 is loaded
 */
export function hardened<Base extends { readonly name: string }, Instance, Props extends readonly unknown[]>(
  base: Base,
): HardenedClass<Base, Instance, Props> {
  // A cast, because all workloads have what is used of a pod here, and only the declared types demand pinned images.
  const Workload = base as unknown as new (scope: Construct, id: string, props?: kplus.PodProps) => kplus.Pod;
  const Hardened = class extends Workload {
    public constructor(scope: Construct, id: string, props?: kplus.PodProps & FromImageProps) {
      super(scope, id, props);
      recordSource(this, Hardened);
      chooseFromImage(this, props ?? {});
    }

    /** The constructor calls it too. */
    public override addContainer(props: ContainerProps): kplus.Container {
      return remember(super.addContainer(props), props, this);
    }

    public override addInitContainer(props: ContainerProps): kplus.Container {
      return remember(super.addInitContainer(props), props, this);
    }

    /** @internal */
    public override _toPodSpec(): kplus.k8s.PodSpec {
      return fillSilence(this, super._toPodSpec());
    }
  };
  Object.defineProperty(Hardened, 'name', { value: base.name });
  return Hardened as unknown as HardenedClass<Base, Instance, Props>;
}
