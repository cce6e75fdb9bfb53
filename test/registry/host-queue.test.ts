import { createServer, Server } from 'node:net';
import { clientFor, clock, failureOf, quickClient } from './client';
import type { ImageSource } from '../../src/oci/source';
import type { Credentials } from '../../src/registry/auth/credentials';
import type { Clock } from '../../src/registry/http/clock';
import { afterTurns, TestClock } from '../support/clock';
import { AuthMode, Fault, faults, image, startRegistry, stored, TestRegistry } from '../support/registry';

const shop = image({ user: '1000' });
const [, layer] = shop.blobs;
const content = { digest: layer.digest, size: layer.bytes.length };
const { digest } = shop.manifest;
const user: Credentials = { kind: 'basic', user: 'ada', password: 'secret', origin: 'test' };
const other = Buffer.from('{"schemaVersion":2}');

let registry: TestRegistry;
const start = async (auth?: AuthMode) => {
  registry = await startRegistry(auth === undefined ? {} : { auth });
  registry.push('acme/shop', shop, '1');
};
afterEach(async () => registry.close());

const timeouts = { idle: 150, total: 400, layer: 400 };
/** The client gives it up. */
const outwaited = (answer: Fault['answer']) => clock.after(answer, 400);

/** One request at a time, so that a place that is not given back stops all that follow. */
const only = (options?: Parameters<typeof clientFor>[1]) => {
  return clientFor(registry, { concurrency: 1, retries: 1, timeouts, ...options }).repository('acme/shop');
};

const works: Readonly<Record<string, (source: ImageSource) => Promise<unknown>>> = {
  'HEAD': async source => source.headManifest('1'),
  'a manifest by tag': async source => source.fetchManifest('1'),
  'a manifest by digest': async source => source.fetchManifest(digest),
  'a blob': async source => source.fetchBlob(content, 1e6),
  'a layer': async source => (await source.streamBlob(content, 1e6)).toArray(),
};
const answers: readonly (readonly [string, Fault['answer']])[] = [
  ['401 without a challenge', faults.status(401)],
  ['401 with an endless body', (request, response) => {
    const { writeHead } = response;
    response.writeHead = (() => writeHead.call(response, 401, { 'www-authenticate': 'Negotiate' })) as typeof writeHead;
    faults.endless()(request, response, () => undefined);
  }],
  ['404', faults.status(404)],
  ['429', faults.status(429)],
  ['429 that asks for too long a wait', faults.status(429, { 'retry-after': '7200' })],
  ['500', faults.status(500)],
  ['304', faults.status(304)],
  ['101', (request) => void request.socket.write('HTTP/1.1 101 Hi\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')],
  ['a reset', faults.reset()],
  ['no answer', outwaited(faults.stall())],
  ['no more than hints', outwaited((request) => void request.socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(3)))],
  ['what is no HTTP', (request) => void request.socket.end('rubbish\r\n\r\n')],
  ['a head without an end', outwaited((request) => void request.socket.write('HTTP/1.1 200 OK\r\nX: '))],
  ['a head that is too long', (request) => void request.socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(1e6)}\r\n`)],
  ['a body that stands still', outwaited(faults.stallBody())],
  ['a body that breaks off', faults.truncate(1000, Buffer.from('{'))],
  ['chunks that are none', (request) => void request.socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')],
  ['a body without an end', faults.endless()],
  ['a body of 5 GB', faults.announce(5e9)],
  ['other content', faults.body(other)],
  ['another digest', faults.header('docker-content-digest', `sha256:${'0'.repeat(64)}`)],
  ['a digest that is none', faults.header('docker-content-digest', 'sha256:abc')],
  ['a redirect to nowhere', faults.redirect('http://127.0.0.1:1/')],
  ['a redirect that is refused', faults.redirect('ftp://x/')],
  ['a redirect in a circle', faults.redirect(request => request.url ?? '')],
];

describe.each(answers)('after %s', (_answer, answer) => {
  test.each(Object.keys(works))('of %s the next request has its turn', async work => {
    await start();
    registry.fault({ on: /acme/, answer });
    const source = only();
    await Promise.all([works[work](source), works[work](source)].map(async each => each.catch(() => undefined)));
    registry.mend();
    expect(await source.headManifest('1')).toBe(digest);
  });
});

test('the connection of a challenge that is not answered is used again', async () => {
  await start({ kind: 'bearer', challenge: 'Negotiate' });
  const ports = new Set<number | undefined>();
  registry.fault({
    on: /acme/,
    answer: (request, _response, pass) => {
      ports.add(request.socket.remotePort);
      pass();
    },
  });
  const source = only();
  for (let round = 0; round < 5; round++) expect(await failureOf(source.fetchManifest('1'))).toMatch(/^unsupported: /);
  expect(ports.size).toBe(1);
});

test('an answer that changes the protocol is a broken connection, and not waited for', async () => {
  await start();
  registry.fault({ on: /acme/, answer: (request) => void request.socket.write('HTTP/1.1 101 Hi\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n') });
  expect(await failureOf(only({ retries: 0 }).headManifest('1'))).toMatch(/^connection: .* broke \(ECONNRESET\)/);
});

describe('the next request has its turn', () => {
  test.each<[string, AuthMode, Fault['answer'] | undefined]>([
    ['a realm that is refused', { kind: 'bearer', realm: 'ftp://x' }, undefined],
    ['a token server that does not answer', { kind: 'bearer' }, outwaited(faults.stall())],
    ['a token server that is down', { kind: 'bearer' }, faults.status(500)],
    ['a token server that gives none', { kind: 'bearer' }, faults.body(Buffer.from('{}'))],
    ['a token server without an end', { kind: 'bearer' }, faults.endless()],
    ['a token that is refused', { kind: 'bearer', refuse: true }, undefined],
  ])('after %s', async (_name, auth, answer) => {
    await start(auth);
    if (answer !== undefined) registry.fault({ on: /token/, answer });
    const source = only({ credentials: async () => user });
    const failures = await Promise.all([1, 2, 3].map(async () => failureOf(source.headManifest('1'))));
    expect(failures).toEqual(failures.map(() => expect.stringMatching(/^(denied|credentials|timeout|unavailable|malformed|too-large): /)));
  });

  test('after credentials that cannot be found', async () => {
    await start({ kind: 'basic', user: 'ada', password: 'secret' });
    let asked = 0;
    const source = only({
      credentials: async () => {
        if (++asked === 1) throw new Error('no');
        return user;
      },
    });
    await failureOf(source.headManifest('1'));
    expect(await source.headManifest('1')).toBe(digest);
  });

  test('after a layer that is not read to its end', async () => {
    await start();
    const source = only();
    for (let round = 0; round < 3; round++) (await source.streamBlob(content, 1e6)).destroy();
    const read = await source.streamBlob(content, 1e6);
    for await (const chunk of read) {
      expect(chunk).toBeDefined();
      break;
    }
    expect(await source.headManifest('1')).toBe(digest);
  });

  test('while a layer is not read, it waits, and no longer', async () => {
    await start();
    const large = stored(Buffer.alloc(16e6), '');
    registry.putBlob('acme/shop', large);
    const source = only();
    const stream = await source.streamBlob({ digest: large.digest }, 1e9);
    let isDone = false;
    const waiting = source.headManifest('1').finally(() => isDone = true);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(isDone).toBe(false);
    stream.destroy();
    expect(await waiting).toBe(digest);
  });
});

describe('the caller stops it', () => {
  test.each(Object.keys(works))('%s says so, is not asked for again, and lets the others go', async work => {
    await start();
    const stop = new AbortController();
    registry.fault({
      on: /acme/,
      answer: (...asked) => {
        faults.stallBody()(...asked);
        afterTurns(() => stop.abort());
      },
    });
    const source = only({ signal: stop.signal, retries: 0, timeouts: {} });
    const failures = Promise.all([1, 2, 3].map(async () => failureOf(works[work](source))));
    expect(await failures).toEqual([1, 2, 3].map(() => expect.stringMatching(/^aborted: /)));
    expect(registry.log.length).toBeLessThanOrEqual(work === 'HEAD' ? 3 : 1);
  });

  test('while it waits to try again', async () => {
    await start();
    registry.fault({ on: /acme/, answer: faults.status(429, { 'retry-after': '30' }) });
    const stop = new AbortController();
    const own: Clock = Object.assign(new TestClock(), { sleep: async () => stop.abort() });
    expect(await failureOf(only({ signal: stop.signal, clock: own }).headManifest('1'))).toMatch(/^aborted: /);
    expect(registry.log).toHaveLength(1);
  });
});

describe('a server that does not keep to HTTP', () => {
  let server: Server;
  let client: ReturnType<typeof quickClient>;
  afterEach(async () => {
    client.close();
    await new Promise(resolve => server.close(resolve));
  });
  /** Says the next text for each head that comes. */
  const source = async (...texts: readonly string[]) => {
    await start();
    let at = 0;
    server = createServer(socket => {
      socket.on('error', () => undefined);
      socket.on('data', () => void socket.write(texts[Math.min(at++, texts.length - 1)]));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    client = quickClient({ concurrency: 1, retries: 2 });
    return client.source({ registry: `127.0.0.1:${port}`, repository: 'acme/shop' });
  };
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${shop.manifest.bytes.length}\r\nDocker-Content-Digest: ${digest}\r\nContent-Type: x/y\r\n\r\n`;

  test('HEAD that is answered with a body is not mistaken for the next answer', async () => {
    const smuggled = head.replaceAll(digest, `sha256:${'0'.repeat(64)}`);
    const asked = await source(head + smuggled, head, `${head}${shop.manifest.bytes.toString()}`);
    expect(await asked.headManifest('1')).toBe(digest);
    expect(await asked.headManifest('1')).toBe(digest);
    expect((await asked.fetchManifest('1')).bytes).toEqual(shop.manifest.bytes);
  });
});
