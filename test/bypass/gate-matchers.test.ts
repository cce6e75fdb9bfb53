import * as cdk8s from 'cdk8s';
import { Deployment } from '../../src';
import { matchers } from '../../src/jest';
import { good, makers, trusting } from '../support/apps';

/*
 * What the gate refuses, shown to the matchers.
 */

const bad = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bad' }, spec: { containers: [{ name: 'main', image: 'nginx' }] } };

class Adding extends cdk8s.Chart {
  public override toJson() {
    return [...super.toJson() as unknown[], bad];
  }
}

const addLate = (chart: cdk8s.Chart) => chart.node.tryFindChild('late') ?? new cdk8s.ApiObject(chart, 'late', bad);

const plain = ['a plain App without a policy', () => new cdk8s.App()] as const;

describe.each([...makers, plain])('%s', (_maker, make) => {
  test.each<readonly [name: string, prepare: (app: cdk8s.App) => cdk8s.Chart]>([
    ['a validation adds', (app) => {
      const chart = new cdk8s.Chart(app, 'chart');
      chart.node.addValidation({ validate: () => { addLate(chart); return []; } });
      return chart;
    }],
    ['a validation of another chart adds', (app) => {
      const chart = new cdk8s.Chart(app, 'chart');
      new cdk8s.Chart(app, 'other').node.addValidation({ validate: () => { addLate(chart); return []; } });
      return chart;
    }],
    ['a lazy value adds', (app) => {
      const chart = new cdk8s.Chart(app, 'chart');
      new cdk8s.ApiObject(chart, 'lazy', { apiVersion: 'v1', kind: 'ConfigMap', data: cdk8s.Lazy.any({ produce: () => { addLate(chart); return {}; } }) });
      return chart;
    }],
  ])('sees an object that %s', (_name, prepare) => {
    expect(prepare(make())).not.toSatisfyPolicy(trusting);
    expect(prepare(make())).toViolate('image-digest', trusting);
    const chart = prepare(make());
    expect(chart.node.root).not.toSatisfyPolicy(trusting);
  });

  test('does not satisfy where a chart has a toJson of its own, seen from the app, the chart and within it', () => {
    const app = make();
    const chart = new Adding(app, 'chart');
    const web = new Deployment(chart, 'web', { containers: [good] });

    for (const construct of [app, chart, web]) {
      expect(construct).not.toSatisfyPolicy(trusting);
      expect(matchers.toSatisfyPolicy(construct, trusting).message()).toContain('its toJson is its own');
      expect(() => expect(construct).not.toViolate('privileged', trusting)).toThrow('its toJson is its own');
    }
  });

  test('shows the error of a validation', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    new Deployment(chart, 'web', { containers: [good] });
    chart.node.addValidation({ validate: () => ['the moon is full'] });

    expect(() => expect(chart).toSatisfyPolicy(trusting)).toThrow('[chart] the moon is full');
    expect(() => expect(chart).not.toSatisfyPolicy(trusting)).toThrow('[chart] the moon is full');
  });

  test('does not take an empty tree for one that satisfies, unless asked to', () => {
    const app = make();
    new cdk8s.Chart(app, 'empty');

    expect(app).not.toSatisfyPolicy(trusting);
    expect(() => expect(app).toSatisfyPolicy(trusting)).toThrow('there is no object to judge');
    expect(app).toSatisfyPolicy(trusting, { allowEmpty: true });
    expect(() => expect(app).not.toViolate('privileged', trusting)).toThrow('there is no object to judge');
    expect(app).not.toViolate('privileged', trusting, { allowEmpty: true });
  });

  test('lets an empty app through the gate', () => {
    const app = make();

    expect(app.synthYaml()).toBe('');
  });
});

test('charts of another app do not satisfy', () => {
  const foreign = new cdk8s.Chart(new cdk8s.App(), 'foreign');
  class Borrowing extends cdk8s.App {
    public override get charts() { return [foreign]; }
  }
  const app = new Borrowing();
  new Deployment(new cdk8s.Chart(app, 'chart'), 'web', { containers: [good] });

  expect(app).not.toSatisfyPolicy(trusting);
});
