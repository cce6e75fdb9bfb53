import type { Authorize } from './auth/authorize';
import { RegistryError } from '../oci/error';
import { drop, digestOf, readBody, verifiedStream, verify } from './http/body';
import type { Endpoint } from './http/endpoint';
import type { Exchange } from './http/exchange';
import { Followed, follow } from './http/follow';
import type { HostQueue } from './http/host-queue';
import type { Settings } from './http/options';
import { retrying } from './http/retry';
import { refuseStatus } from './http/status';
import { digestProblem } from '../image/digest';
import { oldSchema, parseManifest } from '../oci/manifest';
import { acceptedManifests, bareMediaType, isSchema1 } from '../oci/media-types';
import { Content, Fetched, ImageSource, limits, subjectOf } from '../oci/source';
import { isWebPage } from '../oci/web-page';
import { quote } from '../text/quote';

/** What all repositories of a client share. */
interface Connection {
  readonly settings: Settings;
  readonly exchange: Exchange;
  readonly authorize: Authorize;
  readonly queue: HostQueue;
}

interface Call<T> {
  readonly method: 'GET' | 'HEAD';
  readonly path: string;
  readonly subject: string;
  readonly accept?: string;
  readonly time: number;
  /** Whether an answer other than 200 is read too, instead of refused. */
  takes?(status: number): boolean;
  read(answer: Followed): Promise<T>;
}

/**
 * One repository, by the OCI distribution protocol.
 *
 * @param endpoints the mirrors in their order, and the registry itself
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md
 */
export function repositorySource(name: string, repository: string, endpoints: readonly Endpoint[], connection: Connection): ImageSource {
  const { settings, exchange, authorize, queue } = connection;
  const { total, layer } = settings.timeouts;

  /** Asks one place after the other; what a mirror cannot say, or says wrongly, the next one may. */
  const inTurn = async <T>(ask: (endpoint: Endpoint) => Promise<T>): Promise<T> => {
    let mirrors = '';
    for (const endpoint of endpoints.slice(0, -1)) {
      try {
        return await ask(endpoint);
      } catch (error) {
        if (!(error instanceof RegistryError) || error.code === 'aborted') throw error;
        mirrors += ` (mirror ${endpoint.registry}: ${error.problem})`;
      }
    }
    return ask(endpoints[endpoints.length - 1]).catch((error: unknown) => {
      throw error instanceof RegistryError && mirrors !== '' ? withMirrors(error, mirrors) : error;
    });
  };

  const call = async <T>({ method, path, subject, accept, time, takes, read }: Call<T>, endpoint: Endpoint): Promise<T> => {
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
    const ping = async () => follow(exchange, settings, { method: 'GET', ...v2, subject, time: total, headers: {} });
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

  const getManifest = async (endpoint: Endpoint, target: string, size?: number): Promise<Fetched> => {
    const subject = subjectOf({ name }, target);
    const read = async (answer: Followed): Promise<Fetched> => {
      const bytes = await readBody(answer, limits.manifest, subject);
      if (isWebPage(bytes)) throw webPage(answer, subject);
      const said = saidDigest(answer, target, subject);
      if (said === undefined) refuseEncoded(answer, subject);
      const digest = said ?? digestOf(bytes);
      if (said !== undefined) verify(bytes, { digest, ...(size === undefined ? {} : { size }) }, subject);
      const type = answer.headers['content-type'];
      return { bytes, digest, ...(type === undefined ? {} : { mediaType: bareMediaType(type) }) };
    };
    return call({ method: 'GET', path: `manifests/${target}`, subject, accept: acceptedManifests, time: total, read }, endpoint);
  };

  /** Undefined where the answer says nothing: older registries leave out the digest, and some refuse HEAD of what they give to GET. */
  const saidByHead = async (endpoint: Endpoint, target: string): Promise<string | undefined> => {
    const subject = subjectOf({ name }, target);
    const read = async (answer: Followed): Promise<string | undefined> => {
      // The length is that of the manifest, which does not come.
      await drop(answer, Infinity);
      if (answer.status !== 200) return undefined;
      const type = bareMediaType(answer.headers['content-type'] ?? '');
      // A portal, which says so in words to who asks by GET.
      if (type === 'text/html') return undefined;
      if (isSchema1(type)) throw oldSchema(subject);
      return saidDigest(answer, target, subject);
    };
    return call({ method: 'HEAD', path: `manifests/${target}`, subject, accept: acceptedManifests, time: total, takes: isOfHeadOnly, read }, endpoint);
  };

  const blob = async <T>({ digest, size }: Content, limit: number, time: number, read: Call<T>['read']): Promise<T> => {
    const subject = subjectOf({ name }, digest);
    requireSize(size, limit, subject);
    if (!digest.includes(':')) throw invalidTarget(digest, subject);
    requireTarget(digest, subject);
    return inTurn(async endpoint => call({ method: 'GET', path: `blobs/${digest}`, subject, time, read }, endpoint));
  };

  return {
    name,
    fetchManifest: async (target, { size } = {}) => {
      const subject = subjectOf({ name }, target);
      requireSize(size, limits.manifest, subject);
      requireTarget(target, subject);
      return inTurn(async endpoint => getManifest(endpoint, target, size));
    },
    headManifest: async target => {
      const subject = subjectOf({ name }, target);
      requireTarget(target, subject);
      return inTurn(async endpoint => {
        const said = await saidByHead(endpoint, target);
        if (said !== undefined) return said;
        // The digest has to be computed: but of a manifest, not of the page of a portal.
        const fetched = await getManifest(endpoint, target);
        parseManifest(fetched, subject);
        return fetched.digest;
      });
    },
    fetchBlob: async (content, limit) => blob(content, limit, total, async answer => {
      const subject = subjectOf({ name }, content.digest);
      const bytes = await readBody(answer, limit, subject);
      if (isWebPage(bytes) && digestOf(bytes, content.digest) !== content.digest) throw webPage(answer, subject);
      verify(bytes, content, subject);
      return bytes;
    }),
    streamBlob: async (content, limit) => blob(content, limit, layer, async answer => {
      return verifiedStream(answer, content, limit, subjectOf({ name }, content.digest));
    }),
  };
}

/** Whoever may reach the registry by its mirrors only has to know what was wrong with them. */
function withMirrors({ code, subject, problem, fix, cause }: RegistryError, mirrors: string): RegistryError {
  return new RegistryError({ code, subject, problem: `${problem}${mirrors}`, ...(fix === undefined ? {} : { fix }), cause });
}

/** Whether GET may be answered otherwise: not where somebody is to show who he is, or was too slow, or asks too often. */
function isOfHeadOnly(status: number): boolean {
  return status >= 400 && ![401, 408, 429].includes(status);
}

/** The digest that is to be proved: that of the header, which must be the one that was asked for. */
function saidDigest({ headers, url }: Followed, target: string, subject: string): string | undefined {
  const header = headers['docker-content-digest'];
  const asked = target.includes(':') ? target : undefined;
  if (header === undefined || header === '') return asked;
  const said = String(header);
  if (digestProblem(said) !== undefined || (asked !== undefined && said !== asked)) {
    const problem = `${url.host} says that it sends ${quote(said)}${asked === undefined ? ', which is not a digest' : `, asked for ${asked}`}`;
    throw new RegistryError({ code: 'digest-mismatch', subject, problem });
  }
  return said;
}

function webPage({ url }: Followed, subject: string): RegistryError {
  return new RegistryError({
    code: 'malformed',
    subject,
    problem: `${url.host} answers with a web page, as a portal or a proxy does, and not with the image`,
    fix: 'sign in to the network, see HTTPS_PROXY and NO_PROXY, or the spelling of the registry',
  });
}

/** Where nothing says what the digest is, that of what a server made of the content on the way would be taken for it. */
function refuseEncoded({ headers, url }: Followed, subject: string): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return;
  const problem = `${url.host} sends it encoded as ${quote(encoding)}, though asked for it as it is`;
  throw new RegistryError({ code: 'malformed', subject, problem });
}

function requireTarget(target: string, subject: string): void {
  const ok = target.includes(':') ? digestProblem(target) === undefined : /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(target);
  if (!ok) throw invalidTarget(target, subject);
}

function invalidTarget(target: string, subject: string): RegistryError {
  return new RegistryError({ code: 'invalid', subject, problem: `the image must be named by a tag or a digest, it is named by ${quote(target)}` });
}

function requireSize(size: number | undefined, limit: number, subject: string): void {
  if (size === undefined || size <= limit) return;
  throw new RegistryError({ code: 'too-large', subject, problem: `it has ${size} bytes, ${limit} are read at most` });
}
