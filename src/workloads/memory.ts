import type * as kplus from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { ContainerProps } from './props';
import { readWritablePaths, EmptyDirMount } from './writable-path';
import { normalizeContainerPath } from '../image/container-paths';
import { quoted } from '../text/text';

/** What the author said of a container and cdk8s-plus does not keep. */
export interface Said {
  /** Whether a pull policy was said: cdk8s-plus writes `Always` where nothing was said. */
  readonly pullPolicy: boolean;
  readonly writable: readonly EmptyDirMount[];
}

// Not a field of a workload: the constructor of cdk8s-plus adds containers before the fields of a subclass exist.
const memory = new WeakMap<kplus.Container, Said>();

/**
 * Keeps what the props say for the time of rendering, and returns the container.
 *
 * @throws Error for writable paths that are not usable or that the container mounts already
 */
export function remember<Container extends kplus.Container>(
  container: Container,
  props: Pick<ContainerProps, 'imagePullPolicy' | 'writablePaths'>,
  pod?: IConstruct,
): Container {
  const said = {
    pullPolicy: props.imagePullPolicy !== undefined,
    writable: readWritablePaths(props.writablePaths ?? [], describe(container, pod)),
  };
  refuseMountedTwice(container, said.writable, pod);
  memory.set(container, said);
  return container;
}

/** What was said of a container. Of one that was not made here nobody knows whether its `Always` was said: it stays. */
export function recall(container: kplus.Container): Said {
  return memory.get(container) ?? { pullPolicy: true, writable: [] };
}

/** @throws Error where the author mounts a volume at a path that is to be a writable path */
export function refuseMountedTwice(container: kplus.Container, writable: readonly EmptyDirMount[], pod?: IConstruct): void {
  const mounted = new Set(container.mounts.map((mount) => normalizeContainerPath(mount.path)));
  const twice = writable.find(({ path }) => mounted.has(path));
  if (twice) {
    throw new Error(`${describe(container, pod)}: writablePaths: ${quoted(twice.path)} must not be mounted in another way, a volume is mounted there`);
  }
}

function describe(container: kplus.Container, pod?: IConstruct): string {
  const name = `container ${quoted(container.name)}`;
  return pod ? `${pod.node.path}: ${name}` : name;
}
