import { Finding } from '../../src';
import { baselineOf, formatBaseline, parseBaseline } from '../../src/policy/baseline';
import { BaselineEntry, wordsOf } from '../../src/policy/baseline-entry';
import { holdAgainst } from '../../src/policy/baseline-match';
import { VerdictBuilder } from '../../src/policy/verdict-builder';

const finding: Finding = {
  rule: 'host-path',
  message: 'm',
  severity: 'medium',
  fix: 'f',
  pointer: '/spec/volumes/0/hostPath/path',
  detail: '/data',
  resource: { apiVersion: 'v1', kind: 'Pod', name: 'shop' },
};
const [entry] = baselineOf([finding]);
const old: BaselineEntry = { rule: 'host-path', kind: 'Pod', name: 'shop', isOld: true };
const header = '{"baseline":2}\n';

describe('an entry', () => {
  test('has what makes the finding worse, last in its line', () => {
    expect(formatBaseline([entry])).toBe(`${header}{"rule":"host-path","kind":"Pod","name":"shop","detail":"/data"}\n`);
  });

  test('does not let pass another detail, nor one where it has none, nor none where it has one', () => {
    const { detail: _detail, ...without } = finding;
    expect(holdAgainst([{ ...finding, detail: '/' }], [entry]).left).toHaveLength(1);
    expect(holdAgainst([without], [entry]).left).toHaveLength(1);
    expect(holdAgainst([finding], baselineOf([without])).left).toHaveLength(1);
  });

  test('counts by detail: of three, one of another detail is left', () => {
    const entries = baselineOf([finding, finding]);
    expect(entries).toEqual([{ ...entry, count: 2 }]);
    expect(holdAgainst([finding, { ...finding, detail: '/' }, finding], entries)).toMatchObject({ left: [{ detail: '/' }], stale: [] });
  });

  test('is of a bounded length, and two long texts stay two', () => {
    const long = (end: string): Finding => ({ ...finding, detail: '/a'.repeat(100_000) + end, resource: { ...finding.resource, name: 'n'.repeat(1e6) } });
    const text = formatBaseline(baselineOf([long('1'), long('2')]));
    expect(text.length).toBeLessThan(3000);
    expect(text.trimEnd().split('\n')).toHaveLength(3);
    expect(holdAgainst([long('1'), long('2')], parseBaseline(text, 'b'))).toMatchObject({ left: [], stale: [] });
    expect(holdAgainst([long('3')], parseBaseline(text, 'b')).left).toHaveLength(1);
  });

  test('is one line that nothing reorders, whatever it holds', () => {
    const hostile = { ...finding, detail: '/\u202e\u2028\n\u0085\ud800' };
    const text = formatBaseline(baselineOf([hostile]));
    expect(text).toMatch(/^[\x20-\x7e]+\n[\x20-\x7e]+\n$/);
    expect(holdAgainst([hostile], parseBaseline(text, 'b')).left).toEqual([]);
  });

  test('in words has its pod and detail', () => {
    expect(wordsOf({ ...entry, pod: 'spec.a[b]', container: 'web' })).toBe('host-path at Pod shop, pod spec.a[b], container web, "/data"');
  });
});

describe('manifest', () => {
  const unreadable = { ...finding, rule: 'manifest' };

  test('has no entry', () => expect(baselineOf([unreadable])).toEqual([]));

  test('is left whatever a file says, and the line of it is an error', () => {
    const builder = new VerdictBuilder('2030-06-15');
    builder.addFinding(unreadable);
    const verdict = builder.build([], { file: 'b', entries: [{ ...entry, rule: 'manifest' }], isComplete: true, howToPrune: 'x' });
    expect(verdict.findings).toEqual([unreadable]);
    expect(verdict.errors[0].message).toContain('excuses nothing, because what cannot be read cannot be judged: remove its line; x');
  });
});

describe('the construct', () => {
  const built = { ...finding, construct: 'app/shop' };
  const entries = baselineOf([built]);

  test('with another kind is another object', () => {
    expect(holdAgainst([{ ...built, resource: { ...finding.resource, kind: 'DaemonSet' } }], entries).left).toHaveLength(1);
  });

  test('that renders a list does not say which of its objects it is', () => {
    const item = (name: string) => ({ ...built, pointer: '/items/0/spec', resource: { ...finding.resource, name } });
    expect(holdAgainst([item('other')], entries).left).toHaveLength(1);
    expect(holdAgainst([item('shop')], entries).left).toEqual([]);
    expect(holdAgainst([item('shop')], [entry]).left).toEqual([]);
  });

  test('with the object under its own name takes that entry, not one of a renamed one', () => {
    const [first, second] = ['a', 'b'].map((name): Finding => ({ ...built, resource: { ...finding.resource, name } }));
    expect(holdAgainst([second, first], baselineOf([first, second]))).toMatchObject({ left: [], stale: [] });
    expect(holdAgainst([second], baselineOf([first, second])).stale).toMatchObject([{ name: 'a' }]);
  });
});

describe('a file of version 1', () => {
  const text = '{"baseline":1}\n{"rule":"host-path","kind":"Pod","name":"shop","count":3}\n';

  test('lets pass any detail, as often as it says', () => {
    const held = holdAgainst([finding, { ...finding, detail: '/' }], parseBaseline(text, 'b'));
    expect(held).toMatchObject({ left: [], stale: [old] });
  });

  test('is written anew with what it let pass', () => {
    const { kept } = holdAgainst([finding, { ...finding, pod: 'spec.a' }, finding], parseBaseline(text, 'b'));
    expect(kept).toEqual([{ ...entry, count: 2 }, { ...entry, pod: 'spec.a' }]);
    expect(formatBaseline(kept)).toContain(header);
    const { detail: _detail, ...without } = finding;
    expect(holdAgainst([without], parseBaseline(text, 'b')).kept).toEqual(baselineOf([without]));
  });

  test('stays one while any of its lines is not known better', () => {
    expect(formatBaseline([old, entry, { ...entry, detail: '/' }])).toBe('{"baseline":1}\n{"rule":"host-path","kind":"Pod","name":"shop","count":3}\n');
  });

  test.each(['pod', 'detail'])('has no %s', (key) => {
    expect(() => parseBaseline(`{"baseline":1}\n{"rule":"r","kind":"Pod","${key}":"x"}\n`, 'b'))
      .toThrow(`b:2: "${key}" is no key of an entry of version 1, and the first line says that it is one`);
  });

  test('is told to be written anew, which is no error', () => {
    const build = (howToRenew?: string) => {
      const builder = new VerdictBuilder('2030-06-15');
      for (let count = 0; count < 3; count++) builder.addFinding(finding);
      return builder.build([], { file: 'b', entries: parseBaseline(text, 'b'), isComplete: true, howToPrune: 'x', howToRenew });
    };
    expect(build()).toMatchObject({ findings: [], errors: [], notes: [expect.stringMatching(/^b is a baseline of version 1, .+: write it anew; x$/)] });
    expect(build('y').notes).toEqual([expect.stringMatching(/write it anew; y$/)]);
  });
});
