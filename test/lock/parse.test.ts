import fc from 'fast-check';
import { digestOf, imageOf, lockOf } from './support';
import { LockError } from '../../src/lock/error';
import { Lock } from '../../src/lock/file';
import { formatLock } from '../../src/lock/format';

const text = formatLock(lockOf('nginx:1.27', 'ghcr.io/acme/shop:1.4.2'));

function messageOf(lock: string): string {
  try {
    Lock.parse(lock, 'images.lock.json');
  } catch (error) {
    if (error instanceof LockError && error.code === 'invalid-lock') return error.message;
    throw error;
  }
  return 'no error';
}

test.each([
  ['', 'images.lock.json: is empty; remove it, and lock the images again'],
  ['x', 'images.lock.json: is not JSON'],
  ['null', 'images.lock.json: the lock must be an object, it is null'],
  ['{"version":2,"later":true}', 'images.lock.json: version must be 1, the only version that is known, it is 2'],
  ['{"images":{}}', 'images.lock.json: version is missing; it must be 1, the only version that is known'],
  ['{"version":1,"images":{},"b":1}', 'images.lock.json: the lock has the unknown key "b"'],
  ['{"version":1,"images":{"a..b":{}}}', 'images.lock.json: images["a..b"] is not the name of an image, without a digest or with one and no tag'],
  [text.replace('"facts"', '"fact"'), 'images.lock.json: images["ghcr.io/acme/shop:1.4.2"] has the unknown key "fact"\n'
    + 'images.lock.json: images["ghcr.io/acme/shop:1.4.2"].facts is missing; it must be an object'],
  [text.replace('"uid":1000', '"uid":-1'), /platforms\["linux\/arm64"\]\.uid must be an integer from 0 to 2147483647, it is -1$/],
  [text.replace('"reference": "docker.io', '"reference": "ghcr.io'), 'images.lock.json: images["nginx:1.27"].reference must be "docker.io/library/nginx:1.27", it is "ghcr.io/library/nginx:1.27"'],
  [text.replace(/"pinned": "(docker[^@]+)@[^"]+"/, `"pinned": "$1@${digestOf('by hand')}"`),
    'images.lock.json: images["nginx:1.27"].facts.of must be what "pinned" is: the facts are those of another image; lock it again instead of changing the digest'],
])('a text that is no lock is refused with the file and the key (%#)', (lock, message) => {
  expect(messageOf(lock)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
});

test.each([
  ['an image', text.replace('"nginx:1.27": {', '"ghcr.io/acme/shop:1.4.2": {').replaceAll('docker.io/library/nginx:1.27', 'ghcr.io/acme/shop:1.4.2'), 'images["ghcr.io/acme/shop:1.4.2"]'],
  ['a key in other letters', text.replace('"version": 1', '"version": 1, "\\u0076ersion": 1'), 'version'],
  ['a key of a platform', text.replace('"size":', '"size": 1, "size":'), 'images["ghcr.io/acme/shop:1.4.2"].facts.platforms["linux/amd64"].size'],
  ['the version behind all else', text.replace(/\}\n$/, ', "version"\n : 1 }'), 'version'],
])('what stands twice is refused: %s', (_what, lock, key) => {
  expect(messageOf(lock)).toBe(`images.lock.json: ${key} stands twice; remove all lines of the entry that is wrong`);
});

test('what looks like a key in a value is none', () => {
  const image = imageOf('a:1', 'a');
  const [os] = Object.keys(image.platforms);
  const volumes = ['\\', '\\\\"', '"a": "a": {', '{', '}', '[', ']', ':', '/a"\\', '~'];
  const lock = { images: new Map([['a:1', { ...image, platforms: { [os]: { ...image.platforms[os], volumes: [...volumes].sort() } } }]]) };

  expect(Lock.parse(`${formatLock(lock)} `)).toEqual(lock);
});

describe('an image with a digest and no tag', () => {
  const name = `nginx@${digestOf('nginx')}`;
  const written = formatLock(lockOf([name, 'nginx']));

  test('has its own reference, with the digest once', () => {
    expect(Lock.parse(written).images.get(name)).toMatchObject({ reference: `docker.io/library/${name}`, digest: digestOf('nginx') });
    expect(written).toContain(`      "pinned": "docker.io/library/${name}",\n`);
  });

  test('is refused where it is pinned to another digest, or behind a tag', () => {
    const problem = `images.lock.json: images["${name}"].pinned must be "docker.io/library/${name.slice(0, 50)}`;
    for (const other of [`docker.io/library/nginx@${digestOf('other')}`, `docker.io/library/nginx:1@${digestOf('nginx')}`]) {
      expect(messageOf(written.replace(`"pinned": "docker.io/library/${name}"`, `"pinned": "${other}"`))).toContain(problem);
    }
    expect(messageOf(written.replace(`"${name}": {`, `"nginx:1@${digestOf('nginx')}": {`))).toContain('is not the name of an image');
  });
});

test('any order and any white space is read', () => {
  const lock = lockOf('nginx:1.27', 'ghcr.io/acme/shop:1.4.2');
  const value = JSON.parse(formatLock(lock)) as { images: Record<string, unknown> };

  expect(Lock.parse(JSON.stringify({ images: Object.fromEntries(Object.entries(value.images).reverse()), version: 1 }, undefined, '\t'))).toEqual(lock);
});

test('the JSON of an import is read', () => {
  expect(Lock.from(JSON.parse(text))).toEqual(lockOf('nginx:1.27', 'ghcr.io/acme/shop:1.4.2'));
  // What `import * as lock` has where esModuleInterop is on.
  const json = JSON.parse(text) as object;
  expect(Lock.from({ ...json, default: json })).toEqual(Lock.from(json));
  expect(() => Lock.from({ ...json, default: { version: 1, images: {} } })).toThrow('lock: the lock has the unknown key "default"');
  expect(() => Lock.from({ version: 3 })).toThrow('lock: version must be 1');
});

test('an error of a value that is no JSON is not taken for one of the lock', () => {
  const lock = { version: 1, images: { get 'a:1'(): unknown { throw new Error('from the getter'); } } };

  expect(() => Lock.from(lock)).toThrow('from the getter');
});

test('two names may mean one image', () => {
  const lock = lockOf(['nginx:1.27', 'same'], ['docker.io/library/nginx:1.27', 'same']);

  expect(Lock.parse(formatLock(lock))).toEqual(lock);
});

test('two names with two digests are a contradiction', () => {
  expect(messageOf(formatLock(lockOf(['nginx:1.27', 'one'], ['docker.io/library/nginx:1.27', 'other']))))
    .toBe('images.lock.json: images["nginx:1.27"] is the same image as "docker.io/library/nginx:1.27", and has another digest; remove one of them');
});

test('more images than any lock has are refused', () => {
  const images = Object.fromEntries(Array.from({ length: 100_001 }, (_, index) => [`a:${index}`, {}]));

  expect(messageOf(JSON.stringify({ version: 1, images }))).toBe('images.lock.json: images must have at most 100000 entries, it has 100001');
});

test('a text that is too long is not parsed', () => {
  expect(messageOf(`${' '.repeat(64 * 1024 * 1024)}{}`)).toBe('images.lock.json: has more than 67108864 characters');
});

test('a million brackets are refused', () => {
  expect(messageOf('['.repeat(1_000_000))).toBe('images.lock.json: is not JSON');
  expect(messageOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toMatch(/must be an object, it is a list$|is not JSON$/);
});

test('the prototype is out of reach', () => {
  expect(messageOf('{"version":1,"images":{"__proto__":{"polluted":true}}}')).toContain('images["__proto__"] is not the name');
  expect(messageOf(text.replace('"linux/amd64":', '"__proto__":'))).toContain('.platforms["__proto__"] is no platform');
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('what is hostile reaches no terminal raw and does not flood it', () => {
  for (const name of ['\u001b[2J', 'x'.repeat(100_000), '\u202e']) {
    const message = messageOf(JSON.stringify({ version: 1, images: { [name]: {} } }));

    expect(message).toMatch(/^[ -~…]{1,200}$/);
  }
});

test('any JSON is read or refused', () => {
  fc.assert(fc.property(fc.json(), (json) => {
    expect(messageOf(json)).toMatch(/^(no error|images\.lock\.json: )/);
  }));
});

test('a lock of which any value was replaced is read or refused with its key', () => {
  const value = JSON.parse(text) as object;
  const paths = [...pathsOf(value, [])];

  fc.assert(fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, replacement) => {
    const copy = structuredClone(value);
    const parent = path.slice(0, -1).reduce((object: object, key) => (object as Record<string, object>)[key], copy);
    Object.assign(parent, { [path.at(-1)!]: replacement });

    expect(messageOf(JSON.stringify(copy))).toMatch(/^(no error|images\.lock\.json: .)/);
  }));
});

function* pathsOf(value: unknown, path: readonly string[]): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* pathsOf(item, [...path, key]);
}
