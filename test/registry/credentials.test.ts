import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { failureOf } from './client';
import { configuredCredentials } from '../../src/registry/auth/configured';

let home: string;
beforeEach(() => home = mkdtempSync(join(tmpdir(), 'credentials-')));
afterEach(() => rmSync(home, { recursive: true }));

const write = (path: string, content: unknown) => {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const docker = (content: unknown) => write('.docker/config.json', content);
const auth = (user: string, password = 'secret') => ({ auth: Buffer.from(`${user}:${password}`).toString('base64') });
const find = async (registry: string, repository = 'acme/shop', more: Readonly<Record<string, string>> = {}, helperTimeout = 5000) => {
  const environment = { HOME: home, PATH: [join(home, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter), ...more };
  return configuredCredentials({ environment, helperTimeout })(registry, repository);
};
const userOf = async (...parameters: Parameters<typeof find>) => {
  const found = await find(...parameters);
  return found?.kind === 'basic' ? found.user : found?.kind;
};

test('without a file there are none', async () => {
  expect(await find('ghcr.io')).toBeUndefined();
});

test('a user and a password are split at the first colon, and padding is taken off', async () => {
  const file = docker({ auths: { 'ghcr.io': auth('ada', 'a:b:\0\0') } });
  expect(await find('ghcr.io')).toEqual({ kind: 'basic', user: 'ada', password: 'a:b:', origin: file });
});

describe('a host is matched whole', () => {
  test.each([
    ['docker.io.evil.com', { 'docker.io': auth('ada') }],
    ['evildocker.io', { 'docker.io': auth('ada') }],
    ['docker.io.evil.com', { 'https://index.docker.io/v1/': auth('ada') }],
    ['ghcr.io', { 'ghcr.io.evil.com': auth('ada'), 'xghcr.io': auth('ada'), 'evil.com/ghcr.io': auth('ada') }],
    ['ghcr.io:443', { 'ghcr.io': auth('ada') }],
    ['ghcr.io', { 'ghcr.io:443': auth('ada') }],
    ['io', { 'ghcr.io': auth('ada') }],
    ['ghcr.io', { 'ghcr.io@evil.com': auth('ada'), 'https://ghcr.io@evil.com/': auth('ada') }],
    ['ghcr.io', { __proto__: auth('ada'), constructor: auth('ada') }],
  ])('%s is not in %j', async (registry, auths) => {
    docker({ auths });
    expect(await find(registry)).toBeUndefined();
  });

  test.each([
    ['docker.io', 'https://index.docker.io/v1/'],
    ['docker.io', 'docker.io'],
    ['docker.io', 'index.docker.io'],
    ['ghcr.io', 'ghcr.io'],
    ['ghcr.io', 'https://ghcr.io'],
    ['ghcr.io', 'https://ghcr.io/v1/'],
    ['ghcr.io', 'ghcr.io/v2/'],
    ['ghcr.io', 'GHCR.io'],
    ['localhost:5000', 'localhost:5000'],
    ['[::1]:5000', '[::1]:5000'],
  ])('%s is %s', async (registry, key) => {
    docker({ auths: { [key]: auth('ada') } });
    expect(await userOf(registry)).toBe('ada');
  });
});

test('the longest namespace wins, by whole segments', async () => {
  write('.config/containers/auth.json', {
    auths: {
      'quay.io': auth('all'), 'quay.io/acme': auth('acme'), 'quay.io/acme/shop': auth('shop'), 'quay.io/acme/sho': auth('wrong'),
    },
  });
  expect(await userOf('quay.io', 'acme/shop')).toBe('shop');
  expect(await userOf('quay.io', 'acme/shop/web')).toBe('shop');
  expect(await userOf('quay.io', 'acme/shopping')).toBe('acme');
  expect(await userOf('quay.io', 'acme-evil/shop')).toBe('all');
});

test('the files are asked in their order, the next one where one has nothing', async () => {
  write('.config/containers/auth.json', { auths: { 'a.io': auth('config'), 'b.io': auth('config'), 'c.io': auth('config'), 'd.io': auth('config') } });
  write('run/containers/auth.json', { auths: { 'a.io': auth('runtime'), 'b.io': auth('runtime'), 'c.io': auth('runtime') } });
  const file = write('auth.json', { auths: { 'a.io': auth('file'), 'b.io': auth('file') } });
  write('docker/config.json', { auths: { 'a.io': auth('docker') } });
  docker({ auths: { 'a.io': auth('not asked') } });
  const environment = { DOCKER_CONFIG: join(home, 'docker'), REGISTRY_AUTH_FILE: file, XDG_RUNTIME_DIR: join(home, 'run') };
  const users = await Promise.all(['a.io', 'b.io', 'c.io', 'd.io', 'e.io'].map(async host => userOf(host, 'x', environment)));
  expect(users).toEqual(['docker', 'file', 'runtime', 'config', undefined]);
});

test('an identity token and a token of the registry are known as such', async () => {
  docker({ auths: { 'a.io': { ...auth('ada'), identitytoken: 'long' }, 'b.io': { registrytoken: 'ready' }, 'c.io': { username: 'ada', password: 'p' }, 'd.io': {} } });
  expect(await find('a.io')).toMatchObject({ kind: 'identity', token: 'long', user: 'ada' });
  expect(await find('b.io')).toMatchObject({ kind: 'bearer', token: 'ready' });
  expect(await userOf('c.io')).toBe('ada');
  expect(await find('d.io')).toBeUndefined();
});

test.each([
  ['no JSON', 'nonsense {', 'is not JSON'],
  ['a list', [], 'must be a JSON object'],
  ['auths of another type', { auths: 'x' }, 'field "auths" must be an object'],
  ['rubbish in base64', { auths: { 'ghcr.io': { auth: '***' } } }, 'not a user and a password in base64'],
  ['no colon', { auths: { 'ghcr.io': { auth: Buffer.from('ada').toString('base64') } } }, 'not a user and a password in base64'],
])('a file with %s is an error, not a silent way to be nobody', async (_name, content, text) => {
  const file = docker(content);
  const failure = await failureOf(find('ghcr.io'));
  expect(failure).toContain(`credentials: ${file}: `);
  expect(failure).toContain(text);
});

test('a file that cannot be read is an error', async () => {
  mkdirSync(join(home, '.docker', 'config.json'), { recursive: true });
  expect(await failureOf(find('ghcr.io'))).toContain('cannot be read: it is a folder');
});

describe('a credential helper', () => {
  const helper = (name: string, script: string) => {
    chmodSync(write(`bin/docker-credential-${name}`, `#!/bin/sh\n${script}\n`), 0o755);
  };

  test('is given the server on its input, and asked before what is stored', async () => {
    helper('one', 'read server; echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"$1 $server\\",\\"Secret\\":\\"s\\"}"');
    helper('store', 'echo \'{"Username":"store","Secret":"s"}\'');
    docker({ credHelpers: { 'a.io': 'one', 'https://index.docker.io/v1/': 'one' }, credsStore: 'store', auths: { 'a.io': auth('file'), 'b.io': auth('file') } });
    expect(await userOf('a.io')).toBe('get a.io');
    expect(await userOf('docker.io')).toBe('get https://index.docker.io/v1/');
    expect(await userOf('b.io')).toBe('store');
  });

  test('is asked once about a registry, and again about another', async () => {
    helper('one', `echo x >> ${join(home, 'asked')}; echo '{"Username":"ada","Secret":"s"}'`);
    docker({ credsStore: 'one' });
    const lookup = configuredCredentials({ environment: { HOME: home, PATH: join(home, 'bin') } });
    await Promise.all(Array.from({ length: 20 }, async (_, at) => lookup('a.io', `acme/${at}`)));
    await lookup('b.io', 'acme');
    expect(readFileSync(join(home, 'asked'), 'utf8')).toBe('x\nx\n');
  });

  test('that has a token has an identity token', async () => {
    helper('one', 'echo \'{"Username":"<token>","Secret":"t"}\'');
    docker({ credsStore: 'one' });
    expect(await find('a.io')).toEqual({ kind: 'identity', token: 't', origin: 'docker-credential-one' });
  });

  test('that has nothing lets the file, and then nobody, speak', async () => {
    helper('one', 'echo "credentials not found in native keychain"; exit 1');
    docker({ credsStore: 'one', auths: { 'a.io': auth('file') } });
    expect(await userOf('a.io')).toBe('file');
    expect(await find('b.io')).toBeUndefined();
  });

  test.each([
    ['that hangs', 'sleep 600 & wait', 'gave no answer in 0.3 s'],
    ['that prints rubbish', 'echo rubbish', 'does not answer in JSON'],
    ['that prints half of it', 'echo \'{"Username":"ada"}\'', 'does not answer in JSON'],
    ['that prints without an end', 'yes', 'says more than 65536 bytes'],
    ['that fails', 'echo "secret"; exit 3', 'failed with status 3'],
  ])('%s is an error that does not repeat what it says', async (_name, script, text) => {
    helper('bad', script);
    docker({ credsStore: 'bad' });
    // Where it is to answer, it may take its time.
    const failure = await failureOf(find('a.io', 'x', {}, text.includes('0.3 s') ? 300 : 60_000));
    expect(failure).toMatch(/^credentials: a\.io: /);
    expect(failure).toContain(text);
    expect(failure).not.toMatch(/rubbish|secret/);
  });

  test.each(['../x', '/bin/sh', 'a b', 'x;id', '$(id)', '\\x', 'x'.repeat(100)])('named %j is not started', async name => {
    docker({ credsStore: name });
    expect(await failureOf(find('a.io'))).toContain('must be letters, digits');
  });

  test('that is not installed is an error', async () => {
    docker({ credHelpers: { 'a.io': 'missing' } });
    expect(await failureOf(find('a.io'))).toContain('docker-credential-missing is not on the PATH; install it');
  });
});
