import type { Authorize } from './auth/authorize';
import type { Endpoint } from './http/endpoint';
import type { Exchange } from './http/exchange';
import { Followed, follow } from './http/follow';
import type { HostQueue } from './http/host-queue';
import type { Settings } from './http/options';
import { retrying } from './http/retry';
import { refuseStatus } from './http/status';
import { RegistryError } from '../oci/error';

/** What all repositories of a client share. */
export interface Connection {
  readonly settings: Settings;
  readonly exchange: Exchange;
  readonly authorize: Authorize;
  readonly queue: HostQueue;
}

/** One request for something of a repository. */
export interface RepositoryRequest<T> {
  readonly method: 'GET' | 'HEAD';
  readonly path: string;
  readonly subject: string;
  readonly accept?: string;
  readonly time: number;
  /** Whether an answer other than 200 is read too, instead of refused. */
  takes?(status: number): boolean;
  read(answer: Followed): Promise<T>;
}

/** How a repository is asked for something. */
interface Asker {
  /** Asks one place after the other; what a mirror cannot say, or says wrongly, the next one may. */
  inTurn<T>(askOne: (endpoint: Endpoint) => Promise<T>): Promise<T>;
  /** Asks one place: in its turn, with the credentials that it demands, and again where it was busy. */
  ask<T>(asked: RepositoryRequest<T>, endpoint: Endpoint): Promise<T>;
}

/** @param endpoints the mirrors in their order, and the registry itself */
export function askerOf(repository: string, endpoints: readonly Endpoint[], connection: Connection): Asker {
  const { settings, exchange, authorize, queue } = connection;

  const inTurn = async <T>(askOne: (endpoint: Endpoint) => Promise<T>): Promise<T> => {
    let mirrors = '';
    for (const endpoint of endpoints.slice(0, -1)) {
      try {
        return await askOne(endpoint);
      } catch (error) {
        if (!(error instanceof RegistryError) || error.code === 'aborted') throw error;
        mirrors += ` (mirror ${endpoint.registry}: ${error.problem})`;
      }
    }
    return askOne(endpoints[endpoints.length - 1]).catch((error: unknown) => {
      throw error instanceof RegistryError && mirrors !== '' ? withMirrors(error, mirrors) : error;
    });
  };

  const ask = async <T>({ method, path, subject, accept, time, takes, read }: RepositoryRequest<T>, endpoint: Endpoint): Promise<T> => {
    const { registry } = endpoint;
    const within = endpoint.prefix + repository;
    const at = (base: URL): URL => {
      const url = new URL(`/v2/${within}/${path}`, base);
      if (endpoint.mirrorOf !== undefined) url.searchParams.set('ns', endpoint.mirrorOf);
      return url;
    };
    const where = { url: at(endpoint.base), ...(endpoint.plain === undefined ? {} : { plain: at(endpoint.plain) }) };
    const send = async (authorization: string | undefined): Promise<Followed> => {
      const headers = { ...(accept === undefined ? {} : { accept }), ...(authorization === undefined ? {} : { authorization }) };
      return follow(exchange, settings, { method, ...where, subject, time, headers });
    };
    const v2 = { url: new URL('/v2/', endpoint.base), ...(endpoint.plain === undefined ? {} : { plain: new URL('/v2/', endpoint.plain) }) };
    const ping = async () => follow(exchange, settings, { method: 'GET', ...v2, subject, time: settings.timeouts.total, headers: {} });
    return retrying(settings, async () => {
      // Before the token is looked at: it might expire while we wait for our turn.
      const endTurn = await queue.turn(endpoint.base.host);
      try {
        const { answer, shown } = await authorize({ endpoint, repository: within, subject, time, send, ping });
        answer.body.once('close', endTurn);
        if (answer.body.closed) endTurn();
        if (answer.status === 200 || takes?.(answer.status) === true) return await read(answer);
        return await refuseStatus(answer, { subject, registry, ...(shown === undefined ? {} : { shown }) });
      } catch (error) {
        endTurn();
        throw error;
      }
    });
  };

  return { inTurn, ask };
}

/** Whoever may reach the registry by its mirrors only has to know what was wrong with them. */
function withMirrors({ code, subject, problem, fix, cause }: RegistryError, mirrors: string): RegistryError {
  return new RegistryError({ code, subject, problem: `${problem}${mirrors}`, ...(fix === undefined ? {} : { fix }), cause });
}
