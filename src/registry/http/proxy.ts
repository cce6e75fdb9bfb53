import { BlockList, isIP } from 'node:net';
import { bareHost, isLoopbackHost } from './address';
import { RegistryError } from '../../oci/error';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL, by `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in either case; the machine itself is never asked by proxy.
 *
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy, whose meaning of `NO_PROXY` this is
 * @throws RegistryError with the code `invalid` when the variable has no proxy's URL
 */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  // In a CGI script HTTP_PROXY is the client's header "Proxy".
  const upper = name === 'HTTP_PROXY' && environment.REQUEST_METHOD !== undefined ? undefined : environment[name];
  const text = [upper, environment[name.toLowerCase()]].find(isSet);
  if (text === undefined || isLoopbackHost(bareHost(url))) return undefined;
  if (isExcepted(url, [environment.NO_PROXY, environment.no_proxy].find(isSet) ?? '')) return undefined;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const proxy = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (proxy !== undefined && /^https?:$/.test(proxy.protocol) && canDecode(proxy)) return proxy;
  // The value is not quoted: it may hold a password.
  throw new RegistryError({ code: 'invalid', subject: name, problem: 'must be the URL of an HTTP proxy, such as "http://proxy.example:3128"' });
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function canDecode({ username, password }: URL): boolean {
  return !/%(?![0-9a-f]{2})/i.test(username + password);
}

function isExcepted(url: URL, list: string): boolean {
  const host = bareHost(url).toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list.split(/[\s,]+/).some(raw => {
    const entry = raw.toLowerCase();
    if (entry === '') return false;
    if (entry === '*') return true;
    if (entry.includes('/')) return inSubnet(host, entry);
    if (isIP(entry) !== 0) return entry === host;
    const [, name, wantedPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
    if (wantedPort !== undefined && wantedPort !== port) return false;
    if (name.startsWith('*.')) return host.endsWith(name.slice(1));
    return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
  });
}

function inSubnet(host: string, entry: string): boolean {
  const [network, bits] = entry.split('/');
  const version = isIP(network);
  if (version === 0 || isIP(host) !== version || !/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return list.check(host, family);
}

/** The header that a proxy wants where its URL has a user. */
export function proxyAuthorization(proxy: URL): Readonly<Record<string, string>> {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
