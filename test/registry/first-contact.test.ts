import { connect, createServer, AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { clientFor, failureOf, quickClient } from './client';
import { close, startWith } from './started';
import { RegistryError } from '../../src/oci/error';
import { parseChallenges } from '../../src/registry/auth/challenge';
import type { Credentials } from '../../src/registry/auth/credentials';
import { chooseScheme } from '../../src/registry/auth/realm';
import { systemClock } from '../../src/registry/http/clock';
import type { Asked, Exchange } from '../../src/registry/http/exchange';
import { withFirstContact } from '../../src/registry/http/first-contact';
import { describeUnlessMissing } from '../support/programs';
import { faults, image } from '../support/registry';
import { Certificate, selfMade } from '../support/registry/certificate';

const shop = image({ user: '1000' });
const certificate = selfMade('DNS:localhost', 'IP:127.0.0.1');
const tls = certificate as Certificate;
const user: Credentials = { kind: 'basic', user: 'ada', password: 'pass:word', origin: 'test' };
const credentials = async () => user;
const start = async (options?: Parameters<typeof startWith>[1]) => startWith(shop, options);

/** Somebody on the way, or a server that changes: who asks in TLS comes to one host or gets a plain answer, who asks in HTTP to another. */
async function startSwitch(ways: { tls: string | 'plain answer'; plain: string }) {
  const came: ('tls' | 'plain')[] = [];
  const server = createServer(socket => {
    socket.on('error', () => undefined).once('data', first => {
      const protocol = first[0] === 0x16 ? 'tls' : 'plain';
      came.push(protocol);
      const target = ways[protocol];
      if (target === 'plain answer') return void socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
      const upstream: Socket = connect(Number(target.split(':')[1]), '127.0.0.1');
      upstream.on('error', () => undefined).write(first);
      socket.pipe(upstream).pipe(socket);
      close.push(() => [socket, upstream].forEach(end => end.destroy()));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  close.push(async () => new Promise(resolve => server.close(resolve)));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, came, ways };
}

describeUnlessMissing(certificate === undefined ? ['openssl'] : [])('HTTP is never asked', () => {
  const ask = (host: string, options: Parameters<typeof quickClient>[0] = {}) => {
    const source = quickClient({ retries: 0, ...options }).source({ registry: host, repository: 'acme/shop' });
    return async () => failureOf(source.fetchManifest('1'));
  };

  test('after a certificate that is not trusted, whatever is answered later', async () => {
    const [secure, plain] = [await start({ tls }), await start()];
    const peer = await startSwitch({ tls: secure.host, plain: plain.host });
    const again = ask(peer.host, { credentials });
    expect(await again()).toMatch(/^tls: .* is not trusted/);
    peer.ways.tls = 'plain answer';
    expect(await again()).toMatch(/^tls: .* spoke TLS before and does not now; it is not asked by plain HTTP any more; see who answers there$/);
    expect([peer.came, plain.log]).toEqual([['tls', 'tls'], []]);
  });

  test('once HTTPS has answered, also where its host may have any certificate', async () => {
    const [secure, plain] = [await start({ tls, auth: { kind: 'basic', user: 'ada', password: 'pass:word' } }), await start()];
    const peer = await startSwitch({ tls: secure.host, plain: plain.host });
    const again = ask(peer.host, { credentials, insecure: [peer.host] });
    expect(await again()).toBe('no error');
    // Whoever waits for a new connection gets it from somebody else.
    peer.ways.tls = 'plain answer';
    secure.fault({ on: /./, answer: request => request.socket.destroy(), times: 1 });
    expect(await again()).toMatch(/^connection: /);
    expect(await again()).toMatch(/^tls: .* spoke TLS before/);
    expect(peer.came).not.toContain('plain');
    expect(plain.log).toEqual([]);
  });

  test('where a TLS peer breaks off: that is no answer in plain HTTP', async () => {
    const first = new Set<number>();
    const server = createServer(socket => socket.on('error', () => undefined).once('data', ([byte]) => {
      first.add(byte);
      socket.resetAndDestroy();
    }));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    close.push(async () => new Promise(resolve => server.close(resolve)));
    const again = ask(`127.0.0.1:${(server.address() as AddressInfo).port}`);
    for (let i = 0; i < 3; i++) expect(await again()).toMatch(/^connection: .* broke \(ECONNRESET\)/);
    // The type of a handshake.
    expect(first).toEqual(new Set([0x16]));
  });

  test('by a redirect of a registry by HTTPS', async () => {
    const [secure, plain] = [await start({ tls }), await start()];
    secure.fault({ on: /manifests/, answer: faults.redirect(`https://${plain.host}/v2/acme/shop/manifests/1`) });
    expect(await ask(secure.host, { ca: [tls.cert] })()).toMatch(/^tls: .* answers HTTPS in plain HTTP/);
    expect(plain.log).toEqual([]);
  });
});

test('the first request by plain HTTP shows nothing of who asks', async () => {
  const registry = await start({ auth: { kind: 'basic', user: 'ada', password: 'pass:word' } });
  await clientFor(registry, { credentials }).repository('acme/shop').fetchManifest('1');
  expect(registry.log.map(({ headers }) => headers.authorization?.split(' ')[0])).toEqual([undefined, 'Basic']);
});

describe('what is settled', () => {
  const plainAnswer = new RegistryError({
    code: 'tls', subject: 'a', problem: 'b', cause: Object.assign(new Error('wrong version number'), { code: 'EPROTO' }),
  });
  const asked: Asked = {
    method: 'GET', url: new URL('https://localhost:1/'), plain: new URL('http://localhost:1/'), headers: {}, subject: 'a', time: 1000,
  };
  const answer = (url: URL) => ({ url, status: 200, headers: {}, body: Readable.from([]) as never, peer: 'loopback' as const });
  const exchangeOf = (ask: (url: URL) => Promise<ReturnType<typeof answer>>) => {
    const urls: string[] = [];
    const exchange: Exchange = Object.assign(async ({ url }: Asked) => {
      urls.push(url.protocol);
      return ask(url);
    }, { close: () => undefined, clock: systemClock });
    return { urls, contact: withFirstContact(exchange) };
  };
  const plainOnly = async (url: URL) => {
    if (url.protocol === 'https:') throw plainAnswer;
    return answer(url);
  };

  test('is asked once: who does not speak TLS is asked by plain HTTP from then on', async () => {
    const { contact, urls } = exchangeOf(plainOnly);
    for (let i = 0; i < 3; i++) expect((await contact(asked)).url.protocol).toBe('http:');
    expect(urls).toEqual(['https:', 'http:', 'http:', 'http:']);
  });

  test('comes before anything that proves who we are', async () => {
    const { contact, urls } = exchangeOf(plainOnly);
    await expect(contact({ ...asked, headers: { authorization: 'Basic x' } })).rejects.toBe(plainAnswer);
    expect(urls).toEqual(['https:']);
  });

  test('is HTTPS where one of several at the same time was answered by it', async () => {
    let meetTls: () => void = () => undefined;
    const metTls = new Promise<void>(resolve => meetTls = resolve);
    let first = true;
    const { contact } = exchangeOf(async url => {
      if (url.protocol === 'https:' && !first) return answer(url);
      first = false;
      if (url.protocol === 'https:') throw plainAnswer;
      await metTls;
      return answer(url);
    });
    const one = contact(asked);
    await contact(asked);
    meetTls();
    await expect(one).rejects.toThrow('spoke TLS before and does not now');
    expect((await contact(asked)).url.protocol).toBe('https:');
  });
});

describe('a token server whose host may be insecure', () => {
  const realmFor = (base: string, realm: string, insecure: readonly string[]) => {
    return () => chooseScheme(parseChallenges(`Bearer realm="${realm}"`), new URL(base), insecure, 'a');
  };

  test.each([
    ['https://registry.example', 'http://gitlab.example/jwt/auth', 'gitlab.example'],
    ['https://registry.example:5050', 'http://registry.example/jwt/auth', 'registry.example'],
    ['https://registry.example', 'http://gitlab.example:8080/jwt/auth', 'gitlab.example:8080'],
    ['http://registry.example', 'http://gitlab.example/jwt/auth', 'gitlab.example'],
    ['http://registry.example', 'https://gitlab.example/jwt/auth', 'gitlab.example'],
  ])('named by %s is asked at %s', (base, realm, insecure) => {
    expect(realmFor(base, realm, [insecure])()).toMatchObject({ realm: new URL(realm) });
    expect(realmFor(base, realm, ['other.example'])).toThrow(new RegExp(`; if that is meant, allow it: --insecure ${new URL(realm).host}$`));
  });

  test('is not asked by plain HTTP where it is the registry, and that has answered by HTTPS', () => {
    expect(realmFor('https://harbor.example', 'http://harbor.example/service/token', ['harbor.example']))
      .toThrow(/which is not HTTPS, as the registry itself is; no credentials were sent$/);
  });
});
