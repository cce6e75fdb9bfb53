import { drop } from './body';
import { mayUseHttp } from './endpoint';
import type { Answer, Asked, Exchange } from './exchange';
import type { Settings } from './options';
import { RegistryError } from '../../oci/error';
import { limits } from '../../oci/source';
import { quote } from '../../text/quote';

const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** An answer, and whether it is the registry's own: a challenge of any other server is not answered. */
export interface Followed extends Answer {
  readonly own: boolean;
}

/**
 * Asks, and follows redirects: a few, never in a circle, never from HTTPS to HTTP, never further inwards than the registry itself.
 *
 * What proves who we are is left out as soon as a redirect leaves the origin of the registry, and stays out.
 */
export async function follow(exchange: Exchange, settings: Settings, asked: Asked): Promise<Followed> {
  const { subject } = asked;
  const seen = new Set<string>();
  let current = asked;
  let own = true;
  let origin: string | undefined;
  for (;;) {
    const answer = await exchange(current);
    const { location } = answer.headers;
    if (!redirects.has(answer.status) || location === undefined) return { ...answer, own };
    await drop(answer, limits.errorBody);
    // By which protocol it was asked is known only now.
    const { url } = answer;
    origin ??= url.origin;
    seen.add(url.href);
    const next = URL.canParse(location, url.href) ? new URL(location, url.href) : undefined;
    const refuse = (why: string) => {
      // The query of a redirect may be a key to the object store: only its host is named.
      const to = next === undefined ? quote(location) : quote(next.host);
      const fix = why === plain ? { fix: 'name its host among the insecure registries if that is meant' } : {};
      return new RegistryError({ code: 'redirect', subject, problem: `${url.host} redirects to ${to}, ${why}`, ...fix });
    };
    const problem = next === undefined ? 'which is not a URL' : problemOf(next, url, settings);
    if (next === undefined || problem !== undefined) throw refuse(problem ?? '');
    if (seen.has(next.href)) throw refuse('in a circle');
    if (seen.size > mostRedirects) throw refuse(`after ${mostRedirects} redirects`);
    own = own && next.origin === origin;
    const from = current.from ?? answer.peer;
    const leaves = next.host !== url.host;
    const { plain: _plain, ...again } = asked;
    current = {
      ...again,
      url: next,
      headers: own ? asked.headers : withoutAuthorization(asked.headers),
      ...(leaves || current.from !== undefined ? { from } : {}),
    };
  }
}

const plain = 'by plain HTTP';

function problemOf(next: URL, current: URL, { insecure }: Settings): string | undefined {
  if (next.protocol !== 'https:' && next.protocol !== 'http:') return 'which is neither HTTPS nor HTTP';
  if (next.username !== '' || next.password !== '') return 'with a user in the URL';
  if (next.protocol === 'http:' && current.protocol === 'https:') return 'from HTTPS to plain HTTP';
  return next.protocol === 'http:' && !mayUseHttp(next, insecure) ? plain : undefined;
}

function withoutAuthorization(headers: Asked['headers']): Asked['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
}
