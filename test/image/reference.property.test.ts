import fc from 'fast-check';
import { formatImageReference, parseImageReference } from '../../src/image/reference';

const segment = fc.stringMatching(/^[a-z0-9]{1,8}(?:(?:[._]|__|-{1,3})[a-z0-9]{1,8}){0,2}$/);
const label = fc.stringMatching(/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,8}[a-zA-Z0-9])?$/);
const name = fc.array(label, { minLength: 2, maxLength: 4 }).map(labels => labels.join('.'));
const hub = fc.constantFrom('docker.io', 'index.docker.io', 'registry-1.docker.io');
const host = fc.oneof(name, hub, fc.constantFrom('localhost', '[::1]', '127.0.0.1'));
const registry = fc.tuple(host, fc.option(fc.nat(65535))).map(([text, port]) => port === null ? text : `${text}:${port}`);
const hexDigit = fc.constantFrom(...'0123456789abcdef');
const algorithms = fc.constantFrom({ algorithm: 'sha256', length: 64 }, { algorithm: 'sha512', length: 128 });
const digest = algorithms.chain(({ algorithm, length }) =>
  fc.string({ unit: hexDigit, minLength: length, maxLength: length }).map(hex => `${algorithm}:${hex}`));

const reference = fc.record({
  registry: fc.option(registry),
  path: fc.array(segment, { minLength: 1, maxLength: 4 }),
  tag: fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/)),
  digest: fc.option(digest),
});

test('parse, format and parse again gives the same reference and the same text', () => {
  fc.assert(fc.property(reference, (parts) => {
    const text = (parts.registry === null ? '' : `${parts.registry}/`) + parts.path.join('/')
      + (parts.tag === null ? '' : `:${parts.tag}`) + (parts.digest === null ? '' : `@${parts.digest}`);
    const once = parseImageReference(text);
    // Without a registry, a first segment with a dot is one; it may then be no host (`a_b.c/d`).
    fc.pre(once.ok || parts.registry === null);
    if (!once.ok) return;
    const canonical = formatImageReference(once.reference);
    const twice = parseImageReference(canonical);
    expect(twice).toEqual(once);
    expect(once.reference.tag ?? null).toBe(parts.tag);
    expect(once.reference.digest ?? null).toBe(parts.digest);
  }), { numRuns: 300 });
});

test('whatever the text, the answer is a reference that reads back or one printable line of bounded length', () => {
  const near = fc.string({ unit: fc.constantFrom(...'aZ0.:/@-_[]*\n\u0000é'.split('')), maxLength: 40 });
  fc.assert(fc.property(fc.oneof(near, fc.string({ unit: 'binary', maxLength: 2000 })), (text) => {
    const parsed = parseImageReference(text);
    if (parsed.ok) {
      expect(parseImageReference(formatImageReference(parsed.reference))).toEqual(parsed);
    } else {
      expect(parsed.problem).toMatch(/^[\x20-\x7e…]{1,300}$/);
    }
  }), { numRuns: 500 });
});

test.each([
  ['labels', 'a-'.repeat(511) + '.io/x'],
  ['dashes', 'a' + '-'.repeat(1022)],
  ['dots', 'a.'.repeat(511)],
  ['slashes', 'a/'.repeat(511)],
  ['a huge text', 'a-'.repeat(5_000_000)],
])('the time is bounded for %s made to make an expression backtrack', (_, text) => {
  // Of the processor, so that it does not matter what else runs.
  const start = process.cpuUsage();
  expect(parseImageReference(text).ok).toBe(false);
  expect(process.cpuUsage(start).user / 1e3).toBeLessThan(250);
});
