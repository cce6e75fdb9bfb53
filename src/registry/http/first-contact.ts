import type { Answer, Asked, Exchange } from './exchange';
import { peerOf } from './failure';
import { RegistryError } from '../../oci/error';

/**
 * Settles by which protocol a host is asked that may be asked by plain HTTP: by HTTPS, and by HTTP only where the very first answer to
 * that is none of TLS. Then it stays so.
 *
 * Guaranteed: never HTTP after a certificate that is not trusted, never once HTTPS has answered, and nothing that proves who we are
 * before it is settled.
 */
export function withFirstContact(exchange: Exchange): Exchange {
  /** By the origin by HTTPS. */
  const settled = new Map<string, 'https' | 'http'>();

  const contact = async ({ plain, ...asked }: Asked): Promise<Answer> => {
    const { origin } = asked.url;
    if (plain === undefined) return exchange(asked);
    if (settled.get(origin) === 'http') return exchange({ ...asked, url: plain });
    try {
      const answer = await exchange(asked);
      settled.set(origin, 'https');
      return answer;
    } catch (error) {
      const peer = error instanceof RegistryError ? peerOf(error, plain) : undefined;
      if (peer === 'tls') settled.set(origin, 'https');
      if (peer !== 'plain') throw error;
      if (settled.get(origin) === 'https') throw changed(asked, error);
      if ('authorization' in asked.headers) throw error;
      const answer = await exchange({ ...asked, url: plain });
      // Others asked at the same time: one of them may have met TLS.
      if (settled.get(origin) === 'https') {
        answer.body.destroy();
        throw changed(asked, error);
      }
      settled.set(origin, 'http');
      return answer;
    }
  };

  return Object.assign(contact, { close: () => exchange.close(), clock: exchange.clock });
}

function changed({ subject, url }: Asked, cause: unknown): RegistryError {
  return new RegistryError({
    code: 'tls',
    subject,
    problem: `${url.host} spoke TLS before and does not now; it is not asked by plain HTTP any more`,
    fix: 'see who answers there',
    cause,
  });
}
