import { bareHost, isLoopbackHost } from './address';
import { RegistryError } from '../../oci/error';
import { quote } from '../../text/quote';

/** Where a registry answers: `https://registry-1.docker.io`, and what to put before the names of its repositories. */
export interface Endpoint {
  /** The registry as people and their credentials name it. */
  readonly registry: string;
  readonly base: URL;
  /** The same by plain HTTP, where that may be tried. */
  readonly plain?: URL;
  /** `mirror/` for a mirror below a path. */
  readonly prefix: string;
  /** The registry that this one stands in for. */
  readonly mirrorOf?: string;
}

/** Whether somebody decided that it does not matter who answers there, and by which protocol. */
export function isInsecure({ protocol, hostname, port }: URL, insecure: readonly string[]): boolean {
  const withPort = `${hostname}:${port === '' ? { 'http:': 80, 'https:': 443 }[protocol] : port}`;
  return insecure.some(entry => [hostname, withPort].includes(entry.toLowerCase()));
}

/** HTTPS, except where nobody can listen in, or where somebody decided that it does not matter. */
export function mayUseHttp(url: URL, insecure: readonly string[]): boolean {
  return isLoopbackHost(bareHost(url)) || isInsecure(url, insecure);
}

/** The endpoint of a registry, `host[:port]`, or of a mirror, `host[:port][/path]`. */
export function endpointOf(place: string, insecure: readonly string[], mirrorOf?: string): Endpoint {
  const [registry, ...path] = place.replace(/\/+$/, '').split('/');
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const plain = parse(`http://${host}`, place);
  return {
    registry,
    base: parse(`https://${host}`, place),
    ...(mayUseHttp(plain, insecure) ? { plain } : {}),
    prefix: path.map(segment => `${segment}/`).join(''),
    ...(mirrorOf === undefined ? {} : { mirrorOf }),
  };
}

function parse(text: string, place: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // What a URL reads as a user, a query or a path is not part of a host.
  if (url !== undefined && url.pathname === '/' && url.username === '' && url.search === '' && url.hash === '' && bareHost(url) !== '') return url;
  throw new RegistryError({ code: 'invalid', subject: quote(place), problem: 'the registry must be a host with an optional port' });
}
