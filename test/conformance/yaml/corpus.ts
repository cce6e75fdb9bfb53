/** Values in flow style over several lines, whose ends or middles stand further left than YAML 1.2 has it. */
const flows: readonly string[] = [
  '[\n  a,\n  b\n]', '[\na,\nb\n]', '[a,\nb]', '[\n]', '[\n\n]', '[a\n]', '[a,\n]', '["a",\n"b"\n]', '[\n    a,\n  b,\n c\n]', '[ # c\na, # d\n# e\nb # f\n]', '[a # c\n]', '[a,\n# c\n]', '[\n# c\n]', '[a\n# c\nb]',
  '[a # c\nb]', '["a"\n"b"]', '[a\nb]', '[a\n\nb]', '[a\n\n\nb c\nd]', '["a\nb"]', '["a\n\nb"]', "['a\nb']", "['a''\n''b']", '["a\\\nb"]', '["a \\\n  b"]', '["a\\"\n]"]', '[a, [\nb\n], c\n]', '[[\n[\n]\n]\n]',
  '{\n  a: 1\n}', '{\na: 1\n}', '{a: 1,\nb: 2}', '{a:\n1}', '{a: 1,\n}', '{\n}', '{a\n: 1}', '{"a"\n: 1}', '{"a":\n1}', '{a: b\nc}', '{a\nb: c}', '{"a\nb": c}', '{a: [\n1\n],\nb: {\n}\n}', '{a: 1 # c\n}', '{a: 1, # c\nb: 2}', '{a: # c\n1}',
  '{a: 1\n# c\n, b: 2}', '{a\n}', '{a,\nb\n}', '{? a\n: b}', '{?\na\n: b}', '[a: 1\n]', '[a: 1,\nb: 2]', '[a:\n1]', '[a\n: 1]', '[? a\n: 1]', '{a: &x\n1, b: *x\n}', '{a: !!str\n1}', '{a: &x\n[1], b:\n*x}', '[&a x,\n*a\n]', '{a: !!str\n, b: 1}',
  '[a,,\nb]', '[,\na]', '[a\n- b]', '[- a\n]', '[-\n]', '[a,\n- b]', '[a\n]x', '[a\n] # c', '[a\n]# c', '[a\n', '{a: 1\n', '[a\n}', '{a: "x\n}', "['x\n]", '[|\na]', '[a#b\n#c\n]', '[a\n#b\n]', '[\u00e9\u00df,\n\u{1f600}\n]',
  '["\\u0041\n\\x42"]', '["\\q\n"]', '[\n"a": 1]', '{"a":1,\n"b":2}', '{"a":\n{"b":[\n1,\n2\n]}}', '[a,\n...b]', '[a,\n--- b]', '[a,\n---b]', '[a\n--b]', '[http://x/y,\nz:1\n]', '[a:\nb]', '{a:\nb:\nc}', '{a: b:\nc}', '[a b\n]', '[ a\n,\nb\n, ]',
  '[%a\n]', '[a\n%b]', '[@a\n]', '[`a\n]', '[a\n@b]', '[a\n&b]', '[a\n*b]', '[a\n!b]', '[a\n|b]', '[a\n>b]', "[a\n'b']", '[a\n"b"]', '[a\n?b]', '[a\n:b]', '[a\n-b]', '[a\n: b]', '[a\n? b]', '[<<\n]', '{<<: {a: 1},\nb: 2\n}',
];

/** Texts over several lines. */
const quotes: readonly string[] = [
  '"a\nb"', '"a\n\nb"', '"a \n b"', '"a\\\nb"', '"a\\\n\nb"', '"a\n"', '"\na"', '"\n\n"', "'a\nb'", "'a\n\n\nb'", "'a''\nb'", "'\n'", '"a\n# b"', '"a\n- b"', '"a\nb: c"', '"a: b\nc: d"', '"a\n]"', '"a\n}"', '"a\n\'b"', "'a\n\"b'", '"a\n--- b"',
  '"a\n---b"', '"a\n... b"', '"a\n%b"', '"a\n\\n b"', '"a\n\\tb"', '"a\n\tb"', '"a\t\n\tb"', '"a\n \t\nb"', '"a\nb" # c', '"a\nb"# c', '"a\nb" c', '"a\nb"\nc', '"a\nb', "'a\nb", '"a\n\\x"', '"a\nb": c', 'a\nb', 'a\n b', 'a\n\n b', 'a\n\tb', 'a\n \tb',
  'a\n b\n c', 'a\n # c\n b', 'a # c\n b', 'a\n b: c', 'a\n - b', 'a\n "b"', 'a\n [b]', 'a [b\n c]', 'a "b\n c"', '|\n x\n"a\nb"', '"a\n\u00e9\u{1f600}\nb"',
];

/** In the places where a value may stand; the column of a line below is that of the key or less. */
const places: readonly ((value: string) => string)[] = [
  (value) => `k: ${value}\n`, (value) => `k: ${value}\nl: 1\n`, (value) => `m:\n  k: ${value}\n  l: 1\n`, (value) => `- ${value}\n- 1\n`, (value) => `m:\n- k: ${value}\n  l: 1\n- 2\n`, (value) => `m:\n  k:\n    ${value}\nl: 1\n`,
  (value) => `${value}\n`, (value) => `? ${value}\n: 1\n`, (value) => `k: ${value.replaceAll('\n', '\n  ')}\nl: 1\n`, (value) => `m:\n  k: &a ${value.replaceAll('\n', '\n ')}\n  l: *a\n`, (value) => `k: ${value.replaceAll('\n', '\r\n')}\r\nl: 1\r\n`, (value) => `${value}: 1\n`,
];

/** Each value in some of the places, so that all of both are seen. */
function placed(values: readonly string[], each: number): readonly string[] {
  return values.flatMap((value, at) => Array.from({ length: each }, (_, step) => places[(at * 5 + step * 7) % places.length](value)));
}

const numbers = [
  '0o1750', '0O1750', '01750', '0x3E8', '0X3E8', '0b1111101000', '0B1111101000', '+0o1750', '-0o10', '+0x10', '-0X10', '-0B11', '1e3', '1E3', '1e+3', '1e3_1', '1_000', '1__000', '1_', '_1', '-_1', '+_1', '+1000', '-1000', '1000.0', '1000.', '.5', '-.5', '1e-3',
  '08', '09', '0_8', '0o8', '0o', '0x', '0b2', '0x_F', '0_o10', '1:30', '190:20:30', '!!float "1000"', '!!float 1000', '!!int "1000"', '!!int 0o1750', '!!str 1000', '!!int "1_000"', '!!float "0o1750"', '!!int 1.0', '!!int x', '!!bool "true"', '!!bool yes', '!!null ""',
  '.inf', '-.inf', '.nan', '.Inf', '1e400', '0x1FFFFFFFFFFFFFFFF', '9007199254740993', '18446744073709551615', '18446744073709551616', '1.5', '1e1000', '-0', '+0', '-0.0', '12e03', '1.2.3', '1e', 'e3', '-', '--1', '+', '0.1e1', '1e5', '0777', '0o777',
];
const words = [
  'y', 'Y', 'n', 'N', 'yes', 'Yes', 'YES', 'no', 'No', 'NO', 'on', 'On', 'ON', 'off', 'Off', 'OFF', 'true', 'True', 'TRUE', 'tRUE', 'false', 'FALSE', 'null', 'Null', 'NULL', '~', 'nULL', 'oN', '2001-01-01', '2001-01-01T00:00:00Z', '2001-01-01 00:00:00', '=', '<<', '.', '...', '.-', '~~',
  '!!binary aGk=', '!!timestamp 2001-01-01', '!!set {a, b}', '!!omap [a: 1]', '!!seq [a]', '!!map {a: 1}', '!!seq {a: 1}', '!!map [a]', '!x a', '!<tag:yaml.org,2002:str> 1', '!!unknown a', '! 1', '!!str', '!!str ~', '!!str [a]', '!local {a: 1}',
];

/** Documents written by hand, by what they try. */
export const corpus: Readonly<Record<string, readonly string[]>> = {
  'collections in flow style': placed(flows, 3),
  'texts over lines': placed(quotes, 4),
  'tabs': [
    'k: [\ta,\tb\t]\n', 'k: [\n\ta,\n\tb\n\t]\n', 'k: [\n\ta,\n\tb\n]\n', 'k: {\ta:\t1,\tb:\t2\t}\n', 'k: {\n\ta: 1,\n\tb: 2\n}\n', 'k: {\n\t"a":\t1\n\t}\nl: 1\n', 'm:\n  k: [\n\ta\n\t]\n  l: 1\n', 'k: [a\n\tb]\n', 'k: [a\n\t\n\tb]\n', 'k: ["a\n\tb"]\n', 'k: [\t# c\n\ta]\n', 'k: [a,\t#c\n\tb]\n',
    'k: [a\t# c\n]\n', 'k: [a\t#c\n]\n', 'k: [\t]\n', 'k: {\t}\n', 'k: {a\t: 1}\n', 'k: {"a"\t:\t1}\n', 'k:\t[a]\n', 'k: \t[a]\n', 'k:\t1\n', 'k: 1\t\n', 'k:\t\n  l: 1\n', 'k: \t# c\n  l: 1\n', 'k:\t# c\n  l: 1\n', 'k\t: 1\n', '"k"\t: 1\n', '-\ta\n', '- \ta\n', '-\t- a\n', '- \t- a\n', '-\tk: 1\n', '- k:\t1\n', '?\ta\n: 1\n',
    '? a\n:\t1\n', '\tk: 1\n', '\t\nk: 1\n', ' \t\nk: 1\n', '\t# c\nk: 1\n', 'k: 1\n\t# c\n', 'k: 1\n\t# c\nl: 2\n', 'k: 1\n\t\nl: 2\n', 'k:\n\tl: 1\n', 'k:\n  l: 1\n\tm: 2\n', 'k:\n  \tl: 1\n', 'k:\n\t- a\n', 'k:\n- a\n\t- b\n', 'k:\n  \t- a\n', 'k: a\n\tb\n', 'k: a\n  \tb\n', 'k: a\tb\n', 'k: "a\tb"\n', 'k: "a\n\tb"\n', "k: '\ta'\n",
    'k: |\t\n  a\n', 'k: |\t# c\n  a\n', 'k: |\n\ta\n', 'k: |\n  \ta\n', 'k: |\n  a\n\tb\n', 'k: |\n  a\n\t\n  b\n', 'k: |\n \n\t\n  a\n', 'k: |\n  a\n\t# c\nl: 1\n', 'k: >\n  a\n  \tb\n  c\n', 'k: >\n\ta\n', 'k: |2\n\ta\n', 'k: |\n  a\t\n', 'k: &a\t1\nl: *a\t\n', 'k: !!str\t1\n', 'k:\t&a\t!!str\t1\n', 'k:\n\t1\n', 'k:\n\t"a"\n', 'k:\n\t[a]\n',
    'k:\n \t1\n', 'k: &a\n\t1\n', 'k: # c\n\t1\n', '- a\n-\tb\n', '- a\n\t\n- b\n', 'k: *a\t\n', '\t', '\t\n', 'k: 1 \t # c\n', 'k:\n  - a\t# c\n  - b\n', '{\ta: 1}\n', '[\n\ta\n\t]\n', 'k: {a: 1}\t\nl: 1\n', 'k: [a]\t# c\n',
  ],
  'byte order marks': [
    '\ufeffk: 1\n', 'k: 1\n---\n\ufeffl: 2\n', 'k: 1\n---\n\ufeffl: 2\nm: 3\n', '# c\n\ufeffk: 1\n', '# c\n\ufeffk: 1\nl: 2\n', '# c\n\ufeffk: {a: 1}\n', '# c\n\ufeffk:\n  l: 1\n', '# c\n\ufeffk:\n    l: 1\n  m: 2\n', '# c\n\ufeff k: 1\n', '# c\n\ufeff# d\nk: 1\n', '# c\n\ufeff\nk: 1\n', '\ufeff# c\n\ufeffk: 1\n',
    'k: 1\n---\n# c\n\ufeffl: 2\n', 'k: 1\n---\n# c\n\ufeffl: 2\nm: 3\n', 'k: 1\n---\n\ufeff# c\nl: 2\n', 'k: 1\n---\n\ufeff\nl: 2\n', 'k: 1\n---\n\ufeff---\nl: 2\n', 'k: 1\n\ufeff---\nl: 2\n', 'k: 1\n\ufeffl: 2\n', 'k: 1\n\ufeff# c\nl: 2\n', 'k: 1\n\ufeff\nl: 2\n', 'k: 1\n\ufeff', 'k: \ufeff1\n', 'k: 1\ufeff\n', 'k\ufeff: 1\n',
    'k: "\ufeff"\n', 'k: "a\n\ufeffb"\n', 'k: |\n  a\n\ufeff\n', 'k: |\n  \ufeffa\n', 'k: |\n\ufeff  a\n', 'k: [a,\n\ufeffb]\n', 'k: a\n\ufeff b\n', '# \ufeff\nk: 1\n', '\ufeff\ufeffk: 1\n', '# c\n\ufeff\ufeffk: 1\n', '# c\n\ufeff- a\n', '# c\n\ufeff- a\n - b\n', '# c\n\ufeff- a\n- b\n', '# c\n\ufeff{"a": 1}\n', 'k: 1\n---\n\ufeff{"a": 1}\n',
    '# c\n\n\ufeff\n# d\n\ufeffk: 1\n', 'k: 1\n---\n\ufeff- a\n- b\n', 'k: 1\n--- # c\n\ufeffl: 2\n', 'k: 1\n---\n \ufeffl: 2\n', '# c\n---\n\ufeffk: 1\nl: 2\n', '# c\n\ufeff---\nk: 1\n', '\r\n\ufeffk: 1\r\n', 'k: 1\n---\n\ufeffk: |\n  a\n', '# c\n\ufeffk: |\n   a\n', '# c\n\ufeffk: |\n a\n', '# c\n\ufeffk: "a\nb"\n', '# c\n\ufeffk: [\n]\n',
    '---\n\ufeffk: 1\nl: 2\n', 'k: 1\n...\n\ufeffl: 2\n', '# c\n\ufeffk: &a 1\n l: *a\n', '# c\n\ufeffk: 1\n l: 2\n',
  ],
  'block texts': [
    ...['|# c', '># c', '|-# c', '|+# c', '|2# c', '|2-# c', '|-2# c', '>-#', '|#', '|##', '| # c', '|-  # c', '|x', '|# |', '|"', '|- -', '|0', '|10', '|+-', '|2+', '>2 # c', '|\t#c', '|!', '|-#c', '>+#c', '|1#'].flatMap((header) => [
      `k: ${header}\n  a\n  b\n\nl: 1\n`, `m:\n- ${header}\n   a\n  \n- b\n`, `k: [x,\ny]\nm: ${header}\n  # a\n  b: [\n  ]\n`,
    ]),
    '|# c\n a\n', '|\na\n', '|\n a\n', '--- |# c\n a\n', 'k: |\na\n', 'k: |# c\n', 'k: |#', 'k: a|# c\n', 'k: "|# c"\n', 'k: |\n  x: |# c\n    y\n', '? |# c\n  a\n: 1\n', 'k: &a |# c\n  a\nl: *a\n', 'k: !!str |# c\n  a\n', 'k: [|# c\n]\n', 'k:\n  |# c\n  a\n', '- - |# c\n    a\n  - b\n', '- k: |# c\n   a\n  l: 1\n', 'k: |# c\r\n  a\r\nl: 1\r\n',
    'k: |\n\n  a\n', 'k: |\n   \n  a\n', 'k: |\n  a\n   b\n', 'k: >\n  a\n\n\n  b\n', 'k: >\n  a\n   b\n  c\n', 'k: >\n\n  a\n  b\n', 'k: >-\n  a\n\n', 'k: |+\n  a\n\n\nl: 1\n', 'k: |\nl: 1\n', 'k: |+\n\nl: 1\n', 'k: |\n  a\n # c\nl: 1\n', 'k: |\n  a\n# c\nl: 1\n', 'k: |2\n    a\n', 'm:\n  k: |2\n     a\n', '- |1\n  a\n', '- |2\n  a\n', 'k: |1\n a\n',
    'k: |\n  a\n    \n', 'k: |\n  a', 'k: |+\n  a', 'k: |-\n  a', 'k: |\n  [\n  "\n  {a\nl: "x\ny"\n', 'k: >\n  "x\n  y\nl: [\n]\n', 'k:\n- |\n [\n- "x\ny"\n', 'k:\n  - l: |\n     "\n    m: [\n  ]\n', '- |\n  [\n\n-   >-\n   "\n- [\n]\n',
  ],
  'numbers': numbers.flatMap((number) => [`spec: {runAsUser: ${number}}\n`, ...(number.includes('"') ? [] : [`${number}: a\n`])]),
  'words': words.flatMap((word) => [`k: ${word}\n`, `k: [${word}\n]\n`, ...(word.includes(' ') ? [] : [`${word}: a\n`])]),
  'anchors and merge keys': [
    'a: &x {b: 1}\nc: *x\n', 'a: &x {b: 1}\nc: {<<: *x,\nd: 2\n}\n', 'a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n', 'a: &x {b: 1}\nc:\n  b: 2\n  <<: *x\n', 'a: &x [\n1\n]\nc: *x\n', 'a: *x\n', 'a: &x 1\nb: &x 2\nc: *x\n', 'a: &x\n  b: *x\n', 'a: &x 1\n*x : 2\n', '*x: 2\n', '&x a: 1\nb: *x\n', 'a: &x "p\nq"\nb: *x\n',
    'a: {<<: [{b: 1},\n{c: 2}\n]}\n', 'a: {<<: 1\n}\n', 'a: {"<<": {b: 1}\n}\n', 'a: {!!merge <<: {b: 1}}\n', 'a: {<<: {b: 1},\n<<: {c: 2}\n}\n', 'a: &\n', 'a: &x\n', 'a: &x &y 1\n', 'a: & x\n', 'a: &x-1 1\nb: *x-1\n', 'a: &x.y 1\nb: *x.y\n', 'a: &\u00e9 1\n', 'a: [&x\n1, *x\n]\n', 'a: &x:y 1\n', '{a: &x b, c: *x}\n', '{a: &x b, c: *x\n}\n', 'a: [*x\n]\n', 'a: {*x : 1\n}\n',
    '&a\n- 1\n', '&a\nk: 1\n', '!!map\nk: 1\n', '!!map &a\nk: [\n]\n', 'k: &a\n  l: 1\nm: *a\n', 'k: &a\n- 1\n', '- &a\n  k: 1\n- *a\n', '- &a k: 1\n- *a\n', '- &a k: [\n]\n  l: 1\n',
  ],
  'what Kubernetes refuses': [
    'a: b: c\n', 'a: 1\n b: 2\n', 'a:\n  b: 1\n c: 2\n', 'a: [\n', 'a: ]\n', 'a: }\n', 'a: "\n', "a: '\n", 'a: @b\n', 'a: `b\n', 'a: %b\n', 'a: "\\q"\n', 'a: - b\n', '- a\nb: 1\n', 'a: 1\n- b\n', 'a\nb\n', 'a: 1\nb\n', '- a\n b: 1\n', 'a: "b" c\n', 'a: [b] c\n', '{a: 1} b\n', 'a: *\n', 'a: ,\n', 'a: [a b: c]\n', '"a\nb": 1\n', 'a\n b: 1\n', '[a\n]: 1\n', '{a: 1\n}: 1\n', '? [a\n]\n: 1\n',
    '? {a: 1}\n: 1\n', '? "a\nb"\n: 1\n', '[a]: 1\n', '~: 1\n', 'null: 1\n', '1.5: a\n', 'true: a\n', '-1: a\n', '"": a\n', ': a\n', '?\n', '? a\n', '? a\nb: 1\n', 'a: \u0007\n', 'a: "\u0007"\n', 'a: \u0080\n', 'a: \ufffe\n', 'a: \u2028b\n', `${'k'.repeat(1024)}: 1\n`, `${'k'.repeat(1025)}: 1\n`, `{${'k'.repeat(1025)}: 1,\nb: 2}\n`, `{${'k'.repeat(1020)}: 1,\nb: 2}\n`, `"${'k'.repeat(1025)}": [\n]\n`,
    `- ${'k'.repeat(1025)}: 1\n`, `{"${'k'.repeat(1023)}": 1,\nb: 2}\n`, `[${'k'.repeat(1025)},\nb]\n`, 'a: 1\na: 2\n', 'a: {b: 1,\nb: 2\n}\n', '{{ .Values.a }}\n', 'a: {{ .Values.a }}\n', 'a: {{ b\n}}\n', 'a: [{{ b }}]\n', '{{- if .x }}\na: 1\n{{- end }}\n', 'a: "{{ .b }}"\n', 'a: {?b: 1}\n', 'a: {?b: 1\n}\n', 'a: {b:}\n', 'a: [b:\n]\n', 'a: {b:\n}\n', 'a: [b:]\n', 'a: [?b\n]\n',
    'a: [b?c]\n', 'a: [b?c\n]\n', 'a: {b?: 1\n}\n', 'a: [:b\n]\n', 'a: [b, :c\n]\n', 'a: {:b: 1\n}\n', 'a: [::\n]\n', 'a: {"b":1\n}\n', "a: {'b':1,\n}\n", 'a: {b :1\n}\n', 'a: {[b]: 1\n}\n', 'a: [-1,\n-b\n]\n', 'a: [- b]\n', 'a: [-]\n', 'a: {- b\n}\n', 'a: [b]]\n', 'a: [b\n]]\n', 'a: {b}}\n', 'a: [b}\n', 'a: [b\n]\n  c: 1\n', 'a: [b\n]\nc\n', 'a: "b\nc"\n  d: 1\n', 'a: "b\nc"d: 1\n',
    'a: [b\n]c: 1\n', 'a: [b\n], c\n', 'a: # c\n[b\n]\n', 'a:\n[b]\n', 'a:\n[\nb\n]\n', 'a:\n"b"\n', 'a:\n"b\nc"\n', 'a:\nb\n', 'a:\n{b: 1}\n', 'a:\n|\n b\n', 'a:\n*x\n', 'a:\n&x\nb: 1\n', 'a:\n!!str\nb: 1\n', '- a:\n  [b\n]\n', '-\n[b\n]\n', '-\n"b\nc"\n', '- a\n-\n[b]\n', 'm:\n  a:\n  [b]\n', 'm:\n  a:\n   [b\n ]\n',
  ],
  'real shapes': [
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    args: [\n      "--x",\n      "--y"\n    ]\n    image: a\n', 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    command: ["sh", "-c",\n    "echo a;\n    sleep 1"\n    ]\n    image: b\n',
    'metadata:\n  annotations: {\n    "a/b": "c",\n    d: e,\n  }\n  name: x\n', 'spec:\n  schema:\n    enum: [\n      a, b,\n      # c\n      c\n    ]\n    type: string\n', 'steps:\n- name: a\n  script: "echo a\n  echo b"\n- name: b\n', 'description: "text\ntext\n\ntext"\nx: 1\n', "message: 'a\n b\nc'\nx: 1\n",
    'data:\n  a.json: |# json\n    {"a": [\n    ]}\n  b: c\n', 'rules:\n- apiGroups: [""]\n  resources: [pods,\n  services]\n  verbs: [get, list,\n  watch]\n', 'affinity: {podAffinity: {\n  x: [\n  {a: 1},\n  {b: 2}\n  ]\n}}\nx: 1\n', 'x: {{a: 1}: 2\n}\n', '{\n"apiVersion": "v1", # c\n"kind": "Pod"\n}\n', '---\n# c\n---\nk: [\n]\n---\nl: "a\nb"\n',
    'k: [\n]\n---\nk: "a\nb"\n---\nk: 1\n', 'k: [\n---\nl: 1\n', 'k: "a\n---\nl: 1\n', 'k: [a,\n...\n]\n', 'k: [\n] # c\n# d\n\nl: {\n}\n',
  ],
};
