import { isHost, namesHost, pathProblem, splitRegistry, textProblem } from './grammar';
import { ImageReference } from './reference';
import { quote } from '../text/quote';

/** An entry of trusted registries, `host[:port][/path…]`, taken apart where it is compared. Plain data. */
export interface RegistryPattern {
  /** The canonical text: two entries that mean the same have the same. */
  readonly text: string;
  /** The labels of the host, lower-case, `*` for any one; an IPv6 address is a single label, in its brackets. */
  readonly host: readonly string[];
  readonly port?: string;
  /** The segments of the path, `*` for any one; empty when the whole registry is meant. */
  readonly path: readonly string[];
}

/** A text that is not an entry of trusted registries; the message names the text and says what to write. */
export class RegistryPatternError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'RegistryPatternError';
  }
}

/**
 * Reads an entry of trusted registries: `host[:port][/path…]`.
 *
 * An entry always names its registry; `docker.io`, `index.docker.io` and `registry-1.docker.io` are one. A path is a
 * prefix: on Docker Hub `docker.io/library` are the official images and `docker.io/acme` is a namespace, so `docker.io/nginx`
 * is *not* the image `nginx`, which is `docker.io/library/nginx`.
 *
 * `*` stands for exactly one label of the host or one segment of the path, as in `*.dkr.ecr.eu-west-1.amazonaws.com`. The last
 * two labels are literal, so that an entry never trusts every host. Which names are sold to anybody is not known here:
 * `*.co.uk` is accepted, and is not a registry to trust.
 *
 * @throws RegistryPatternError when the text is anything else, with a tag, a digest, a scheme or a trailing slash too
 */
export function parseRegistryPattern(text: string): RegistryPattern {
  const problem = textProblem(text);
  if (problem !== undefined) throw new RegistryPatternError(`registry ${problem}`);
  const refuse = (why: string): never => {
    throw new RegistryPatternError(`registry ${quote(text)} ${why}`);
  };
  const scheme = text.indexOf('://');
  if (scheme !== -1) return refuse(`must not have a scheme, write it without ${quote(text.slice(0, scheme + 3))}`);
  if (text.includes('@')) return refuse('must not have a digest or a user, write it without the "@" and what belongs to it');

  const first = text.replace(/\/.*$/, '');
  const path = text.split('/').slice(1);
  const { host, port } = splitRegistry(first);
  const partial = [...host, ...path].find(part => part.includes('*') && part !== '*');
  if (partial !== undefined) return refuse(`must have "*" for a whole label or segment only, it has ${quote(partial)}`);
  const why = hostProblem(first, host, path) ?? pathTextProblem(text, path);
  if (why !== undefined) return refuse(why);
  const registry = host.join('.') + (port === undefined ? '' : `:${port}`);
  return { text: [registry, ...path].join('/'), host, ...(port === undefined ? {} : { port }), path };
}

function hostProblem(first: string, host: readonly string[], path: readonly string[]): string | undefined {
  if (host.slice(-2).includes('*')) return 'must end its host with two literal labels, as "*.example.com" does: trust is never implied';
  if (first === '') return 'must begin with a host';
  const lower = first.toLowerCase();
  if (!namesHost(lower)) {
    const repository = path.length === 0 ? `library/${lower}` : [lower, ...path].join('/');
    return `must name its registry, write ${quote(`docker.io/${repository}`)} if Docker Hub is meant`;
  }
  if (!isHost(first.replace(/\*/g, 'x'))) {
    return `must begin with a host and an optional port, it begins with ${quote(first)}; an entry has no tag`;
  }
  // Part of an address says nothing about who owns it.
  if (host.includes('*') && /\.[0-9]+(?::[0-9]+)?$/.test(first)) return 'must not have "*" in an IP address';
  return undefined;
}

function pathTextProblem(text: string, path: readonly string[]): string | undefined {
  const last = path[path.length - 1];
  if (last === undefined) return undefined;
  if (last === '') return `must not end with "/", write ${quote(text.replace(/\/+$/, ''))}`;
  const colon = last.indexOf(':');
  if (colon !== -1) return `must not have a tag, write ${quote(text.slice(0, text.length - last.length + colon))}`;
  const problem = pathProblem(path.filter(isLiteral));
  return problem === undefined ? undefined : `is not a place in a registry: ${problem}`;
}

/**
 * The entry that says most exactly where the image is; undefined when there is none, and then the image is not trusted.
 *
 * Compared label by label and segment by segment: `ghcr.io/acme` is not `ghcr.io/acme-evil`, and `gcr.io` is neither
 * `evilgcr.io` nor `gcr.io.evil.com`. Hosts are compared without regard to case, as DNS does. A port is compared as text:
 * `gcr.io:443` is not `gcr.io`, because a runtime's configuration tells them apart.
 *
 * The one with more literal labels and segments wins, then the longer one, then the one that is literal where the other
 * first has a `*`. The order of the entries only decides between two that mean the same: the first wins.
 */
export function findRegistry<T extends { readonly pattern: RegistryPattern }>(
  entries: readonly T[],
  reference: ImageReference,
): T | undefined {
  const place = placeOf(reference);
  let best: T | undefined;
  for (const entry of entries) {
    if (!matches(entry.pattern, place)) continue;
    if (best === undefined || isMoreSpecific(entry.pattern, best.pattern)) best = entry;
  }
  return best;
}

interface Place extends Pick<RegistryPattern, 'host' | 'path'> {
  readonly port?: string | undefined;
}

function placeOf(reference: ImageReference): Place {
  const { host, port } = splitRegistry(reference.registry);
  return { host, port, path: reference.repository.split('/') };
}

function matches(pattern: Place, place: Place): boolean {
  return pattern.port === place.port
    && pattern.host.length === place.host.length
    && beginsWith(place.host, pattern.host)
    && beginsWith(place.path, pattern.path);
}

// A loop, because every image of every container is compared with every entry.
function beginsWith(parts: readonly string[], pattern: readonly string[]): boolean {
  if (pattern.length > parts.length) return false;
  for (let index = 0; index < pattern.length; index++) {
    if (pattern[index] !== '*' && pattern[index] !== parts[index]) return false;
  }
  return true;
}

function isMoreSpecific(left: Place, right: Place): boolean {
  const leftParts = [...left.host, ...left.path];
  const rightParts = [...right.host, ...right.path];
  const literals = leftParts.filter(isLiteral).length - rightParts.filter(isLiteral).length;
  if (literals !== 0) return literals > 0;
  if (leftParts.length !== rightParts.length) return leftParts.length > rightParts.length;
  // Both match the same image, so where both are literal they are equal: the first difference is a `*` in one of them.
  return rightParts.find((part, index) => part !== leftParts[index]) === '*';
}

function isLiteral(part: string): boolean {
  return part !== '*';
}
