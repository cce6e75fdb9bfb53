import { execFileSync } from 'node:child_process';
import { createServer, IncomingMessage, request, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { clientFor, clock, failureOf, quickClient } from './client';
import { close, startWith } from './started';
import type { Credentials } from '../../src/registry/auth/credentials';
import { endpointOf } from '../../src/registry/http/endpoint';
import { proxyFor } from '../../src/registry/http/proxy';
import { afterTurns } from '../support/clock';
import { describeUnlessMissing } from '../support/programs';
import { faults, image, TestRegistry } from '../support/registry';
import { selfMade } from '../support/registry/certificate';

const shop = image();
const start = async (options?: Parameters<typeof startWith>[1]) => startWith(shop, options);

describe('where a registry answers', () => {
  test.each([
    ['docker.io', [], 'https://registry-1.docker.io/', undefined],
    ['ghcr.io', [], 'https://ghcr.io/', undefined],
    ['ghcr.io:444', [], 'https://ghcr.io:444/', undefined],
    ['localhost', [], 'https://localhost/', 'http://localhost/'],
    ['localhost:5000', [], 'https://localhost:5000/', 'http://localhost:5000/'],
    ['127.0.0.1:5000', [], 'https://127.0.0.1:5000/', 'http://127.0.0.1:5000/'],
    ['[::1]:5000', [], 'https://[::1]:5000/', 'http://[::1]:5000/'],
    ['127.0.0.1.evil.com', [], 'https://127.0.0.1.evil.com/', undefined],
    ['localhost.evil.com', [], 'https://localhost.evil.com/', undefined],
    ['docker.io.evil.com', [], 'https://docker.io.evil.com/', undefined],
    ['registry.local:5000', ['registry.local:5000'], 'https://registry.local:5000/', 'http://registry.local:5000/'],
    ['registry.local:5000', ['registry.local'], 'https://registry.local:5000/', 'http://registry.local:5000/'],
    ['registry.local:443', ['registry.local'], 'https://registry.local/', 'http://registry.local:443/'],
    ['registry.local', ['registry.local:443'], 'https://registry.local/', undefined],
    ['registry.local:5001', ['registry.local:5000'], 'https://registry.local:5001/', undefined],
    ['my.registry.local', ['registry.local'], 'https://my.registry.local/', undefined],
  ])('%s with %j insecure is %s, and by plain HTTP %s', (registry, insecure, base, plain) => {
    const endpoint = endpointOf(registry, insecure);
    expect([endpoint.base.href, endpoint.plain?.href]).toEqual([base, plain]);
  });

  test.each(['ghcr.io@evil.com', 'ghcr.io?x', 'ghcr.io#x', '', 'a b', 'ghcr.io:99999'])('%j is no registry', place => {
    expect(() => endpointOf(place, [])).toThrow('the registry must be a host');
  });

  test('a reference that was put together by hand is read again', async () => {
    const client = quickClient();
    for (const [registry, repository] of [['ghcr.io', '../x'], ['ghcr.io', 'a?b'], ['ghcr.io@evil.com', 'a'], ['', 'a//b']]) {
      expect(await failureOf(Promise.resolve().then(() => client.source({ registry, repository })))).toMatch(/^invalid: /);
    }
  });
});

describe('mirrors', () => {
  test('are asked first, in their order and below their path, and are told whom they stand in for', async () => {
    const [origin, first, second] = [await start(), await start(), await start()];
    second.push('hub/acme/shop', shop, '1');
    first.fault({ on: /./, answer: faults.status(503) });
    const mirrors = { [origin.host]: [first.host, `${second.host}/hub`] };
    const fetched = await clientFor(origin, { mirrors, retries: 0 }).repository('acme/shop').fetchManifest('1');
    expect(fetched.digest).toBe(shop.manifest.digest);
    expect(first.log).toHaveLength(1);
    expect(second.log.map(({ path }) => path)).toEqual([`/v2/hub/acme/shop/manifests/1?ns=${encodeURIComponent(origin.host)}`]);
    expect(origin.log).toEqual([]);
  });

  test('that have other content, or none, are passed over', async () => {
    const [origin, lying, empty] = [await start(), await start(), await start()];
    lying.fault({ on: /./, answer: faults.body(Buffer.from('{}')) });
    empty.remove('acme/shop', shop.manifest.digest);
    const client = clientFor(origin, { mirrors: { [`${origin.host}/acme`]: [lying.host, empty.host] } });
    expect((await client.repository('acme/shop').fetchManifest(shop.manifest.digest)).bytes).toEqual(shop.manifest.bytes);
    expect([lying.log.length, empty.log.length, origin.log.length]).toEqual([1, 1, 1]);
  });

  test('that all fail leave the words of the registry itself, and say their own', async () => {
    const [origin, mirror] = [await start(), await start()];
    mirror.fault({ on: /./, answer: faults.status(418) });
    const failure = await failureOf(clientFor(origin, { mirrors: { [origin.host]: [mirror.host] } }).repository('acme/shop').fetchManifest('2'));
    expect(failure).toMatch(/^not-found: /);
    expect(failure).toContain(` (mirror ${mirror.host}: ${mirror.host} answers 418, where a registry would not); see the spelling`);
  });

  test.each([
    [{ 'ghcr.io': ['mirror.example/UP'] }, 'must be lower-case'],
    [{ 'ghcr.io': ['https://mirror.example'] }, 'must not have a scheme'],
    [{ nonsense: ['mirror.example'] }, 'must name its registry'],
  ])('%j is refused before anything is asked', async (mirrors, text) => {
    const failure = await failureOf(Promise.resolve().then(() => quickClient({ mirrors })));
    expect(failure).toMatch(/^invalid: /);
    expect(failure).toContain(text);
  });
});

test('a mirror is shown the credentials of its own host, and the registry its own', async () => {
  const login = (user: string) => ({ auth: { kind: 'basic' as const, user, password: `of ${user}` } });
  const [origin, mirror] = [await start(login('origin')), await start(login('mirror'))];
  mirror.push('hub/acme/shop', shop, '1');
  const asked: string[] = [];
  const credentials = async (registry: string, repository: string): Promise<Credentials> => {
    asked.push(`${registry}/${repository}`);
    const user = registry === mirror.host ? 'mirror' : 'origin';
    return { kind: 'basic', user, password: `of ${user}`, origin: 'test' };
  };
  const client = clientFor(origin, { mirrors: { [origin.host]: [`${mirror.host}/hub`] }, credentials });
  await client.repository('acme/shop').fetchManifest('1');
  expect(asked).toEqual([`${mirror.host}/hub/acme/shop`]);
  mirror.remove('hub/acme/shop', '1');
  await client.repository('acme/shop').fetchManifest('1');
  expect(new Set(asked)).toEqual(new Set([`${mirror.host}/hub/acme/shop`, `${origin.host}/acme/shop`]));
  const shown = (registry: TestRegistry) => new Set(registry.log.map(({ headers }) => headers.authorization));
  const basic = (user: string) => `Basic ${Buffer.from(`${user}:of ${user}`).toString('base64')}`;
  expect([shown(origin), shown(mirror)]).toEqual([new Set([undefined, basic('origin')]), new Set([undefined, basic('mirror')])]);
});

/** Not every machine has both. */
const addressesOfLocalhost = execFileSync(process.execPath, [
  '-e', "require('dns').lookup('localhost', { all: true }, (_, found) => console.log(found.map(({ address }) => address).join()))",
], { encoding: 'utf8' }).trim().split(',');

for (const address of ['127.0.0.1', '::1']) {
  const testWhereKnown = addressesOfLocalhost.includes(address) ? test : test.skip;
  testWhereKnown(`localhost is found where the registry listens on ${address} only`, async () => findsLocalhostAt(address));
}

async function findsLocalhostAt(address: string): Promise<void> {
  const registry = await start();
  const server = createServer((incoming, outgoing) => {
    incoming.pipe(request({ host: '127.0.0.1', port: registry.host.split(':')[1], path: incoming.url, headers: incoming.headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    }));
  });
  await new Promise<void>(resolve => server.listen(0, address, resolve));
  close.push(() => server.close(), () => server.closeAllConnections());
  const source = quickClient().source({ registry: `localhost:${(server.address() as AddressInfo).port}`, repository: 'acme/shop' });
  expect((await source.fetchManifest('1')).digest).toBe(shop.manifest.digest);
}

const certificate = selfMade('DNS:registry.test', 'DNS:localhost');

/** A proxy: it tunnels, and forwards what comes in absolute form. Every name is this machine. */
async function startProxy(user?: string, tls?: { readonly key: string; readonly cert: string }) {
  const seen: string[] = [];
  const authorized = (header: string | undefined) => {
    return user === undefined || header === `Basic ${Buffer.from(user).toString('base64')}`;
  };
  const serve = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const url = new URL(incoming.url ?? '');
    incoming.pipe(request({ host: '127.0.0.1', port: url.port, path: url.pathname, method: incoming.method, headers: incoming.headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    }));
  };
  const server: Server = tls === undefined ? createServer(serve) : createSecureServer(tls, serve);
  server.on('connect', (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url}`);
    if (!authorized(incoming.headers['proxy-authorization'])) return void socket.end('HTTP/1.1 407 No\r\n\r\n');
    const upstream = connect(Number(incoming.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on('error', () => undefined);
    close.push(() => [socket, upstream].forEach(end => end.destroy()));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  close.push(async () => new Promise(resolve => {
    server.close(resolve);
    server.closeAllConnections();
  }));
  return { seen, server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('plain HTTP by proxy', () => {
  test('is forwarded, and the machine itself is never asked by proxy', async () => {
    const [registry, proxy] = [await start(), await startProxy()];
    const place = `registry.test:${registry.host.split(':')[1]}`;
    const client = quickClient({ insecure: [place], environment: { http_proxy: proxy.host } });
    await client.source({ registry: place, repository: 'acme/shop' }).fetchManifest('1');
    expect(proxy.seen).toEqual([`GET http://${place}/v2/acme/shop/manifests/1`]);
    await client.source({ registry: registry.host, repository: 'acme/shop' }).fetchManifest('1');
    expect(proxy.seen).toHaveLength(1);
  });
});

describeUnlessMissing(certificate === undefined ? ['openssl'] : [])('HTTPS', () => {
  const place = (registry: TestRegistry, host: string) => `${host}:${registry.host.split(':')[1]}`;
  const ca = certificate === undefined ? [] : [certificate.cert];
  const tls = certificate ?? {};

  test('by proxy goes through a tunnel, with the user of the proxy, and the certificate is checked', async () => {
    const [registry, proxy] = [await start({ tls }), await startProxy('ada:p@ss')];
    const environment = { HTTPS_PROXY: `http://ada:p%40ss@${proxy.host}` };
    const source = quickClient({ ca, environment }).source({ registry: place(registry, 'registry.test'), repository: 'acme/shop' });
    expect((await source.fetchManifest('1')).digest).toBe(shop.manifest.digest);
    await source.fetchManifest('1');
    expect(proxy.seen).toEqual([`CONNECT ${place(registry, 'registry.test')}`]);
    expect(registry.log[0].headers['proxy-authorization']).toBeUndefined();
    const stranger = quickClient({ environment }).source({ registry: place(registry, 'registry.test'), repository: 'acme/shop' });
    expect(await failureOf(stranger.fetchManifest('1'))).toMatch(/^tls: .* is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    const other = quickClient({ ca, environment }).source({ registry: place(registry, 'other.test'), repository: 'acme/shop' });
    expect(await failureOf(other.fetchManifest('1'))).toMatch(/^tls: .* is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/);
  });

  test('by a proxy that refuses says so, and does not show its password', async () => {
    const proxy = await startProxy('ada:right');
    const source = quickClient({ environment: { HTTPS_PROXY: `http://ada:wrong@${proxy.host}` } })
      .source({ registry: 'registry.test', repository: 'acme/shop' });
    const failure = await failureOf(source.fetchManifest('1'));
    expect(failure).toMatch(/^connection: .* the proxy 127\.0\.0\.1:\d+ answers 407; see HTTPS_PROXY/);
    expect(failure).not.toContain('wrong');
  });

  test('by a proxy that is not there names the proxy, which the registry has no part in', async () => {
    const source = quickClient({ environment: { HTTPS_PROXY: 'http://ada:secret@127.0.0.1:1' } })
      .source({ registry: 'registry.test', repository: 'acme/shop' });
    const failure = await failureOf(source.fetchManifest('1'));
    expect(failure).toContain('registry.test (by the proxy 127.0.0.1:1) refuses the connection');
    expect(failure).not.toContain('secret');
  });

  test('by a proxy that is itself asked by HTTPS, with the same authorities', async () => {
    const [secure, plain, proxy] = [await start({ tls }), await start(), await startProxy(undefined, certificate)];
    const [behind, insecure] = [place(secure, 'registry.test'), place(plain, 'plain.test')];
    const url = `https://localhost:${proxy.host.split(':')[1]}`;
    const client = quickClient({ ca, insecure: [insecure], environment: { HTTPS_PROXY: url, HTTP_PROXY: url } });
    for (const registry of [behind, insecure]) await client.source({ registry, repository: 'acme/shop' }).fetchManifest('1');
    expect(proxy.seen).toEqual([`CONNECT ${behind}`, `CONNECT ${insecure}`, `GET http://${insecure}/v2/acme/shop/manifests/1`]);
    expect(await failureOf(quickClient({ environment: { HTTPS_PROXY: url } }).source({ registry: behind, repository: 'a' }).headManifest('1')))
      .toMatch(/^tls: /);
  });

  test.each([
    ['a proxy that does not answer', ''],
    ['a proxy that answers for ever', 'HTTP/1.1 200 OK\r\nX: '],
    ['a tunnel behind which nobody answers', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('through %s is given up, and the next request has its turn', async (_name, text) => {
    const proxy = createTcpServer(socket => {
      socket.on('error', () => undefined).once('data', () => {
        socket.write(text);
        afterTurns(() => clock.advance(150));
      }).resume();
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    close.push(async () => new Promise(resolve => proxy.close(resolve)));
    const environment = { HTTPS_PROXY: `127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    const stop = new AbortController();
    const client = (options: object) => quickClient({ environment, concurrency: 1, retries: 0, ...options }).source({ registry: 'registry.test', repository: 'a' });
    const slow = client({ timeouts: { connect: 150 } });
    expect(await Promise.all([failureOf(slow.headManifest('1')), failureOf(slow.headManifest('1'))]))
      .toEqual([1, 2].map(() => expect.stringMatching(/^(timeout|connection): .* (gave|gives) no connection in 0.15 s/)));
    proxy.once('connection', socket => socket.once('data', () => afterTurns(() => stop.abort())));
    expect(await failureOf(client({ signal: stop.signal, timeouts: { connect: 600_000 } }).headManifest('1'))).toMatch(/^aborted: /);
  });

  test('by a proxy that makes no tunnel to a host is not had; the proxy forwards what may be asked by plain HTTP', async () => {
    const [registry, proxy] = [await start(), await startProxy()];
    const [tunnels] = proxy.server.listeners('connect');
    proxy.server.off('connect', tunnels as () => void).on('connect', (_incoming, socket) => void socket.end('HTTP/1.1 403 No\r\n\r\n'));
    const environment = { HTTPS_PROXY: proxy.host, HTTP_PROXY: proxy.host };
    const ask = async (insecure: readonly string[]) => {
      return failureOf(quickClient({ environment, insecure }).source({ registry: place(registry, 'registry.test'), repository: 'acme/shop' }).fetchManifest('1'));
    };
    expect(await ask(['registry.test'])).toBe('no error');
    expect(await ask([])).toMatch(/^connection: .* the proxy 127\.0\.0\.1:\d+ answers 403/);
    expect(registry.log).toHaveLength(1);
  });

  test('is not answered in plain HTTP by somebody on the way: nothing is asked of him, and no credentials are shown', async () => {
    const [registry, proxy] = [await start({ auth: { kind: 'basic', user: 'ada', password: 'secret' } }), await startProxy()];
    const credentials = async (): Promise<Credentials> => ({ kind: 'basic', user: 'ada', password: 'secret', origin: 'test' });
    const source = quickClient({ credentials, insecure: ['other.test'], environment: { HTTPS_PROXY: proxy.host, HTTP_PROXY: proxy.host } })
      .source({ registry: place(registry, 'registry.test'), repository: 'acme/shop' });
    for (let i = 0; i < 2; i++) expect(await failureOf(source.fetchManifest('1'))).toMatch(/^tls: /);
    expect(registry.log).toEqual([]);
    expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${place(registry, 'registry.test')}`]));
  });

  test('of a registry goes with a token server by plain HTTP only where its host is named', async () => {
    const tokens = await start({ auth: { kind: 'bearer', user: 'ada', password: 'secret' } });
    const realm = `http://${place(tokens, 'tokens.test')}/token`;
    const registry = await start({ tls, auth: { kind: 'bearer', realm } });
    const proxy = await startProxy();
    const credentials = async (): Promise<Credentials> => ({ kind: 'basic', user: 'ada', password: 'secret', origin: 'test' });
    const ask = async (insecure: readonly string[]) => {
      const client = quickClient({ ca, credentials, insecure, environment: { HTTPS_PROXY: proxy.host, HTTP_PROXY: proxy.host } });
      return failureOf(client.source({ registry: place(registry, 'registry.test'), repository: 'acme/shop' }).fetchManifest('1'));
    };
    expect(await ask([])).toMatch(/^credentials: .* which is not HTTPS; no credentials were sent; if that is meant, allow it: --insecure tokens\.test:\d+$/);
    expect(tokens.log).toEqual([]);
    await ask(['tokens.test']);
    expect(tokens.log.map(({ headers }) => headers.authorization?.split(' ')[0])).toEqual(['Basic']);
  });

  test('is not what a registry speaks that is asked by plain HTTP', async () => {
    const [registry, proxy] = [await start(), await startProxy()];
    const source = quickClient({ environment: { HTTPS_PROXY: proxy.host } }).source({ registry: place(registry, 'registry.test'), repository: 'acme/shop' });
    expect(await failureOf(source.fetchManifest('1'))).toMatch(/^tls: .* answers HTTPS in plain HTTP, .* allow it: --insecure registry\.test:\d+$/);
  });
});

describe('a proxy is chosen by its variables', () => {
  const all = { HTTPS_PROXY: 'http://s:1', HTTP_PROXY: 'http://p:2' };
  test.each([
    ['https://ghcr.io/', all, 's:1'],
    ['http://ghcr.io/', all, 'p:2'],
    ['https://ghcr.io/', { https_proxy: 's:3' }, 's:3'],
    ['https://ghcr.io/', {}, undefined],
    ['https://ghcr.io/', { HTTPS_PROXY: '' }, undefined],
    ['https://localhost/', all, undefined],
    ['https://127.0.0.2/', all, undefined],
    ['http://ghcr.io/', { ...all, REQUEST_METHOD: 'GET' }, undefined],
    ['https://ghcr.io/', { ...all, NO_PROXY: '*' }, undefined],
    ['https://ghcr.io/', { ...all, NO_PROXY: 'a, ghcr.io' }, undefined],
    ['https://my.ghcr.io/', { ...all, NO_PROXY: 'ghcr.io' }, undefined],
    ['https://my.ghcr.io/', { ...all, no_proxy: '.ghcr.io' }, undefined],
    ['https://my.ghcr.io/', { ...all, no_proxy: '*.ghcr.io' }, undefined],
    ['https://ghcr.io/', { ...all, NO_PROXY: '.ghcr.io' }, 's:1'],
    ['https://evilghcr.io/', { ...all, NO_PROXY: 'ghcr.io' }, 's:1'],
    ['https://ghcr.io/', { ...all, NO_PROXY: 'ghcr.io:444' }, 's:1'],
    ['https://ghcr.io/', { ...all, NO_PROXY: 'ghcr.io:443' }, undefined],
    ['https://10.1.2.3/', { ...all, NO_PROXY: '10.0.0.0/8' }, undefined],
    ['https://11.1.2.3/', { ...all, NO_PROXY: '10.0.0.0/8,x/y,::/200' }, 's:1'],
    ['https://10.1.2.3/', { ...all, NO_PROXY: '10.1.2.3' }, undefined],
    ['https://[fd00::1]/', { ...all, NO_PROXY: 'fd00::1' }, undefined],
    ['https://[fd00::1]/', { ...all, NO_PROXY: '[fd00::1]:443' }, undefined],
    ['https://ghcr.io/', { ...all, NO_PROXY: '', no_proxy: 'ghcr.io' }, undefined],
  ])('%s with %j is asked by %s', (url, environment, expected) => {
    expect(proxyFor(new URL(url), environment)?.host).toBe(expected);
  });

  test.each(['socks5://x:1', 'http://', 'http://user:secret@', 'http://user:secret%zz@x'])('%s is no proxy, and is not repeated', text => {
    expect(() => proxyFor(new URL('https://ghcr.io'), { HTTPS_PROXY: text })).toThrow(/^HTTPS_PROXY: must be the URL of an HTTP proxy, such as [^@]*$/);
  });
});
