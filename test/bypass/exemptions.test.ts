import * as cdk8s from 'cdk8s';
import { Deployment, enforce, exempt, Policy } from '../../src';
import { JsonObject } from '../../src/shape/json';
import { exits, gatedApp, good, makers, refusalOf, trusting } from '../support/apps';
import { tweak } from '../support/pods';

/*
 * Decisions that are stretched beyond what was decided.
 */

const reason = 'it is old';
const writable = { ...good, securityContext: { readOnlyRootFilesystem: false } };

describe.each(makers)('%s', (_maker, make) => {
  test.each(exits)('a nested policy does not turn back the calendar: %s', (_exit, props, leave) => {
    const ended = { rule: 'read-only-root-filesystem', kind: 'Deployment', reason, until: '2020-01-01' };
    const app = make({ ...trusting, exemptions: [ended] }, props);
    const chart = new cdk8s.Chart(app, 'chart');
    new Deployment(chart, 'web', { containers: [writable] });
    enforce(chart, { ...trusting, exemptions: [ended] }, { today: '2019-01-01' });

    expect(refusalOf(() => leave(app, chart)).findings.map(({ rule }) => rule)).toEqual(['read-only-root-filesystem']);
  });

  test('the calendar of an outermost policy holds, the latest one where there are several', () => {
    const until = (day: string): Policy => ({ ...trusting, exemptions: [{ rule: 'read-only-root-filesystem', kind: 'Deployment', reason, until: day }] });
    const app = new cdk8s.App();
    for (const [name, today] of [['first', '2019-01-01'], ['second', '2019-06-01']] as const) {
      const chart = new cdk8s.Chart(app, name);
      new Deployment(chart, 'web', { containers: [writable] });
      enforce(chart, until('2019-03-01'), { today });
    }

    expect(refusalOf(() => app.synthYaml()).message).toContain('today is 2019-06-01');
  });

  test('a listener that empties the verdict opens nothing', () => {
    const app = make(undefined, { onVerdict: (verdict) => { (verdict.findings as unknown[]).length = 0; } });
    new Deployment(new cdk8s.Chart(app, 'chart'), 'web', { containers: [writable] });

    refusalOf(() => app.synth());
  });

  test('a nested policy cannot excuse what the one around it finds', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    new Deployment(chart, 'web', { containers: [writable] });
    enforce(chart, {
      profile: 'baseline',
      kubernetesVersion: '1.0',
      ignoreAnnotations: true,
      serviceAccountToken: 'allowed',
      exemptions: [{ rule: 'read-only-root-filesystem', name: 'web', reason }],
    }, { mode: 'report', onVerdict: () => undefined });

    expect(refusalOf(() => app.synth()).findings.map(({ rule }) => rule)).toEqual(['read-only-root-filesystem']);
  });

  test('an exemption is for the construct, not for one whose name begins alike, nor for a container of another name', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    exempt(new Deployment(chart, 'web', { containers: [writable, { ...writable, name: 'main2', portNumber: 8081 }] }), {
      rule: 'read-only-root-filesystem', reason, container: 'main',
    });
    new Deployment(chart, 'web2', { containers: [writable] });

    expect(refusalOf(() => app.synth()).findings.map(({ construct, container }) => `${construct} ${container}`))
      .toEqual(['chart/web main2', 'chart/web2 main']);
  });
});

/** Objects without a name are told apart by their place. */
test('an annotation excuses its own object, not the next one of a list that looks alike', () => {
  const pod = (annotations: JsonObject) => tweak({
    'metadata.name': undefined, 'metadata.annotations': annotations, 'spec.containers.0.securityContext.readOnlyRootFilesystem': false,
  });
  const items = [pod({}), pod({ 'ignore.cdk8s-hardened/read-only-root-filesystem': reason }), ...Array.from({ length: 9 }, () => pod({}))];
  const app = gatedApp({ ...trusting, ignoreAnnotations: true });
  new cdk8s.ApiObject(new cdk8s.Chart(app, 'chart'), 'list', { apiVersion: 'v1', kind: 'List', items });

  expect(refusalOf(() => app.synth()).verdict?.exempted.map(({ pointer }) => pointer))
    .toEqual(['/items/1/spec/containers/0/securityContext/readOnlyRootFilesystem']);
});
