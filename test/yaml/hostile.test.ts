import { readDocuments } from '../support/documents';

const read = (text: string, file = 'pod.yaml') => readDocuments(text, file);
const values = (text: string) => read(text).documents.map(({ value }) => value);
const errors = (text: string, file?: string) => read(text, file).errors.map(({ line, message }) => `${line}: ${message}`);

const million = 1024 * 1024;
const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]', ...Array.from({ length: 9 }, (_, index) =>
  `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join()}]`)].join('\n');

describe('hostile text is an error of one line, with the line where it stands', () => {
  test.each([
    ['a quote that does not end', 'a: 1\nb: "x\n', /^3: /],
    ['a tab as indentation', 'a:\n\tb: 1\n', '2: a tab is used for indentation; use spaces'],
    ['a tab before a dash', 'a:\n  - b\n \t- c\n', '3: a tab is used for indentation; use spaces'],
    ['a duplicate key', 'a: 1\nimage: x\nimage: y\n', '3: duplicate key "image"'],
    ['a duplicate key in quotes', 'a: 1\n"a" : 2\n', '2: duplicate key "a"'],
    ['a duplicate key of another type', 'true: 1\nyes: 2\n', '2: duplicate key "yes"'],
    ['a duplicate key in JSON', '{"a": 1,\n"a": 2}', '2: duplicate key "a"'],
    ['a duplicate key without a text', '"": 1\n"": 2\n', '2: duplicate key'],
    ['an unknown tag', 'a: !Ref b\n', '1: unknown tag "!Ref"'],
    ['a known tag of another library', 'a: !!set {b}\n', '1: unknown tag "!!set"'],
    ['the tag !', 'a: ! b\n', '1: unknown tag "!"'],
    ['a value that its tag does not fit', 'a: !!int b\n', '1: the value does not fit its tag "!!int"'],
    ['a merge key by tag', '!!merge "<<": {a: 1}\n', '1: the value does not fit its tag "!!merge"'],
    ['an unknown alias', 'a: *b\n', '1: unknown alias "b"'],
    ['an alias that bites its tail', 'a: &a [*a]\n', '1: an alias stands inside the value that it repeats'],
    ['an alias bomb', bomb, '1: the aliases unfold to more than 2,000,000 values'],
    ['nesting by aliases', ['a0: &a0 []', ...Array.from({ length: 300 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`)].join('\n'),
      '1: the document is nested more than 200 levels deep'],
    ['a merge bomb', `a: &a {${Array.from({ length: 500 }, (_, index) => `k${index}: 1`).join(', ')}}\n`
      + Array.from({ length: 500 }, (_, index) => `b${index}: {<<: *a}\n`).join(''), /^\d+: the merge keys copy more keys/],
    ['a merge of no object', '<<: 1\n', '1: the value of a merge key must be an object or a list of objects'],
    ['a merge behind what it overrides', 'a: &a {b: 1}\nc:\n  b: 2\n  <<: *a\n', /^4: the merge key stands behind the key "b"/],
    ['two merges that do not agree', '<<: {a: 1}\n<<: {a: 2}\n', /^2: the merge key stands behind the key "a"/],
    ['infinity', 'a: 1\nb: .inf\n', /^2: infinity and not-a-number/],
    ['not a number in a list', 'a: [.nan]\n', /^1: infinity and not-a-number/],
    ['null as a key', 'a: 1\n~: b\n', '2: a key must be text, it is null'],
    ['a list as a key', '[a]: b\n', '1: a key must be text, it is a list or an object'],
    ['a long number as a key', '9007199254740993: b\n', '1: a key that is a number must be in quotes'],
    ['a control character', 'a: b\u0007\n', '1: the text holds a control character'],
    ['a NUL byte', 'a: 1\nb: c\0d\n', /^2: the character U\+0000/],
    ['a line separator that makes a comment end', '# x\u2028hostNetwork: true\n', /^1: the character U\+2028/],
    ['a next line character', 'a: 1 # x\u0085b: 2\n', /^1: the character U\+0085/],
    ['a byte order mark inside', 'a: 1\n\ufeffb: 2\n', /^2: the character U\+FEFF/],
    ['a question mark between brackets', 'a:\n  {?privileged: true}\n', /^2: "\?" at the start of a text between brackets/],
    ['a colon at the end between brackets', 'a: [b, c:]\n', /^1: ":" without a space/],
    ['an error that repeats its input', `a: !${'é'.repeat(500)} b\n`, /^1: "tag name cannot contain.{1,60}…"$/],
  ])('%s', (_, text, expected) => {
    expect(errors(text)).toEqual([typeof expected === 'string' ? expected : expect.stringMatching(expected)]);
    expect(errors(text)[0]).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(values(text)).toEqual([]);
  });
});

test.each([
  ['lists', '['.repeat(100_000)],
  ['closed lists', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['JSON objects', '{"a":'.repeat(100_000)],
  ['block lists', '- '.repeat(100_000)],
  ['block objects', Array.from({ length: 300 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
])('100,000 levels of %s are an error', (_, text) => {
  expect(errors(text)).toEqual([expect.stringMatching(/^\d+: the document is nested more than 200 levels deep$/)]);
});

test('200 levels are read', () => {
  expect(errors('['.repeat(199) + ']'.repeat(199))).toEqual([]);
});

test('a scalar of 64 MiB is read', () => {
  const [value] = values(`a: ${'x'.repeat(64 * million)}\n`) as { a: string }[];
  expect(value.a.length).toBe(64 * million);
});

describe.each([
  ['words', 'a b '.repeat(2 * million)],
  ['colons', 'a:b'.repeat(2 * million)],
  ['empty lines', `b${'\n'.repeat(2 * million)}`],
  ['comments', `b,${' #x\n'.repeat(2 * million)}`],
  ['tabs and line ends', `b,${'\t\n'.repeat(2 * million)}`],
])('millions of %s are read', (_, text) => {
  test('as a text over lines that are not indented', () => {
    expect(errors(`a:\n  b: [x\n]\n  c: ${text.replace(/,| #x/g, '')}\n`)).toEqual([]);
  });

  test('between brackets that are not indented', () => {
    expect(errors(`a:\n  b: [${text}\n]\n`)).toEqual([]);
  });
});

test.each([
  ['dashes', '- '.repeat(4 * million)],
  ['dashes and spaces', `-${' '.repeat(4 * million)}`.repeat(2)],
  ['words', 'a.b/'.repeat(2 * million)],
])('an error behind a line of millions of %s is found', (_, line) => {
  expect(errors(`a: |\n  ${line}\nb: "x\n`)).toEqual([expect.stringMatching(/^4: (?!a bug)/)]);
});

test('numbers of a megabyte take no time to speak of', () => {
  expect(values(`a: 0x${'f'.repeat(million)}\nb: ${'1'.repeat(million)}\n`)).toEqual([{ a: expect.any(String), b: expect.any(String) }]);
});

test.each([
  ['YAML', `a: [${'1,'.repeat(4_100_000)}]`],
  ['JSON', `[${'1,'.repeat(4_100_000)}1]`],
])('a document of more values than memory has room for is an error in %s', (_, text) => {
  expect(errors(text)).toEqual(['1: the document is too large: it has more than 4,000,000 lines and values']);
});

test('a large document of few values is read', () => {
  expect(values(`a: |\n${`  ${'y'.repeat(98)}\n`.repeat(50_000)}`)).toHaveLength(1);
});

test('a million JSON values in one text take time linear in it', () => {
  expect(values('{}'.repeat(100_000))).toHaveLength(100_000);
});

test('the keys __proto__ and constructor are keys, and no prototype is touched', () => {
  for (const text of ['__proto__: {a: 1}\nconstructor: {b: 2}\n', '{"__proto__": {"a": 1}, "constructor": {"b": 2}}', 'x: &x {__proto__: {a: 1}}\n<<: *x\n']) {
    const value = values(text)[0] as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect((value as { a?: unknown }).a).toBeUndefined();
  }
});
