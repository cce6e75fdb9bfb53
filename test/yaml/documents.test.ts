import { documentsOf, isInputError } from '../../src/yaml/documents';
import { readDocuments } from '../support/documents';

const read = (text: string, file = 'pod.yaml') => readDocuments(text, file);
const places = (text: string) => read(text).documents.map(({ value, index, line }) => [value, index, line]);

test.each<[string, string, readonly unknown[]]>([
  ['one document', 'a: 1\n', [[{ a: 1 }, 0, 1]]],
  ['documents in order', 'a: 1\n---\nb: 2\n', [[{ a: 1 }, 0, 1], [{ b: 2 }, 1, 2]]],
  ['empty documents, counted but left out', '---\n---\na: 1\n---\n# c\n---\nb: 2\n', [[{ a: 1 }, 1, 2], [{ b: 2 }, 3, 6]]],
  ['a comment before the first marker, which is no document', '# c\n\n---\na: 1\n', [[{ a: 1 }, 0, 1]]],
  ['a comment on the marker line', '--- # c\na: 1\n---\t# d\nb: 2\n', [[{ a: 1 }, 0, 1], [{ b: 2 }, 1, 3]]],
  ['an end of document', 'a: 1\n...\n# c\n...\n---\nb: 2\n...\n', [[{ a: 1 }, 0, 1], [{ b: 2 }, 1, 5]]],
  ['a marker that is none', 'a: |\n  ---\n  x\nb: ---\n', [[{ a: '---\nx\n', b: '---' }, 0, 1]]],
  ['CRLF', 'a: 1\r\n---\r\nb: 2\r\n', [[{ a: 1 }, 0, 1], [{ b: 2 }, 1, 2]]],
  ['a byte order mark in front', '\ufeffa: 1\n', [[{ a: 1 }, 0, 1]]],
  ['a byte order mark before a marker', '\ufeff---\na: 1\n', [[{ a: 1 }, 0, 1]]],
  ['nothing', '', []],
  ['null', '~\n', []],
  ['JSON', '{"a": [1, -2.5e3, true, false, null, {}, []]}', [[{ a: [1, -2500, true, false, null, {}, []] }, 0, 1]]],
  ['JSON with tabs and escapes', '{\n\t"a":\t"\\u0041\\"\\/\\n\u2028",\r\n\t"b" : [ ]\n}\n', [[{ a: 'A"/\n\u2028', b: [] }, 0, 1]]],
  ['JSON values that follow each other', '{"a":1}\n{"b":2} [3]', [[{ a: 1 }, 0, 1], [{ b: 2 }, 1, 1], [[3], 2, 1]]],
  ['JSON and YAML mixed', 'a: 1\n---\n{"b":\t2}\n---\n{c: 3}\n', [[{ a: 1 }, 0, 1], [{ b: 2 }, 1, 2], [{ c: 3 }, 2, 4]]],
  ['what begins like JSON and is YAML', '{"a": 1} # c\n', [[{ a: 1 }, 0, 1]]],
])('reads %s', (_, text, expected) => {
  expect(places(text)).toEqual(expected);
  expect(read(text).errors).toEqual([]);
});

test('a document that does not parse takes no other with it', () => {
  const { documents, errors } = read('a: 1\n---\nb: [\n---\nc: "x\n---\nd: 4\n---\n{"e": 1,}\n---\nf: 1\nf: 2\n');
  expect(documents.map(({ value, index }) => [value, index])).toEqual([[{ a: 1 }, 0], [{ d: 4 }, 3], [{ e: 1 }, 4]]);
  expect(errors.map(({ line }) => line)).toEqual([4, 6, 12]);
  expect(errors.every(({ file }) => file === 'pod.yaml')).toBe(true);
});

test('what is wrong with a file of JSON is said in words of JSON', () => {
  expect(read('{"a": [1,\n}', 'a.json').errors).toEqual([{ file: 'a.json', line: 2, message: 'not valid JSON: expected a value, found "}"' }]);
});

test.each([
  ['{"a" 1}', 'expected ":", found "1"'],
  ['{"a": 1, b": [}', 'expected a key in double quotes, found "b"'],
  ['{"a": 1', 'expected "," or "}", found the end'],
  ['["a]', 'expected a text that ends in a double quote on its line, found the end'],
  ['["a\n"', 'expected a text that ends in a double quote on its line, found "\\n"'],
  ['["\\x41" ', 'expected an escape of JSON, found "x"'],
  ['["\\u00g0" ', 'expected an escape of JSON, found "u"'],
  ['["\\', 'expected an escape of JSON, found the end'],
  ['[1] x', 'expected the end'],
])('JSON is read strictly: %s', (text, message) => {
  expect(read(text, 'a.json').errors.map((error) => error.message)).toEqual([`not valid JSON: ${message}`]);
});

test('where JSON stops being JSON, what stands before is read and the rest is an error', () => {
  const { documents, errors } = read('{"a": 1}\n{"b": 2}\n{"c"');
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }]);
  expect(errors).toEqual([{ file: 'pod.yaml', line: 3, message: 'not valid JSON: expected ":", found the end' }]);
});

test('a thousand documents are read alike together and on their own', () => {
  const texts = Array.from({ length: 1000 }, (_, index) => `a: ${index}\nb: ${'x'.repeat(300)}\n`);
  const { documents } = read(texts.join('---\n'));
  expect(documents.map(({ value }) => value)).toEqual(texts.map((text) => read(text).documents[0].value));
  expect(documents.map(({ index, line }) => [index, line]).at(-1)).toEqual([999, 2997]);
});

test('documents come one by one, with errors between them in their place', () => {
  expect([...documentsOf('a: 1\n---\n[\n---\nb: 2\n', 'x')].map(isInputError)).toEqual([false, true, false]);
});

test('anchors end with their document', () => {
  expect(read('a: &x 1\n---\nb: *x\n').errors).toEqual([{ file: 'pod.yaml', line: 3, message: 'unknown alias "x"' }]);
});

test('aliases and merge keys are unfolded', () => {
  expect(read('a: &a {b: 1, c: 2}\nd: {<<: *a, c: 3}\ne: *a\nf: {<<: [*a, {b: 9, g: 4}]}\n').documents[0].value)
    .toEqual({ a: { b: 1, c: 2 }, d: { b: 1, c: 3 }, e: { b: 1, c: 2 }, f: { b: 1, c: 2, g: 4 } });
});

test.each<[string, string, number, string]>([
  ['a marker with a comment behind it, without a space', 'a: 1\n---#\nkind: Pod\n', 2, 'goes on without a space'],
  ['a marker with white space of Unicode', 'a: 1\n--- \u2003\nkind: Pod\n', 2, 'more than a comment'],
  ['content on the line of a marker', 'a: 1\n--- {b: 1}\n', 2, 'write it on a line of its own'],
  ['content behind the end of a document', 'a: 1\n...\n# c\nb: 2\n', 4, 'put a line "---" before it'],
  ['more than a comment behind "..."', '# c\n... x\n---\na: 1\n', 2, 'behind "..." on its line'],
  ['a directive', '# c\n%YAML 1.1\n---\na: 1\n', 2, 'a directive'],
  ['a carriage return alone', 'a: 1\n---\nb: 2\rc: 3\n', 3, 'carriage return'],
  ['the same between ends of documents, where nothing else stands', 'a: 1\n...\n... \r---\nb: 2\n', 3, 'carriage return'],
  ['the same behind a comment', '# c\n... # c\r---\nb: 2\n', 2, 'carriage return'],
  ['a second JSON value behind a marker', '---\n{"a":1}\n{"b":2}\n', 3, 'there is another'],
  ['a line separator in JSON that is read as YAML', '---\n{"a":"\u2028"}\n', 2, 'U+2028'],
  ['JSON behind white space of Unicode', '\u3000\n{"kind": "Pod"}', 1, 'begins with white space'],
  ['a block text that ends with a line of spaces', 'a: |+\n  x\n ', 3, 'ends with a line of spaces'],
  ['a text', '# c\n---\nkind=Pod\n', 3, 'the document is a text'],
])('refuses %s, with its line', (_, text, line, message) => {
  expect(read(text).errors).toEqual([{ file: 'pod.yaml', line, message: expect.stringContaining(message) as string }]);
});

test('what stands before and behind a part that is refused is read', () => {
  const { documents, errors } = read('a: 1\n---\nb: |\n---#\n  x\n---\nc: 3\n');
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { c: 3 }]);
  expect(errors.map(({ line }) => line)).toEqual([4]);
});

test.each([
  ['a template in a line of its own', '{{- if .x }}\na: 1\n{{- end }}\n', true],
  ['a template as a value', 'a: 1\nb: {{ .Values.b }}\n', true],
  ['a template in a list', 'a:\n- {{ .x }}-y\n', true],
  ['a template in quotes, before something else', 'a: "{{ x }}"\nb: 1\nb: 2\n', false],
  ['a template behind what is wrong', 'b: 1\nb: 2\na: {{ .x }}\n', false],
])('of %s it is said whether the error is one of a template', (_, text, isTemplate) => {
  expect(read(text).errors).toHaveLength(1);
  expect(read(text).errors[0].message.endsWith('; a template ("{{") must be rendered first')).toBe(isTemplate);
});
