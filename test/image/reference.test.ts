import { formatImageReference, ImageReference, parseImageReference } from '../../src/image/reference';

const hex = 'a1'.repeat(32);
const sha256 = `sha256:${hex}`;
const sha512 = `sha512:${hex}${hex}`;

function read(text: string): ImageReference {
  const parsed = parseImageReference(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.reference;
}

function problemOf(text: string): string {
  const parsed = parseImageReference(text);
  return parsed.ok ? `accepted as ${formatImageReference(parsed.reference)}` : parsed.problem;
}

describe('a reference is read and written canonically', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    [`nginx@${sha256}`, `docker.io/library/nginx@${sha256}`],
    [`nginx:1.27@${sha512}`, `docker.io/library/nginx:1.27@${sha512}`],
    ['acme/shop', 'docker.io/acme/shop'],
    ['acme/team/shop', 'docker.io/acme/team/shop'],
    ['docker.io/nginx', 'docker.io/library/nginx'],
    ['docker.io/library/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/acme/shop:1', 'docker.io/acme/shop:1'],
    ['registry-1.docker.io/library/nginx', 'docker.io/library/nginx'],
    ['gcr.io/app', 'gcr.io/app'],
    ['gcr.io:443/app', 'gcr.io:443/app'],
    [`ghcr.io/acme/shop:1.4.2@${sha256}`, `ghcr.io/acme/shop:1.4.2@${sha256}`],
    ['localhost/app', 'localhost/app'],
    ['localhost:5000/app:v1', 'localhost:5000/app:v1'],
    ['registry:5000/app', 'registry:5000/app'],
    ['10.0.0.1:5000/a/b', '10.0.0.1:5000/a/b'],
    ['[::1]/app', '[::1]/app'],
    ['[2001:db8::1]:5000/app:1', '[2001:db8::1]:5000/app:1'],
    ['xn--n3h.com/app', 'xn--n3h.com/app'],
    ['a-b--c.example/app', 'a-b--c.example/app'],
    ['Registry.Example/app', 'Registry.Example/app'],
    ['Acme/app', 'Acme/app'],
    ['a/b__c/d---e/f_g.h', 'docker.io/a/b__c/d---e/f_g.h'],
    [`nginx:_${'x'.repeat(127)}`, `docker.io/library/nginx:_${'x'.repeat(127)}`],
    ['nginx:V1.0-rc_1', 'docker.io/library/nginx:V1.0-rc_1'],
    [`${hex}:1`, `docker.io/library/${hex}:1`],
    [`docker.io/${hex}`, `docker.io/library/${hex}`],
  ])('%s', (text, canonical) => {
    expect(formatImageReference(read(text))).toBe(canonical);
  });

  test('its parts are told apart, and a part that is not written is absent', () => {
    expect(read(`ghcr.io:443/acme/shop:1.4.2@${sha256}`)).toEqual({
      registry: 'ghcr.io:443', repository: 'acme/shop', tag: '1.4.2', digest: sha256,
    });
    expect(Object.keys(read('nginx'))).toEqual(['registry', 'repository']);
  });

  test('a host with a port but no slash is a repository and a tag, as Docker has it', () => {
    expect(read('localhost:5000')).toEqual({ registry: 'docker.io', repository: 'library/localhost', tag: '5000' });
    expect(read('evil.com:5000')).toEqual({ registry: 'docker.io', repository: 'library/evil.com', tag: '5000' });
  });

  test('a host that looks like Docker Hub is another registry', () => {
    expect(read('docker.io.evil.com/library/nginx').registry).toBe('docker.io.evil.com');
    expect(read('evil.com/docker.io/nginx')).toEqual({ registry: 'evil.com', repository: 'docker.io/nginx' });
    expect(read('docker.io:443/nginx')).toEqual({ registry: 'docker.io:443', repository: 'nginx' });
    expect(read('hub.docker.io/nginx')).toEqual({ registry: 'hub.docker.io', repository: 'nginx' });
  });

  test('Docker Hub in capitals is not normalised, because a runtime would not ask there for `library/nginx`', () => {
    expect(read('DOCKER.IO/nginx')).toEqual({ registry: 'DOCKER.IO', repository: 'nginx' });
  });
});

describe('a text that is not a reference is refused with what is wrong', () => {
  test.each([
    ['', 'the reference must not be empty'],
    [' nginx', 'the reference has white space at position 1'],
    ['nginx\n', 'the reference has white space at position 6'],
    ['nginx\u00a0', 'the reference has white space at position 6'],
    ['ngi\u001bnx', 'the reference has a control character at position 4'],
    ['nginx\u0085', 'the reference has a control character at position 6'],
    ['ngіnx', 'the reference has a character outside ASCII at position 3'],
    ['a'.repeat(1025), 'the reference must have at most 1024 characters, it has 1025'],
    ['https://ghcr.io/acme/shop', 'the reference must not have a scheme, write it without "https://"'],
    ['docker://nginx', 'the reference must not have a scheme, write it without "docker://"'],
    [hex, '64 hex digits alone are an image id, write the repository and "@sha256:" before them'],
  ])('%j', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  test.each([
    ['NGINX', 'the repository name must be lower-case, it has "NGINX"'],
    ['ghcr.io/Acme/shop', 'the repository name must be lower-case, it has "Acme"'],
    ['acme/Shop', 'the repository name must be lower-case, it has "Shop"'],
    ['ghcr.io/', 'the repository name is missing'],
    ['ghcr.io/:1', 'the repository name is missing'],
    [':1', 'the repository name is missing'],
    [`@${sha256}`, 'the repository name is missing'],
    ['[::1]:5000', 'the repository name is missing after the registry "[::1]:5000"'],
    ['[::1]', 'the repository name is missing after the registry "[::1]"'],
    ['/nginx', 'the repository name has an empty segment, its slashes must stand between names'],
    ['gcr.io//nginx', 'the repository name has an empty segment, its slashes must stand between names'],
    ['acme/', 'the repository name has an empty segment, its slashes must stand between names'],
    ['acme/a..b', oneIs('a..b')],
    ['acme/a___b', oneIs('a___b')],
    ['acme/a._b', oneIs('a._b')],
    ['acme/-a', oneIs('-a')],
    ['acme/a-', oneIs('a-')],
    ['foo-/bar', oneIs('foo-')],
    ['acme/a$b', oneIs('a$b')],
    ['acme/../etc', oneIs('..')],
    ['foo_bar.com/app', 'the registry must be a host with an optional port, it is "foo_bar.com"'],
    ['-a.com/app', 'the registry must be a host with an optional port, it is "-a.com"'],
    ['a-.com/app', 'the registry must be a host with an optional port, it is "a-.com"'],
    ['gcr.io./app', 'the registry must be a host with an optional port, it is "gcr.io."'],
    ['.gcr.io/app', 'the registry must be a host with an optional port, it is ".gcr.io"'],
    ['gcr.io:/app', 'the registry must be a host with an optional port, it is "gcr.io:"'],
    ['nginx:1.27/app', 'the registry must be a host with an optional port, it is "nginx:1.27"'],
    ['fe80::1/app', 'the registry must be a host with an optional port, it is "fe80::1"'],
    ['[fe80::1%25eth0]/app', 'the registry must be a host with an optional port, it is "[fe80::1%25eth0]"'],
    ['[::ffff:10.0.0.1]/app', 'the registry must be a host with an optional port, it is "[::ffff:10.0.0.1]"'],
    ['nginx:', 'the tag after ":" is missing'],
    [`nginx:@${sha256}`, 'the tag after ":" is missing'],
    ['nginx:.1', tagIs('.1')],
    ['nginx:-1', tagIs('-1')],
    ['nginx:1+2', tagIs('1+2')],
    ['acme/shop:1:2', tagIs('1:2')],
    [`nginx:${'1'.repeat(129)}`, 'the tag must have at most 128 characters, it has 129'],
    ['nginx@', 'the digest after "@" is missing'],
    ['nginx@foo', 'the digest must be "sha256:" and 64 hex digits, it is "foo"'],
    ['nginx@sha256:abc', 'the digest has 3 hex digits, sha256 has 64'],
    ['nginx@sha256:', 'the digest has 0 hex digits, sha256 has 64'],
    [`nginx@${sha256}0`, 'the digest has 65 hex digits, sha256 has 64'],
    [`nginx@sha512:${hex}`, 'the digest has 64 hex digits, sha512 has 128'],
    [`nginx@sha256:${hex.toUpperCase()}`, 'the hex digits of the digest must be lower-case'],
    ['nginx@sha256:xyz', 'the digest must be hex digits after "sha256:", it is "xyz"'],
    [`nginx@${sha256}@${sha256}`, `the digest must be hex digits after "sha256:", it is "${hex}@sha256:a1a1a1a1…"`],
    [`nginx@sha384:${hex}`, 'the digest must be of sha256 or sha512, it is of "sha384"'],
    [`nginx@SHA256:${hex}`, 'the digest must be of sha256 or sha512, it is of "SHA256"'],
    [`nginx@:${hex}`, 'the digest must be of sha256 or sha512, it is of ""'],
  ])('%s', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  test('registry and repository have at most 255 characters together, with what normalisation adds', () => {
    const added = 'docker.io/library/'.length;
    expect(read('a'.repeat(255 - added)).repository).toHaveLength(255 - 'docker.io/'.length);
    expect(problemOf('a'.repeat(256 - added))).toBe('registry and repository must have at most 255 characters together, they have 256');
    expect(problemOf(`${'a.'.repeat(125)}com/ab:1`)).toBe('registry and repository must have at most 255 characters together, they have 256');
  });

  test('what is not a string is refused, not thrown at', () => {
    for (const value of [undefined, null, 7, {}, ['nginx']]) {
      expect(problemOf(value as unknown as string)).toBe('the reference must be a string');
    }
  });

  function oneIs(segment: string): string {
    return 'each segment of the repository name must be lower-case letters and digits, '
      + `joined by ".", "_", "__" or dashes, one is "${segment}"`;
  }

  function tagIs(tag: string): string {
    return `the tag must be letters, digits, "_", "." and "-", and not begin with "." or "-", it is "${tag}"`;
  }
});

describe('the cache', () => {
  test('answers the same text with the same frozen result', () => {
    const parsed = parseImageReference('ghcr.io/acme/cached:1');
    expect(parseImageReference('ghcr.io/acme/cached:1')).toBe(parsed);
    expect(Object.isFrozen(parsed)).toBe(true);
    expect(Object.isFrozen(read('ghcr.io/acme/cached:1'))).toBe(true);
  });

  test('forgets rather than grows without bound', () => {
    const parsed = parseImageReference('ghcr.io/acme/forgotten:1');
    for (let index = 0; index < 5000; index++) parseImageReference(`ghcr.io/acme/other:${index}`);
    const again = parseImageReference('ghcr.io/acme/forgotten:1');
    expect(again).not.toBe(parsed);
    expect(again).toEqual(parsed);
  });
});
