import * as cdk8s from 'cdk8s';
import { App, defineRule, Deployment, exempt, ExemptionProps, Policy, PolicyError, Verdict, Volume } from '../../src';
import { exits, good, image, makers, refusalOf, trusting } from '../support/apps';

const today = '2030-06-15';
const excuse = (props: Partial<ExemptionProps> = {}): ExemptionProps =>
  ({ rule: 'read-only-root-filesystem', reason: 'writes its licence file beside the binary', ...props });

function writable(chart: cdk8s.Chart, id = 'web') {
  return new Deployment(chart, id, { containers: [{ ...good, securityContext: { readOnlyRootFilesystem: false } }] });
}

describe.each(makers)('an exemption in %s', (_name, make) => {
  function setUp(policy: Policy = trusting) {
    const verdicts: Verdict[] = [];
    const app = make(policy, { today, onVerdict: (verdict) => verdicts.push(verdict) });
    return { app, chart: new cdk8s.Chart(app, 'chart'), verdicts };
  }

  test.each(exits)('excuses its construct, and the report lists it: %s', (_exit, _props, leave) => {
    const { app, chart, verdicts } = setUp();
    exempt(writable(chart), excuse({ owner: 'team-shop', until: '2030-06-15' }));
    leave(app, chart);

    expect(verdicts).toHaveLength(1);
    expect(verdicts[0].exemptions).toEqual([{
      rule: 'read-only-root-filesystem',
      scope: 'chart/web',
      reason: 'writes its licence file beside the binary',
      owner: 'team-shop',
      until: '2030-06-15',
    }]);
    expect(verdicts[0].summary).toMatchObject({ findings: 0, exempted: 1, errors: 0 });
  });

  test('does not excuse its sibling', () => {
    const { app, chart } = setUp();
    exempt(writable(chart), excuse());
    writable(chart, 'web2');

    expect(refusalOf(() => app.synth()).findings.map((finding) => finding.construct)).toEqual(['chart/web2']);
  });

  test('excuses everything below a chart', () => {
    const { app, chart } = setUp();
    exempt(chart, excuse());
    writable(chart, 'a');
    writable(chart, 'b');

    expect(() => app.synth()).not.toThrow();
  });

  test('excuses one container where it names one', () => {
    const { app, chart } = setUp();
    const web = writable(chart);
    web.addContainer({ name: 'side', image, securityContext: { readOnlyRootFilesystem: false } });
    exempt(web, excuse({ container: 'side' }));

    expect(refusalOf(() => app.synth()).findings.map((finding) => finding.container)).toEqual(['main']);
  });

  test.each(exits)('past its day excuses no more, and the refusal says so: %s', (_exit, _props, leave) => {
    const { app, chart } = setUp();
    exempt(writable(chart), excuse({ until: '2030-06-14', owner: 'team-shop' }));

    const refusal = refusalOf(() => leave(app, chart));

    expect(refusal.findings).toHaveLength(1);
    expect(refusal.message).toContain('the exemption from read-only-root-filesystem at chart/web ended on 2030-06-14, today is 2030-06-15');
    expect(refusal.message).toContain('team-shop');
  });

  test.each(exits)('that excuses nothing is an error, and the refusal says so: %s', (_exit, _props, leave) => {
    const { app, chart } = setUp();
    exempt(new Deployment(chart, 'web', { containers: [good] }), excuse());

    const refusal = refusalOf(() => leave(app, chart));

    expect(refusal.findings).toEqual([]);
    expect(refusal.verdict?.errors.map((error) => error.message)).toEqual([
      'the exemption from read-only-root-filesystem at chart/web excuses nothing: remove it',
    ]);
  });

  test('that stands at a construct without any object is an error too', () => {
    const { app, chart } = setUp();
    new Deployment(chart, 'web', { containers: [good] });
    exempt(new cdk8s.Chart(app, 'empty'), excuse({ container: 'main' }));

    expect(refusalOf(() => app.synth()).message).toContain('at empty, container main excuses nothing');
  });

  test('of the whole app is not stale because one chart alone was asked for', () => {
    const { app, chart } = setUp();
    exempt(app, excuse());
    writable(new cdk8s.Chart(app, 'other'));
    new Deployment(chart, 'web', { containers: [good] });

    expect(() => cdk8s.Testing.synth(chart)).not.toThrow();
    expect(() => app.synth()).not.toThrow();
  });

  test('of a policy selects by kind, namespace, name and container', () => {
    const { app, chart } = setUp({
      ...trusting,
      exemptions: [
        { rule: 'read-only-root-filesystem', kind: 'Deployment', namespace: 'shop', name: 'web', container: 'main', reason: 'because' },
      ],
    });
    new Deployment(chart, 'web', {
      metadata: { name: 'web', namespace: 'shop' },
      containers: [{ ...good, securityContext: { readOnlyRootFilesystem: false } }],
    });

    expect(() => app.synth()).not.toThrow();
  });

  test.each([
    ['kind', { kind: 'StatefulSet' }],
    ['namespace', { namespace: 'other' }],
    ['name', { name: 'web2' }],
    ['container', { container: 'side' }],
    ['rule', { kind: 'Deployment', rule: 'privileged' }],
  ])('of a policy does not excuse another %s, and is then stale', (_selector, selectors) => {
    const { app, chart } = setUp({
      ...trusting,
      exemptions: [
        { rule: 'read-only-root-filesystem', reason: 'because', until: '2031-01-01', owner: 'me', ...selectors },
      ],
    });
    writable(chart);

    const refusal = refusalOf(() => app.synth());

    expect(refusal.findings).toHaveLength(1);
    expect(refusal.message).toContain('excuses nothing: remove it; ask me');
  });

  test('of a policy is not held against its word where only a part of the tree was judged', () => {
    const { app, chart } = setUp({ ...trusting, exemptions: [{ rule: 'read-only-root-filesystem', kind: 'Deployment', reason: 'because' }] });
    writable(new cdk8s.Chart(app, 'other'));
    new Deployment(chart, 'web', { containers: [good] });

    expect(() => cdk8s.Testing.synth(chart)).not.toThrow();
  });

  test('from host-path is enough for a path of the node, which three rules speak of', () => {
    const { app, chart } = setUp();
    const web = new Deployment(chart, 'web', { containers: [good] });
    web.addVolume(Volume.fromHostPath(chart, 'logs', 'logs', { path: '/var/log' }));
    expect(refusalOf(() => app.synth()).findings.map((finding) => finding.rule)).toEqual(['host-path-volumes', 'volume-types', 'host-path']);
    exempt(web, excuse({ rule: 'host-path' }));

    expect(() => app.synth()).not.toThrow();
  });

  test('of a rule of your own is declared by the rule', () => {
    const noSidecars = defineRule({
      id: 'no-sidecars',
      summary: 'one container',
      why: 'simple',
      fix: 'remove it',
      profile: 'baseline',
      references: {},
      check: (pod) => pod.containers.slice(1).map(({ pointer, label }) => ({ message: 'is a second container', pointer, container: label })),
    });
    const { app, chart } = setUp({ ...trusting, rules: [noSidecars] });
    const web = new Deployment(chart, 'web', { containers: [good, { name: 'side', image }] });
    expect(refusalOf(() => app.synth()).findings.map((finding) => finding.rule)).toEqual(['no-sidecars']);
    exempt(web, { rule: noSidecars, reason: 'a proxy' });

    expect(() => app.synth()).not.toThrow();
  });
});

describe('what is no exemption throws where it is declared', () => {
  const chart = new cdk8s.Chart(new App({ policy: trusting }), 'chart');

  test.each<[string, object, string]>([
    ['no reason', { rule: 'privileged' }, 'reason is missing'],
    ['an empty reason', { rule: 'privileged', reason: '  ' }, 'reason is missing'],
    ['no rule', { reason: 'because' }, 'rule must be the id of a rule'],
    ['an unknown rule', { rule: 'privilegd', reason: 'because' }, '"privilegd" is no rule'],
    ['the rule manifest', { rule: 'manifest', reason: 'because' }, "there is none from 'manifest'"],
    ['a day that is none', { rule: 'privileged', reason: 'because', until: '2030-02-30' }, 'until must be a day such as 2030-12-31, it is "2030-02-30"'],
    ['a day in words', { rule: 'privileged', reason: 'because', until: 'tomorrow' }, 'until must be a day'],
  ])('%s', (_name, props, problem) => {
    const refusal = refusalOf(() => exempt(chart, props as ExemptionProps));

    expect(refusal).toBeInstanceOf(PolicyError);
    expect(refusal.code).toBe('invalid-exemption');
    expect(refusal.message).toContain(`exemption at chart: ${problem}`);
  });

  test('and it says so when it is the app', () => {
    expect(() => exempt(chart.node.root, { rule: 'privileged', reason: '' })).toThrow('exemption at the app: reason is missing');
  });
});
