import Ajv from 'ajv';
import fc from 'fast-check';
import { lockDescription, lockVoice } from '../../src/lock/description';
import { referenceOfName } from '../../src/lock/reference';
import { policyDescription } from '../../src/policy/description';
import { policyVoice } from '../../src/policy/voice';
import { Description, TextKind } from '../../src/shape/description';
import { jsonSchemaOf } from '../../src/shape/json-schema';
import { readStrictly, Voice } from '../../src/shape/strict';

/** What patterns with a look-ahead cannot be generated from, and what code alone refuses. */
const registries = fc.constantFrom('ghcr.io', 'ghcr.io/acme', 'GHCR.io/a_b', '*.example.com/*', 'localhost:5000/x', '[::1]:5000', '*.2.3.4');
const hosts = fc.constantFrom('mirror.example/hub', 'localhost', '10.0.0.1:5000/a--b', '[::1]/x');
const paths = fc.constantFrom('/data', '/data/', '//data/.', 'D:\\data', 'd:/x', '/etc', '/data/.. /x', '/a\u0007', 'C:\\PROGRA~1');

function textOf(kind: TextKind): fc.Arbitrary<string> {
  const { among, pattern, expected, longest = Infinity } = kind;
  if (among !== undefined) return fc.constantFrom(...among);
  if (expected.startsWith('a registry')) return registries;
  if (expected.startsWith('a mirror')) return hosts;
  if (expected.startsWith('must be an absolute path')) return paths;
  return fc.stringMatching(pattern!, { size: '-1' }).filter((text) => text.length <= longest);
}

/** A value that fits its description, but for what only code can say. */
function right(kind: Description): fc.Arbitrary<unknown> {
  switch (kind.is) {
    case 'text': return textOf(kind);
    case 'integer': return fc.oneof(fc.integer({ min: 0, max: Math.min(kind.most, 3) }), fc.constant(kind.most));
    case 'flag': return fc.boolean();
    case 'constant': return fc.constant(kind.value);
    case 'list': {
      const bounds = { minLength: kind.ifEmpty === undefined ? 0 : 1, maxLength: 3 };
      return kind.isSet ? fc.uniqueArray(right(kind.of), bounds) : fc.array(right(kind.of), bounds);
    }
    case 'map': {
      const besides = Object.entries(kind.besides ?? {}).map(([key, own]) => right(own).map((value) => ({ [key]: value })));
      const entries = fc.dictionary(textOf(kind.keys), right(kind.of), { maxKeys: 2, noNullPrototype: true });
      return fc.tuple(entries, fc.oneof(fc.constant({}), ...besides)).map(([own, more]) => Object.assign(own, more) as object);
    }
    case 'record': {
      const fields = Object.fromEntries(Object.entries(kind.fields).filter(([, { is }]) => is !== 'code').map(([key, field]) => [key, right(field)]));
      const needed = (keys: readonly string[]) => fc.record(fields, { requiredKeys: [...kind.required, ...keys], noNullPrototype: true });
      return kind.anyOf === undefined ? needed([]) : fc.constantFrom(...kind.anyOf.keys).chain((key) => needed([key]));
    }
    case 'code': return fc.constant(undefined);
  }
}

const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, [], {}, '', ' ', 'x', 'a b', 'x\n', '\u0085', '__proto__', 'manifest', '1.3', -1, 0, 1.5, 2 ** 31, 2 ** 53, true, false, '2030-13-01',
    'x'.repeat(300), '../x', 'a@sha256:abc', JSON.parse('{"__proto__":{}}')),
  fc.string({ unit: 'binary', maxLength: 5 }), fc.jsonValue(), fc.jsonValue().map((value) => [value, value]),
);

/** The value with something in it replaced, taken away or added. */
function wrong(value: unknown): fc.Arbitrary<unknown> {
  const own = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (own.length === 0) return typeof value === 'string' ? fc.oneof(strange, fc.constant(value.padEnd(5000, 'a'))) : strange;
  const changed = (key: string, other: unknown) => {
    const copy: Record<string, unknown> = Array.isArray(value) ? [...value] as never : { ...value as object };
    Object.defineProperty(copy, key, { value: other, enumerable: true, configurable: true, writable: true });
    return copy;
  };
  const below = fc.constantFrom(...own).chain((key) => wrong((value as Record<string, unknown>)[key]).map((other) => changed(key, other)));
  const entries = Object.entries(value as object) as [string, unknown][];
  const some = (keys: readonly string[]) => Object.fromEntries(entries.filter(([key]) => keys.includes(key)));
  const without = Array.isArray(value) ? fc.constant(value.slice(1)) : fc.subarray(own).map(some);
  const more = Array.isArray(value)
    ? strange.map((other) => [...value as unknown[], other])
    : fc.tuple(fc.constantFrom('extra', '__proto__', '', 'kind', 'ghcr.io/x', 'nginx'), strange).map(([key, other]) => changed(key, other));
  const names = fc.constantFrom('', '__proto__', 'a b', '/x', 'ghcr.io', 'nginx', '\u202e');
  const renamed = fc.tuple(fc.constantFrom(...own), names).map(([key, name]) =>
    Object.fromEntries(entries.map(([each, item]) => [each === key ? name : each, item])));
  return fc.oneof({ weight: 8, arbitrary: below }, { weight: 4, arbitrary: without }, more, renamed, strange);
}

interface Entry {
  readonly pinned: string;
  readonly facts: { readonly platforms: Readonly<Record<string, { readonly diffIds: readonly string[] }>> };
}

/** A lock whose images say the same of themselves in each of the places where they say it. */
function consistent(value: unknown): unknown {
  const { images } = value as { readonly images: Readonly<Record<string, Entry | string>> };
  return {
    version: 1,
    images: Object.fromEntries(Object.values(images).map((entry, index) => {
      if (typeof entry === 'string') return ['~', entry];
      const digest = entry.pinned.slice(entry.pinned.indexOf('@'));
      const name = index % 2 === 0 ? `nginx:1.${index}` : `nginx${digest}`;
      const reference = referenceOfName(name)!;
      const pinned = index % 2 === 0 ? reference + digest : reference;
      const all = Object.entries(entry.facts.platforms).map(([key, platform]) => [key, { ...platform, layers: platform.diffIds.length }]);
      return [name, { reference, pinned, facts: { ...entry.facts, of: pinned, platforms: Object.fromEntries(all) as object } }];
    })),
  };
}

/** The line that stays last is no image. */
function withoutLast(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, item: unknown) => key === '~' ? undefined : item));
}

const subjects: readonly (readonly [name: string, Description, Voice, (value: unknown) => unknown])[] = [
  ['policy', policyDescription(), policyVoice, (value) => value], ['lock', lockDescription, lockVoice, consistent],
];
const runs = { seed: 20301231, numRuns: 1500 };

describe.each(subjects)('the schema of a %s and its reader agree', (_name, description, voice, mended) => {
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
  const matches = ajv.compile(jsonSchemaOf(description, 'urn:test:schema'));
  /** Whether the reader accepts it, but for what no schema can refuse. */
  const isRead = (value: unknown) => {
    const read = readStrictly(description, value, voice);
    return read.ok || read.problems.every(({ isBeyond }) => isBeyond);
  };

  const good = right(description).map(mended).filter((value) => readStrictly(description, value, voice).ok);

  test('on generated values that are right: both accept them, and what is read is what is written', () => {
    fc.assert(fc.property(good, (value) => {
      expect(matches(value)).toBe(true);
      expect(readStrictly(description, value, voice)).toMatchObject({ ok: true, value: withoutLast(value) });
    }), runs);
  });

  test('on generated values in which only code finds something wrong: the schema accepts them', () => {
    const refused = new Set<boolean>();
    fc.assert(fc.property(right(description), (value) => {
      refused.add(readStrictly(description, value, voice).ok);
      expect([matches(value), isRead(value)]).toEqual([true, true]);
    }), runs);
    expect(refused).toEqual(new Set([true, false]));
  });

  test('on generated values with something wrong in them: both accept or both refuse', () => {
    const counts = { refused: 0, accepted: 0 };
    fc.assert(fc.property(good.chain(wrong), (value) => {
      const isMatch = matches(value);
      counts[isMatch ? 'accepted' : 'refused']++;
      // Behind a key that only code refuses, such as the name of no image, the schema may find more.
      expect(isMatch ? isRead(value) : !readStrictly(description, value, voice).ok).toBe(true);
    }), runs);
    expect(Math.min(counts.refused, counts.accepted)).toBeGreaterThan(20);
  });
});
