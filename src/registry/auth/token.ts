import { basicAuthorization, Credentials } from './credentials';
import { RegistryError } from '../../oci/error';
import { limits } from '../../oci/source';
import { isWebPage } from '../../oci/web-page';
import { field, parseJsonObject } from '../../shape/fields';
import { Malformed } from '../../text/malformed';
import { quote } from '../../text/quote';
import { drop, readBody } from '../http/body';
import type { Answer, Asked, Exchange } from '../http/exchange';
import { refuseStatus } from '../http/status';

/** What a Bearer challenge asks for. */
interface TokenRequest {
  readonly realm: URL;
  readonly service?: string;
  readonly scopes: readonly string[];
}

export interface Token {
  readonly value: string;
  /** By the clock of the exchange; asked for again somewhat earlier. */
  readonly refreshAt: number;
}

/** What the specification gives a token that does not say how long it lives. */
const defaultLife = 60;
const clientId = 'cdk8s-hardened';

/** How a server of tokens is asked: everything about a request but what is in it. */
type TokenExchange = Pick<Asked, 'subject' | 'time' | 'from'> & {
  readonly exchange: Exchange;
  readonly registry: string;
};

/**
 * Gets a token from the realm of a challenge, with the credentials of the registry that named it, or without any.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/ and …/oauth/
 */
export async function fetchToken(request: TokenRequest, credentials: Credentials | undefined, through: TokenExchange): Promise<Token> {
  const started = through.exchange.clock.now();
  const answer = await ask(request, credentials, through);
  const { subject, registry } = through;
  // Some say that they have made something.
  if (answer.status !== 200 && answer.status !== 201) {
    return refuseStatus(answer, { subject, registry, ...(credentials === undefined ? {} : { shown: credentials.origin }) });
  }
  const refuse = (problem: string) => new RegistryError({ code: 'malformed', subject, problem: `the token server ${request.realm.host} ${problem}` });
  const bytes = await readBody(answer, limits.errorBody, subject);
  let body;
  try {
    body = parseJsonObject(bytes);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw refuse(isWebPage(bytes) ? 'answers with a web page, as a portal or a proxy does' : 'does not answer in JSON');
  }
  const value = [field(body, 'token'), field(body, 'access_token')].find(text => typeof text === 'string' && text !== '');
  // It becomes a header: anything but one printable word could add another header.
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) throw refuse('gives no token');
  const seconds = field(body, 'expires_in');
  const life = typeof seconds === 'number' && seconds > 0 ? seconds : defaultLife;
  return { value, refreshAt: started + 1000 * (life - Math.min(10, life / 4)) };
}

async function ask(request: TokenRequest, credentials: Credentials | undefined, through: TokenExchange): Promise<Answer> {
  if (credentials?.kind !== 'identity') {
    return get(request, credentials === undefined ? undefined : basicAuthorization(...pairOf(credentials)), through);
  }
  const answer = await post(request, credentials.token, through);
  if (answer.status !== 404 && answer.status !== 405) return answer;
  await drop(answer, limits.errorBody);
  return get(request, basicAuthorization(...pairOf(credentials)), through);
}

function pairOf(credentials: Credentials): [string, string] {
  switch (credentials.kind) {
    case 'basic': return [credentials.user, credentials.password];
    case 'identity': return [credentials.user ?? '<token>', credentials.password === undefined || credentials.password === '' ? credentials.token : credentials.password];
    case 'bearer': return ['<token>', credentials.token];
  }
}

async function get({ realm, service, scopes }: TokenRequest, authorization: string | undefined, through: TokenExchange): Promise<Answer> {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  return send({ ...through, method: 'GET', url, headers: authorization === undefined ? {} : { authorization } }, through);
}

async function post({ realm, service, scopes }: TokenRequest, refreshToken: string, through: TokenExchange): Promise<Answer> {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    ...(service === undefined ? {} : { service }),
    scope: scopes.join(' '),
    client_id: clientId,
    refresh_token: refreshToken,
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(form)) };
  return send({ ...through, method: 'POST', url: realm, headers, body: form }, through);
}

/** Follows one redirect within the server that the registry has vouched for: credentials go along, and nobody has vouched for another. */
async function send(asked: Asked, { exchange, subject }: TokenExchange): Promise<Answer> {
  const answer = await exchange(asked);
  const next = redirectOf(answer, asked);
  if (next === undefined) return answer;
  await drop(answer, limits.errorBody);
  const { origin, host } = asked.url;
  const again = next.origin === origin && next.username === '' && next.password === '' ? await exchange({ ...asked, url: next }) : undefined;
  const last = again === undefined ? next : redirectOf(again, { ...asked, url: next });
  if (again !== undefined && last === undefined) return again;
  if (again !== undefined) await drop(again, limits.errorBody);
  throw new RegistryError({
    code: 'redirect',
    subject,
    // The query may hold a secret.
    problem: `the token server ${host} redirects to ${quote(last?.origin ?? '')}, which is not followed`,
    fix: 'one redirect is, within the same scheme, host and port',
  });
}

/** What is sent by POST may be sent elsewhere only where the status says that it stays a POST. */
function redirectOf({ status, headers: { location } }: Answer, { method, url }: Asked): URL | undefined {
  const isRedirect = status === 307 || status === 308 || (method === 'GET' && [301, 302, 303].includes(status));
  return isRedirect && location !== undefined && URL.canParse(location, url.href) ? new URL(location, url.href) : undefined;
}
