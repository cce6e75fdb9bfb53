import fc from 'fast-check';
import { Challenge, parseChallenges } from '../../src/registry/auth/challenge';

const plain = (header: string) => parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

test.each([
  ['Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"', [
    ['bearer', { realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope: 'repository:library/nginx:pull' }],
  ]],
  // Codeberg: two challenges in one header, with a comma and no space.
  ['Bearer realm="https://codeberg.org/v2/token",service="container_registry",scope="*",Basic realm="https://codeberg.org/v2"', [
    ['bearer', { realm: 'https://codeberg.org/v2/token', service: 'container_registry', scope: '*' }],
    ['basic', { realm: 'https://codeberg.org/v2' }],
  ]],
  ['Basic realm="a, b", Bearer realm="c,Basic d"', [['basic', { realm: 'a, b' }], ['bearer', { realm: 'c,Basic d' }]]],
  ['Basic realm="a \\"quoted\\" \\\\ word"', [['basic', { realm: 'a "quoted" \\ word' }]]],
  ['BEARER Realm = token , SERVICE = "s"', [['bearer', { realm: 'token', service: 's' }]]],
  ['Negotiate, NTLM, Bearer realm="x"', [['negotiate', {}], ['ntlm', {}], ['bearer', { realm: 'x' }]]],
  ['Negotiate YII/aa+b==, Basic realm="x"', [['negotiate', {}], ['basic', { realm: 'x' }]]],
  ['Bearer realm="first",realm="second"', [['bearer', { realm: 'first' }]]],
  [', ,Bearer realm="x"', [['bearer', { realm: 'x' }]]],
  ['Bearer scope="a b"', [['bearer', { scope: 'a b' }]]],
  ['Bearer realm="never closed', [['bearer', {}], ['realm', {}]]],
  ['', []],
  ['"', []],
])('%s', (header, expected) => {
  expect(plain(header)).toEqual(expected);
});

test('a header that is too long is not read', () => {
  expect(parseChallenges(`Bearer realm="${'x'.repeat(20_000)}"`)).toEqual([]);
});

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,10}$/);
const challenge = fc.record({
  scheme: word,
  parameters: fc.uniqueArray(fc.tuple(word, fc.string({ unit: 'binary-ascii', maxLength: 20 })), { selector: ([name]) => name.toLowerCase(), maxLength: 4 }),
});

test('what was written as a list of challenges is read as that list', () => {
  const written = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;
  fc.assert(fc.property(fc.array(challenge, { maxLength: 4 }), fc.constantFrom(',', ', ', ' , '), (challenges, comma) => {
    const header = challenges
      .map(({ scheme, parameters }) => [scheme, parameters.map(([name, value]) => `${name}=${written(value)}`).join(comma)].join(' ').trim())
      .join(comma);
    const read: readonly Challenge[] = parseChallenges(header);
    expect(read.map(({ scheme, parameters }) => [scheme, [...parameters]])).toEqual(challenges.map(({ scheme, parameters }) => {
      return [scheme.toLowerCase(), parameters.map(([name, value]) => [name.toLowerCase(), value])];
    }));
  }));
});

test('no text makes it throw, or take longer than its length', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), text => {
    expect(parseChallenges(text).length).toBeLessThanOrEqual(32);
  }));
  for (const piece of ['a', ' ', ',', '"', '\\"', 'a=', 'a=" ', 'Basic a=b,', '=']) {
    // With the square of it, no run would see the end.
    parseChallenges('Basic x="' + piece.repeat(4_000_000 / piece.length));
    parseChallenges(piece.repeat(4_000_000 / piece.length));
  }
});
