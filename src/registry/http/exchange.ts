import { ClientRequest, IncomingHttpHeaders, IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AddressKind, bareHost, kindOfAddress, mayLeadTo, serverName } from './address';
import { createAgents, ForbiddenAddress } from './agents';
import type { Clock, Timer } from './clock';
import { afterAnswer, failure, Stopped, TimedOut } from './failure';
import type { Settings } from './options';
import { proxyAuthorization, proxyFor } from './proxy';

export interface Asked {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: URL;
  /** Asked instead where `url` turns out not to speak TLS, on first contact. */
  readonly plain?: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For messages. */
  readonly subject: string;
  /** How long it may take to the last byte, in milliseconds. */
  readonly time: number;
  /** The kind of the server that led here; its reach is ours then. */
  readonly from?: AddressKind;
}

export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** To be read to its end, or destroyed: until then it holds a connection. */
  readonly body: IncomingMessage;
  /** Where the server is, as far as it is known: by proxy it counts as public. */
  readonly peer: AddressKind;
}

/** One request, one answer; no redirect is followed and nothing is tried twice. */
export interface Exchange {
  (asked: Asked): Promise<Answer>;
  /** Tokens are kept by it, too. */
  readonly clock: Clock;
  close(): void;
}

export function createExchange(settings: Settings): Exchange {
  const classify = settings.classify ?? kindOfAddress;
  const agents = createAgents(settings, classify);
  const answered = new Set<string>();

  const exchange = async (asked: Asked): Promise<Answer> => {
    const { url, subject } = asked;
    try {
      settings.signal?.throwIfAborted();
      const answer = await send(asked);
      answered.add(url.host);
      return answer;
    } catch (error) {
      // The reason of a signal may be anything; it is known by the signal.
      const reason = settings.signal?.aborted === true ? new Stopped('') : answered.has(url.host) ? afterAnswer(error) : error;
      throw failure(reason, subject, askedBy(url, settings));
    }
  };

  const send = async (asked: Asked): Promise<Answer> => {
    const { url, from } = asked;
    const host = bareHost(url);
    // A literal address is never looked up, so the lookup cannot guard it.
    if (from !== undefined && !mayLeadTo(from, classify(host))) throw new ForbiddenAddress(`${classify(host)} address`);
    const proxy = proxyFor(url, settings.environment);
    const agent = agents.agentFor(url, proxy, from);
    const plainProxy = url.protocol === 'http:' ? proxy : undefined;
    const target = plainProxy === undefined
      ? { host, port: url.port, path: `${url.pathname}${url.search}` }
      // Otherwise the certificate would have to be that of the host in the header.
      : { host: bareHost(plainProxy), servername: serverName(plainProxy), port: plainProxy.port, path: url.href };
    const options = {
      ...target,
      method: asked.method,
      agent,
      headers: {
        'host': url.host,
        'user-agent': 'cdk8s-hardened',
        // The digest is of what is stored; what a server compresses on the way would have another.
        'accept-encoding': 'identity',
        ...asked.headers,
        ...(plainProxy === undefined ? {} : proxyAuthorization(plainProxy)),
      },
    };
    const request = (plainProxy ?? url).protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
    const response = await answerTo(request, asked, settings);
    const remote = request.socket?.remoteAddress;
    const peer = classify(proxy === undefined && remote !== undefined ? remote : host);
    return { url, status: response.statusCode ?? 0, headers: response.headers, body: response, peer };
  };

  return Object.assign(exchange, { close: () => agents.close(), clock: settings.clock });
}

/** Who is asked, for a message: where a proxy is in between, it may be to blame. */
function askedBy(url: URL, { environment }: Settings): string {
  const proxy = proxyFor(url, environment);
  return proxy === undefined ? url.host : `${url.host} (by the proxy ${proxy.host})`;
}

/** Starts the request, and keeps its time until the last byte of the answer. */
async function answerTo(request: ClientRequest, { body, time }: Asked, { timeouts, signal, clock }: Settings): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | undefined;
    const stop = (error: Error) => {
      // A request that has no socket yet, because it waits for a proxy, never says that it was destroyed.
      fail(error);
      (response ?? request).destroy(error);
    };
    const late = (message: string, again = true) => stop(new TimedOut(message, again));
    const abort = () => stop(new Stopped(''));
    const total = clock.start(time, () => late('took too long', false));
    const connecting = clock.start(timeouts.connect, () => late(`gave no connection in ${timeouts.connect / 1000} s`));
    let idle: Timer | undefined;
    const alive = () => {
      connecting.stop();
      // Set back instead of made anew, because it is with each piece that comes.
      if (idle !== undefined) return idle.restart();
      idle = clock.start(timeouts.idle, () => {
        // Whoever reads slower than the server sends is not to be mistaken for a server that stands still.
        if (response !== undefined && response.readableLength > 0) alive();
        else late(`sent nothing for ${timeouts.idle / 1000} s`);
      });
    };
    const done = () => {
      total.stop();
      connecting.stop();
      idle?.stop();
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: Error) => {
      done();
      reject(error);
    };
    // Node's own `signal` would make a broken connection of it once there is an answer.
    signal?.addEventListener('abort', abort);
    request.once('socket', socket => {
      if (!socket.connecting) return alive();
      socket.once('encrypted' in socket ? 'secureConnect' : 'connect', alive);
    });
    request.once('response', incoming => {
      response = incoming;
      alive();
      const { socket } = incoming;
      socket.on('data', alive);
      incoming.once('close', () => {
        socket.off('data', alive);
        done();
      });
      // Whoever reads the body later still finds the error there; without a listener Node would forget it.
      incoming.on('error', () => undefined);
      resolve(incoming);
    });
    request.on('error', fail);
    // After an answer such as 101, which nobody asked for, there is neither a response nor an error.
    request.once('close', () => {
      if (response === undefined) fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
    request.end(body);
  });
}
