import { symlinkSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { rootCertificates } from 'node:tls';
import { locked, lockJson, useRegistry } from './lock-support';
import { run, useFolder, write } from './support';
import { formatLock } from '../../src/lock/format';
import type { RegistryClientOptions } from '../../src/registry/http/options';
import { lockOf } from '../lock/support';
import { TestClock } from '../support/clock';
import { faults } from '../support/registry/faults';
import { image } from '../support/registry/images';

let mockAsked: RegistryClientOptions = {};
const mockClock = new TestClock();

// With a clock of its own; what is asked for stays.
jest.mock('../../src/registry/client', () => {
  const real = jest.requireActual<typeof import('../../src/registry/client')>('../../src/registry/client');
  return {
    ...real,
    createRegistryClient: (options: RegistryClientOptions) => {
      mockAsked = options;
      // One after the other, so that nobody else is under way when one has waited too long.
      const patience = { clock: mockClock, concurrency: 1, retries: 1, timeouts: { idle: 200 } };
      return real.createRegistryClient({ credentials: async () => undefined, ...options, ...patience });
    },
  };
});

useFolder();
const use = useRegistry();
let proxy: Server | undefined;
afterEach(() => {
  delete process.env.HTTPS_PROXY;
  proxy?.close();
  proxy = undefined;
});

/** Tunnels everything to the port that is asked for on this machine. */
async function startProxy(): Promise<void> {
  const server = createServer().on('connect', (request, socket) => {
    const upstream = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on('error', () => undefined).on('close', () => [socket, upstream].forEach((each) => each.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.HTTPS_PROXY = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  proxy = server;
}

const cases: readonly (readonly [code: string, bad: () => string | Promise<string>, message: RegExp])[] = [
  ['not-found', () => use.name('acme/absent', '1'), /has no such image .*; see the spelling of the repository and the tag$/],
  ['denied', () => failing(faults.status(403)), /asks for credentials, and none are configured/],
  ['rate-limited', () => failing(faults.status(429)), /was asked too often; log in, use a mirror, or try again later$/],
  ['rate-limited', () => failing(faults.status(429, { 'retry-after': '3600' })), /was asked too often; it asks to wait 3600 s\b/],
  ['unavailable', () => failing(faults.status(503)), /answers 503; try again later$/],
  ['timeout', () => failing(mockClock.after(faults.stall(), 200)), /sent nothing for 0\.2 s$/],
  ['connection', () => failing(faults.reset()), /the connection to .+ broke \(ECONNRESET\)$/],
  ['connection', () => '127.0.0.1:1/acme/bad:1', /127\.0\.0\.1:1 refuses the connection; see the port/],
  ['tls', async () => {
    await startProxy();
    return `registry.test:${use.registry.host.split(':')[1]}/acme/bad:1`;
  }, /answers HTTPS in plain HTTP, .* allow it: --insecure registry\.test:/],
  ['malformed', () => failing(faults.body(Buffer.from('<html>'))), /./],
];

function failing(answer: ReturnType<typeof faults.status>): string {
  use.registry.fault({ on: /acme\/bad/, answer });
  return use.name('acme/bad', '1');
}

test.each(cases)('%s is one line and status 2, and the other images are written', async (code, badName, message) => {
  const [one, two] = ['one', 'two'].map((name) => {
    use.push(`acme/${name}`, '1');
    return use.name(`acme/${name}`, '1');
  });
  const bad = await badName();
  const { status, err, json } = await lockJson(one, bad, two);
  expect(status).toBe(2);
  expect(json.failed).toEqual([{ name: bad, code, message: expect.stringMatching(message) as string }]);
  const hint = code === 'tls' ? 'cdk8s-hardened: --ca FILE trusts the certificates of your own authority; --insecure HOST takes any certificate of this host, and plain HTTP\n' : '';
  expect(err).toBe(`cdk8s-hardened: ${(json.failed as { message: string }[])[0].message}\n${hint}`);
  expect([...locked().keys()]).toEqual([one, two]);
});

test('where an image cannot be resolved again, what is locked of it stays', async () => {
  use.push('acme/bad', '1');
  await run('lock', use.name('acme/bad', '1'));
  failing(faults.status(403));
  expect(await run('lock')).toMatchObject({ status: 2, out: 'images.lock.json: 0 added, 0 changed, 0 unchanged, 1 failed\n' });
  expect(locked().size).toBe(1);
});

test('a layer that cannot be had is a failure of the image: its user would be missing tomorrow and there the day after', async () => {
  use.push('acme/bad', '1', { user: 'app' });
  const { blobs } = image({ user: 'app' });
  use.registry.remove('acme/bad', blobs[1].digest);
  expect(await run('lock', use.name('acme/bad', '1'))).toMatchObject({ status: 2, err: expect.stringMatching(/^cdk8s-hardened: .+\/acme\/bad:1: .+has no such image/) as string });
});

test('what an image says that the lock has no room for loses that image only', async () => {
  use.push('acme/one', '1');
  use.push('acme/bad', '1', { volumes: [`/${'x'.repeat(4095)}`, 'y'.repeat(4097)] });
  const { status, json } = await lockJson(use.name('acme/one', '1'), use.name('acme/bad', '1'));
  expect({ status, names: [...locked().keys()] }).toEqual({ status: 2, names: [use.name('acme/one', '1')] });
  expect(json.failed).toHaveLength(1);
});

test('the options reach the client', async () => {
  use.push('acme/one', '1');
  const [one, two] = rootCertificates;
  write('ca.pem', `# ours\n${one}\n\n${two}\n`);
  write('other.yaml', 'registries: { quay.io: {}, ghcr.io/acme: { mirrors: [mirror.example/hub] } }\n');
  const options = ['--ca', 'ca.pem', '--insecure', 'a.example:5000', '--insecure', 'b.example', '--concurrency', '3', '--policy', 'other.yaml'];
  expect(await run('lock', use.name('acme/one', '1'), ...options)).toMatchObject({ status: 0 });
  expect(mockAsked).toMatchObject({
    ca: [one.trim(), two.trim()], insecure: ['a.example:5000', 'b.example'], concurrency: 3, mirrors: { 'ghcr.io/acme': ['mirror.example/hub'] },
  });
});

describe('a lock that cannot be written', () => {
  test.each(['link.json', 'absent/images.lock.json'])('is found out before the registries are asked: %s', async (file) => {
    use.push('acme/one', '1');
    write('images.lock.json', formatLock(lockOf('a:1')));
    symlinkSync('images.lock.json', 'link.json');
    expect(await run('lock', use.name('acme/one', '1'), '-l', file)).toMatchObject({
      status: 2, out: '', err: expect.stringMatching(new RegExp(`^cdk8s-hardened: ${file}: cannot be written: (?:it is a symbolic link|its folder: it does not exist)`)) as string,
    });
    expect(use.asked()).toEqual([]);
  });
});
