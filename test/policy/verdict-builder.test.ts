import { Finding, PolicyError, Verdict } from '../../src';
import { compilePolicy } from '../../src/policy/compile';
import { Exemption, exemptionOf } from '../../src/policy/exemption';
import { judge } from '../../src/policy/judge';
import { PolicyExemption } from '../../src/policy/policy';
import { passes } from '../../src/policy/verdict';
import { VerdictBuilder } from '../../src/policy/verdict-builder';
import { validPod } from '../support/pods';

const today = '2030-06-15';
const finding: Finding = {
  rule: 'privileged',
  message: 'm',
  severity: 'medium',
  fix: 'f',
  pointer: '/spec/containers/0',
  container: 'web',
  resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'acme', name: 'shop' },
};

function exemption(props: Partial<PolicyExemption> = {}): Exemption {
  return exemptionOf({ rule: 'privileged', name: 'shop', reason: 'because', ...props }, 'policy');
}

function verdictOf(...decisions: readonly (readonly Exemption[])[]): Verdict {
  const builder = new VerdictBuilder(today);
  builder.addFinding(finding, ...decisions);
  return builder.build(decisions.flat());
}

test('a verdict of nothing passes, and counts nothing', () => {
  const verdict = new VerdictBuilder(today).build([]);

  expect(passes(verdict)).toBe(true);
  expect(verdict).toEqual({
    summary: { files: 0, documents: 0, pods: 0, containers: 0, findings: 0, exempted: 0, errors: 0 },
    rules: {},
    findings: [],
    exempted: [],
    baselined: [],
    exemptions: [],
    errors: [],
    pods: [],
    passedOver: {},
    today,
  });
});

test('counts what was judged: a file with two documents once', () => {
  const builder = new VerdictBuilder(today);
  builder.addDocument('a.yaml');
  builder.addDocument('a.yaml');
  builder.addDocument();
  for (const { pods } of judge(validPod, compilePolicy({}))) builder.addPods(pods);
  for (const as of ['without-kind', 'list', 'without-kind']) builder.addPassedOver(as);

  const { summary, passedOver } = builder.build([]);

  expect(summary).toMatchObject({ files: 1, documents: 3, pods: 1, containers: 3 });
  expect(passedOver).toEqual({ 'list': 1, 'without-kind': 2 });
});

test('counts findings by rule, in the order of the ids', () => {
  const builder = new VerdictBuilder(today);
  for (const rule of ['privileged', 'apparmor', 'privileged', 'host-ports']) builder.addFinding({ ...finding, rule }, []);
  const verdict = builder.build([]);

  expect(Object.entries(verdict.rules)).toEqual([['apparmor', 1], ['host-ports', 1], ['privileged', 2]]);
  expect(passes(verdict)).toBe(false);
});

test('an error alone does not pass', () => {
  const builder = new VerdictBuilder(today);
  builder.addError({ message: 'cannot be read', file: 'a.yaml', line: 3 });
  const verdict = builder.build([]);

  expect(verdict.errors).toEqual([{ message: 'cannot be read', file: 'a.yaml', line: 3 }]);
  expect(passes(verdict)).toBe(false);
});

test('a finding without an exemption stays', () => {
  expect(verdictOf().findings).toEqual([finding]);
  expect(verdictOf([]).findings).toEqual([finding]);
});

test('an exemption excuses, and is listed once', () => {
  const excuse = exemption({ owner: 'team', until: today });
  const builder = new VerdictBuilder(today);
  builder.addFinding(finding, [excuse]);
  builder.addFinding({ ...finding, pointer: '/other' }, [excuse]);
  const verdict = builder.build([excuse]);

  expect(passes(verdict)).toBe(true);
  expect(verdict.exempted.map(({ exemption: { reason } }) => reason)).toEqual(['because', 'because']);
  expect(verdict.exemptions).toEqual([excuse.note]);
  expect(verdict.summary).toMatchObject({ findings: 0, exempted: 2, errors: 0 });
});

test('one that has ended does not excuse, and says so', () => {
  const verdict = verdictOf([exemption({ until: '2030-06-14', owner: 'team', container: 'web' })]);

  expect(verdict.findings).toEqual([finding]);
  expect(verdict.errors).toEqual([{
    stale: true,
    message: 'the exemption from privileged at policy: name shop, container web ended on 2030-06-14, today is 2030-06-15: '
      + 'mend what it excused, or decide again; ask team',
  }]);
});

test('one that has ended leaves the word to the next', () => {
  const verdict = verdictOf([exemption({ until: '2030-06-14' }), exemption({ reason: 'decided again' })]);

  expect(verdict.exempted.map(({ exemption: { reason } }) => reason)).toEqual(['decided again']);
  expect(verdict.errors).toHaveLength(1);
});

test('of two that excuse the same neither is stale', () => {
  const verdict = verdictOf([exemption(), exemption({ reason: 'also' })]);

  expect(verdict.errors).toEqual([]);
  expect(verdict.exemptions.map(({ reason }) => reason)).toEqual(['because']);
});

test('one that excuses nothing is an error', () => {
  const verdict = verdictOf([exemption(), exemption({ rule: 'apparmor' })]);

  expect(verdict.errors).toEqual([
    { stale: true, message: 'the exemption from apparmor at policy: name shop excuses nothing: remove it' },
  ]);
  expect(passes(verdict)).toBe(false);
});

test('where several policies hold, each of them must excuse a finding', () => {
  expect(verdictOf([exemption()], []).findings).toEqual([finding]);
  expect(verdictOf([], [exemption()]).findings).toEqual([finding]);
  expect(verdictOf([exemption()], [exemption({ until: '2030-06-14' })]).findings).toEqual([finding]);

  const both = verdictOf([exemption()], [exemption({ reason: 'also' })]);
  expect(passes(both)).toBe(true);
  expect(both.exempted).toHaveLength(1);
  expect(both.exemptions.map(({ reason }) => reason)).toEqual(['because', 'also']);
});

test('an exemption that a manifest declared for itself is held against its word too', () => {
  const builder = new VerdictBuilder(today);
  builder.addDeclared([exemption()]);

  expect(builder.build([]).errors).toEqual([{ stale: true, message: 'the exemption from privileged at policy: name shop excuses nothing: remove it' }]);
});

test('an exemption used in one builder is not stale in another of the same judgement', () => {
  const used = new Set<Exemption>();
  const excuse = exemption();
  const first = new VerdictBuilder(today, used);
  first.addFinding(finding, [excuse]);

  expect(passes(new VerdictBuilder(today, used).build([excuse]))).toBe(true);
});

test.each(['', 'tomorrow', '2030-6-15', 20300615])('today must be a day, not %j: no exemption would ever end', (day) => {
  expect(() => new VerdictBuilder(day as string)).toThrow(PolicyError);
  expect(() => new VerdictBuilder(day as string)).toThrow(`today must be a day such as 2030-12-31, it is ${JSON.stringify(String(day))}`);
});

test('where something could not be read, an exemption that excused nothing may be about that; one past its day has ended all the same', () => {
  const builder = new VerdictBuilder(today);
  builder.addError({ message: 'cannot be read', file: 'a.yaml' });

  expect(builder.build([exemption(), exemption({ until: '2030-06-14' })]).errors.map(({ message }) => message)).toEqual([
    'cannot be read',
    expect.stringContaining('ended on 2030-06-14'),
  ]);
});

test('of more findings than anybody reads the first are kept, and it does not pass, whatever is excused', () => {
  const builder = new VerdictBuilder(today);
  const excuse = exemption();
  for (let count = 0; count < 100_000; count++) builder.addFinding(finding, [excuse]);
  expect(builder.addFinding(finding, [excuse])).toBe(false);
  const verdict = builder.build([excuse]);

  expect(verdict.summary).toMatchObject({ exempted: 100_000, findings: 0, errors: 1 });
  expect(verdict.errors).toEqual([{ message: 'there are more than 100000 findings; the report has the first of them' }]);
});

test('says whether a finding is left', () => {
  expect(new VerdictBuilder(today).addFinding(finding, [exemption()])).toBe(false);
  expect(new VerdictBuilder(today).addFinding(finding)).toBe(true);
});
