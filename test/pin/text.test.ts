import fc from 'fast-check';
import { pinImages } from './pin-images';
import { pinText } from '../../src/pin/text';
import { digestOf, lockOf } from '../lock/support';
import { readDocuments } from '../support/documents';

const lock = lockOf('nginx:1.27', 'busybox', 'ghcr.io/acme/shop:1.4.2');
const at = `@${digestOf('nginx:1.27')}`;

/** A pod around containers, which are written at the column of the list. */
const pod = (...lines: readonly string[]) => ['apiVersion: v1', 'kind: Pod', 'spec:', '  containers:', ...lines, ''].join('\n');

/** `§` stands for the place of a digest. */
const plain = (text: string) => text.replaceAll('§', '');
const pinned = (text: string) => text.replaceAll('§', at);

const layouts: Readonly<Record<string, string>> = {
  'a plain text': pod('  - image: nginx:1.27§'),
  'a comment behind it': pod('  - image: nginx:1.27§  # nginx:1.27, see "image"', '    # image: nginx:1.27'),
  'double quotes': pod('  - image: "nginx:1.27§" # x'),
  'single quotes': pod("  - image: 'nginx:1.27§'"),
  'an escape in double quotes': pod('  - image: "nginx\\x3a1.27§"'),
  'a line that goes on': pod('  - image: "nginx:\\', '      1.27§"'),
  'a line that goes on before the closing quote': pod('  - image: "nginx:1.27\\', '      §"'),
  'flow style': '{apiVersion: v1, kind: Pod, spec: {containers: [{image: nginx:1.27§}, {"image":"nginx:1.27§"},{image: nginx:1.27§ }]}}\n',
  'a literal block': pod('  - image: |-', '      nginx:1.27§', '    name: a'),
  'a folded block': pod('  - image: >-', '      nginx:1.27§', '', '', '    name: a'),
  'a literal block with an indent': pod('  - image: |2-', '      nginx:1.27§'),
  'a value on a line of its own': pod('  - image:', '      nginx:1.27§', '    name: nginx:1.27'),
  'a key in quotes': pod('  - "image": nginx:1.27§'),
  'a complex key': pod('  - ? image', '    : nginx:1.27§'),
  'an explicit tag': pod('  - image: !!str nginx:1.27§'),
  'an anchor': pod('  - image: &nginx nginx:1.27§', '  - image: *nginx', '  - image: *nginx'),
  'an anchor of a container': pod('  - &web', '    image: nginx:1.27§', '  - *web'),
  'a merge key': pod('  - &web', '    image: nginx:1.27§', '    name: a', '  - <<: *web', '    name: b'),
  'an anchor that another document has too': `${pod('  - image: &a nginx:1.27§')}---\n${pod('  - image: &a "nginx:1.27§"', '  - image: *a')}`,
  'several documents and comments': `# nginx:1.27\n---\n${pod('  - image: nginx:1.27§')}...\n# end\n---\n---\n${pod('  - image: nginx:1.27§')}`,
  'line ends of Windows': pod('  - image: nginx:1.27§', '  - image: |-', '      nginx:1.27§', '    name: a').replaceAll('\n', '\r\n'),
  'a byte order mark': `\ufeff${pod('  - image: nginx:1.27§')}`,
  'a byte order mark and flow style on the first line': '\ufeff{kind: Pod, apiVersion: v1, spec: {containers: [{image: nginx:1.27§}]}}',
  'no line end': pod('  - image: nginx:1.27§').trimEnd(),
  'white space at the end of lines': pod('  - image: nginx:1.27§   ', '    name: a  '),
  'characters outside the basic plane before it': pod('  - {name: "😀é", image: nginx:1.27§}'),
  'JSON': JSON.stringify({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ image: 'nginx:1.27§', name: 'nginx:1.27' }] } }, undefined, '\t'),
  'an escape in JSON': '{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"image":"\\u006eginx:1.27§"}]}}',
  'JSON values that follow each other': '{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"image":"nginx:1.27§"}]}}\n'.repeat(3),
  'other fields with the same text': 'kind: Deployment\napiVersion: apps/v1\nmetadata: {name: nginx:1.27}\nspec:\n  template:\n    spec:\n      containers:\n'
    + '      - args: [nginx:1.27]\n        image: nginx:1.27§\n        env: [{name: a, value: nginx:1.27}]\n---\nkind: ConfigMap\napiVersion: v1\ndata: {image: nginx:1.27}\n',
  'an image volume': `${pod('  - image: nginx:1.27§')}  volumes:\n  - image: {reference: nginx:1.27§}\n`,
};

test.each(Object.entries(layouts))('%s', (_what, text) => {
  const { text: result, unpinned, errors } = pinText(plain(text), lock, 'x.yaml');

  expect([result, unpinned, errors]).toEqual([pinned(text), [], []]);
  expect(pinText(result, lock, 'x.yaml')).toEqual({ text: result, changes: [], unpinned: [], errors: [] });
  expect(valuesOf(result)).toEqual(valuesOf(plain(text)).map((value) => pinImages(value, lock).json));
});

function valuesOf(text: string): readonly unknown[] {
  return readDocuments(text, 'x').documents.map(({ value }) => value);
}

describe('with `update`, an old digest gets the locked one in its place', () => {
  const old = `@${digestOf('nginx:1.27 of old')}`;
  const outdated = (text: string) => text.replaceAll('§', old);

  test.each(Object.entries(layouts))('%s', (_what, text) => {
    const { text: result, changes, unpinned } = pinText(outdated(text), lock, 'x.yaml', { update: true });

    expect([result, unpinned]).toEqual([pinned(text), []]);
    expect(changes.length).toBeGreaterThan(0);
    expect(pinText(result, lock, 'x.yaml', { update: true })).toMatchObject({ text: result, changes: [], unpinned: [] });
    expect(valuesOf(result)).toEqual(valuesOf(outdated(text)).map((value) => pinImages(value, lock, { update: true }).json));
    expect(pinText(outdated(text), lock, 'x.yaml')).toMatchObject({ text: outdated(text), changes: [], unpinned: [] });
  });

  test('only behind a tag, and only where the lock knows better', () => {
    const others = ['redis:7', 'nginx', 'nginx:1.27-alpine'].map((name) => `  - image: ${name}${old}`);
    const platform = `  - image: nginx:1.27@${digestOf('nginx:1.27 arm64 manifest')}`;
    const text = pod('  - image: nginx:1.27', ...others, platform, `  - name: nginx:1.27${old}`);

    const result = pinText(text, lock, 'x.yaml', { update: true });

    expect([result.text, result.unpinned]).toEqual([text.replace('nginx:1.27\n', `nginx:1.27${at}\n`), []]);
  });

  test('of another length, beside one that is put behind', () => {
    const long = `@sha512:${'0'.repeat(128)}`;
    const text = pod(`  - image: "nginx:1.27${long}" # ${long}`, '  - image: nginx:1.27', `  - image: |- # ${long}`, `      nginx:1.27${long}`);

    const { text: result } = pinText(text, lock, 'x.yaml', { update: true });

    expect(result).toBe(pod(`  - image: "nginx:1.27${at}" # ${long}`, `  - image: nginx:1.27${at}`, `  - image: |- # ${long}`, `      nginx:1.27${at}`));
  });

  test.each([
    ['escapes', pod(`  - image: "nginx:1.27${old.replace('@sha', '@\\x73ha')}"`), 'encoded'],
    ['escapes, with the digest in a comment', pod(`  - image: "nginx:1.27${old.replace('@sha', '@\\x73ha')}" # ${old}`), 'encoded'],
    ['lines that go on', pod(`  - image: "nginx:1.27${old.slice(0, 20)}\\`, `      ${old.slice(20)}"`), 'encoded'],
    ['an alias of a field that is no image', `x: &image nginx:1.27${old}\n${pod('  - image: *image')}`, 'shared'],
  ])('not where it cannot be seen, or belongs to others: %s', (_what, text, reason) => {
    const result = pinText(`${text}---\n${pod('  - image: nginx:1.27')}`, lock, 'x.yaml', { update: true });

    expect(result.text).toBe(`${text}---\n${pod(`  - image: nginx:1.27${at}`)}`);
    expect(result.unpinned).toMatchObject([{ document: 0, reason, image: `nginx:1.27${old}` }]);
  });
});

describe('with `digestOnly`, the digest stands in the place of the tag', () => {
  const options = { digestOnly: true };
  /** Nobody could say by looking at them where the tag begins, or ends. */
  const hidden = ['an escape in double quotes', 'a line that goes on', 'a line that goes on before the closing quote'];
  const ofDigest = (text: string) => text.replaceAll(':1.27§', at);

  test.each(Object.entries(layouts).filter(([what]) => !hidden.includes(what)))('%s', (_what, text) => {
    for (const written of [plain(text), pinned(text)]) {
      const { text: result, changes, unpinned } = pinText(written, lock, 'x.yaml', options);

      expect([result, unpinned]).toEqual([ofDigest(text), []]);
      expect(changes.length).toBeGreaterThan(0);
      expect(pinText(result, lock, 'x.yaml', options)).toMatchObject({ text: result, changes: [], unpinned: [] });
      expect(valuesOf(result)).toEqual(valuesOf(written).map((value) => pinImages(value, lock, options).json));
    }
  });

  test.each(hidden)('not where the tag cannot be seen: %s', (what) => {
    const text = plain(layouts[what]);

    expect(pinText(text, lock, 'x.yaml', options)).toMatchObject({ text, changes: [], unpinned: [{ reason: 'encoded', image: 'nginx:1.27' }] });
  });

  test('with `update` also where the digest is an old one', () => {
    const text = pod(`  - image: "nginx:1.27@${digestOf('old')}" # :1.27`);

    expect(pinText(text, lock, 'x.yaml', options).text).toBe(text);
    expect(pinText(text, lock, 'x.yaml', { ...options, update: true }).text).toBe(pod(`  - image: "nginx${at}" # :1.27`));
  });
});

test('says what was changed, and where', () => {
  const { changes } = pinText(`# a\n---\n${pod('  - image: nginx:1.27')}---\n${pod('  - image: &a busybox', '  - image: *a')}`, lock, 'x.yaml');

  const busybox = { document: 1, line: 13, from: 'busybox', to: `busybox@${digestOf('busybox')}` };
  expect(changes).toEqual([
    { document: 0, line: 7, pointer: '/spec/containers/0/image', from: 'nginx:1.27', to: `nginx:1.27${at}` },
    { ...busybox, pointer: '/spec/containers/0/image' },
    { ...busybox, pointer: '/spec/containers/1/image' },
  ]);
});

test('what cannot be pinned stays, and is said', () => {
  const text = pod('  - image: redis:7', '  - image: "{{ image }}"', '  - image: nginx:1.27', '  - image: |', '      nginx:1.27', '  - x');

  const result = pinText(text, lock, 'x.yaml');

  expect(result.text).toBe(text.replace('nginx:1.27', `nginx:1.27${at}`));
  expect(result.unpinned.map(({ line, reason, image }) => ({ line, reason, image }))).toEqual([
    { line: 5, reason: 'not-locked', image: 'redis:7' },
    { line: 6, reason: 'invalid', image: '{{ image }}' },
    { line: 9, reason: 'invalid', image: 'nginx:1.27\n' },
    { line: 10, reason: 'unreadable', image: undefined },
  ]);
});

test('a document that does not parse stays, and those beside it are pinned', () => {
  const text = `${pod('  - image: nginx:1.27')}---\na: [image: nginx:1.27\n---\n${pod('  - image: nginx:1.27')}`;

  const result = pinText(text, lock, 'x.yaml');

  expect(result.text.match(/@sha256/g)).toHaveLength(2);
  expect(result.text.split('---')[1]).toBe('\na: [image: nginx:1.27\n');
  expect(result.errors).toEqual([expect.objectContaining({ file: 'x.yaml' })]);
});

test.each([
  ['an anchor elsewhere', `x: &image nginx:1.27\n${pod('  - image: *image')}`],
  ['an anchor in an annotation', `metadata: {annotations: {a: &a nginx:1.27}}\n${pod('  - image: *a', '  - image: *a')}`],
  ['an alias that goes elsewhere', `${pod('  - image: &image nginx:1.27')}  hostname: *image\n`],
  ['a merge key that brings it from elsewhere', `x: &web\n  image: nginx:1.27\n${pod('  - <<: *web')}`],
])('where an alias makes the text the value of another field too, it stays: %s', (_what, text) => {
  const result = pinText(text, lock, 'x.yaml');

  expect([result.text, result.changes]).toEqual([text, []]);
  expect(new Set(result.unpinned.map(({ reason, image }) => `${reason} ${image}`))).toEqual(new Set(['shared nginx:1.27']));
});

test('an image beside one that is shared is pinned', () => {
  const text = `x: &image nginx:1.27\n${pod('  - image: *image', '  - image: nginx:1.27§')}`;

  const result = pinText(plain(text), lock, 'x.yaml');

  expect([result.text, result.unpinned.length]).toEqual([pinned(text), 1]);
});

test.each([
  ['base 64', pod('  - image: !!binary bmdpbng6MS4yNw==')],
  ['a key that is the anchor', `nginx:1.27: 1\n? &a nginx:1.27\n: 1\n${pod('  - image: *a')}`.replace('nginx:1.27: 1\n', '')],
])('what is written in a way that nothing can be put behind stays: %s', (_what, text) => {
  const other = pod('  - image: nginx:1.27');

  const result = pinText(`${text}---\n${other}`, lock, 'x.yaml');

  expect(result.text).toBe(`${text}---\n${other.replace('nginx:1.27', `nginx:1.27${at}`)}`);
  expect(result.unpinned).toMatchObject([{ document: 0, reason: 'encoded', image: 'nginx:1.27' }]);
});

test.each(['', '\n', '---\n', '# nginx:1.27', '\u0000', 'nginx:1.27', '- nginx:1.27', '\ufeff', '*a', '&a', '{', '[[[[', 'a: *a', '%', '\ud800'])('%j stays as it is', (text) => {
  expect(pinText(text, lock, 'x.yaml')).toMatchObject({ text, changes: [] });
});

test('what aliases unfold is bounded', () => {
  const bomb = ['a0: &a0 [nginx:1.27]', ...Array.from({ length: 12 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(10)}]`)].join('\n');

  expect(pinText(bomb, lock, 'x.yaml')).toMatchObject({ text: bomb, errors: [expect.anything()] });
});

test.each([
  ['documents', `${pod('  - image: nginx:1.27')}---\n`],
  ['JSON values that follow each other', '{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"image":"nginx:1.27"}]}}\n'],
])('a large file of %s is pinned in linear time', (_what, one) => {
  const { changes } = pinText(one.repeat(8000), lock, 'x.yaml');

  expect(changes).toHaveLength(8000);
});

const scalars = fc.constantFrom('nginx:1.27', 'busybox', 'redis:7', 'ghcr.io/acme/shop:1.4.2', `nginx:1.27${at}`, `nginx:1.27@${digestOf('old')}`, 'x', '""', '~', '7', 'true', '{{ x }}');
const styles = fc.constantFrom(
  (text: string) => text, (text: string) => `"${text}"`, (text: string) => `'${text}'`, (text: string) => `|-\n      ${text}`, (text: string) => `>-\n\n      ${text}\n`,
  (text: string) => `!!str ${text}`, (text: string) => `&a ${text}`, () => '*a', (text: string) => `${text} # ${text}`, (text: string) => `[${text}]`, (text: string) => `{a: ${text}}`,
);
const lists = fc.constantFrom('containers', 'initContainers', 'ephemeralContainers', 'volumes', 'x');
const fields = fc.constantFrom('image', 'name', 'args', '<<', 'x');
const yaml = fc.array(fc.record({
  list: lists,
  items: fc.array(fc.array(fc.tuple(fields, styles, scalars), { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
}), { maxLength: 4 }).map((parts) => parts.map(({ list, items }) => `  ${list}:\n${items.map((item) =>
  item.map(([field, style, scalar], index) => `  ${index === 0 ? '-' : ' '} ${field}: ${style(scalar)}\n`).join('')).join('')}`).join(''));
const ends = fc.constantFrom('\n', '\r\n');

test('whatever is written: only digests are put in, twice is once, and it reads as the pinned objects or says why not', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('Pod', 'ConfigMap', 'X'), yaml), { minLength: 1, maxLength: 3 }), ends, fc.boolean(), (documents, end, update) => {
    const text = documents.map(([kind, body]) => `apiVersion: v1\nkind: ${kind}\nspec:\n${body}`).join('---\n').replaceAll('\n', end);

    const result = pinText(text, lock, 'x.yaml', { update });

    expect(withoutDigests(result.text)).toBe(withoutDigests(text));
    expect(pinText(result.text, lock, 'x.yaml', { update })).toMatchObject({ text: result.text, changes: [] });
    const before = readDocuments(text, 'x').documents;
    const after = readDocuments(result.text, 'x').documents;
    expect(after.map(({ index }) => index)).toEqual(before.map(({ index }) => index));
    for (const [position, { value, index }] of before.entries()) {
      const isWhole = !result.unpinned.some(({ document, reason }) => document === index && (reason === 'shared' || reason === 'encoded'));
      if (isWhole) expect(after[position].value).toEqual(pinImages(value, lock, { update }).json);
    }
  }), { numRuns: 400 });
});

function withoutDigests(text: string): string {
  return text.replace(/@sha256:[0-9a-f]{64}/g, '');
}
