import { isSensitiveHostPath, isWithin, normalizeHostPath } from './host-paths';
import { AllowedHostPath, RuleContext } from './rule';
import { Pod, Volume } from '../manifest/pod';

/** A mount of a volume that can be written to. */
interface WritableMount {
  /** JSON pointer of the mount. */
  readonly pointer: string;
  readonly container: string;
}

/**
 * What a policy says of a host path.
 *
 * - `allowed`: it is on or below a path that the policy allows, in the way it is mounted.
 * - `unreadable`: which place it means cannot be said, see `normalizeHostPath`.
 * - `sensitive`: no policy can allow it; only an exemption can.
 * - `unlisted`: it is not sensitive, and the policy does not name it.
 * - `writable`: the policy allows it for reading only, and `mounts` can write.
 */
type HostPathAllowance =
  | { readonly verdict: 'allowed' | 'unreadable' | 'sensitive' | 'unlisted' }
  | { readonly verdict: 'writable'; readonly mounts: readonly WritableMount[] };

/** The entry that holds for a path: the most exact one, so that a folder may be writable within a read-only one. */
export function findAllowedHostPath(path: string, context: RuleContext): AllowedHostPath | 'unreadable' | 'sensitive' | 'unlisted' {
  const normalized = normalizeHostPath(path);
  if (normalized === undefined) return 'unreadable';
  if (isSensitiveHostPath(normalized)) return 'sensitive';
  let best: { readonly entry: AllowedHostPath; readonly length: number } | undefined;
  for (const entry of context.hostPaths) {
    const folder = normalizeHostPath(entry.path);
    if (folder === undefined || !isWithin(normalized, folder)) continue;
    // Two entries for one place: the strict one holds, whatever their order.
    if (best === undefined || folder.length > best.length || (folder.length === best.length && entry.readOnly)) {
      best = { entry, length: folder.length };
    }
  }
  return best?.entry ?? 'unlisted';
}

/** Whether a policy allows the `hostPath` of a volume, and each of its mounts. A volume without a readable path is never allowed. */
export function hostPathAllowance(pod: Pod, volume: Volume, context: RuleContext): HostPathAllowance {
  const found = findAllowedHostPath(volume.hostPath?.path ?? '', context);
  if (typeof found === 'string') return { verdict: found };
  if (!found.readOnly) return { verdict: 'allowed' };
  const mounts = [...writableMounts(pod, volume)];
  return mounts.length === 0 ? { verdict: 'allowed' } : { verdict: 'writable', mounts };
}

/** The path as a finding names it: in its one spelling, or as it is written where it has none. */
export function hostPathDetail(path: string | undefined): string | undefined {
  return path === undefined ? undefined : normalizeHostPath(path) ?? path;
}

/** A mount is writable unless it says `readOnly: true`; a volume that nobody mounts is harmless. */
function* writableMounts(pod: Pod, volume: Volume): Iterable<WritableMount> {
  for (const container of pod.containers) {
    for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
      if (mount.name === volume.name && mount.readOnly !== true) {
        yield { pointer: `${container.pointer}/volumeMounts/${index}`, container: container.label };
      }
    }
  }
}
