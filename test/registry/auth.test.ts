import { clientFor, clock, failureOf, quickClient } from './client';
import { describeImage } from '../../src/oci/describe';
import type { Credentials } from '../../src/registry/auth/credentials';
import { AuthMode, faults, image, startRegistry, TestRegistry } from '../support/registry';

const shop = image({ user: '1000' });
const user: Credentials = { kind: 'basic', user: 'ada', password: 'pass:word:', origin: 'test' };
const open: TestRegistry[] = [];
afterEach(async () => {
  for (const registry of open.splice(0)) await registry.close();
});

async function start(auth?: AuthMode): Promise<TestRegistry> {
  const registry = await startRegistry(auth === undefined ? {} : { auth });
  registry.push('acme/shop', shop, '1');
  open.push(registry);
  return registry;
}

const authorizations = (registry: TestRegistry) => registry.log.map(({ headers }) => headers.authorization);
const tokensOf = (registry: TestRegistry) => registry.log.filter(({ path }) => path.startsWith('/token'));

test('a token is fetched for anybody, once for a repository', async () => {
  const registry = await start({ kind: 'bearer' });
  await describeImage(clientFor(registry).repository('acme/shop'), '1');
  expect(tokensOf(registry).map(({ path }) => path)).toEqual(['/token?service=tests&scope=repository%3Aacme%2Fshop%3Apull']);
  expect(authorizations(registry)).toEqual([undefined, undefined, 'Bearer token-1', 'Bearer token-1']);
});

test('a user and a password with colons are shown to the token server, and only there', async () => {
  const registry = await start({ kind: 'bearer', user: 'ada', password: 'pass:word:' });
  await clientFor(registry, { credentials: async () => user }).repository('acme/shop').fetchManifest('1');
  const basic = `Basic ${Buffer.from('ada:pass:word:').toString('base64')}`;
  expect(authorizations(registry)).toEqual([undefined, basic, 'Bearer token-1']);
});

test('401, a token, and 401 again is a refusal', async () => {
  const registry = await start({ kind: 'bearer', refuse: true });
  const failure = await failureOf(clientFor(registry).repository('acme/shop').fetchManifest('1'));
  expect(failure).toMatch(/^denied: .* asks for credentials, and none are configured/);
  expect(registry.log).toHaveLength(3);
});

test('credentials that are refused are named by where they are from, and not shown', async () => {
  const registry = await start({ kind: 'bearer', user: 'ada', password: 'other' });
  const failure = await failureOf(clientFor(registry, { credentials: async () => user }).repository('acme/shop').fetchManifest('1'));
  expect(failure).toContain('refuses the credentials of test');
  expect(failure).not.toContain('pass:word');
});

test('Basic is answered, and then shown without being asked again', async () => {
  const registry = await start({ kind: 'basic', user: 'ada', password: 'pass:word:' });
  await describeImage(clientFor(registry, { credentials: async () => user }).repository('acme/shop'), '1');
  expect(authorizations(registry).map(header => header?.split(' ')[0])).toEqual([undefined, 'Basic', 'Basic']);
});

test('Basic with a wrong password is refused after two requests', async () => {
  const registry = await start({ kind: 'basic', user: 'ada', password: 'other' });
  expect(await failureOf(clientFor(registry, { credentials: async () => user }).repository('acme/shop').fetchManifest('1'))).toMatch(/^denied/);
  expect(registry.log).toHaveLength(2);
});

test('an identity token is exchanged by POST', async () => {
  const registry = await start({ kind: 'bearer', identityToken: 'secret' });
  const credentials = async (): Promise<Credentials> => ({ kind: 'identity', token: 'secret', origin: 'test' });
  await clientFor(registry, { credentials }).repository('acme/shop').fetchManifest('1');
  expect(registry.log.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
});

test('a token server without POST is shown the identity token by GET', async () => {
  const registry = await start({ kind: 'bearer', user: '<token>', password: 'secret' });
  const credentials = async (): Promise<Credentials> => ({ kind: 'identity', token: 'secret', origin: 'test' });
  await clientFor(registry, { credentials }).repository('acme/shop').fetchManifest('1');
  expect(registry.log.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'GET']);
});

test('a token of the registry is sent as it is', async () => {
  const registry = await start({ kind: 'bearer' });
  const credentials = async (): Promise<Credentials> => ({ kind: 'bearer', token: 'made-elsewhere', origin: 'test' });
  await failureOf(clientFor(registry, { credentials }).repository('acme/shop').fetchManifest('1'));
  expect(authorizations(registry)).toEqual([undefined, 'Bearer made-elsewhere']);
});

test('500 images of one repository: one request each, one refusal to learn from, one token', async () => {
  const registry = await start({ kind: 'bearer' });
  const source = clientFor(registry).repository('acme/shop');
  await Promise.all(Array.from({ length: 500 }, async () => source.headManifest('1')));
  expect(tokensOf(registry)).toHaveLength(1);
  expect(registry.log).toHaveLength(502);
});

test('a token that expires in the middle of 500 images is renewed, also where the server said that it lives longer', async () => {
  const registry = await start({ kind: 'bearer', uses: 100 });
  const source = clientFor(registry, { concurrency: 8 }).repository('acme/shop');
  const digests = await Promise.all(Array.from({ length: 500 }, async () => source.headManifest('1')));
  expect(new Set(digests)).toEqual(new Set([shop.manifest.digest]));
  expect(tokensOf(registry)).toHaveLength(5);
  // Each renewal costs a refusal for as many as were under way, and no more.
  expect(registry.log.length).toBeLessThanOrEqual(500 + 5 + 5 * 8);
});

test('a token is renewed before it expires, without a refusal', async () => {
  const registry = await start({ kind: 'bearer', life: 300 });
  const source = clientFor(registry).repository('acme/shop');
  await source.headManifest('1');
  clock.advance(289_000);
  await source.headManifest('1');
  expect(tokensOf(registry)).toHaveLength(1);
  clock.advance(2_000);
  await source.headManifest('1');
  expect(tokensOf(registry)).toHaveLength(2);
  expect(registry.log).toHaveLength(6);
});

test('each repository has its own token, and the second is not refused first', async () => {
  const registry = await start({ kind: 'bearer' });
  registry.push('acme/web', shop, '1');
  const { repository } = clientFor(registry);
  await repository('acme/shop').headManifest('1');
  await repository('acme/web').headManifest('1');
  expect(registry.log.map(({ path }) => path.split('?')[0])).toEqual([
    '/v2/acme/shop/manifests/1', '/token', '/v2/acme/shop/manifests/1', '/token', '/v2/acme/web/manifests/1',
  ]);
});

test('what is refused of a token is said of the repository, because all its tags may have waited for it', async () => {
  const registry = await start({ kind: 'bearer', user: 'ada', password: 'other' });
  const source = clientFor(registry, { credentials: async () => user }).repository('acme/shop');
  const failures = await Promise.all(['1', '2'].map(async tag => failureOf(source.headManifest(tag))));
  for (const failure of failures) expect(failure).toContain(`denied: ${registry.host}/acme/shop: `);
});

test('the token of a registry is not sent to another', async () => {
  const [first, second] = [await start({ kind: 'bearer' }), await start()];
  const client = quickClient();
  await client.source({ registry: first.host, repository: 'acme/shop' }).headManifest('1');
  await client.source({ registry: second.host, repository: 'acme/shop' }).headManifest('1');
  expect(authorizations(second)).toEqual([undefined]);
});

describe('a realm', () => {
  test('on a foreign host gets the credentials of the registry that named it, and the token goes to the registry only', async () => {
    const tokens = await start({ kind: 'bearer', user: 'ada', password: 'pass:word:' });
    const registry = await start({ kind: 'bearer', realm: `http://${tokens.host}/token`, refuse: true });
    const asked: string[] = [];
    const credentials = async (host: string) => {
      asked.push(host);
      return user;
    };
    await failureOf(clientFor(registry, { credentials }).repository('acme/shop').fetchManifest('1'));
    expect(new Set(asked)).toEqual(new Set([registry.host]));
    expect(authorizations(tokens)).toEqual([`Basic ${Buffer.from('ada:pass:word:').toString('base64')}`]);
    expect(authorizations(registry)).toEqual([undefined, 'Bearer token-1']);
  });

  test.each([
    ['link-local', 'http://127.0.0.1:1/token', 'link-local'],
    ['private', 'http://127.0.0.2:1/token', 'private'],
  ] as const)('at a %s address, named by a registry outside, is not asked', async (_name, realm, kind) => {
    const tokens = await start({ kind: 'bearer', user: 'ada', password: 'pass:word:' });
    const registry = await start({ kind: 'bearer', realm: realm.replace(':1/', `:${tokens.host.split(':')[1]}/`) });
    // The registry is asked by name, and the address that it is found at counts as public; its realm is a number.
    let isFirst = true;
    const classify = () => {
      const found = isFirst ? 'public' as const : kind;
      isFirst = false;
      return found;
    };
    const failure = await failureOf(clientFor(registry, { classify, credentials: async () => user }).repository('acme/shop').fetchManifest('1'));
    expect(failure).toMatch(new RegExp(`^redirect: .* has a ${kind} address`));
    expect(tokens.log).toEqual([]);
  });

  test.each([
    ['by plain HTTP on a foreign host', 'http://tokens.example/token', 'which is not HTTPS'],
    ['that is no URL', 'nonsense', 'which is not the URL of one'],
    ['of another protocol', 'file:///etc/passwd', 'which is not the URL of one'],
    ['with a user', 'https://ada@tokens.example/', 'with a user in the URL'],
    ['that plain HTTP could have forged', 'https://tokens.example/token', 'by plain HTTP anybody could have named it'],
  ])('%s gets nothing', async (_name, realm, text) => {
    const registry = await start({ kind: 'bearer', realm });
    const failure = await failureOf(clientFor(registry, { credentials: async () => user }).repository('acme/shop').fetchManifest('1'));
    expect(failure).toMatch(/^credentials: /);
    expect(failure).toContain(text);
    expect(registry.log).toHaveLength(1);
  });
});

describe('a token server', () => {
  test.each([
    ['that answers with a page', faults.body(Buffer.from('<!DOCTYPE html>\n<html>')), 'malformed', 'answers with a web page, as a portal or a proxy does'],
    ['that answers with a text', faults.body(Buffer.from('hello')), 'malformed', 'does not answer in JSON'],
    ['whose refusal has details', faults.status(401, { 'content-type': 'application/json' }, '{"details":"incorrect username or password"}'),
      'denied', '("incorrect username or password")'],
    ['whose refusal has OAuth\'s words', faults.status(400, {}, '{"error":"invalid_grant","error_description":"token\\u001b is\\nrevoked"}'),
      'malformed', '("invalid_grant: token\\u001b is\\u000arevoked")'],
    ['whose refusal is a page', faults.status(403, { 'content-type': 'text/html' }, '<html>sign in'), 'denied', ', with a web page, as a portal or a proxy does'],
    ['that gives no token', faults.body(Buffer.from('{}')), 'malformed', 'gives no token'],
    ['whose token would write a header', faults.body(Buffer.from('{"token":"a\\r\\nHost: b"}')), 'malformed', 'gives no token'],
    ['without an end', faults.endless(), 'too-large', 'more than the 65536 bytes'],
    ['that redirects', faults.redirect('http://127.0.0.1:1/'), 'redirect', 'is not followed'],
    ['that is down', faults.status(503), 'unavailable', 'answers 503'],
  ])('%s is said to be so', async (_name, answer, code, text) => {
    const registry = await start({ kind: 'bearer' });
    registry.fault({ on: /token/, answer });
    const failure = await failureOf(clientFor(registry, { retries: 1 }).repository('acme/shop').fetchManifest('1'));
    expect(failure).toMatch(new RegExp(`^${code}: `));
    expect(failure).toContain(text);
  });

  test('that answers 201 has made a token', async () => {
    const registry = await start({ kind: 'bearer' });
    registry.fault({ on: /token/, answer: (_request, response) => void response.writeHead(201).end('{"token":"made"}') });
    await failureOf(clientFor(registry).repository('acme/shop').fetchManifest('1'));
    expect(authorizations(registry)).toEqual([undefined, undefined, 'Bearer made']);
  });

  test.each([
    ['301', 301, 'basic'], ['302', 302, 'basic'], ['307', 307, 'basic'], ['308', 308, 'basic'], ['307 to POST', 307, 'identity'], ['308 to POST', 308, 'identity'],
  ] as const)('that redirects once within itself with %s is asked there, with the credentials', async (_name, status, kind) => {
    const registry = await start({ kind: 'bearer', user: 'ada', password: 'pass:word:', identityToken: 'secret' });
    registry.fault({ on: /token/, times: 1, answer: faults.redirect(({ url }) => `${url}${url?.includes('?') === true ? '&' : '?'}again`, status) });
    const identity: Credentials = { kind: 'identity', token: 'secret', origin: 'test' };
    await clientFor(registry, { credentials: async () => kind === 'basic' ? user : identity }).repository('acme/shop').fetchManifest('1');
    const [first, second, ...more] = tokensOf(registry);
    expect([second.method, second.headers.authorization, more]).toEqual([first.method, first.headers.authorization, []]);
  });

  test.each([
    ['another host', (host: string) => `http://localhost:${host.split(':')[1]}/token`],
    ['another port', () => 'http://127.0.0.1:1/token'],
    ['another scheme', (host: string) => `https://${host}/token`],
    ['another protocol', () => 'file:///token'],
    ['itself with a user', (host: string) => `http://ada@${host}/token`],
  ])('that redirects to %s is not followed, and the credentials stay', async (_name, to) => {
    const registry = await start({ kind: 'bearer', user: 'ada', password: 'pass:word:' });
    registry.fault({ on: /token/, times: 1, answer: faults.redirect(`${to(registry.host)}?secret=1`) });
    const failure = await failureOf(clientFor(registry, { credentials: async () => user }).repository('acme/shop').fetchManifest('1'));
    expect(failure).toMatch(/^redirect: .* which is not followed; one redirect is, within the same scheme, host and port$/);
    expect(failure).not.toContain('secret');
    expect(tokensOf(registry)).toHaveLength(1);
  });

  test('that redirects twice is not followed, and a POST is not made a GET', async () => {
    const registry = await start({ kind: 'bearer', identityToken: 'secret' });
    registry.fault({ on: /token/, answer: faults.redirect(({ url }) => `${url}x`) });
    expect(await failureOf(clientFor(registry).repository('acme/shop').fetchManifest('1'))).toMatch(/^redirect: /);
    expect(tokensOf(registry)).toHaveLength(2);
    registry.mend();
    registry.clearLog();
    registry.fault({ on: /token/, answer: faults.redirect(({ url }) => `${url}x`, 302) });
    const identity: Credentials = { kind: 'identity', token: 'secret', origin: 'test' };
    expect(await failureOf(clientFor(registry, { credentials: async () => identity }).repository('acme/shop').fetchManifest('1'))).toMatch(/^redirect: /);
    expect(tokensOf(registry)).toHaveLength(1);
  });

  test('that says access_token is understood, and one that recovers too', async () => {
    const registry = await start({ kind: 'bearer' });
    registry.fault({ on: /token/, times: 1, answer: faults.status(500) });
    registry.fault({ on: /token/, times: 1, answer: faults.body(Buffer.from('{"access_token":"unknown"}')) });
    // The first token was asked for in vain, so the whole is tried again, with what is known by then.
    await clientFor(registry).repository('acme/shop').fetchManifest('1');
    expect(authorizations(registry)).toEqual([undefined, undefined, undefined, 'Bearer unknown', undefined, 'Bearer token-1']);
  });
});

test.each([
  ['Negotiate', 'unsupported', 'wants "negotiate"'],
  ['', 'malformed', 'without saying what it wants'],
])('the challenge "%s" is refused', async (challenge, code, text) => {
  const registry = await start({ kind: 'bearer', challenge });
  const failure = await failureOf(clientFor(registry).repository('acme/shop').fetchManifest('1'));
  expect(failure).toMatch(new RegExp(`^${code}: `));
  expect(failure).toContain(text);
});

describe('a registry that hides what strangers may not see, and challenges only at /v2/', () => {
  const basic = `Basic ${Buffer.from('ada:pass:word:').toString('base64')}`;
  const hiding = async (auth: AuthMode, status: number, challenge: (host: string) => string) => {
    const registry = await start(auth);
    registry.fault({
      on: /^GET \/v2\/$/,
      answer: (request, response, pass) => {
        faults.status(401, { 'www-authenticate': challenge(registry.host) })(request, response, pass);
      },
    });
    registry.fault({
      on: /manifests/,
      answer: (request, response, pass) => {
        if (request.headers.authorization === undefined) response.writeHead(status).end();
        else pass();
      },
    });
    return registry;
  };
  const shown = (registry: TestRegistry) => registry.log.map(({ method, path, headers: { authorization } }) => {
    return [`${method} ${path.split('?')[0]}`, authorization?.split(' ')[0]];
  });

  test.each([403, 404])('with %i and Basic is shown the credentials', async status => {
    const registry = await hiding({ kind: 'basic', user: 'ada', password: 'pass:word:' }, status, () => 'Basic realm="x"');
    const source = clientFor(registry, { credentials: async () => user }).repository('acme/shop');
    await source.fetchManifest('1');
    await source.fetchManifest('1');
    expect(shown(registry)).toEqual([
      ['GET /v2/acme/shop/manifests/1', undefined], ['GET /v2/', undefined],
      ['GET /v2/acme/shop/manifests/1', 'Basic'], ['GET /v2/acme/shop/manifests/1', 'Basic'],
    ]);
  });

  test('and Bearer is asked with a token, also for the digest of a tag', async () => {
    const auth = { kind: 'bearer', user: 'ada', password: 'pass:word:' } as const;
    const registry = await hiding(auth, 404, host => `Bearer realm="http://${host}/token",service="tests"`);
    expect(await clientFor(registry, { credentials: async () => user }).repository('acme/shop').headManifest('1')).toBe(shop.manifest.digest);
    expect(shown(registry)).toEqual([
      ['HEAD /v2/acme/shop/manifests/1', undefined], ['GET /v2/', undefined], ['GET /token', 'Basic'], ['HEAD /v2/acme/shop/manifests/1', 'Bearer'],
    ]);
  });

  test('is asked there only where there is something to show', async () => {
    const registry = await hiding({ kind: 'none' }, 404, () => 'Basic realm="x"');
    expect(await failureOf(clientFor(registry).repository('acme/shop').fetchManifest('1'))).toMatch(/^not-found: /);
    expect(registry.log).toHaveLength(1);
  });

  test('and does not know the image even so has its second answer said', async () => {
    const registry = await hiding({ kind: 'basic', user: 'ada', password: 'pass:word:' }, 404, () => 'Basic realm="x"');
    const failure = await failureOf(clientFor(registry, { credentials: async () => user }).repository('acme/shop').fetchManifest('2'));
    expect(failure).toMatch(/^not-found: .*MANIFEST_UNKNOWN/);
    expect(registry.log.at(-1)?.headers.authorization).toBe(basic);
  });

  test.each([
    ['200', faults.status(200)], ['404', faults.status(404)], ['nothing', faults.reset()],
    ['by a redirect to a server that asks who is there', faults.redirect('http://127.0.0.1:1/')],
  ])('that answers %s at /v2/ has its first answer said, and is asked there once', async (_name, answer) => {
    const registry = await start();
    registry.fault({ on: /^GET \/v2\/$/, answer });
    const source = clientFor(registry, { credentials: async () => user, retries: 0 }).repository('acme/shop');
    for (let i = 0; i < 3; i++) expect(await failureOf(source.fetchManifest('2'))).toMatch(/^not-found: .*MANIFEST_UNKNOWN/);
    expect(registry.log.filter(({ path }) => path === '/v2/')).toHaveLength(1);
    expect(new Set(authorizations(registry))).toEqual(new Set([undefined]));
  });
});
