import { Finding, PolicyError, Verdict } from '../../src';
import { compilePolicy } from '../../src/policy/compile';
import { Exemption, exemptionOf } from '../../src/policy/exemption';
import { judge } from '../../src/policy/judge';
import { Ledger } from '../../src/policy/ledger';
import { PolicyExemption } from '../../src/policy/policy';
import { passes } from '../../src/policy/verdict';
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

function concluded(...decisions: readonly (readonly Exemption[])[]): Verdict {
  const ledger = new Ledger(today);
  ledger.enterFinding(finding, ...decisions);
  return ledger.conclude(decisions.flat());
}

test('a ledger without entries passes, and counts nothing', () => {
  const verdict = new Ledger(today).conclude([]);

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
  const ledger = new Ledger(today);
  ledger.enterDocument('a.yaml');
  ledger.enterDocument('a.yaml');
  ledger.enterDocument();
  for (const { pods } of judge(validPod, compilePolicy({}))) ledger.enterPods(pods);
  for (const as of ['without-kind', 'list', 'without-kind']) ledger.passOver(as);

  const { summary, passedOver } = ledger.conclude([]);

  expect(summary).toMatchObject({ files: 1, documents: 3, pods: 1, containers: 3 });
  expect(passedOver).toEqual({ 'list': 1, 'without-kind': 2 });
});

test('counts findings by rule, in the order of the ids', () => {
  const ledger = new Ledger(today);
  for (const rule of ['privileged', 'apparmor', 'privileged', 'host-ports']) ledger.enterFinding({ ...finding, rule }, []);
  const verdict = ledger.conclude([]);

  expect(Object.entries(verdict.rules)).toEqual([['apparmor', 1], ['host-ports', 1], ['privileged', 2]]);
  expect(passes(verdict)).toBe(false);
});

test('an error alone does not pass', () => {
  const ledger = new Ledger(today);
  ledger.enterError({ message: 'cannot be read', file: 'a.yaml', line: 3 });
  const verdict = ledger.conclude([]);

  expect(verdict.errors).toEqual([{ message: 'cannot be read', file: 'a.yaml', line: 3 }]);
  expect(passes(verdict)).toBe(false);
});

test('a finding without an exemption stays', () => {
  expect(concluded().findings).toEqual([finding]);
  expect(concluded([]).findings).toEqual([finding]);
});

test('an exemption excuses, and is listed once', () => {
  const excuse = exemption({ owner: 'team', until: today });
  const ledger = new Ledger(today);
  ledger.enterFinding(finding, [excuse]);
  ledger.enterFinding({ ...finding, pointer: '/other' }, [excuse]);
  const verdict = ledger.conclude([excuse]);

  expect(passes(verdict)).toBe(true);
  expect(verdict.exempted.map(({ exemption: { reason } }) => reason)).toEqual(['because', 'because']);
  expect(verdict.exemptions).toEqual([excuse.note]);
  expect(verdict.summary).toMatchObject({ findings: 0, exempted: 2, errors: 0 });
});

test('one that has ended does not excuse, and says so', () => {
  const verdict = concluded([exemption({ until: '2030-06-14', owner: 'team', container: 'web' })]);

  expect(verdict.findings).toEqual([finding]);
  expect(verdict.errors).toEqual([{
    stale: true,
    message: 'the exemption from privileged at policy: name shop, container web ended on 2030-06-14, today is 2030-06-15: '
      + 'mend what it excused, or decide again; ask team',
  }]);
});

test('one that has ended leaves the word to the next', () => {
  const verdict = concluded([exemption({ until: '2030-06-14' }), exemption({ reason: 'decided again' })]);

  expect(verdict.exempted.map(({ exemption: { reason } }) => reason)).toEqual(['decided again']);
  expect(verdict.errors).toHaveLength(1);
});

test('of two that excuse the same neither is stale', () => {
  const verdict = concluded([exemption(), exemption({ reason: 'also' })]);

  expect(verdict.errors).toEqual([]);
  expect(verdict.exemptions.map(({ reason }) => reason)).toEqual(['because']);
});

test('one that excuses nothing is an error', () => {
  const verdict = concluded([exemption(), exemption({ rule: 'apparmor' })]);

  expect(verdict.errors).toEqual([
    { stale: true, message: 'the exemption from apparmor at policy: name shop excuses nothing: remove it' },
  ]);
  expect(passes(verdict)).toBe(false);
});

test('where several policies hold, each of them must excuse a finding', () => {
  expect(concluded([exemption()], []).findings).toEqual([finding]);
  expect(concluded([], [exemption()]).findings).toEqual([finding]);
  expect(concluded([exemption()], [exemption({ until: '2030-06-14' })]).findings).toEqual([finding]);

  const both = concluded([exemption()], [exemption({ reason: 'also' })]);
  expect(passes(both)).toBe(true);
  expect(both.exempted).toHaveLength(1);
  expect(both.exemptions.map(({ reason }) => reason)).toEqual(['because', 'also']);
});

test('an exemption that a manifest declared for itself is held against its word too', () => {
  const ledger = new Ledger(today);
  ledger.enterDeclared([exemption()]);

  expect(ledger.conclude([]).errors).toEqual([{ stale: true, message: 'the exemption from privileged at policy: name shop excuses nothing: remove it' }]);
});

test('an exemption used in one ledger is not stale in another of the same judgement', () => {
  const used = new Set<Exemption>();
  const excuse = exemption();
  const first = new Ledger(today, used);
  first.enterFinding(finding, [excuse]);

  expect(passes(new Ledger(today, used).conclude([excuse]))).toBe(true);
});

test.each(['', 'tomorrow', '2030-6-15', 20300615])('today must be a day, not %j: no exemption would ever end', (day) => {
  expect(() => new Ledger(day as string)).toThrow(PolicyError);
  expect(() => new Ledger(day as string)).toThrow(`today must be a day such as 2030-12-31, it is ${JSON.stringify(String(day))}`);
});

test('where something could not be read, an exemption that excused nothing may be about that; one past its day has ended all the same', () => {
  const ledger = new Ledger(today);
  ledger.enterError({ message: 'cannot be read', file: 'a.yaml' });

  expect(ledger.conclude([exemption(), exemption({ until: '2030-06-14' })]).errors.map(({ message }) => message)).toEqual([
    'cannot be read',
    expect.stringContaining('ended on 2030-06-14'),
  ]);
});

test('of more findings than anybody reads the first are kept, and it does not pass, whatever is excused', () => {
  const ledger = new Ledger(today);
  const excuse = exemption();
  for (let count = 0; count < 100_000; count++) ledger.enterFinding(finding, [excuse]);
  expect(ledger.enterFinding(finding, [excuse])).toBe(false);
  const verdict = ledger.conclude([excuse]);

  expect(verdict.summary).toMatchObject({ exempted: 100_000, findings: 0, errors: 1 });
  expect(verdict.errors).toEqual([{ message: 'there are more than 100000 findings; the report has the first of them' }]);
});

test('says whether a finding is left', () => {
  expect(new Ledger(today).enterFinding(finding, [exemption()])).toBe(false);
  expect(new Ledger(today).enterFinding(finding)).toBe(true);
});
