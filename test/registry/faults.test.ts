import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { clientFor, clock, failureOf } from './client';
import { limits } from '../../src/oci/source';
import { TestClock } from '../support/clock';
import { faults, image, startRegistry, stored, TestRegistry } from '../support/registry';

const shop = image({ user: '1000' });
let registry: TestRegistry;
beforeEach(async () => {
  registry = await startRegistry();
  registry.push('acme/shop', shop, '1');
});
afterEach(async () => registry.close());

const repository = (options?: Parameters<typeof clientFor>[1]) => clientFor(registry, options).repository('acme/shop');
const manifests = /manifests/;

describe('what passes is tried again', () => {
  test.each([
    ['429 with seconds', faults.status(429, { 'retry-after': '1' })],
    ['429 with a date', faults.status(429, { 'retry-after': new Date(Date.now() + 1000).toUTCString() })],
    ['429 without a header', faults.status(429)],
    ['500', faults.status(500)],
    ['502 with a page', faults.status(502, { 'content-type': 'text/html' }, '<html>')],
    ['503', faults.status(503)],
    ['a reset', faults.reset()],
    ['a body that breaks off', faults.truncate(1000, Buffer.from('{'))],
  ])('%s', async (_name, answer) => {
    registry.fault({ on: manifests, times: 2, answer });
    const fetched = await repository().fetchManifest('1');
    expect(fetched.digest).toBe(shop.manifest.digest);
    expect(registry.log).toHaveLength(3);
  });

  test('Retry-After is waited for', async () => {
    registry.fault({ on: manifests, times: 1, answer: faults.status(429, { 'retry-after': '1' }) });
    const own = new TestClock();
    await repository({ clock: own }).headManifest('1');
    expect(own.slept).toEqual([1000]);
  });
});

describe('what does not pass is given up, with its cause', () => {
  test.each([
    ['429 for ever', faults.status(429), 'rate-limited', 'was asked too often'],
    ['a Retry-After of an hour', faults.status(429, { 'retry-after': '3600' }), 'rate-limited', 'it asks to wait 3600 s: log in, use a mirror'],
    ['500 for ever', faults.status(500), 'unavailable', 'answers 500'],
    ['resets for ever', faults.reset(), 'connection', 'broke (ECONNRESET)'],
    ['no answer', clock.after(faults.stall(), 200), 'timeout', 'sent nothing for 0.2 s'],
    ['a body that stands still', clock.after(faults.stallBody(), 200), 'timeout', 'sent nothing for 0.2 s'],
    ['403', faults.status(403), 'denied', 'asks for credentials'],
    ['404', faults.status(404), 'not-found', 'has no such image'],
    ['a status that no registry has', faults.status(418), 'malformed', 'answers 418'],
  ])('%s', async (_name, answer, code, text) => {
    registry.fault({ on: manifests, answer });
    const failure = await failureOf(repository({ retries: 2, timeouts: { idle: 200 } }).fetchManifest('1'));
    expect(failure).toContain(`${code}: ${registry.host}/acme/shop:1: `);
    expect(failure).toContain(text);
  });

  test('a server that drips is stopped by the total time', async () => {
    registry.fault({
      on: manifests,
      answer: (_request, response) => {
        response.writeHead(200);
        const timer = setInterval(() => {
          response.write(' ');
          clock.advance(50);
        }, 1);
        response.once('close', () => clearInterval(timer));
      },
    });
    expect(await failureOf(repository({ timeouts: { idle: 200, total: 3000 } }).fetchManifest('1'))).toMatch(/^timeout: .* took too long$/);
  });

  test('nobody listens on the port', async () => {
    const source = repository();
    await registry.close();
    expect(await failureOf(source.fetchManifest('1'))).toMatch(/^connection: .* refuses the connection/);
    registry = await startRegistry();
  });

  test('the caller stops it', async () => {
    const stop = new AbortController();
    registry.fault({ on: manifests, answer: () => stop.abort() });
    expect(await failureOf(repository({ signal: stop.signal }).fetchManifest('1'))).toMatch(/^aborted: /);
  });
});

describe('what is not the content that was asked for is refused', () => {
  const other = stored(Buffer.from('{"schemaVersion":2}'), '');

  test('a digest header that lies about a tag', async () => {
    registry.fault({ on: manifests, answer: faults.header('docker-content-digest', other.digest) });
    expect(await failureOf(repository().fetchManifest('1'))).toContain('digest-mismatch');
  });

  test('a digest header that is not the digest that was asked for, also of HEAD', async () => {
    registry.fault({ on: manifests, answer: faults.header('docker-content-digest', other.digest) });
    expect(await failureOf(repository().fetchManifest(shop.manifest.digest))).toContain(`asked for ${shop.manifest.digest}`);
    expect(await failureOf(repository().headManifest(shop.manifest.digest))).toContain('digest-mismatch');
  });

  test('a digest header that is none', async () => {
    registry.fault({ on: manifests, answer: faults.header('docker-content-digest', 'sha256:abc') });
    expect(await failureOf(repository().headManifest('1'))).toContain('says that it sends "sha256:abc", which is not a digest');
  });

  test('a manifest by digest with another body', async () => {
    registry.fault({ on: manifests, answer: faults.body(other.bytes) });
    expect(await failureOf(repository().fetchManifest(shop.manifest.digest)))
      .toContain(`must have the digest ${shop.manifest.digest}, it has ${other.digest}`);
  });

  test('a manifest of another size than its descriptor says', async () => {
    expect(await failureOf(repository().fetchManifest(shop.manifest.digest, { size: 5 }))).toContain('digest-mismatch');
  });

  test('a blob with another body', async () => {
    const [config] = shop.blobs;
    registry.fault({ on: /blobs/, answer: faults.body(other.bytes) });
    expect(await failureOf(repository().fetchBlob({ digest: config.digest }, limits.config))).toContain('digest-mismatch');
  });

  test('a layer with another body: its stream fails and does not end', async () => {
    const [, layer] = shop.blobs;
    registry.fault({ on: /blobs/, answer: faults.body(Buffer.alloc(layer.bytes.length)) });
    const stream = await repository().streamBlob({ digest: layer.digest, size: layer.bytes.length }, 1e6);
    expect(await failureOf(stream.toArray())).toContain('digest-mismatch');
  });

  test('a layer that is longer than its descriptor says is not read on', async () => {
    const [, layer] = shop.blobs;
    registry.fault({ on: /blobs/, answer: faults.endless() });
    const stream = await repository().streamBlob({ digest: layer.digest, size: layer.bytes.length }, 1e6);
    expect(await failureOf(stream.toArray())).toContain(`must have ${layer.bytes.length} bytes, it has more`);
  });

  test('a layer that breaks off', async () => {
    const [, layer] = shop.blobs;
    registry.fault({ on: /blobs/, answer: faults.truncate(layer.bytes.length, layer.bytes.subarray(0, 5)) });
    const stream = await repository().streamBlob({ digest: layer.digest, size: layer.bytes.length }, 1e6);
    expect(await failureOf(stream.toArray())).toMatch(/^connection: .* broke/);
  });
});

describe('what is too large is not read', () => {
  test.each([
    ['a manifest announced with 5 GB', faults.announce(5e9)],
    ['a manifest without an end', faults.endless()],
  ])('%s', async (_name, answer) => {
    registry.fault({ on: manifests, answer });
    const before = process.memoryUsage().arrayBuffers;
    expect(await failureOf(repository().fetchManifest('1'))).toMatch(/^too-large: .* more than the 4194304 bytes/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32e6);
  });

  test('a manifest or a blob whose descriptor says so is not even asked for', async () => {
    const { digest } = shop.manifest;
    expect(await failureOf(repository().fetchManifest(digest, { size: 5e9 }))).toContain('too-large');
    expect(await failureOf(repository().fetchBlob({ digest, size: 5e9 }, limits.config))).toContain('too-large');
    expect(registry.log).toEqual([]);
  });

  test('the body of an error without an end', async () => {
    registry.fault({
      on: manifests,
      answer: (_request, response) => {
        response.writeHead(404, { 'content-type': 'application/json' });
        const chunk = Buffer.alloc(65536, 'x');
        const pour = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', pour);
        pour();
      },
    });
    expect(await failureOf(repository().fetchManifest('1'))).toMatch(/^not-found: /);
  });
});

test('what a registry says about an error is shown, quoted and bounded', async () => {
  const body = JSON.stringify({ errors: [{ code: 'NAME_UNKNOWN', message: '\u001b[31mno\n' + 'x'.repeat(1000) }] });
  registry.fault({ on: manifests, answer: faults.status(404, { 'content-type': 'application/json' }, body) });
  const failure = await failureOf(repository().fetchManifest('1'));
  expect(failure).toContain('("NAME_UNKNOWN: \\u001b[31mno\\u000a');
  expect(failure.length).toBeLessThan(400);
});

test('HEAD asks once, and reads nothing', async () => {
  expect(await repository().headManifest('1')).toBe(shop.manifest.digest);
  expect(registry.log.map(({ method }) => method)).toEqual(['HEAD']);
});

describe.each([
  ['as HTML', { 'content-type': 'text/html; charset=utf-8' }],
  ['as a manifest', { 'content-type': shop.manifest.mediaType }],
])('a page of a portal that is served %s', (_name, headers) => {
  const page = Buffer.from('\uFEFF\n<!-- portal -->\n<!DOCTYPE HTML><html><body>Sign in</body></html>');
  beforeEach(() => registry.fault({ on: /./, answer: faults.body(page, headers) }));
  const called = /^malformed: .* 127\.0\.0\.1:\d+ answers with a web page, as a portal or a proxy does, and not with the image; /;

  test('in the place of everything has no digest, and is called a page', async () => {
    expect(await failureOf(repository().headManifest('1'))).toMatch(called);
    expect(await failureOf(repository().fetchManifest('1'))).toMatch(called);
    expect(await failureOf(repository().fetchManifest(shop.manifest.digest))).toMatch(called);
    expect(await failureOf(repository().fetchBlob({ digest: shop.blobs[0].digest }, 10_000))).toMatch(called);
  });
});

test('a blob that is a page is one where its digest says so', async () => {
  const page = stored(Buffer.from('<html>'), 'text/html');
  registry.putBlob('acme/shop', page);
  expect(await repository().fetchBlob({ digest: page.digest }, 100)).toEqual(page.bytes);
});

test('a manifest that is served as HTML is not taken by its header alone', async () => {
  registry.fault({ on: manifests, answer: faults.header('content-type', 'text/html') });
  expect(await failureOf(repository().headManifest('1'))).toMatch(/^unsupported: .* which containerd cannot pull either/);
});

describe('a digest of another algorithm', () => {
  const long = (bytes: Buffer) => `sha512:${createHash('sha512').update(bytes).digest('hex')}`;

  test('that a registry says is proved, and taken', async () => {
    registry.fault({ on: manifests, answer: faults.header('docker-content-digest', long(shop.manifest.bytes)) });
    expect((await repository().fetchManifest('1')).digest).toBe(long(shop.manifest.bytes));
    registry.mend();
    registry.fault({ on: manifests, answer: faults.header('docker-content-digest', long(other)) });
    expect(await failureOf(repository().fetchManifest('1'))).toContain('digest-mismatch');
  });

  test('that is asked for is proved', async () => {
    const digest = long(shop.manifest.bytes);
    registry.putManifest('acme/shop', { ...shop.manifest, digest });
    expect((await repository().fetchManifest(digest)).digest).toBe(digest);
    registry.fault({ on: manifests, answer: faults.body(other) });
    expect(await failureOf(repository().fetchManifest(digest))).toContain('digest-mismatch');
  });

  const other = Buffer.from('{}');
});

test('content is asked for as it is; what is encoded on the way is refused, because nothing says what its digest is', async () => {
  const { bytes, digest } = shop.manifest;
  registry.fault({ on: manifests, answer: faults.body(gzipSync(bytes), { 'content-encoding': 'gzip' }) });
  expect(await failureOf(repository().fetchManifest('1'))).toMatch(/^malformed: .* sends it encoded as "gzip"/);
  expect(registry.log[0].headers['accept-encoding']).toBe('identity');
  expect(await failureOf(repository().fetchManifest(digest))).toContain('digest-mismatch');
  // A store may call an encoding what is the stored content itself.
  registry.mend();
  registry.fault({ on: manifests, answer: faults.header('content-encoding', 'gzip') });
  expect((await repository().fetchManifest(digest)).bytes).toEqual(bytes);
});

/** What nobody holds any more is not taken, whenever the engine gets to it. */
function liveBuffers(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}

test('many manifests of 4 MiB take no more memory than those that are read at once', async () => {
  const large = Buffer.alloc(limits.manifest, ' ');
  registry.fault({ on: manifests, answer: faults.body(large) });
  const source = repository({ concurrency: 2 });
  const before = liveBuffers();
  let most = 0;
  await Promise.all(Array.from({ length: 60 }, async (_, index) => {
    await source.fetchManifest('1');
    if (index % 10 === 5) most = Math.max(most, liveBuffers() - before);
  }));
  expect(most).toBeLessThan(100e6);
});

test('a registry that does not say the digest has it computed', async () => {
  const old = await startRegistry({ withoutDigestHeader: true });
  old.push('acme/shop', shop, '1');
  expect(await clientFor(old).repository('acme/shop').headManifest('1')).toBe(shop.manifest.digest);
  expect(old.log.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
  await old.close();
});

test('a target that is neither tag nor digest never becomes part of a URL', async () => {
  for (const target of ['../../token', '1/2', '', 'a?b', 'sha256:abc', `sha256:${'A'.repeat(64)}`]) {
    expect(await failureOf(repository().fetchManifest(target))).toMatch(/^invalid: /);
  }
  expect(registry.log).toEqual([]);
});

test('HEAD of a large manifest does not cost a connection', async () => {
  const large = image({ annotations: { note: 'x'.repeat(200_000) } });
  registry.push('acme/shop', large, 'large');
  const ports = new Set<number | undefined>();
  registry.fault({
    on: manifests,
    answer: (request, _response, pass) => {
      ports.add(request.socket.remotePort);
      pass();
    },
  });
  const source = repository({ concurrency: 1 });
  for (let round = 0; round < 5; round++) expect(await source.headManifest('large')).toBe(large.manifest.digest);
  expect(ports.size).toBe(1);
});

test('requests to one host are bounded, and reuse their connections', async () => {
  const ports = new Set<number | undefined>();
  let active = 0;
  let most = 0;
  registry.fault({
    on: manifests,
    answer: (request, response, pass) => {
      ports.add(request.socket.remotePort);
      most = Math.max(most, ++active);
      response.once('finish', () => active--);
      setTimeout(pass, 5);
    },
  });
  const source = repository({ concurrency: 3 });
  await Promise.all(Array.from({ length: 30 }, async () => source.fetchManifest('1')));
  expect(most).toBe(3);
  expect(ports.size).toBe(3);
});
