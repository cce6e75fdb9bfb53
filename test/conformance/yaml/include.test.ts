import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { corpus } from './corpus';
import { yamlOf } from './frozen';
import type { EnforceOptions } from '../../../src';
import { compilePolicy } from '../../../src/policy/compile';
import { PolicyError } from '../../../src/policy/error';
import { judge } from '../../../src/policy/judge';
import type { Policy } from '../../../src/policy/policy';
import type { Finding } from '../../../src/policy/verdict';
import { freshOutdir, gatedApp, refusalOf } from '../../support/apps';
import { readDocuments } from '../../support/documents';
import { readingOf } from '../streams/compare';
import { answersOf, Frozen } from '../streams/frozen';

/*
 * The same documents through cdk8s: each is loaded with the values that Kubernetes reads, or refused by file and line, and what the gate
 * then writes of it has these values, or is refused by key and value.
 */

const frozen = JSON.parse(readFileSync(join(__dirname, 'answers.json'), 'utf8')) as Frozen;
const file = join(freshOutdir(), '..', 'document.yaml');

/** What cdk8s does not write as it is read, where `check` has nothing to say. */
const losses = /: (?:the integer \S+ has more digits|the key "(?:__proto__|constructor)"|"[^"]*" has no value|metadata\S* must be)/;

/** The values, or the message of the refusal. */
function attempt<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof PolicyError && error.code === 'unjudged') return error.message;
    throw error;
  }
}

/** As cdk8s writes it: without keys that have no value, and without what has no meaning (prototypes, a negative zero). */
function withoutNull(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, item: unknown) => (
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.fromEntries(Object.entries(item).filter(([, each]) => each !== null)) : item
  )));
}

/** What the rules find is not asked here. */
const reporting: EnforceOptions = { mode: 'report', onVerdict: () => undefined };

const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const loaded = yamlOf(frozen).map((bytes, index) => {
  writeFileSync(file, bytes);
  const values = attempt(() => cdk8s.Yaml.load(file));
  return { text: Buffer.from(bytes).toString(), check: readingOf(bytes), answers: answersOf(frozen.answers[index]), values };
});

test('each document is loaded with the values that Kubernetes reads, or refused by name', () => {
  const wrong = loaded.filter(({ values, answers, check }) => typeof values === 'string'
    ? !values.includes(`\n  ${file}:`) || (check.errors.length === 0 && !losses.test(values))
    : check.errors.length > 0
      || answers.some(({ isError, documents }) => !isError && !isSame(values, documents.filter((each) => !isEmpty(each)))));

  expect(wrong.slice(0, 3)).toEqual([]);
});

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Go sorts keys, and a negative zero is none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, item]) => [key, sorted(item)]));
}

test('some are loaded and some are refused', () => {
  expect(loaded.filter(({ values }) => typeof values === 'string').length).toBeGreaterThan(300);
  expect(loaded.filter(({ values }) => typeof values !== 'string').length).toBeGreaterThan(300);
});

test('what was loaded is written with these values, or refused by key and value', () => {
  const wrong = loaded.filter(({ values }) => {
    if (typeof values === 'string') return false;
    const app = gatedApp({}, reporting);
    const chart = new cdk8s.Chart(app, 'chart');
    values.forEach((spec: unknown, index) => new cdk8s.ApiObject(chart, `object${index}`, { apiVersion: 'example.com/v1', kind: 'Example', ...{ spec } }));
    const written = attempt(() => app.synthYaml());
    if (/cannot be judged/.test(written)) return !/the (?:key|text) "/.test(written);
    const { documents, errors } = readDocuments(written, 'written.yaml');
    const specs = documents.map(({ value }) => withoutNull((value as { spec: unknown }).spec));
    return errors.length > 0 || JSON.stringify(sorted(specs)) !== JSON.stringify(sorted(withoutNull(values)));
  });

  expect(wrong.slice(0, 3)).toEqual([]);
});

const head = 'apiVersion: example.com/v1\nkind: Example\nmetadata: {name: x}\n';
/** What is no object of Kubernetes, cdk8s does not make one of. */
const isObjects = (text: string) => readDocuments(text, '').documents.every(({ value }) => Object.hasOwn(value as object, 'apiVersion'));
const mappings = Object.values(corpus).flat().filter((text) => /^["'\w]/.test(text)).map((text) => head + text).filter(isObjects);

test('to check and to the gate, a file that is included has the same values', () => {
  const wrong = mappings.filter((text) => {
    writeFileSync(file, text);
    const { documents, errors } = readDocuments(text, file);
    const app = gatedApp({}, reporting);
    const written = attempt(() => {
      new cdk8s.Include(new cdk8s.Chart(app, 'chart'), 'include', { url: file });
      return app.synthYaml();
    });
    if (written.includes('is not loaded')) return errors.length === 0 && !losses.test(written);
    if (written.includes('cannot be judged')) return !/the (?:key|text) "/.test(written);
    const values = readDocuments(written, 'written.yaml').documents.map(({ value }) => withoutNull(value));
    return errors.length > 0 || JSON.stringify(sorted(values)) !== JSON.stringify(sorted(documents.map(({ value }) => withoutNull(value))));
  });

  expect(mappings.length).toBeGreaterThan(500);
  expect(wrong).toEqual([]);
});

const policy: Policy = { profile: 'restricted' };
const numbers = corpus.numbers.filter((text) => text.startsWith('spec: ')).map((text) => text.slice('spec: {runAsUser: '.length, -'}\n'.length));

test.each(numbers)('a pod with runAsUser: %s has the same findings for check and for the gate, or is refused by name', (number) => {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: main\n    image: x\n    securityContext: {runAsUser: ${number}}\n`;
  writeFileSync(file, text);
  const { documents: [document], errors: [error] } = readDocuments(text, file);
  const app = gatedApp(policy);
  const refused = refusalOf(() => {
    new cdk8s.Include(new cdk8s.Chart(app, 'chart'), 'include', { url: file });
    app.synth();
  });

  if (refused.code === 'unjudged') {
    expect(refused.message).toMatch(error === undefined ? losses : error.message);
  } else {
    const found = judge(document.value, compilePolicy(policy, 'policy'), { file: 'x', document: 0 }).flatMap(({ findings }) => findings);
    const told = ({ rule, pointer, message }: Finding) => `${rule} ${pointer} ${message}`;
    expect(refused.findings.map(told).sort()).toEqual(found.map(told).sort());
  }
});
