/** The one spelling of a path in a container: `/data/`, `//data/.` and `data`, which runtimes read from the root, are `/data`. */
export function normalizeContainerPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/**
 * What the runtime or the kubelet mounts itself, so that a volume there would take it away (the token: the API server then adds none),
 * and `/` and a path with a colon, which Kubernetes cannot mount.
 */
const noVolumes = /^\/(?:$|(?:dev|proc|sys)(?:\/|$)|etc\/(?:hosts|hostname|resolv\.conf)$|(?:var\/)?run\/secrets\/kubernetes\.io\/serviceaccount$)|:/;

/** Whether a volume may be mounted at a normalised path. */
export function takesVolume(path: string): boolean {
  return !noVolumes.test(path);
}

/**
 * Whether something is mounted at a normalised path or above it.
 *
 * `/var/run` and `/run` are one folder, because in nearly every image the one is a link to the other: a volume at the second name
 * would lie over the author's at the first.
 */
export function mountedAmong(mountPaths: readonly string[]): (path: string) => boolean {
  const mounted = new Set(mountPaths.flatMap((path) => namesOf(normalizeContainerPath(path))));
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (mounted.has(path.slice(0, end))) return true;
    }
    return mounted.has('/');
  };
}

function namesOf(path: string): readonly string[] {
  if (/^\/run(?:\/|$)/.test(path)) return [path, `/var${path}`];
  return /^\/var\/run(?:\/|$)/.test(path) ? [path, path.slice('/var'.length)] : [path];
}
