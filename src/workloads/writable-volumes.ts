import { createHash } from 'crypto';
import type { k8s } from 'cdk8s-plus-28';
import { EmptyDirMount } from './writable-path';

/** Gives out the volumes of one pod; `taken` are the names that the author's volumes have. */
export class WritableVolumes {
  public readonly volumes: k8s.Volume[] = [];
  private readonly taken: Set<string>;

  public constructor(taken: Iterable<string>) {
    this.taken = new Set(taken);
  }

  /** The container with each path mounted. */
  public mount(container: k8s.Container, writable: readonly EmptyDirMount[]): k8s.Container {
    if (writable.length === 0) return container;
    const volumeMounts = writable.map((path) => ({ name: this.add(container.name, path), mountPath: path.path }));
    return { ...container, volumeMounts: [...container.volumeMounts ?? [], ...volumeMounts] };
  }

  private add(container: string, { path, medium, sizeLimit }: EmptyDirMount): string {
    const name = this.freeName(container, path);
    this.taken.add(name);
    // All that cdk8s-plus, of whatever version, reads of a quantity.
    this.volumes.push({ name, emptyDir: { medium, sizeLimit: { value: sizeLimit } as k8s.Quantity } });
    return name;
  }

  private freeName(container: string, path: string): string {
    for (let attempt = 0; ; attempt++) {
      const name = volumeName(container, path, attempt);
      if (!this.taken.has(name)) return name;
    }
  }
}

/**
 * A DNS label of at most 63 characters that depends on nothing but the arguments, so that another container or path
 * does not rename it. The readable part is not unique (`/a/b` and `/a-b`), hence the hash.
 */
function volumeName(container: string, path: string, attempt: number): string {
  const readable = `${container}${path}`.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 44);
  const hash = createHash('sha256').update(JSON.stringify([container, path, attempt])).digest('hex').slice(0, 8);
  return `writable-${readable}-${hash}`;
}
