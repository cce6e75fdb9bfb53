import fc from 'fast-check';
import { findRegistry, parseRegistryPattern, RegistryPattern, RegistryPatternError } from '../../src/image/pattern';
import { ImageReference, parseImageReference } from '../../src/image/reference';

function read(text: string): ImageReference {
  const parsed = parseImageReference(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.reference;
}

function isIn(pattern: RegistryPattern, image: ImageReference): boolean {
  return findRegistry([{ pattern }], image) !== undefined;
}

function matches(pattern: string, image: string): boolean {
  return isIn(parseRegistryPattern(pattern), read(image));
}

describe('an entry trusts', () => {
  test.each([
    ['gcr.io', 'gcr.io/app'],
    ['gcr.io', 'gcr.io/a/b/c:1'],
    ['GCR.io', 'gcr.io/app'],
    ['gcr.io', 'GCR.IO/app'],
    ['gcr.io:443', 'gcr.io:443/app'],
    ['ghcr.io/acme', 'ghcr.io/acme'],
    ['ghcr.io/acme', 'ghcr.io/acme/shop'],
    ['ghcr.io/acme/shop', 'ghcr.io/acme/shop:1'],
    ['localhost', 'localhost/app'],
    ['registry:5000', 'registry:5000/app'],
    ['10.0.0.1', '10.0.0.1/app'],
    ['[::1]:5000', '[::1]:5000/app'],
    ['[FE80::1]/a', '[fe80::1]/a/b'],
    ['docker.io', 'nginx'],
    ['docker.io', 'index.docker.io/acme/app'],
    ['index.docker.io', 'docker.io/acme/app'],
    ['registry-1.docker.io/library', 'nginx:1'],
    ['docker.io/library', 'nginx'],
    ['docker.io/library/nginx', 'nginx'],
    ['*.dkr.ecr.eu-west-1.amazonaws.com', '123.dkr.ecr.eu-west-1.amazonaws.com/app'],
    ['*.dkr.ecr.*.amazonaws.com', '123.dkr.ecr.us-east-2.amazonaws.com/app'],
    ['ghcr.io/*/base', 'ghcr.io/acme/base'],
    ['ghcr.io/*/base', 'ghcr.io/acme/base/alpine'],
    ['ghcr.io/*', 'ghcr.io/acme'],
  ])('%s: %s', (pattern, image) => {
    expect(matches(pattern, image)).toBe(true);
  });
});

describe('an entry does not trust', () => {
  test.each([
    ['gcr.io', 'evilgcr.io/app'],
    ['gcr.io', 'gcr.io.evil.com/app'],
    ['gcr.io', 'eu.gcr.io/app'],
    ['gcr.io', 'gcr.io:443/app'],
    ['gcr.io:443', 'gcr.io/app'],
    ['gcr.io:443', 'gcr.io:4430/app'],
    ['gcr.io', 'evil.com/gcr.io/app'],
    ['gcr.io', 'gcr-io.evil.com/app'],
    ['ghcr.io/acme', 'ghcr.io/acme-evil'],
    ['ghcr.io/acme', 'ghcr.io/acme-evil/shop'],
    ['ghcr.io/acme', 'ghcr.io/acm'],
    ['ghcr.io/acme', 'ghcr.io/evil/acme'],
    ['ghcr.io/acme', 'acme/shop'],
    ['ghcr.io/acme/shop', 'ghcr.io/acme'],
    ['docker.io', 'docker.io.evil.com/library/nginx'],
    ['docker.io', 'evil.com/docker.io/nginx'],
    ['docker.io', 'docker.io:443/library/nginx'],
    ['docker.io', 'hub.docker.io/library/nginx'],
    ['docker.io/library', 'acme/library'],
    ['docker.io/library', 'DOCKER.IO/nginx'],
    ['localhost', 'localhost:5000'],
    ['localhost', 'localhost.evil.com/app'],
    ['[::1]', '[::1]:5000/app'],
    ['[::1]', '[::2]/app'],
    ['*.example.com', 'example.com/app'],
    ['*.example.com', 'a.b.example.com/app'],
    ['*.example.com', 'a.example.com.evil.com/app'],
    ['*.example.com', 'evilexample.com/app'],
    ['*.docker.io', 'index.docker.io/acme/app'],
    ['ghcr.io/*/base', 'ghcr.io/acme/shop'],
    ['ghcr.io/*/base', 'ghcr.io/a/b/base'],
    ['ghcr.io/*/base', 'ghcr.io/base'],
    ['ghcr.io/*/base', 'ghcr.io/acme/base-evil'],
  ])('%s: %s', (pattern, image) => {
    expect(matches(pattern, image)).toBe(false);
  });

  test('the image nginx of Docker Hub by the entry docker.io/nginx, which is the namespace of that name', () => {
    expect(matches('docker.io/nginx', 'nginx')).toBe(false);
    expect(matches('docker.io/nginx', 'nginx/nginx-ingress')).toBe(true);
  });
});

describe('a reference put together by hand', () => {
  test('is compared as if it had been parsed', () => {
    const reference = { registry: 'Index.Docker.io', repository: 'acme/app' };
    expect(isIn(parseRegistryPattern('docker.io/acme'), reference)).toBe(true);
  });
});

describe('an entry is read as plain data', () => {
  test.each<[string, RegistryPattern]>([
    ['Index.Docker.io/acme', { text: 'docker.io/acme', host: ['docker', 'io'], path: ['acme'] }],
    ['[::1]:5000/a', { text: '[::1]:5000/a', host: ['[::1]'], port: '5000', path: ['a'] }],
    ['LOCALHOST', { text: 'localhost', host: ['localhost'], path: [] }],
    ['*.GCR.io/*/x', { text: '*.gcr.io/*/x', host: ['*', 'gcr', 'io'], path: ['*', 'x'] }],
  ])('%s', (text, pattern) => {
    expect(parseRegistryPattern(text)).toEqual(pattern);
    expect(parseRegistryPattern(pattern.text)).toEqual(pattern);
  });
});

describe('a text that is not an entry is refused with what to write', () => {
  const implied = 'must end its host with two literal labels, as "*.example.com" does: trust is never implied';
  test.each([
    ['', 'registry must not be empty'],
    ['gcr.io ', 'registry has white space at position 7'],
    ['a'.repeat(2000), 'registry must have at most 1024 characters, it has 2000'],
    ['*', `registry "*" ${implied}`],
    ['*/app', `registry "*/app" ${implied}`],
    ['*:5000', `registry "*:5000" ${implied}`],
    ['*.*', `registry "*.*" ${implied}`],
    ['*.com', `registry "*.com" ${implied}`],
    ['gcr.*', `registry "gcr.*" ${implied}`],
    ['a.*.com', `registry "a.*.com" ${implied}`],
    ['*.localhost', `registry "*.localhost" ${implied}`],
    ['*.0.0.1', 'registry "*.0.0.1" must not have "*" in an IP address'],
    ['10.*.0.1:5000', 'registry "10.*.0.1:5000" must not have "*" in an IP address'],
    ['**', 'registry "**" must have "*" for a whole label or segment only, it has "**"'],
    ['a*.gcr.io', 'registry "a*.gcr.io" must have "*" for a whole label or segment only, it has "a*"'],
    ['ghcr.io/acme-*', 'registry "ghcr.io/acme-*" must have "*" for a whole label or segment only, it has "acme-*"'],
    ['ghcr.io/**', 'registry "ghcr.io/**" must have "*" for a whole label or segment only, it has "**"'],
    ['[*]', 'registry "[*]" must have "*" for a whole label or segment only, it has "[*]"'],
    ['nginx', 'registry "nginx" must name its registry, write "docker.io/library/nginx" if Docker Hub is meant'],
    ['acme/app', 'registry "acme/app" must name its registry, write "docker.io/acme/app" if Docker Hub is meant'],
    ['Acme/app', 'registry "Acme/app" must name its registry, write "docker.io/acme/app" if Docker Hub is meant'],
    ['/app', 'registry "/app" must begin with a host'],
    ['nginx:1.27', 'registry "nginx:1.27" must begin with a host and an optional port, it begins with "nginx:1.27"; an entry has no tag'],
    ['.io/app', 'registry ".io/app" must begin with a host and an optional port, it begins with ".io"; an entry has no tag'],
    ['*.gcr.io.', 'registry "*.gcr.io." must begin with a host and an optional port, it begins with "*.gcr.io."; an entry has no tag'],
    ['https://gcr.io', 'registry "https://gcr.io" must not have a scheme, write it without "https://"'],
    ['gcr.io/app@sha256:ab', 'registry "gcr.io/app@sha256:ab" must not have a digest or a user, write it without the "@" and what belongs to it'],
    ['gcr.io/', 'registry "gcr.io/" must not end with "/", write "gcr.io"'],
    ['gcr.io/acme//', 'registry "gcr.io/acme//" must not end with "/", write "gcr.io/acme"'],
    ['gcr.io/app:1', 'registry "gcr.io/app:1" must not have a tag, write "gcr.io/app"'],
    ['gcr.io/Acme', 'registry "gcr.io/Acme" is not a place in a registry: the repository name must be lower-case, it has "Acme"'],
    ['gcr.io//a', 'registry "gcr.io//a" is not a place in a registry: '
      + 'the repository name has an empty segment, its slashes must stand between names'],
  ])('%s', (text, message) => {
    expect(() => parseRegistryPattern(text)).toThrow(new RegistryPatternError(message));
  });

  test('what is not a string is refused too, as a file may hold it', () => {
    expect(() => parseRegistryPattern(5000 as unknown as string)).toThrow(RegistryPatternError);
  });

  test('any text at all is an entry with a literal end or a refusal of one printable line', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aA0.:/@-_[]*\n\u0000é'.split('')), maxLength: 30 });
    fc.assert(fc.property(text, (entry) => {
      try {
        expect(parseRegistryPattern(entry).host.slice(-2)).not.toContain('*');
      } catch (error) {
        if (!(error instanceof RegistryPatternError)) throw error;
        expect(error.message).toMatch(/^registry [\x20-\x7e…]{1,300}$/);
      }
    }), { numRuns: 500 });
  });
});

describe('the most specific entry decides', () => {
  function find(entries: readonly string[], image: string): string | undefined {
    return findRegistry(entries.map(entry => ({ pattern: parseRegistryPattern(entry), entry })), read(image))?.entry;
  }

  test.each([
    ['the longer path wins', ['ghcr.io', 'ghcr.io/acme/shop', 'ghcr.io/acme'], 'ghcr.io/acme/shop/web', 'ghcr.io/acme/shop'],
    ['a literal wins over a *', ['ghcr.io/*', 'ghcr.io/acme'], 'ghcr.io/acme/shop', 'ghcr.io/acme'],
    ['a literal wins over more of *', ['ghcr.io/*/*/*', 'ghcr.io/acme'], 'ghcr.io/acme/a/b', 'ghcr.io/acme'],
    ['of as many literals, the longer wins', ['ghcr.io/acme', 'ghcr.io/*/shop'], 'ghcr.io/acme/shop', 'ghcr.io/*/shop'],
    ['a * wins over nothing', ['ghcr.io', 'ghcr.io/*'], 'ghcr.io/acme', 'ghcr.io/*'],
    ['of the same form, the one that is literal first wins', ['ghcr.io/*/shop', 'ghcr.io/acme/*'], 'ghcr.io/acme/shop', 'ghcr.io/acme/*'],
    ['the host comes before the path', ['*.gcr.io/acme', 'eu.gcr.io/*'], 'eu.gcr.io/acme', 'eu.gcr.io/*'],
    ['of two that mean the same, the first wins', ['index.docker.io', 'docker.io'], 'nginx', 'index.docker.io'],
    ['one that does not match never wins', ['ghcr.io', 'ghcr.io/acme/shop'], 'ghcr.io/acme/other', 'ghcr.io'],
  ])('%s', (_, entries, image, expected) => {
    expect(find(entries, image)).toBe(expected);
  });

  test('there is none without a match, and none without entries', () => {
    expect(find(['gcr.io'], 'nginx')).toBeUndefined();
    expect(find([], 'nginx')).toBeUndefined();
  });

  test('whatever the order of the entries', () => {
    const part = fc.constantFrom('a', 'b', '*');
    const entry = fc.tuple(part, fc.array(part, { maxLength: 3 })).map(([label, path]) => [`${label}.x.io`, ...path].join('/'));
    const entries = fc.uniqueArray(entry, { maxLength: 8 })
      .chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(fc.property(entries, ([left, right]) => {
      expect(find(right, 'a.x.io/a/b/a')).toBe(find(left, 'a.x.io/a/b/a'));
    }));
  });
});
