import { defineRule, Fault, Rule, rules } from '../../src';
import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';
import { tweak, validPod } from '../support/pods';

const policy = compilePolicy({ registries: { 'ghcr.io/acme': {} } });
const origin = { file: 'pod.yaml', document: 3 };
const resource = { apiVersion: 'v1', kind: 'Pod', namespace: 'acme', name: 'shop' };

function own(check: Rule['check']): Rule {
  return defineRule({ id: 'own', summary: 's', why: 'w', fix: 'mend it', profile: 'hardened', references: {}, check });
}

function findingsOf(document: unknown, rule: Rule) {
  return judge(document, { ...policy, rules: [rule] }).flatMap(({ findings }) => findings);
}

test('says which pods a document holds, and where it came from', () => {
  const [judged, ...others] = judge(tweak({ 'spec.initContainers': undefined, 'spec.ephemeralContainers': undefined }), policy, origin);

  expect(others).toEqual([]);
  expect(judged.findings).toEqual([]);
  expect(judged.pods).toEqual([{
    resource, containers: ['web'], images: [`ghcr.io/acme/web:1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`], ...origin,
  }]);
});

test('leaves an image out of the list where a container has none', () => {
  const [judged] = judge(tweak({ 'spec.containers.0.image': undefined }), policy);

  expect(judged.pods[0]).toMatchObject({ containers: ['migrate', 'web', 'debug'], images: [{}, {}] });
});

test('a finding has all that a report needs', () => {
  const [{ findings }] = judge(tweak({ 'spec.containers.0.securityContext.privileged': true }), policy, origin);

  expect(findings.find(({ rule }) => rule === 'privileged')).toEqual({
    rule: 'privileged',
    severity: 'critical',
    message: expect.any(String) as string,
    fix: expect.any(String) as string,
    pointer: '/spec/containers/0/securityContext/privileged',
    container: 'web',
    resource,
    ...origin,
  });
});

test('each item of a List is judged for itself', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [validPod, tweak({ 'spec.hostNetwork': true, 'metadata.name': 'bad' })] };
  const judged = judge(list, policy);

  expect(judged.map(({ findings }) => findings.map(({ rule }) => rule))).toEqual([[], ['host-namespaces']]);
  expect(judged[1].findings[0]).toMatchObject({ pointer: '/items/1/spec/hostNetwork', resource: { name: 'bad' } });
});

test('what cannot be read is a finding of the rule manifest, in every profile', () => {
  const baseline = compilePolicy({ profile: 'baseline' });

  expect(judge('a text', baseline, origin)[0].findings).toEqual([{
    rule: 'manifest',
    severity: 'high',
    message: 'the document must be an object, it is a string',
    fix: rules.manifest.fix,
    pointer: '',
    resource: { apiVersion: '', kind: '' },
    ...origin,
  }]);
  expect(judge({ apiVersion: 'v1', kind: 'Pod' }, baseline)[0].findings.map(({ rule }) => rule)).toEqual(['manifest']);
});

test('an empty document holds nothing', () => {
  expect(judge(null, policy)).toEqual([]);
  expect(judge(undefined, policy)).toEqual([]);
});

test('persistent volumes are judged by the rules that know them', () => {
  const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'data' }, spec: { hostPath: { path: '/etc' } } };
  const [judged] = judge(volume, policy);

  expect(judged.pods).toEqual([]);
  expect(judged.findings).toEqual([expect.objectContaining({ rule: 'host-path', pointer: '/spec/hostPath/path' })]);
});

test('what the templates of one object share is found once', () => {
  const templates = ['a', 'b'].map((name) => ({ name, container: { image: 'nginx' } }));
  const spec = { volumes: [{ name: 'host', hostPath: { path: '/etc' } }], templates };
  const shared = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'w' }, spec };
  const [{ pods, findings }] = judge(shared, policy);
  const places = findings.map(({ rule, pointer, container, message }) => JSON.stringify([rule, pointer, container, message]));

  expect(pods.length).toBeGreaterThan(1);
  expect(new Set(places).size).toBe(places.length);
});

describe('a rule of a platform team', () => {
  test('finds, with its own fix unless the place has a better one', () => {
    const faults: Fault[] = [{ message: 'm', pointer: '/a' }, { message: 'n', pointer: '/b', container: 'web', fix: 'better' }];

    expect(findingsOf(validPod, own(() => faults))).toEqual([
      { rule: 'own', severity: 'medium', message: 'm', pointer: '/a', fix: 'mend it', resource },
      { rule: 'own', severity: 'medium', message: 'n', pointer: '/b', container: 'web', fix: 'better', resource },
    ]);
  });

  test('weighs what it says it weighs', () => {
    const faults: Fault[] = [{ message: 'm', pointer: '/a' }];
    expect(findingsOf(validPod, { ...own(() => faults), severity: 'low' })).toMatchObject([{ severity: 'low' }]);
  });

  test('says what makes it worse, which a baseline compares', () => {
    expect(findingsOf(validPod, own(() => [{ message: 'm', pointer: '/a', detail: 'b' }]))).toMatchObject([{ detail: 'b' }]);
  });

  test('that failed is no finding of the kind that it makes', () => {
    expect(findingsOf(validPod, own(() => { throw new Error('no'); }))).toMatchObject([{ detail: 'the rule failed' }]);
  });

  test('cannot say that a finding is of another rule or pod', () => {
    const forged = { message: 'm', pointer: '/a', rule: 'privileged', pod: 'other', resource: { apiVersion: '', kind: '' } };

    expect(findingsOf(validPod, own(() => [forged]))).toEqual([expect.objectContaining({ rule: 'own', resource, pod: undefined })]);
  });

  const unshowable = { toString: () => { throw new Error('no'); } };
  test.each<[name: string, check: () => unknown, why: string]>([
    ['throws', () => { throw new Error('no such thing'); }, '"Error: no such thing"'],
    ['throws a text', () => { throw 'no\u001b[31m\n'; }, '"no\\u001b[31m\\n"'],
    ['throws a megabyte', () => { throw new Error('x'.repeat(1_000_000)); }, `"Error: ${'x'.repeat(72)}…"`],
    ['throws nothing', () => { throw undefined; }, '"undefined"'],
    ['throws what cannot be made a text', () => { throw unshowable; }, '"an object"'],
    ['throws an object without a prototype', () => { throw Object.create(null); }, '"an object"'],
    ['gives nothing', () => undefined, '"TypeError: '],
    ['gives a promise', () => Promise.resolve([]), '"TypeError: '],
    ['gives a text', () => 'bad', '"TypeError: a fault must be an object with the texts message and pointer"'],
    ['gives a fault without a message', () => [{ pointer: '/a' }], '"TypeError: a fault must be an object with the texts message and pointer"'],
    ['gives a fault without a pointer', () => [{ message: 'm' }], '"TypeError: a fault must be an object with the texts message and pointer"'],
    ['gives a detail that is no text', () => [{ message: 'm', pointer: '/a', detail: { toJSON: () => 'x' } }], '"TypeError: the detail of a fault must be a text"'],
    ['gives null', () => [null], '"TypeError: a fault must be an object with the texts message and pointer"'],
  ])('that %s has not passed', (_name, check, why) => {
    const [finding, ...others] = findingsOf(validPod, own(check as Rule['check']));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'own', pointer: '/spec', fix: 'mend the rule own: its check must not throw' });
    expect(finding.message).toMatch(/^[\x20-\x7e…]{1,200}$/);
    expect(finding.message.startsWith(`the rule own failed, so this could not be judged: ${why}`)).toBe(true);
  });

  test('that ends in the middle has not passed, whatever it found before', () => {
    const rule = own(function* () {
      yield { message: 'm', pointer: '/a' };
      throw new Error('no such thing');
    });

    expect(findingsOf(validPod, rule).map(({ message }) => message)).toEqual([expect.stringContaining('no such thing')]);
  });

  test('that fails on a persistent volume has not passed', () => {
    const rule: Rule = { ...own(() => []), checkPersistentVolume: () => { throw new Error('no'); } };
    const volume = { apiVersion: 'v1', kind: 'PersistentVolume', spec: { local: { path: '/data' } } };

    expect(findingsOf(volume, rule)).toEqual([expect.objectContaining({ rule: 'own', pointer: '' })]);
  });
});
