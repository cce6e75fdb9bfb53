import { Size, SizeRoundingBehavior } from 'cdk8s';
import { WritablePath } from './props';
import { normalizeContainerPath, takesVolume } from '../image/container-paths';
import { quoted } from '../text/text';

/** A writable path as it is rendered. */
export interface EmptyDirMount {
  readonly path: string;
  readonly medium?: string;
  /** A quantity of Kubernetes. */
  readonly sizeLimit: string;
}

const defaultSizeLimit = Size.mebibytes(64);

/**
 * The mounts that the entries ask for, checked and normalised.
 *
 * @param where what a message opens with: which container
 * @throws Error for a path or a size that is not usable, and for a path that is named twice
 */
export function readWritablePaths(entries: readonly (string | WritablePath)[], where: string): readonly EmptyDirMount[] {
  const mounts = new Map<string, EmptyDirMount>();
  for (const entry of entries) {
    const { path, sizeLimit, medium } = typeof entry === 'string' ? { path: entry } as WritablePath : entry;
    const problem = problemOf(path);
    if (problem) throw new Error(`${where}: writablePaths: ${quoted(String(path))} must ${problem}`);
    const mountPath = normalizeContainerPath(path);
    if (mounts.has(mountPath)) throw new Error(`${where}: writablePaths: ${quoted(mountPath)} must be named once, it is named twice`);
    mounts.set(mountPath, { path: mountPath, medium, sizeLimit: quantity(sizeLimit ?? defaultSizeLimit, `${where}: writablePaths: ${quoted(mountPath)}`) });
  }
  return [...mounts.values()];
}

/** A writable path of which nothing but the path was said, normalised and usable. */
export function defaultMount(path: string): EmptyDirMount {
  return { path, sizeLimit: quantity(defaultSizeLimit, path) };
}

function problemOf(path: string): string | undefined {
  if (typeof path !== 'string') return `be a path, it is ${path === null ? 'null' : typeof path}`;
  if (!path.startsWith('/')) return 'be an absolute path';
  if (path.split('/').includes('..')) return 'not go up with ".."';
  // The API server refuses a colon, because container runtimes write a mount as `source:target`.
  if (path.includes(':')) return 'not contain ":"';
  if (/\p{Cc}/u.test(path)) return 'not contain control characters';
  if (normalizeContainerPath(path) === '/') return 'name a folder below "/", because the root filesystem stays read-only';
  if (!takesVolume(normalizeContainerPath(path))) return 'not be a path that the kubelet or the container runtime mounts itself';
  return undefined;
}

function quantity(size: Size, where: string): string {
  const kibibytes = size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isSafeInteger(kibibytes) || kibibytes <= 0) {
    throw new Error(`${where}: sizeLimit must be a whole number of KiB above 0, it is ${kibibytes} KiB`);
  }
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024}Mi` : `${kibibytes}Ki`;
}
