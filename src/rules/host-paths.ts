import { sensitivePaths } from './host-path-table';

/*
 * Paths of a node, and which of them hand over the node.
 *
 * A path is compared by its segments after normalisation, because `/etc/`, `//etc` and `/etc/.` are one place, and
 * `/etcd-backup` is not below `/etc`. Whether a path is a symbolic link on the node cannot be known here.
 */

/** Linux' own limit (PATH_MAX); what is longer names nothing, and is not worth reading. */
const longestPath = 4096;

/** What no path needs and no message should print; a NUL ends a path early for some readers and not for others. */
// eslint-disable-next-line no-control-regex
const unreadableCharacter = /[\u0000-\u001f\u007f]/;

/** `\\.\pipe\docker_engine`, `\\?\C:\`, and the same with slashes: names of Windows devices. */
const windowsDevice = /^[\\/]{2}[.?](?:[\\/]|$)/;
const windowsDrive = /^[A-Za-z]:(?:[\\/]|$)/;

/**
 * The one spelling of a path on the node, or `undefined` where it cannot be said which place it means.
 *
 * - `//`, `/.` and a trailing `/` vanish, and `/var/run` is `/run`, to which it is a link on every distribution.
 * - A Windows path is lower-case with backslashes: `c:\data`, `\\.\pipe\docker_engine`.
 * - A path that is relative, empty, has a `..` segment, a control character or more than 4,096 characters is `undefined`;
 *   so is a Windows path with a short name (`PROGRA~1`) or a stream (`data::$INDEX_ALLOCATION`), which are aliases.
 *
 * Not guaranteed: that the result exists, or that it is no symbolic link.
 */
export function normalizeHostPath(path: string): string | undefined {
  if (path === '' || path.length > longestPath || unreadableCharacter.test(path)) return undefined;
  // By both separators, whatever the node runs: a path must not climb on the other kind of node either. Windows reads `.. ` as `..`.
  if (path.split(/[\\/]/).some((segment) => segment.length > 1 && withoutTrailingDots(segment) === '')) return undefined;
  if (windowsDevice.test(path)) return '\\\\.\\' + windowsSegments(path.slice(3)).join('\\');
  if (windowsDrive.test(path)) {
    const segments = windowsSegments(path.slice(2));
    const isAlias = segments.some((segment) => segment.includes(':') || /~\d/.test(segment));
    return isAlias ? undefined : `${path.slice(0, 2).toLowerCase()}\\${segments.join('\\')}`;
  }
  if (!path.startsWith('/')) return undefined;
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  return '/' + (segments[0] === 'var' && segments[1] === 'run' ? segments.slice(1) : segments).join('/');
}

/** Windows drops dots and blanks at the end of a name: `C:\Windows.` is `C:\Windows`. */
function windowsSegments(path: string): string[] {
  return path.toLowerCase().split(/[\\/]/).map(withoutTrailingDots).filter((segment) => segment !== '');
}

function withoutTrailingDots(segment: string): string {
  let end = segment.length;
  while (end > 0 && (segment[end - 1] === '.' || segment[end - 1] === ' ')) end--;
  return segment.slice(0, end);
}

/** `true` where both are normalised and `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  if (path === folder) return true;
  const last = folder[folder.length - 1];
  const prefix = last === '/' || last === '\\' ? folder : folder + (folder.startsWith('/') ? '/' : '\\');
  return path.startsWith(prefix);
}

const sensitive = sensitivePaths.map(({ path, onlyBelow }) => ({ folder: path.split('/'), onlyBelow }));

/** Names under which tools keep credentials, wherever they lie. */
const credentialFolders: ReadonlySet<string> =
  new Set(['.aws', '.azure', '.config', '.gcloud', 'gcloud', '.kube', '.ssh', '.docker', '.gnupg']);

const runtimes: ReadonlySet<string> = new Set([
  'docker', 'dockerd', 'dockershim', 'containerd', 'crio', 'cri', 'podman', 'buildkitd', 'k3s', 'k0s', 'frakti', 'rktlet', 'kubelet',
]);

/**
 * `true` where a path reaches something that gives control of the node: the place itself, anything below it, and anything
 * above it, because `/var` holds the kubelet's state and `/run` the runtime's socket. Entries with `onlyBelow` leave out what is above.
 *
 * A path that cannot be read is sensitive. Letter case is ignored, because on a Windows node it means nothing.
 */
export function isSensitiveHostPath(path: string): boolean {
  const normalized = normalizeHostPath(path);
  if (normalized === undefined || normalized.startsWith('\\\\')) return true;
  const segments = windowsSegments(normalized.replace(/^[a-z]:/, ''));
  return sensitive.some(({ folder, onlyBelow }) => !(onlyBelow && segments.length < folder.length) && isAboveOrBelow(segments, folder))
    || segments.some((segment) => credentialFolders.has(segment) || isRuntimeSocket(segment));
}

function isAboveOrBelow(path: readonly string[], folder: readonly string[]): boolean {
  const common = Math.min(path.length, folder.length);
  for (let index = 0; index < common; index++) {
    if (path[index] !== folder[index]) return false;
  }
  return true;
}

/** `docker.sock`, and also `rootless-docker.sock` and `containerd.sock.ttrpc`. */
function isRuntimeSocket(name: string): boolean {
  const end = name.search(/\.sock(?:\.|$)/);
  return end > 0 && name.slice(0, end).split(/[-_.]/).some((part) => runtimes.has(part));
}
