import { Finding, PolicyError } from '../../src';
import { baselineOf, formatBaseline, parseBaseline } from '../../src/policy/baseline';
import { BaselineEntry, wordsOf } from '../../src/policy/baseline-entry';
import { holdAgainst } from '../../src/policy/baseline-match';
import { VerdictBuilder } from '../../src/policy/verdict-builder';

const finding: Finding = {
  rule: 'privileged',
  message: 'm',
  severity: 'medium',
  fix: 'f',
  pointer: '/spec/containers/0',
  container: 'web',
  resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'acme', name: 'shop' },
};
const entry: BaselineEntry = { rule: 'privileged', kind: 'Deployment', group: 'apps', namespace: 'acme', name: 'shop', container: 'web' };
const header = '{"baseline":2}\n';
const line = JSON.stringify(entry);

describe('an entry', () => {
  test('has what stays when lines move: no pointer, no line, no message, no version of the API', () => {
    expect(baselineOf([{ ...finding, file: 'a.yaml', document: 3, line: 7, source: 'main.ts:4' }])).toEqual([entry]);
  });

  test('of the core API has no group, and of an object without a name no name', () => {
    expect(baselineOf([{ ...finding, container: undefined, resource: { apiVersion: 'v1', kind: 'Pod' } }])).toEqual([{ rule: 'privileged', kind: 'Pod' }]);
  });

  test('of the gate has the construct path', () => {
    expect(baselineOf([{ ...finding, construct: 'app/shop' }])).toEqual([{ ...entry, construct: 'app/shop' }]);
  });

  test('counts findings that nothing else tells apart', () => {
    expect(baselineOf([finding, { ...finding, pointer: '/spec/containers/1' }])).toEqual([{ ...entry, count: 2 }]);
  });
});

describe('a file', () => {
  test('has a line for each entry, sorted, so that two branches merge', () => {
    const other = { ...entry, rule: 'apparmor' };
    const text = `${header}${JSON.stringify(other)}\n${line}\n`;
    expect(formatBaseline([entry, other])).toBe(text);
    expect(formatBaseline([other, entry])).toBe(text);
    expect(parseBaseline(text, 'b')).toEqual([other, entry]);
  });

  test('without entries is its header', () => {
    expect(formatBaseline([])).toBe(header);
    expect(parseBaseline(header, 'b')).toEqual([]);
  });

  test.each([
    ['a byte order mark', `\ufeff${header}${line}\n`],
    ['the line ends of Windows', `${header}${line}\n`.replaceAll('\n', '\r\n')],
    ['empty lines and no last line end', `${header}\n\n${line}`],
    ['its keys in another order', `${header}${JSON.stringify(Object.fromEntries(Object.entries(entry).reverse()))}\n`],
  ])('may have %s', (_name, text) => {
    expect(parseBaseline(text, 'b')).toEqual([entry]);
  });

  test.each([
    ['nothing', '', 'b:1: must be {"baseline":2}, the first line of a baseline of version 2'],
    ['another version', '{"baseline":3}\n', 'b:1: must be {"baseline":2}, the first line of a baseline of version 2'],
    ['the mark of a conflict', `${header}<<<<<<< ours\n${line}\n`, 'b:2: must be a JSON object on one line; after a merge, keep the lines of both sides'],
    ['half a line', `${header}\n${line.slice(0, 20)}`, 'b:3: must be a JSON object on one line; after a merge, keep the lines of both sides'],
    ['a list', `${header}[]\n`, 'b:2: must be a JSON object'],
    ['null', `${header}null\n`, 'b:2: must be a JSON object'],
    ['no rule', `${header}{"kind":"Pod"}\n`, 'b:2: must have rule and kind'],
    ['no kind', `${header}{"rule":"privileged"}\n`, 'b:2: must have rule and kind'],
    ['an unknown key', `${header}{"rule":"r","kind":"Pod","line":3}\n`, 'b:2: "line" is no key of an entry, or its value has the wrong type'],
    ['the key __proto__', `${header}{"rule":"r","kind":"Pod","__proto__":"x"}\n`, 'b:2: "__proto__" is no key of an entry, or its value has the wrong type'],
    ['a number as a name', `${header}{"rule":"r","kind":"Pod","name":3}\n`, 'b:2: "name" is no key of an entry, or its value has the wrong type'],
    ['no findings in a line', `${header}{"rule":"r","kind":"Pod","count":0}\n`, 'b:2: "count" is no key of an entry, or its value has the wrong type'],
    ['half a finding', `${header}{"rule":"r","kind":"Pod","count":1.5}\n`, 'b:2: "count" is no key of an entry, or its value has the wrong type'],
    ['a text as count', `${header}{"rule":"r","kind":"Pod","count":"2"}\n`, 'b:2: "count" is no key of an entry, or its value has the wrong type'],
    ['a control character', `${header}{"rule":"r","kind":"Pod","\\u001b[31m":"x"}\n`, 'b:2: "\\u001b[31m" is no key of an entry, or its value has the wrong type'],
    ['a line twice', `${header}${line}\n${line}\n`, 'b: has two lines for privileged at Deployment acme/shop, container web; write one with a count'],
  ])('with %s is refused', (_name, text, message) => {
    expect(() => parseBaseline(text, 'b')).toThrow(new PolicyError('invalid-baseline', message));
  });

  test('two branches that each took a line out merge to a file with neither', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const text = (without: string) => formatBaseline(names.filter((name) => name !== without).map((name) => ({ ...entry, name })));
    const [one, two] = ['b', 'e'].map((name) => new Set(text(name).split('\n')));
    const merged = text('').split('\n').filter((each) => one.has(each) && two.has(each)).join('\n');
    expect(parseBaseline(merged, 'b').map(({ name }) => name)).toEqual(['a', 'c', 'd', 'f']);
  });
});

describe('held against a baseline', () => {
  test('what stands there is known, everything else is left', () => {
    const other = { ...finding, container: 'log' };
    expect(holdAgainst([finding, other], [entry])).toEqual({ left: [other], known: [finding], kept: [entry], stale: [] });
  });

  test('what no longer occurs is stale', () => {
    expect(holdAgainst([], [entry])).toEqual({ left: [], known: [], kept: [], stale: [entry] });
  });

  test('an entry counts: of three, two are kept and one is stale', () => {
    const held = holdAgainst([finding, finding], [{ ...entry, count: 3 }]);
    expect(held).toMatchObject({ left: [], kept: [{ ...entry, count: 2 }], stale: [entry] });
  });

  test('a second finding of the kind is left', () => {
    expect(holdAgainst([finding, finding], [entry]).left).toHaveLength(1);
  });

  const changes: readonly (readonly [string, Partial<Finding>])[] = [
    ['rule', { rule: 'apparmor' }],
    ['container', { container: 'log' }],
    ['namespace', { resource: { ...finding.resource, namespace: 'other' } }],
    ['name', { resource: { ...finding.resource, name: 'other' } }],
    ['kind', { resource: { ...finding.resource, kind: 'StatefulSet' } }],
    ['group', { resource: { ...finding.resource, apiVersion: 'example.com/v1' } }],
  ];
  test.each(changes)('another %s is another finding', (_name, change) => {
    expect(holdAgainst([{ ...finding, ...change }], [entry])).toMatchObject({ known: [], stale: [entry] });
  });

  test('a newer version of the API is the same object', () => {
    const moved = { ...finding, resource: { ...finding.resource, apiVersion: 'apps/v2' } };
    expect(holdAgainst([moved], [entry]).left).toEqual([]);
  });

  test('where both know the construct, it counts more than the name of the object', () => {
    const written = { ...entry, construct: 'app/shop' };
    const renamed = { ...finding, construct: 'app/shop', resource: { ...finding.resource, name: 'shop-c8a1' } };
    expect(holdAgainst([renamed], [written]).left).toEqual([]);
    expect(holdAgainst([{ ...finding, construct: 'app/other' }], [written]).left).toHaveLength(1);
  });

  test('two constructs of one object name have an entry each', () => {
    const entries = ['app/a', 'app/b'].map((construct) => ({ ...entry, construct }));
    expect(holdAgainst([finding, finding], entries)).toMatchObject({ left: [], stale: [] });
    expect(holdAgainst([{ ...finding, construct: 'app/b' }], entries)).toMatchObject({ kept: [{ construct: 'app/b' }], stale: [{ construct: 'app/a' }] });
  });

  test('where one of them does not know the construct, the object counts', () => {
    const built = { ...finding, construct: 'app/shop' };
    expect(holdAgainst([built], [entry]).left).toEqual([]);
    expect(holdAgainst([finding], [{ ...entry, construct: 'app/shop' }])).toMatchObject({ left: [], kept: [{ construct: 'app/shop' }] });
  });
});

test.each<[BaselineEntry, string]>([
  [entry, 'privileged at Deployment acme/shop, container web'],
  [{ rule: 'r', kind: 'Pod', construct: 'app/shop' }, 'r at app/shop'],
  [{ rule: 'r', kind: '' }, 'r at '],
])('%j in words', (given, words) => {
  expect(wordsOf(given)).toBe(words);
});

describe('the verdict', () => {
  const build = (found: readonly Finding[], isComplete: boolean, prepare: (builder: VerdictBuilder) => void = () => undefined) => {
    const builder = new VerdictBuilder('2030-06-15');
    for (const each of found) builder.addFinding(each);
    prepare(builder);
    return builder.build([], { file: 'b', entries: [entry], isComplete, howToPrune: 'x' });
  };

  test('lists what the baseline lets pass', () => {
    expect(build([finding], true)).toMatchObject({ findings: [], errors: [], baselined: [finding] });
  });

  test('has an error for an entry that no longer occurs, with what takes it out', () => {
    const message = 'privileged at Deployment acme/shop, container web no longer occurs: remove its line; x';
    expect(build([], true).errors).toEqual([{ stale: true, file: 'b', message }]);
  });

  test.each<[string, boolean, ((builder: VerdictBuilder) => void) | undefined]>([
    ['a part was judged', false, undefined],
    ['something could not be read', true, (builder) => builder.addError({ message: 'm' })],
  ])('calls nothing stale where only %s', (_name, isComplete, prepare) => {
    expect(build([], isComplete, prepare).errors.filter(({ stale }) => stale)).toEqual([]);
  });
});
