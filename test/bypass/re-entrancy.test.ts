import * as cdk8s from 'cdk8s';
import { Deployment, enforce, Verdict } from '../../src';
import { exits, filesIn, freshOutdir, gatedApp, good, makers, refusalOf, trusting } from '../support/apps';

/*
 * The gate asked again while it is at work, or after it was interrupted.
 */

const bad = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bad' }, spec: { containers: [{ name: 'main', image: 'nginx' }] } };

/** Runs it at the first call only: without that, it would be called within itself without end, as it is in cdk8s. */
function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    run();
  };
}

const moments: readonly (readonly [name: string, at: (chart: cdk8s.Chart, run: () => void) => void])[] = [
  ['a validation', (chart, run) => chart.node.addValidation({ validate: () => { run(); return []; } })],
  ['a lazy value', (chart, run) => new cdk8s.ApiObject(chart, 'lazy', {
    apiVersion: 'v1', kind: 'ConfigMap', data: cdk8s.Lazy.any({ produce: () => { run(); return {}; } }),
  })],
];

describe.each(makers)('%s', (_maker, make) => {
  describe.each(moments)('asked in %s', (_moment, at) => {
    test.each(exits)('judges what leaves within: %s', (_exit, props, leave) => {
      const app = make(undefined, props);
      const chart = new cdk8s.Chart(app, 'chart');
      new cdk8s.ApiObject(chart, 'bad', bad);
      let hasLeft = false;
      at(chart, once(() => {
        leave(app, chart);
        hasLeft = true;
      }));

      expect(() => app.synth()).toThrow('refused by the policy');
      expect(hasLeft).toBe(false);
      expect(filesIn(app.outdir)).toEqual([]);
    });

    test.each(exits)('writes what passes: %s', (_exit, props, leave) => {
      const app = make(undefined, props);
      const chart = new cdk8s.Chart(app, 'chart');
      new Deployment(chart, 'web', { containers: [good] });
      const plain = new cdk8s.App({ outdir: freshOutdir(), ...props });
      const plainChart = new cdk8s.Chart(plain, 'chart');
      new Deployment(plainChart, 'web', { containers: [good] });
      at(chart, once(() => { leave(app, chart); }));
      at(plainChart, once(() => { leave(plain, plainChart); }));

      app.synth();
      plain.synth();

      expect(filesIn(app.outdir)).toEqual(filesIn(plain.outdir));
    });
  });

  test.each(exits)('an error in the middle leaves the gate closed: %s', (_exit, props, leave) => {
    const app = make(undefined, props);
    const chart = new cdk8s.Chart(app, 'chart');
    new cdk8s.ApiObject(chart, 'bad', bad);
    const fail = once(() => { throw new Error('the network is down'); });
    new cdk8s.ApiObject(chart, 'lazy', { apiVersion: 'v1', kind: 'ConfigMap', data: cdk8s.Lazy.any({ produce: () => { fail(); return {}; } }) });

    expect(() => leave(app, chart)).toThrow('the network is down');
    refusalOf(() => leave(app, chart));
    refusalOf(() => leave(app, chart));
    expect(filesIn(app.outdir)).toEqual([]);
  });

  test('a wrapper around the toJson of an object, put there after it was asked once, is judged', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    const object = cdk8s.ApiObject.of(new Deployment(chart, 'web', { containers: [good] }));
    cdk8s.Testing.synth(chart);
    const asked = object.toJson.bind(object);
    object.toJson = () => {
      const json = structuredClone(asked());
      json.spec.template.spec.containers[0].image = 'nginx';
      return json;
    };

    for (const [, , leave] of exits) refusalOf(() => leave(app, chart));
    expect(filesIn(app.outdir)).toEqual([]);
  });
});

test('an object that a lazy value looks at is no verdict of its own', () => {
  const verdicts: Verdict[] = [];
  const app = gatedApp(undefined, { onVerdict: (verdict) => verdicts.push(verdict) });
  const chart = new cdk8s.Chart(app, 'chart');
  const data = new cdk8s.ApiObject(chart, 'data', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } });
  const produce = () => ({ copy: JSON.stringify(data.toJson().data) });
  new cdk8s.ApiObject(chart, 'lazy', { apiVersion: 'v1', kind: 'ConfigMap', data: cdk8s.Lazy.any({ produce }) });

  expect(app.synthYaml()).toContain('copy: \'{"a":"b"}\'');
  expect(verdicts).toHaveLength(1);
});

test('a second policy, and one that comes between two synths, hold', () => {
  const app = new cdk8s.App({ outdir: freshOutdir() });
  const chart = new cdk8s.Chart(app, 'chart');
  new Deployment(chart, 'web', { containers: [good] });
  enforce(chart, trusting);
  enforce(chart, trusting);
  app.synthYaml();
  enforce(app, {});

  for (const [, , leave] of exits) refusalOf(() => leave(app, chart));
  expect(filesIn(app.outdir)).toEqual([]);
});
