import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { judgeTree } from '../../src';
import { exits, freshOutdir, gatedApp, makers, refusalOf } from '../support/apps';

/** A file of this content, in a folder of its own. */
function file(content: string | Uint8Array, name = 'bundle.yaml'): string {
  const path = join(freshOutdir(), '..', name);
  writeFileSync(path, content);
  return path;
}

function include(url: string, app: cdk8s.App = gatedApp()): cdk8s.App {
  new cdk8s.Include(new cdk8s.Chart(app, 'chart'), 'include', { url });
  return app;
}

const object = 'apiVersion: example.com/v1\nkind: Example\nmetadata: {name: x}\n';

describe.each([
  ['a duplicate key', `${object}data:\n  a: "1"\n  a: "2"\n`, 6, 'duplicate key "a"'],
  ['what is not closed', `${object}spec: {a: [1\n---\n${object}`, 5, 'is not closed'],
  ['an unknown tag', `${object}spec: !x a\n`, 4, 'unknown tag "!x"'],
  ['a document that is a text', `${object}---\nhello\n`, 5, 'the document is a text'],
  ['what stands behind "..."', `${object}...\n${object}`, 5, 'left out by kubectl'],
  ['an unknown alias', `${object}spec: *x\n`, 4, 'unknown alias "x"'],
  ['an integer that JavaScript does not hold', `${object}spec: {a: 9007199254740993}\n`, 4, 'the integer 9007199254740993 has more digits than JavaScript holds, and would become 9007199254740992'],
  ['the same in another base', `${object}spec: {a: 0x20000000000001}\n`, 4, 'the integer 0x20000000000001 has more digits'],
  ['the same in a list, in quotes', `${object}spec:\n- - !!int "-9223372036854775807"\n`, 5, 'the integer -9223372036854775807 has more digits'],
  ['a key that sets a prototype', `${object}spec:\n  a:\n    __proto__: {b: 1}\n`, 6, 'the key "__proto__"'],
  ['a key that is the class of an object to cdk8s', `${object}spec:\n- constructor: {name: Object}\n  value: 1\n  b: 2\n`, 5, 'the key "constructor"'],
  ['a label without a value', `${object}spec:\n  labels:\n    a:\n`, 6, '"a" has no value, which cdk8s leaves out and Kubernetes does not'],
  ['a selector of a service without a value', `${object}spec:\n  selector:\n    a:\n`, 6, '"a" has no value'],
  ['a limit without a value', `${object}spec:\n- limits: {memory: ~}\n`, 5, '"memory" has no value'],
  ['metadata that are a text', 'apiVersion: v1\nkind: ConfigMap\nmetadata: x\n', 3, 'metadata must be an object, it is a string, of which cdk8s would write the parts'],
  ['metadata that are a list', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n- x\n', 3, 'metadata must be an object, it is a list'],
  ['labels that are a text', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  labels: abc\n', 5, 'metadata.labels must be an object, it is a string'],
  ['annotations that are a list', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations: [a]\n', 4, 'metadata.annotations must be an object, it is a list'],
  ['finalizers that are a text', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {finalizers: abc}\n', 3, 'metadata.finalizers must be a list, it is a string'],
  ['data without a value', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a/b~c: ~\n', 5, '"a/b~c" has no value'],
])('%s', (_what, content, line, problem) => {
  test('is refused where Include reads it, with file and line', () => {
    const path = file(content);
    const { code, message } = refusalOf(() => include(path));

    expect(code).toBe('unjudged');
    expect(message).toMatch(`${path} is not loaded, because part of it would be lost or changed\n  ${path}:${line}: `);
    expect(message).toContain(problem);
  });

  test('is refused before a policy is in force, and where a library loads it', () => {
    const path = file(content);

    expect(refusalOf(() => include(path, new cdk8s.App())).message).toContain(problem);
    expect(refusalOf(() => cdk8s.Yaml.load(path)).message).toContain(problem);
  });
});

test('what a chart renders is refused too', () => {
  const path = file(`${object}data:\n  a: 1\n  a: 2\n`);
  const helmExecutable = file(`#!/bin/sh\ncat '${path}'\n`, 'helm');
  chmodSync(helmExecutable, 0o755);

  expect(refusalOf(() => new cdk8s.Helm(new cdk8s.Chart(gatedApp(), 'chart'), 'helm', { chart: 'x', helmExecutable })).message).toMatch(/chart\.yaml:6: duplicate key "a"$/);
});

test('all that is wrong in a file is said at once, up to a limit', () => {
  const path = file(`${object}spec: {a: [9007199254740993, 9007199254740995]}\n---\na: b: c\n`);
  expect(refusalOf(() => include(path)).message.split('\n').slice(1).map((line) => line.replace(/: .*/, ''))).toEqual([`  ${path}:4`, `  ${path}:4`, `  ${path}:6`]);

  const many = file(`${object}spec: [${'9007199254740993, '.repeat(50)}]\n`);
  expect(refusalOf(() => include(many)).message.split('\n')).toHaveLength(12);
  expect(refusalOf(() => include(many)).message).toMatch(/\n {2}and more$/);
});

test.each([
  ['1:30', '1:30'], ['2001-01-01', '2001-01-01'], ['!!float 1000', 1000], ['0o1750', 1000], ['1e3_1', 1e31], ['!!binary aGk=', 'hi'], ['1e20', 1e20],
  ['{labels: {a: ~}}', { labels: { a: null } }], ['{constructor: 1}', { constructor: 1 }],
  ['9007199254740991', 9007199254740991], ['9007199254740992', 9007199254740992], ['!!float "1e20"', 1e20], ['{labels: [~]}', { labels: [null] }],
])('%s is what Kubernetes reads', (text, value) => {
  expect(cdk8s.Yaml.load(file(`spec: ${text}\n`))).toEqual([{ spec: value }]);
});

test('what is null is left out where that is what Kubernetes does too', () => {
  const app = include(file(`${object}status: ~\nspec: {selector: {matchLabels: ~, matchExpressions: ~}, args: [~], securityContext: ~}\n`));
  expect(app.synthYaml()).toBe('apiVersion: example.com/v1\nkind: Example\nmetadata:\n  name: x\nspec:\n  args:\n    - null\n  selector: {}\n');
});

test('metadata without values are none', () => {
  const app = include(file('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, labels: ~, annotations: ~, finalizers: ~}\n---\napiVersion: v1\nkind: Secret\nmetadata: ~\n'));
  expect(app.synthYaml()).toMatch(/^apiVersion: v1\nkind: ConfigMap\nmetadata:\n {2}name: x\n---\napiVersion: v1\nkind: Secret\nmetadata:\n {2}name: .*\n$/);
});

test('a URL that is none is refused, and its password not shown', () => {
  expect(refusalOf(() => cdk8s.Yaml.load('https://me:secret@:1:1/')).message)
    .toBe('the URL is not loaded, because part of it would be lost or changed\n  the URL: cannot be read: it is no URL; write https://HOST/PATH');
});

test('what exists is a file, also where it is called as a URL', () => {
  const folder = join(freshOutdir(), '..', 'http:');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.yaml'), 'a: 1\n');
  const before = process.cwd();
  process.chdir(join(folder, '..'));
  try {
    expect(cdk8s.Yaml.load('http://a.yaml')).toEqual([{ a: 1 }]);
  } finally {
    process.chdir(before);
  }
});

test('null, an empty list and an empty object are no documents, as to cdk8s', () => {
  expect(cdk8s.Yaml.load(file('---\n---\n[]\n---\n{}\n---\n~\n---\n5\n---\n[1]\n---\na: 1\n'))).toEqual([5, [1], { a: 1 }]);
});

test('JSON is read', () => {
  expect(cdk8s.Yaml.load(file('{"a": 1}\n{"b": "x"}', 'a.json'))).toEqual([{ a: 1 }, { b: 'x' }]);
});

describe('a file', () => {
  test('is read through a symbolic link, of which cdk8s makes nothing', () => {
    const path = file('a: 1\n');
    symlinkSync(path, `${path}.link`);

    expect(cdk8s.Yaml.load(`${path}.link`)).toEqual([{ a: 1 }]);
  });

  test.each([
    ['a folder', (path: string) => mkdirSync(path), 'it is a folder'],
    ['a link to nothing', (path: string) => symlinkSync('gone', path), 'it does not exist'],
    ['nothing', () => undefined, 'it does not exist'],
    ['a file in another encoding', (path: string) => writeFileSync(path, Buffer.from([0x61, 0x3a, 0xe9, 0x0a])), 'is not UTF-8 text'],
  ])('that is %s is refused', (_what, make, problem) => {
    const path = join(freshOutdir(), '..', 'x.yaml');
    make(path);

    expect(refusalOf(() => include(path)).message).toMatch(new RegExp(`^${path} is not loaded[^]*${problem}`));
  });

  test('that is called as the standard input is sought as a file', () => {
    expect(refusalOf(() => cdk8s.Yaml.load('-')).message).toContain('-: cannot be read: it does not exist');
  });
});

describe.each(makers)('%s', (_name, make) => {
  test.each(exits)('refuses what a second copy of cdk8s has read: %s', (_exit, props, leave) => {
    const app = make({}, props);
    const chart = new cdk8s.Chart(app, 'chart');
    foreignInclude(chart);

    expect(refusalOf(() => leave(app, chart))).toMatchObject({ code: 'unjudged', message: expect.stringContaining('chart/other cannot be judged: a second copy of cdk8s') as string });
  });
});

test('outside of the policies, a second copy of cdk8s may read', () => {
  const app = new cdk8s.App({ outdir: freshOutdir() });
  foreignInclude(new cdk8s.Chart(app, 'chart'));
  expect(() => app.synth()).not.toThrow();
  expect(refusalOf(() => judgeTree(app, {})).message).toContain('a second copy of cdk8s');
});

/** Of a file that has nothing but an empty document, so that no object shows that it is there. */
function foreignInclude(chart: cdk8s.Chart): void {
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof cdk8s>('cdk8s');
    new other.Include(chart, 'other', { url: file('{}\n') });
  });
}
