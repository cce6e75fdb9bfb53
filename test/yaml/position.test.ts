import fc from 'fast-check';
import { dump } from 'js-yaml';
import type { InputDocument } from '../../src/yaml/documents';
import { excerptOf } from '../../src/yaml/excerpt';
import { positionOf } from '../../src/yaml/position';
import { readDocuments } from '../support/documents';

function only(text: string, index = 0): InputDocument {
  const { documents, errors } = readDocuments(text, 'a.yaml');
  expect(errors).toEqual([]);
  return documents[index];
}

/** `line:column` and the text of the range. */
function shown(text: string, pointer: string, index = 0): string {
  const position = positionOf(only(text, index), pointer);
  const line = text.split(/\r\n?|\n/)[position.line - 1];
  return `${position.line}:${position.column} ${line.slice(position.column - 1, position.endLine === position.line ? position.endColumn - 1 : undefined)}`;
}

const block = `# pods
kind: Pod
spec:
  hostNetwork: true
  empty:
  containers:
    - name: web
      image: 'nginx:1'   # two
      command:
        - sh
        - |
          curl x
          sh
  "a/b~c": {é: "x", list: [1, {z: no}]}
`;

const places: readonly (readonly [string, string, string, string])[] = [
  ['a value in block style', block, '/spec/hostNetwork', '4:16 true'],
  ['a quoted value, with its quotes', block, '/spec/containers/0/image', '8:14 \'nginx:1\''],
  ['an item', block, '/spec/containers/0/command/0', '10:11 sh'],
  ['a block scalar', block, '/spec/containers/0/command/1', '12:11 curl x'],
  ['an object in block style by its key', block, '/spec', '3:1 spec'],
  ['a list in block style by its key', block, '/spec/containers/0/command', '9:7 command'],
  ['an object in a list', block, '/spec/containers/0', '7:7 name: web'],
  ['an empty value by its key', block, '/spec/empty', '5:3 empty'],
  ['a missing field by its parent\'s key', block, '/spec/volumes/0', '3:1 spec'],
  ['a missing field of an item', block, '/spec/containers/0/securityContext/privileged', '7:7 name: web'],
  ['an item that is not there', block, '/spec/containers/1', '6:3 containers'],
  ['an item that is no number', block, '/spec/containers/x', '6:3 containers'],
  ['flow style behind a key to be escaped', block, '/spec/a~1b~0c/list/1/z', '14:35 no'],
  ['an object in flow style', block, '/spec/a~1b~0c/list', '14:27 [1, {z: no}]'],
  ['the document', block, '', '2:1 kind: Pod'],
  ['what is missing in the document', block, '/metadata', '2:1 kind: Pod'],
  ['an alias, at its anchor', 'a: &x {b: 1}\nc: *x\n', '/c/b', '1:11 1'],
  ['a merged key, in what is merged', 'a: &x\n  b: 1\nc:\n  <<: *x\n  d: 2\n', '/c/b', '2:6 1'],
  ['a key over a merged one', 'a: &x\n  b: 1\nc:\n  <<: *x\n  b: 2\n', '/c/b', '5:6 2'],
  ['a key from a list of merges', 'a: &x {b: 1}\nc: {<<: [*x, {b: 3, e: 4}]}\n', '/c/e', '2:24 4'],
  ['a key that is no text', '1: {yes: a}\n!!str 2: b\n', '/1/true', '1:10 a'],
  ['a key with a tag', '!!str 2: b\n', '/2', '1:10 b'],
  ['a key in quotes', '"a b": \'c\'\n', '/a b', '1:8 \'c\''],
  ['what stands behind brackets that close at column 0', 'a: [\n\tb, # c\n"d\ne"\n]\nf: {g:\n1\n}\n', '/f/g', '7:1 1'],
  ['an item behind a tab, between brackets that close at column 0', 'a: [\n\tb, # c\n"d\ne"\n]\n', '/a/0', '2:2 b'],
  ['a text behind a block text with a comment', 'a: |# c\n  [\nb: "c\nd"\ne: 2\n', '/e', '5:4 2'],
  ['CRLF', 'a: 1\r\nb:\r\n  c: 2\r\n', '/b/c', '3:6 2'],
  ['JSON', '{\n\t"a": [1,\n\t\t{"b" : "x\\n"}\n]}', '/a/1/b', '3:10 "x\\n"'],
  ['an empty object', 'a: { }\n', '/a', '1:4 { }'],
  ['an alias as a key', '- &k name\n- *k : 1\n', '/1/name', '2:8 1'],
];

test.each(places)('finds %s', (_, text, pointer, expected) => {
  expect(shown(text, pointer)).toBe(expected);
});

test.each(places)('finds %s in a document that was parsed together with its neighbours', (_, text, pointer, expected) => {
  const [line, rest] = [parseInt(expected), expected.slice(expected.indexOf(':'))];
  expect(shown(`x: 1\n---\n${text}\n---\ny: 2\n`, pointer, 1)).toBe(`${line + 2}${rest}`);
});

test('counts lines from the start of the file, and remembers one document at a time', () => {
  const text = '{"c": 3}\n{"d":\n 4} {"e": 5}\n---\na: 1\n---\nb: 2\n';
  expect(['/c', '/d', '/e', '/a', '/b'].map((pointer, index) => shown(text, pointer, index))).toEqual(['1:7 3', '3:2 4', '3:11 5', '5:4 1', '7:4 2']);
  const document = only(text, 4);
  expect(positionOf(document, '/b')).toEqual(positionOf(document, '/b'));
});

test('the line of every scalar of any JSON is the line that holds it', () => {
  const token = fc.string({ unit: fc.constantFrom(...'abcé€x'), minLength: 1, maxLength: 6 });
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, token, fc.integer(), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(token, tie('value'), { maxKeys: 4 })),
  })).value;
  fc.assert(fc.property(json, fc.boolean(), (value, isFlow) => {
    const text = isFlow ? JSON.stringify({ value }, null, '\t') : dump({ value });
    const document = only(text);
    for (const [pointer, scalar] of scalarsOf({ value }, '')) {
      const { line, column, endColumn } = positionOf(document, pointer);
      const written = text.split('\n')[line - 1].slice(column - 1, endColumn - 1);
      expect(written.replace(/^["'](.*)["']$/, '$1')).toBe(String(scalar));
    }
  }), { numRuns: 200 });
});

function scalarsOf(value: unknown, pointer: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[pointer, value]];
  return Object.entries(value).flatMap(([key, item]) => scalarsOf(item, `${pointer}/${key}`));
}

describe('an excerpt', () => {
  const excerpt = (text: string, pointer: string) => {
    const document = only(text);
    const [line, caret, ...others] = excerptOf(document, positionOf(document, pointer)).split('\n');
    expect(others).toEqual([]);
    return { text: line, caret };
  };

  test.each([
    ['has carets under the value', 'a: 1\nb: [x, yes]\n', '/b/1', 'b: [x, yes]', '       ^^^'],
    ['shows a tab as two spaces', '{\t"a":\t1}', '/a', '{  "a":  1}', '         ^'],
    ['keeps control characters from the terminal', '{"\u200b\u202e": 1}', '/\u200b\u202e', '{"��": 1}', '       ^'],
    ['knows wide characters and combining ones', '漢e\u0301: 1\n', '/漢e\u0301', '漢e\u0301: 1', '     ^'],
    ['marks the first line of what has several', 'a: [1,\n  2]\n', '/a', 'a: [1,', '   ^^^'],
    ['marks the place of nothing', '"": ""', '/', '"": ""', '    ^^'],
  ])('%s', (_, text, pointer, line, caret) => {
    expect(excerpt(text, pointer)).toEqual({ text: line, caret });
  });

  test('cuts a long line around the value', () => {
    const { text, caret } = excerpt(`{"a": "${'x'.repeat(500)}", "b": 12, "c": "${'y'.repeat(500)}"}`, '/b');
    expect(text).toHaveLength(122);
    expect(text).toMatch(/^…x+", "b": 12, "c": "y+…$/);
    expect(text.slice(caret.indexOf('^'), caret.length)).toBe('12');
  });

  test('cuts a long value', () => {
    expect(excerpt(`a: ${'x'.repeat(500)}\n`, '/a')).toEqual({ text: `a: ${'x'.repeat(60)}…`, caret: `   ${'^'.repeat(60)}` });
  });
});
