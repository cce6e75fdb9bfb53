import { parseChallenges } from './challenge';
import { basicAuthorization, CredentialLookup, Credentials } from './credentials';
import { chooseScheme, Scheme } from './realm';
import { fetchToken, Token } from './token';
import { RegistryError } from '../../oci/error';
import { limits } from '../../oci/source';
import type { AddressKind } from '../http/address';
import { drop } from '../http/body';
import type { Clock } from '../http/clock';
import type { Endpoint } from '../http/endpoint';
import type { Exchange } from '../http/exchange';
import type { Followed } from '../http/follow';

/** One request to a repository, but for the proof of who asks. */
interface Errand {
  readonly endpoint: Endpoint;
  /** The name within the endpoint's registry. */
  readonly repository: string;
  readonly subject: string;
  /** For each request, in milliseconds. */
  readonly time: number;
  send(authorization: string | undefined): Promise<Followed>;
  /** Asks for nothing but how the registry wants to be asked: `/v2/`. */
  ping(): Promise<Followed>;
}

interface Authorized {
  readonly answer: Followed;
  /** Where the credentials were from that were shown. */
  readonly shown?: string;
}

export type Authorize = (errand: Errand) => Promise<Authorized>;

/** A challenge as it came. */
type Challenged = Pick<Followed, 'url' | 'headers' | 'peer'>;

/** What is known of one registry. */
interface Origin {
  scheme?: Scheme;
  /** The kind of its address when it named the scheme. */
  peer?: AddressKind;
  /** The first request of all, for the others to wait for: what it learns spares each of them a refusal. */
  first?: Promise<unknown>;
  /** What `/v2/` answers, where it had to be asked. */
  ping?: Promise<Challenged | undefined>;
  /** By scope; of one that is being fetched there is only one. */
  readonly tokens: Map<string, Promise<Token>>;
}

interface Proof {
  readonly header?: string;
  readonly shown?: string;
  /** Takes the token out of use, unless another has already taken its place. */
  forget(): void;
}

const nothing: Proof = { forget: () => undefined };

/**
 * Answers the challenges of registries: tokens are fetched once for each registry and scope, kept while they are valid, and renewed.
 *
 * Only a challenge of the registry itself is answered, never one of a server that it redirects to. Credentials are sent to
 * the registry and to the server of tokens that it names, a token only to the registry.
 */
export function createAuthorize(exchange: Exchange, lookup: CredentialLookup, insecure: readonly string[]): Authorize {
  const origins = new Map<string, Origin>();

  return async errand => {
    const key = errand.endpoint.base.origin;
    let origin = origins.get(key);
    if (origin !== undefined) {
      await origin.first?.catch(() => undefined);
      return run(errand, origin);
    }
    origins.set(key, origin = { tokens: new Map() });
    const current = origin;
    let asked: () => void = () => undefined;
    origin.first = new Promise<void>(resolve => asked = resolve);
    try {
      return await run(errand, current, asked);
    } finally {
      asked();
    }
  };

  async function run(errand: Errand, origin: Origin, asked?: () => void): Promise<Authorized> {
    const used = origin.scheme === undefined ? nothing : await prove(errand, origin, origin.scheme);
    const answer = await errand.send(used.header);
    const challenged = answer.own ? await challengeOf(errand, origin, answer) : undefined;
    if (challenged === undefined) return authorized(answer, used);
    // Whatever comes of the challenge, the connection is free again.
    await drop(answer, limits.errorBody);
    const challenges = parseChallenges(challenged.headers['www-authenticate'] ?? '');
    // A second refusal is meant: the token is as new as the challenge.
    const scheme = chooseScheme(challenges, challenged.url, insecure, errand.subject);
    used.forget();
    origin.scheme = scheme;
    origin.peer = challenged.peer;
    asked?.();
    const proof = await prove(errand, origin, scheme);
    if (proof.header === undefined || (proof.header === used.header && scheme.kind === 'basic')) return authorized(answer, proof);
    return authorized(await errand.send(proof.header), proof);
  }

  /**
   * Some registries hide what a stranger may not see behind 403 or 404, and say only at `/v2/` that they know others. Who has nothing to
   * show, and who has shown it, need not ask there.
   */
  async function challengeOf(errand: Errand, origin: Origin, answer: Followed): Promise<Challenged | undefined> {
    if (answer.status === 401) return answer;
    if ((answer.status !== 403 && answer.status !== 404) || origin.scheme !== undefined) return undefined;
    if (await lookup(errand.endpoint.registry, errand.repository) === undefined) return undefined;
    return origin.ping ??= ping(errand);
  }

  async function prove(errand: Errand, origin: Origin, scheme: Scheme): Promise<Proof> {
    const { peer } = origin;
    const { endpoint, repository } = errand;
    const credentials = await lookup(endpoint.registry, repository);
    const shown = credentials === undefined ? {} : { shown: credentials.origin };
    if (credentials?.kind === 'bearer') return { ...nothing, ...shown, header: `Bearer ${credentials.token}` };
    if (scheme.kind === 'basic') {
      const header = credentials === undefined ? undefined : basicHeader(credentials);
      return { ...nothing, ...shown, ...(header === undefined ? {} : { header }) };
    }
    const scopes = [`repository:${repository}:pull`, ...scheme.extraScopes];
    const key = JSON.stringify([scheme.realm.href, scheme.service, scopes]);
    const { fetching, token } = await currentToken(origin, key, exchange.clock, async () => fetchToken({ ...scheme, scopes }, credentials, {
      exchange,
      registry: endpoint.registry,
      // All tags of the repository may wait for it.
      subject: `${endpoint.registry}/${repository}`,
      time: errand.time,
      // The registry may not have us ask further inwards than it is itself.
      ...(scheme.realm.host === endpoint.base.host || peer === undefined ? {} : { from: peer }),
    }));
    return {
      ...shown,
      header: `Bearer ${token.value}`,
      forget: () => {
        if (origin.tokens.get(key) === fetching) origin.tokens.delete(key);
      },
    };
  }
}

/** A registry that says nothing of use there leaves its first answer as it is. */
async function ping(errand: Errand): Promise<Challenged | undefined> {
  try {
    const answer = await errand.ping();
    await drop(answer, limits.errorBody);
    return answer.status === 401 && answer.own ? answer : undefined;
  } catch (error) {
    if (error instanceof RegistryError && error.code !== 'aborted') return undefined;
    throw error;
  }
}

function authorized(answer: Followed, { shown }: Proof): Authorized {
  return { answer, ...(shown === undefined ? {} : { shown }) };
}

/** An identity token is not a password; where it has a user beside it, that is one. */
function basicHeader(credentials: Exclude<Credentials, { readonly kind: 'bearer' }>): string | undefined {
  if (credentials.kind === 'basic') return basicAuthorization(credentials.user, credentials.password);
  const { user, password } = credentials;
  return user === undefined || password === undefined ? undefined : basicAuthorization(user, password);
}

interface Current {
  readonly fetching: Promise<Token>;
  readonly token: Token;
}

/** The token of the scope, or the one that somebody is fetching, or a new one; a failure is not kept. */
async function currentToken(origin: Origin, key: string, clock: Clock, fetch: () => Promise<Token>): Promise<Current> {
  const known = origin.tokens.get(key);
  if (known !== undefined) {
    const token = await known;
    if (token.refreshAt > clock.now()) return { fetching: known, token };
    if (origin.tokens.get(key) === known) origin.tokens.delete(key);
    // Whoever came here first has begun to fetch the next one.
    const next = origin.tokens.get(key);
    if (next !== undefined) return { fetching: next, token: await next };
  }
  const fetching = fetch();
  origin.tokens.set(key, fetching);
  try {
    return { fetching, token: await fetching };
  } catch (error) {
    if (origin.tokens.get(key) === fetching) origin.tokens.delete(key);
    throw error;
  }
}
