/** Go's white space beyond that of JSON, and what looks like white space and is none for Go. */
export const spaces = [
  '\v', '\f', '\u0085', '\u00a0', '\u1680', '\u2000', '\u2003', '\u200a', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000',
  '\u180e', '\u200b', '\u2060', '\ufeff', '\u001c', '\u0000',
] as const;

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n';
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  x: |\n    one\n';
const json = '{"kind":"Pod","apiVersion":"v1"}';

/** Streams written by hand, by what they try. */
export const corpus: Readonly<Record<string, readonly string[]>> = {
  'plain documents': [
    '', '\n', '# c\n', '~\n', 'null\n---\nnull\n', pod, pod + '---\n' + map, '---\n' + pod, '---\n---\n' + pod, pod + '---', pod + '---\n',
    pod + '---\n---\n---\n' + pod, '# c\n---\n' + pod, '# c\n\n# d\n---\n# e\n---\n' + pod, pod + '---\n# c\n---\n' + map,
    '\n\n---\n' + pod, '  \n---\n' + pod, '\t\n---\n' + pod, pod.trimEnd(), 'a: 1\n \n---\n \nb: 2\n',
  ],
  'separators with more on their line': [
    ...['#c', '# c', ' #c', ' # c', '\t# c', ' \t', '  ', ' # c # d', '#', ' #', '"', '-', '--', '- -', '.', 'x', ': 1', 'x: 1', ' x', ' x: 1', ' {a: 1}', ' |', ' >-',
      ' "a"', ' !!map', ' &a', ' *a', ' [1]', '\t{"a": 1}', ' ---', '\\', '%'].map((rest) => `a: 1\n---${rest}\nb: 2\n`),
    '---#c\n' + pod, '--- # c\n' + pod, '--- |\n text\n', '--- {a: 1}\n', '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n',
    'a: 1\n----\nb: 2\n', 'a: 1\n--\nb: 2\n', 'a: 1\n --- \nb: 2\n', 'a:\n  ---\nb: 2\n', 'a: b\n  ---\n', '- ---\n- a\n', '? ---\n: a\n',
  ],
  'separators behind Unicode white space': [
    ...spaces.map((space) => `a: 1\n---${space}\nb: 2\n`),
    ...spaces.map((space) => `a: 1\n--- ${space}\nb: 2\n`),
    ...spaces.map((space) => `a: 1\n---${space}# c\nb: 2\n`),
    ...spaces.map((space) => `a: 1\n${space}---\nb: 2\n`),
    ...spaces.map((space) => `a: 1\n# c${space}---\nb: 2\n`),
    'a: 1\n---\u00a0 \u3000\t# c\nb: 2\n', 'kind: ConfigMap\napiVersion: v1\n---#\nkind: Pod\napiVersion: v1\n',
  ],
  'separators within scalars': [
    map + '---#\n' + pod, map + '    ---\n    two\n', map + '---\n' + pod, 'a: |\n---\nb: 2\n', 'a: |\n---#x\nb: 2\n', 'a: "x\n---\ny"\n', 'a: "x\n---#\ny"\n',
    "a: 'x\n---#\ny'\nb: 1\n", 'a: "x\n--- \ny"\n', 'a: [1,\n---\n2]\n', 'a: {b: 1,\n---#c\nd: 2}\n', 'a: x\n---#y\nb: 2\n', 'a: >\n  x\n---\n  y\n', '|\n---\na\n',
    'a: |-\n  x\n...\nb: 1\n', 'a: "x\n...\ny"\n', '"a\n---\nb"\n', "'a\n---'\n", 'a: |\n  ---\n  kind: Pod\n', 'a: |2\n  ---#\nb: 1\n', 'a: |\n\n---\u3000\nb: 1\n',
  ],
  'ends of documents': [
    'a: 1\n...\n', 'a: 1\n...\n---\nb: 2\n', 'a: 1\n...\nb: 2\n', 'a: 1\n...\n# c\n---\nb: 2\n', 'a: 1\n... # c\n---\nb: 2\n', 'a: 1\n... x\n---\nb: 2\n', 'a: 1\n...x\nb: 2\n',
    '...\na: 1\n', '...\n---\na: 1\n', '---\n...\n---\na: 1\n', 'a: 1\n...\n...\n---\nb: 2\n', 'a: 1\n...\n%YAML 1.1\n---\nb: 2\n', 'a: 1\n...\n{"b": 2}\n', `${json}\n...\n${json}\n`,
    'a: 1\n...\u3000\nb: 2\n', 'a: 1\n...\u0085b: 2\n', '# c\n... x\n---\na: 1\n', 'a: 1\n...\n---\n...\nb: 2\n', 'a: 1\n....\n',
  ],
  'directives': [
    '%YAML 1.1\n---\na: 1\n', '%YAML 1.2\n---\na: 1\n', '%TAG ! tag:yaml.org,2002:\n---\na: !str 1\n', '# c\n%YAML 1.1\n---\na: 1\n', '%FOO bar\n---\na: 1\n', '%YAML 1.1\na: 1\n',
    'a: 1\n---\n%YAML 1.1\n---\nb: 2\n', 'a: 1\n%YAML 1.1\n---\nb: 2\n', ' %YAML 1.1\n---\na: 1\n', 'a: |\n  x\n%YAML 1.1\n---\nb: 2\n', '---\n%x\n', 'a: "x\n%y"\n', '%\n', '%YAML 1.1\n',
  ],
  'line ends': [
    pod.replaceAll('\n', '\r\n'), 'a: 1\r\n---\r\nb: 2\r\n', 'a: 1\r---\rb: 2\r', 'a: 1\r---\nb: 2\n', 'a: 1\n---\rb: 2\n', '# c\r---\na: 1\n', '# c\ra: 1\n', '# c\rkind: Pod\r\n---\r\nb: 2\n',
    'a: 1\r\r\n---\nb: 2\n', 'a: 1\n---\r\r\nb: 2\n', 'a: |\r\r\n  x\r\r\n  y\r\r\n', 'a: |\n  x\r  y\n', 'a: "x\r\n  y"\r\n', 'a: 1\n--- # c\rb: 2\n', '---\r\n---\r\na: 1', 'a: 1\n\r---\nb: 2\n',
    '{"a":1}\r---\n{"b":2}\n', '{"a":\r1}\r', '[1]\r---\nb: 2\n', 'a: 1\r\n...\r\n---\r\nb: 2\r\n', 'a: 1\r...\rb: 2\n', 'a: 1\n...\n... \r---\nb: 2\n', 'a: 1\n...\n...\r---\nb: 2\n', 'a: 1\n...\n# c\r---\nb: 2\n', '... # c\r---\nb: 2\n', '\ra: 1\n', 'a: x\r\n---#\r\nb: 2\r\n',
  ],
  'byte order marks': [
    '\ufeffa: 1\n', '\ufeff---\na: 1\n', '\ufeff\ufeffa: 1\n', '\ufeff# c\n---\na: 1\n', 'a: 1\n---\n\ufeffb: 2\n', 'a: 1\n\ufeff---\nb: 2\n', `\ufeff${json}`, `\ufeff\ufeff${json}`, '\ufeff', `${json}\ufeff${json}`,
    'a: 1\n--- \ufeff\nb: 2\n', '\ufeff \na: 1\n', '# \ufeffc\na: 1\n', 'a: "\ufeff"\n', 'a: "\\ufeff"\n', '\ufeffkind: Pod\n---\n\ufeffkind: Pod\n', '\ufeff---#\na: 1\n',
  ],
  'JSON': [
    json, json + json, json + '\n' + json + '\n', ` \n\t${json}`, '[1,2]', `[${json}]`, '[1]\n[2]', `[1]${json}`, `${json}[1]`, `${json} 5`, `${json} "x"`, `${json} null ${json}`, `${json}${json} 5 "x" null [1]`,
    `${json},${json}`, `${json}\n,\n`, `${json}}`, `${json}${json}}`, '{"a":1,}', '{"a" 1}', '{"a":1', '{"a":1}\n{"b"', '{"a":1}x', '{"a":1}{"b":2}x', '5 6', '"a" "b"', 'null {"a":1}', 'true', '5', '-1.5e3',
    '{}', '{}{}', '{} {} {}', '{"a":1}\n\n\n{"b":2}\n\n', `${json}#c`, `${json} # c`, `${json} # c\n${json}`, `# c\n${json}`, `# c\n${json}${json}`, `# c\n${json}\n${json}\n`,
    '{"a":"x\u2028y"}', '---\n{"a":"x\u2028y"}', '{"a":"\\u2028"}', '---\n{"a":"\\u2028"}', '{"a":"\\/"}', '---\n{"a":"\\/"}', '{"a":"\\ud83d\\ude00"}', '---\n{"a":"\\ud83d\\ude00"}', '{"a":"x\ty"}', '{"a":"x\ny"}',
    '{"a":1,"a":2}', '{\n\t"a":\t1\n}', '---\n{\n\t"a":\t1\n}', '{"<<":{"a":1}}', '---\n{"<<":{"a":1}}', '{"a":1e3}', '---\n{"a":1e3}', '{"a":-0}', '{"":1}', '---\n{"":1}', '{"a":"---"}',
  ],
  'JSON beside YAML': [
    `${json}\n---\n${json}\n`, `${json}\n---\n${json}${json}\n`, `${json}${json}\n---\n${json}\n`, `${json}${json}\n---\na: 1\n`, `---\n${json}${json}\n`, `---\n${json}\n${json}\n`, `${json}\n---\na: 1\n`,
    `a: 1\n---\n${json}\n`, `a: 1\n---\n${json}${json}\n`, `${json}\na: 1\n`, `${json}: 1\n`, `${json} ---\na: 1\n`, `${json}---\na: 1\n`, `${json}\n--- # c\na: 1\n`, `${json}\n---#\na: 1\n`, `${json}\n# c\n---\na: 1\n`,
    `${json}\n{a: 1}\n`, '{a: 1}\n', '{a: 1}\n---\n{b: 2}\n', '{a: 1}{b: 2}\n', `{a: 1}\n${json}\n`, '{"a": 1, b: 2}\n', '{"a": 1} \n b: 2\n', '{"a":1}\n  b: 2\n  c: 3\n', '[a, b]\n---\n{"c":1}{"d":2}\n',
    `--- # c\n${json}\n`, `---\n# c\n${json}\n${json}`, `---  \n${json}\n---\n${json}`, `${json}\n...\n`, `${json}\n...\n---\na: 1\n`, `\n---\n${json}${json}`, '{"a":1}\n---\n---\n{"b":2}\n', '{"a":1}\n\n---\nb: 2\n---\n{c: 3}\n',
  ],
  'JSON behind white space': [
    ...spaces.map((space) => space + json), ...spaces.map((space) => ` \n${space}\n{"a": 1, "b": 2}\n`), ...spaces.map((space) => `${json}${space}${json}`),
    ...spaces.map((space) => `a: 1\n---\n${space}${json}\n`), ...spaces.map((space) => `${json}\n${space}\n---\na: 1\n`), ...spaces.map((space) => `${space}a: 1\n`),
  ],
  'a long way to the brace': [
    ' '.repeat(4095) + json + json, ' '.repeat(4096) + json + json, '\n'.repeat(4095) + json, '\n'.repeat(4096) + json, '\n'.repeat(4096) + '{"a":"x\u2028y"}', '\n'.repeat(4095) + '{"a":"x\u2028y"}',
    '\ufeff' + ' '.repeat(4095) + json + json, `a: ${'x'.repeat(70000)}\n---\nb: 2\n`, `# ${'x'.repeat(4094)}\n---\nb: 2\n`, `a: 1\n---${' '.repeat(5000)}# c\nb: 2\n`, `${'x'.repeat(4095)}: 1\r\n---\r\nb: 2`,
    `{"a":"${'x'.repeat(5000)}"}${json}`, `${'\r\n'.repeat(2048)}a: 1\n`,
  ],
  'what is no object': [
    'text\n', 'a\n---\nb: 2\n', '- a\n- b\n', '5\n', 'true\n', '"a: 1"\n', '|\n  kind: Pod\n', '- kind: Pod\n---\na: 1\n', 'a:1\n', 'kind=Pod\n', '~\n---\n5\n---\na: 1\n', 'a: 1\n---\ntext\n---\nb: 2\n', '2001-01-01\n', '*a\n', '!x\n',
    '? {a: 1}\n: b\n', 'a: 1\na: 2\n', 'a: [\n', 'a: 1\n---\nb: [\n---\nc: 3\n', '&a {b: *a}\n', 'a: &x 1\n---\nb: *x\n',
  ],
  'lists': [
    ...['kind: List', 'kind: List\napiVersion: v1', 'kind: PodList\napiVersion: v1', 'kind: Pod\napiVersion: v1', 'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1', 'kind: X\napiVersion: a.b/v1', 'kind: ""', 'kind: 1',
      'apiVersion: v1', 'kind: DeploymentList\napiVersion: apps/v1', 'kind: ListList\napiVersion: v1', 'kind: X\napiVersion: a/b/c'].flatMap((head) => [
      `${head}\nitems:\n- {kind: Pod, apiVersion: v1}\n- {kind: Job, apiVersion: batch/v1}\n`, `${head}\nitems:\n- {metadata: {name: a}}\n`,
    ]),
    ...['null', '[]', '{}', 'text', '5', '[null]', '[5]', '[text]', '[[]]', '[{}]', '[{kind: Pod}]', '[{apiVersion: v1}]', '[{kind: List, items: [{kind: Pod}]}]', '[{kind: Pod}, 5]', '[{kind: Pod, items: null}]',
      '[{kind: Pod, items: {}}]', '[{kind: Pod, items: [{kind: Job}]}]', '[{items: [{kind: Pod}]}]', '[{kind: List, items: [{kind: List, items: [{kind: Pod}]}]}]', '[{kind: List, items: [5]}]', '[{kind: List, items: [null]}]']
      .flatMap((items) => [`kind: List\nitems: ${items}\n`, `kind: PodList\napiVersion: v1\nitems: ${items}\n`]),
    'kind: List\nItems: [{kind: Pod}]\n', 'kind: List\nitems: [{kind: Pod}]\n---\nkind: Pod\n', 'Kind: Pod\napiVersion: v1\n', 'kind: Pod\n', 'kind: Pod\napiVersion: /\n', 'kind: X\napiVersion: /\n', 'kind: X\napiVersion: /v1\n', 'kind: X\napiVersion: x/\n', 'kind: X\napiVersion: ""\n', 'kind: X\napiVersion: " /"\n', 'kind: XList\napiVersion: a/v1\nitems:\n- {kind: X, apiVersion: /}\n',
    'kind: Pod\napiVersion: 1\n', 'spec: {items: [{kind: Pod}]}\nkind: X\n',
  ],
};

/** As bytes: what is no UTF-8. */
export const bytes: readonly Uint8Array[] = [
  Buffer.from('\ufeffa: 1\n', 'utf16le'), Buffer.from('\ufeffa: 1\n---\nkind: Pod\n', 'utf16le').swap16(), Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]),
  Buffer.from('a: 1\n---\xa0\nb: 2\n', 'latin1'), Buffer.from('a: 1\n---\x85\nb: 2\n', 'latin1'), Buffer.from([0x61, 0x3a, 0x20, 0x31, 0x0a, 0x2d, 0x2d, 0x2d, 0xe2, 0x80, 0x0a, 0x62, 0x3a, 0x20, 0x32]),
];
