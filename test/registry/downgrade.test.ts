import { Readable } from 'node:stream';
import { parseChallenges } from '../../src/registry/auth/challenge';
import { chooseScheme } from '../../src/registry/auth/realm';
import { endpointOf } from '../../src/registry/http/endpoint';
import type { Exchange } from '../../src/registry/http/exchange';
import { follow } from '../../src/registry/http/follow';
import { settingsOf } from '../../src/registry/http/options';
import { TestClock } from '../support/clock';

// Who has got HTTPS does not go back to plain HTTP, whatever a registry says: also not to itself, and not to a host that may be insecure.

test.each([
  'http://registry.example/token',
  'http://registry.example:443/token',
  'http://127.0.0.1/token',
  'http://auth.example/token',
])('a registry by HTTPS that names the token server %s gets no credentials', (realm) => {
  const challenges = parseChallenges(`Bearer realm="${realm}"`);
  const choose = () => chooseScheme(challenges, endpointOf('registry.example', []).base, [], 'registry.example/shop');
  expect(choose).toThrow(/names the token server .* which is not HTTPS.*; no credentials were sent/);
});

test('the realm of a registry by HTTPS may be another host by HTTPS', () => {
  const [realm] = ['https://auth.example/token'];
  expect(chooseScheme(parseChallenges(`Bearer realm="${realm}"`), endpointOf('registry.example', []).base, [], 'a'))
    .toMatchObject({ kind: 'bearer', realm: new URL(realm) });
});

describe('a redirect from HTTPS', () => {
  const asked: string[] = [];
  const redirecting = (to: string): Exchange => Object.assign(async ({ url }: Parameters<Exchange>[0]) => {
    asked.push(url.href);
    const isFirst = asked.length === 1;
    return { url, status: isFirst ? 307 : 200, headers: isFirst ? { location: to } : {}, body: Readable.from([]) as never, peer: 'public' as const };
  }, { close: () => undefined, clock: new TestClock() });
  const request = { method: 'GET', url: new URL('https://registry.example/v2/'), headers: {}, subject: 'a', time: 1000 } as const;
  beforeEach(() => void asked.splice(0));

  test.each(['http://cdn.example/blob', 'http://127.0.0.1/blob', 'http://registry.example/v2/'])('to %s is not followed, though that host may be insecure', async (to) => {
    const settings = settingsOf({ insecure: ['cdn.example', 'registry.example'] });
    await expect(follow(redirecting(to), settings, request)).rejects.toMatchObject({ code: 'redirect', message: expect.stringContaining('from HTTPS to plain HTTP') });
    expect(asked).toHaveLength(1);
  });

  test('to HTTPS is followed', async () => {
    await expect(follow(redirecting('https://cdn.example/blob'), settingsOf({}), request)).resolves.toMatchObject({ status: 200, own: false });
  });
});
