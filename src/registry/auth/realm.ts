import { Challenge } from './challenge';
import { RegistryError } from '../../oci/error';
import { quote } from '../../text/quote';
import { bareHost, isLoopbackHost } from '../http/address';
import { isInsecure } from '../http/endpoint';

/** How a registry wants its clients to authenticate, as its challenge says. */
export type Scheme =
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly realm: URL; readonly service?: string; readonly extraScopes: readonly string[] };

const mostScopes = 4;
const longestScope = 256;

/**
 * The challenge to answer: Bearer where it is offered, because the registry itself does not see the password then; otherwise Basic.
 *
 * @param base where the registry was asked that says so
 * @throws RegistryError with the code `unsupported` for other schemes, `credentials` for a realm that is not to be trusted with them
 */
export function chooseScheme(challenges: readonly Challenge[], base: URL, insecure: readonly string[], subject: string): Scheme {
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer !== undefined) {
    const service = bearer.parameters.get('service');
    return {
      kind: 'bearer',
      realm: realmOf(bearer, base, insecure, subject),
      ...(service === undefined || service === '' ? {} : { service }),
      extraScopes: extraScopes(bearer.parameters.get('scope') ?? ''),
    };
  }
  if (challenges.some(({ scheme }) => scheme === 'basic')) return { kind: 'basic' };
  const named = challenges.map(({ scheme }) => quote(scheme)).slice(0, 5).join(', ');
  throw new RegistryError({
    code: challenges.length === 0 ? 'malformed' : 'unsupported',
    subject,
    problem: `${base.host} answers 401 ${challenges.length === 0 ? 'without saying what it wants' : `and wants ${named}`}`,
  });
}

/** What concerns a repository we ask for ourselves, and never more than to pull; some registries have a word of their own besides. */
function extraScopes(scope: string): readonly string[] {
  const words = scope.split(' ').filter(word => word !== '' && word.length <= longestScope && !word.startsWith('repository:'));
  return words.slice(0, mostScopes);
}

/**
 * The server of tokens that a registry names. It may be another host, as Docker Hub's is: the registry vouches for it over HTTPS.
 * A registry that is asked by plain HTTP cannot vouch for another host, because its answer may be changed on the way; there, and for
 * a token server by plain HTTP, only who named its host among the insecure ones can.
 */
function realmOf({ parameters }: Challenge, base: URL, insecure: readonly string[], subject: string): URL {
  const text = parameters.get('realm') ?? '';
  const realm = URL.canParse(text) ? new URL(text) : undefined;
  const refuse = (why: string, isFinal = false) => new RegistryError({
    code: 'credentials',
    subject,
    problem: `${base.host} names the token server ${quote(realm === undefined ? text : `${realm.protocol}//${realm.host}`)}, ${why}`,
    fix: `no credentials were sent${realm === undefined || isFinal ? '' : `; if that is meant, allow it: --insecure ${realm.host}`}`,
  });
  if (realm === undefined || !/^https?:$/.test(realm.protocol)) throw refuse('which is not the URL of one', true);
  if (realm.username !== '' || realm.password !== '') throw refuse('with a user in the URL', true);
  const local = isLoopbackHost(bareHost(realm)) && isLoopbackHost(bareHost(base));
  const isAllowed = isInsecure(realm, insecure);
  if (realm.protocol === 'http:' && base.protocol === 'https:') {
    // What has answered by HTTPS is not asked by HTTP, whoever allows it.
    if (realm.host === base.host) throw refuse('which is not HTTPS, as the registry itself is', true);
    if (!isAllowed) throw refuse('which is not HTTPS');
  }
  if (realm.protocol === 'http:' && !local && !isAllowed && realm.host !== base.host) throw refuse('which is not HTTPS');
  if (base.protocol === 'http:' && !local && !isAllowed && bareHost(realm) !== bareHost(base)) {
    throw refuse('on another host, and by plain HTTP anybody could have named it');
  }
  realm.hash = '';
  return realm;
}
