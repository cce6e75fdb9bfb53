import { lookup as systemLookup, LookupAddress, LookupOptions } from 'node:dns';
import { Agent, request } from 'node:http';
import { Agent as SecureAgent, AgentOptions as SecureAgentOptions, request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, rootCertificates, TLSSocket } from 'node:tls';
import { AddressKind, bareHost, mayLeadTo, serverName } from './address';
import { isInsecure } from './endpoint';
import type { Settings } from './options';
import { proxyAuthorization } from './proxy';
import { readBytes } from '../../files/read';

/** A name that leads where the server that sent us may not lead. */
export class ForbiddenAddress extends Error {}

/** An answer of the proxy instead of a tunnel. */
export class ProxyRefusal extends Error {}

/** A proxy that forwards plain HTTP, and makes no tunnel to this host. */
export class NoTunnel extends ProxyRefusal {}

/** Keep-alive connections; one pool for each way of connecting, because a pooled socket is not examined again. */
interface Agents {
  agentFor(url: URL, proxy: URL | undefined, from: AddressKind | undefined): Agent;
  close(): void;
}

export function createAgents(settings: Settings, classify: (address: string) => AddressKind): Agents {
  const pools = new Map<string, Agent>();
  const ca = settings.ca.length === 0 ? undefined : [...rootCertificates, ...extraCertificates(settings), ...settings.ca];
  const create = (url: URL, proxy: URL | undefined, from: AddressKind | undefined): Agent => {
    const pool = {
      keepAlive: true,
      maxFreeSockets: settings.concurrency,
      ...(from === undefined || proxy !== undefined ? {} : { lookup: guardedLookup(from, classify) }),
    };
    const own = { ...pool, ...(ca === undefined ? {} : { ca }) };
    const secure = isAnybody(url) ? { ...own, rejectUnauthorized: false } : own;
    if (proxy !== undefined && url.protocol === 'https:') return tunnelAgent(proxy, secure, settings);
    if (proxy !== undefined) return proxy.protocol === 'https:' ? new SecureAgent(own) : new Agent(pool);
    return url.protocol === 'https:' ? new SecureAgent(secure) : new Agent(pool);
  };
  /** Of a host that is named insecure any certificate is taken: it proves no more than plain HTTP does. */
  const isAnybody = (url: URL) => url.protocol === 'https:' && isInsecure(url, settings.insecure);
  return {
    agentFor: (url, proxy, from) => {
      const key = `${url.protocol} ${isAnybody(url) ? 'any' : ''} ${proxy?.href ?? ''} ${from ?? ''}`;
      let agent = pools.get(key);
      if (agent === undefined) pools.set(key, agent = create(url, proxy, from));
      return agent;
    },
    close: () => {
      for (const agent of pools.values()) agent.destroy();
    },
  };
}

const largestCertificates = 16 * 1024 * 1024;

/** Node forgets these as soon as it is given others. */
function extraCertificates({ environment }: Settings): readonly string[] {
  const file = environment.NODE_EXTRA_CA_CERTS;
  if (file === undefined || file === '') return [];
  try {
    return [readBytes(file, largestCertificates)?.toString() ?? ''];
  } catch {
    return [];
  }
}

/** Resolves a name, and refuses it where one of its addresses is out of bounds; the check is on the address that is connected to. */
function guardedLookup(from: AddressKind, classify: (address: string) => AddressKind): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) return callback(error, []);
      const bad = addresses.find(({ address }) => !mayLeadTo(from, classify(address)));
      if (bad !== undefined) return callback(new ForbiddenAddress(`${classify(bad.address)} address`), []);
      return options.all === true ? callback(null, addresses) : callback(null, addresses[0].address, addresses[0].family);
    });
  };
}

/** TLS to the registry through a tunnel of the proxy: the proxy sees the host's name and nothing else. */
function tunnelAgent(proxy: URL, options: SecureAgentOptions, { timeouts, signal, clock }: Settings): Agent {
  const agent = new SecureAgent(options);
  const createConnection = (target: ConnectTarget, callback: (error: Error | null, socket?: Duplex) => void): undefined => {
    const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
    const { ca } = options;
    const tunnel = (proxy.protocol === 'https:' ? secureRequest : request)({
      host: bareHost(proxy),
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
      agent: false,
      // Otherwise the certificate would have to be that of the host in the header.
      servername: serverName(proxy),
      ...(ca === undefined ? {} : { ca }),
    });
    let secure: TLSSocket | undefined;
    let isOver = false;
    const end = (error: Error | null) => {
      if (isOver) return;
      isOver = true;
      timer.stop();
      signal?.removeEventListener('abort', abort);
      if (error === null) return callback(null, secure);
      tunnel.destroy();
      secure?.destroy();
      callback(error);
    };
    // Until it is given its socket, a request cannot stop what goes on here.
    const abort = () => end(new ProxyRefusal('stopped'));
    signal?.addEventListener('abort', abort);
    const timer = clock.start(timeouts.connect, () => {
      const host = secure === undefined ? `the proxy ${proxy.host}` : target.host;
      end(new ProxyRefusal(`${host} gives no connection in ${timeouts.connect / 1000} s`));
    });
    tunnel.once('connect', (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        const Refusal = [403, 405, 501].includes(response.statusCode ?? 0) ? NoTunnel : ProxyRefusal;
        return end(new Refusal(`the proxy ${proxy.host} answers ${String(response.statusCode)}`));
      }
      secure = connectTls({ ...target, port: Number(target.port), socket }, () => end(null));
      secure.on('error', end);
    });
    tunnel.on('error', end);
    tunnel.end();
    return undefined;
  };
  return Object.assign(agent, { createConnection });
}

interface ConnectTarget {
  readonly host: string;
  readonly port: number | string;
  readonly servername?: string;
  readonly ca?: string[];
}
