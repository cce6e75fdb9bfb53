import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { Deployment, enforce } from '../../src';
import { exits, filesIn, freshOutdir, good, image, makers, refusalOf, trusting } from '../support/apps';

/*
 * Trees that are not what they seem: other classes, other apps, constructs that were taken out.
 */

const bad = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bad' }, spec: { containers: [{ name: 'main', image: 'nginx' }] } };
const raw = (value: unknown) => class extends cdk8s.ApiObject {
  public override toJson = () => value;
};
const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };

class Adding extends cdk8s.Chart {
  public override toJson() {
    return [...super.toJson() as unknown[], bad];
  }
}

describe.each(makers)('%s', (_maker, make) => {
  describe.each(exits)('%s', (_exit, props, leave) => {
    test('refuses a chart whose class adds an object in its own toJson', () => {
      const app = make(undefined, props);
      const chart = new Adding(app, 'chart');

      expect(refusalOf(() => leave(app, chart))).toMatchObject({ code: 'unjudged', message: expect.stringContaining('chart cannot be judged: its toJson') as string });
      expect(filesIn(app.outdir)).toEqual([]);
    });

    test('refuses a chart that was given a toJson', () => {
      const app = make(undefined, props);
      const chart = new cdk8s.Chart(app, 'chart');
      chart.toJson = () => [bad];

      if (leave.length === 2) expect(() => leave(app, chart)).not.toThrow();
      else expect(refusalOf(() => leave(app, chart)).code).toBe('unjudged');
    });

    test.each([['a pod', bad], ['a list', [bad]], ['a text', JSON.stringify(bad)]])('refuses an object whose class renders it to %s', (_name, value) => {
      const app = make(undefined, props);
      const chart = new cdk8s.Chart(app, 'chart');
      new (raw(value))(chart, 'x', configMap);

      expect(refusalOf(() => leave(app, chart)).code).toBe('refused');
    });

    test('refuses a bad object in a nested chart', () => {
      const app = make(undefined, props);
      const nested = new cdk8s.Chart(new cdk8s.Chart(app, 'chart'), 'nested');
      new cdk8s.ApiObject(nested, 'bad', bad);

      expect(refusalOf(() => leave(app, nested)).code).toBe('refused');
    });

    test.each([
      ['was taken out of it', (chart: cdk8s.Chart) => {
        const object = new cdk8s.ApiObject(chart, 'bad', bad);
        chart.node.tryRemoveChild('bad');
        return object;
      }],
      ['was replaced in it', (chart: cdk8s.Chart) => {
        const object = new cdk8s.ApiObject(chart, 'bad', bad);
        chart.node.tryRemoveChild('bad');
        new cdk8s.ApiObject(chart, 'bad', configMap);
        return object;
      }],
      ['belongs to another app', () => new cdk8s.ApiObject(new cdk8s.Chart(new cdk8s.App(), 'other'), 'bad', bad)],
    ])('a dependency does not bring in an object that %s', (_name, object) => {
      const app = make(undefined, props);
      const chart = new cdk8s.Chart(app, 'chart');
      new Deployment(chart, 'web', { containers: [good] }).node.addDependency(object(chart));

      const left = [JSON.stringify(leave(app, chart)) ?? '', ...filesIn(app.outdir).filter((file) => file.endsWith('.yaml'))
        .map((file) => readFileSync(join(app.outdir, file), 'utf8'))].join('\n');

      expect(left).toContain(image);
      expect(left).not.toContain('nginx');
    });
  });
});

test('the synth of cdk8s itself, called past that of the app, judges each chart before it is written', () => {
  for (const [, props] of exits) {
    const app = new cdk8s.App({ outdir: freshOutdir(), ...props });
    enforce(app, trusting);
    new cdk8s.ApiObject(new cdk8s.Chart(app, 'chart'), 'bad', bad);

    refusalOf(() => cdk8s.App.prototype.synth.call(app));
    refusalOf(() => cdk8s.App.prototype.synthYaml.call(app));
    expect(filesIn(app.outdir).filter((file) => file.endsWith('.yaml'))).toEqual([]);
  }
});

test('a chart with a toJson of its own is nobody\'s concern where no policy is in force', () => {
  const app = new cdk8s.App({ outdir: freshOutdir() });
  const adding = new Adding(app, 'free');
  const chart = new cdk8s.Chart(app, 'chart');
  new Deployment(chart, 'web', { containers: [good] });
  enforce(chart, trusting);

  app.synth();

  expect(cdk8s.Testing.synth(adding)).toEqual([bad]);
  expect(filesIn(app.outdir)).toHaveLength(2);
});
