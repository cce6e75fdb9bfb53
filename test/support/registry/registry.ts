import { createServer, IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer, ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { AuthMode, createDoor } from './auth';
import type { Fault } from './faults';
import { createStore, Store } from './store';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A registry on a loopback port, in this process: it reads like a real one, and misbehaves on request. */
export interface TestRegistry extends Store {
  /** `127.0.0.1:40123`. */
  readonly host: string;
  /** What was asked so far, in this order; the requests for tokens too. */
  readonly log: readonly Arrived[];
  /** Forgets the log. */
  clearLog(): void;
  fault(fault: Fault): void;
  /** Takes all faults away. */
  mend(): void;
  close(): Promise<void>;
}

export interface TestRegistryOptions {
  /** @default none */
  readonly auth?: AuthMode;
  /** Key and certificate, where it is to speak HTTPS. */
  readonly tls?: Pick<ServerOptions, 'key' | 'cert'>;
  /** @default one that is free */
  readonly port?: number;
  /** Leave out `Docker-Content-Digest`, as older registries do. */
  readonly withoutDigestHeader?: boolean;
}

export async function startRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const store = createStore();
  const door = createDoor(options.auth ?? { kind: 'none' });
  const log: Arrived[] = [];
  let broken: { readonly fault: Fault; left: number }[] = [];
  let host = '';

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '';
    log.push({ method: request.method ?? '', path, headers: request.headers });
    const current = broken.find(({ fault, left }) => left > 0 && fault.on.test(`${request.method} ${path}`));
    if (current === undefined) return answer(request, response, path);
    current.left--;
    current.fault.answer(request, response, () => answer(request, response, path));
  };

  const answer = (request: IncomingMessage, response: ServerResponse, path: string) => {
    const url = new URL(path, `http://${host}`);
    if (url.pathname === '/token') return door.token(request, response, url);
    const [, repository, kind, reference] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(url.pathname) ?? [];
    if (repository === undefined) return void response.writeHead(404).end();
    if (!door.admit(request, response, host, repository)) return;
    const found = kind === 'manifests' ? store.manifest(repository, reference) : store.blob(repository, reference);
    // What the client does not accept is not there, for it.
    const accepted = kind === 'blobs' || (found !== undefined && String(request.headers.accept).includes(found.mediaType));
    if (found === undefined || !accepted) {
      response.writeHead(404, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
    }
    response.writeHead(200, {
      'content-type': kind === 'manifests' ? found.mediaType : 'application/octet-stream',
      'content-length': String(found.bytes.length),
      ...(options.withoutDigestHeader === true ? {} : { 'docker-content-digest': found.digest }),
    });
    response.end(request.method === 'HEAD' ? undefined : found.bytes);
  };

  const server = options.tls === undefined ? createServer(serve) : createSecureServer(options.tls, serve);
  await new Promise<void>(resolve => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...store,
    host,
    log,
    clearLog: () => void log.splice(0),
    fault: fault => void broken.push({ fault, left: fault.times ?? Infinity }),
    mend: () => void (broken = []),
    close: async () => closeServer(server),
  };
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}
