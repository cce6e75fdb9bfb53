import * as cdk8s from 'cdk8s';
import { Deployment, defineRule } from '../../src';
import * as compat from '../../src/compat';
import { matchers } from '../../src/jest';
import { gatedApp, good, trusting } from '../support/apps';
import { lockSaying } from '../support/locks';

function chartWith(readOnlyRootFilesystem: boolean): cdk8s.Chart {
  const chart = new cdk8s.Chart(cdk8s.Testing.app(), 'shop');
  new Deployment(chart, 'web', { containers: [{ ...good, imagePullPolicy: undefined, securityContext: { readOnlyRootFilesystem } }] });
  return chart;
}

const messageOf = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('toSatisfyPolicy', () => {
  test('passes what the policy passes', () => {
    expect(chartWith(true)).toSatisfyPolicy(trusting);
    expect(chartWith(false)).not.toSatisfyPolicy(trusting);
  });

  test('fails with the report as its message', () => {
    expect(messageOf(() => expect(chartWith(false)).toSatisfyPolicy(trusting))).toMatch(/^shop\/web .*read-only-root-filesystem/s);
    expect(messageOf(() => expect(chartWith(true)).not.toSatisfyPolicy(trusting))).toContain('no findings');
  });

  test('judges by its own policy, whatever is enforced', () => {
    const app = gatedApp({ registries: {} });
    const chart = new cdk8s.Chart(app, 'shop');
    new Deployment(chart, 'web', { containers: [good] });
    expect(() => cdk8s.Testing.synth(chart)).toThrow('image-registry');

    expect(chart).toSatisfyPolicy(trusting);
    expect(app).toSatisfyPolicy(trusting, { today: '2030-01-01' });
  });

  test('judges what a lock pins', () => {
    const chart = new cdk8s.Chart(cdk8s.Testing.app(), 'shop');
    new compat.Deployment(chart, 'web', { containers: [{ ...good, image: 'ghcr.io/acme/shop:1.5.0' }] });

    expect(chart).toSatisfyPolicy(trusting, { lock: lockSaying({}, 'ghcr.io/acme/shop:1.5.0') });
    expect(chart).not.toSatisfyPolicy(trusting);
    expect(chart).toViolate('image-user', trusting, { lock: lockSaying({ user: 'root', uid: 0 }, 'ghcr.io/acme/shop:1.5.0') });
  });

  test('refuses what is no construct', () => {
    expect(() => expect({ kind: 'Pod' }).toSatisfyPolicy(trusting)).toThrow('expected an app, a chart or another construct');
  });
});

describe('toViolate', () => {
  const never = defineRule({
    id: 'never',
    summary: 's',
    why: 'w',
    fix: 'f',
    profile: 'baseline',
    references: {},
    check: (pod) => [{ message: 'never', pointer: pod.pointer }],
  });

  test('tells one rule from the others', () => {
    expect(chartWith(false)).toViolate('read-only-root-filesystem', trusting);
    expect(chartWith(false)).not.toViolate('privileged', trusting);
    expect(chartWith(true)).toViolate(never, { ...trusting, rules: [never] });
  });

  test('says how many there are, and the report', () => {
    expect(matchers.toViolate(chartWith(false), 'privileged', trusting).message()).toMatch(/^findings of privileged: 0\n\nshop\/web/);
    expect(matchers.toViolate(chartWith(false), 'read-only-root-filesystem', trusting).message()).toMatch(/^findings of read-only-root-filesystem: 1\n/);
  });
});
