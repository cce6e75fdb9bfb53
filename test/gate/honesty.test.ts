import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { Deployment, enforce, exempt } from '../../src';
import { exits, filesIn, freshOutdir, good, makers, trusting } from '../support/apps';

const spread = (app: cdk8s.App, chart = 'chart') => {
  const result = new cdk8s.Chart(app, chart);
  new Deployment(result, 'web', { containers: [good], spread: true });
  return result;
};

describe.each(makers)('%s', (_name, make) => {
  test.each(exits)('writes the same manifest as without the gate, also where rendering twice changes it: %s', (_exit, props, leave) => {
    const app = make(undefined, props);
    const plain = new cdk8s.App({ outdir: freshOutdir(), ...props });

    expect(leave(app, spread(app))).toEqual(leave(plain, spread(plain)));
    const files = filesIn(plain.outdir).filter((file) => file.endsWith('.yaml'));
    expect(filesIn(app.outdir)).toEqual(filesIn(plain.outdir));
    for (const file of files) {
      expect(readFileSync(join(app.outdir, file), 'utf8')).toBe(readFileSync(join(plain.outdir, file), 'utf8'));
    }
  });

  test('gives each chart as it would be without the gate, one after the other', () => {
    const app = make();
    const first = spread(app, 'first');
    const second = spread(app, 'second');
    const plain = new cdk8s.App({ outdir: freshOutdir() });
    const [plainFirst, plainSecond] = [spread(plain, 'first'), spread(plain, 'second')];

    expect(cdk8s.Testing.synth(first)).toEqual(cdk8s.Testing.synth(plainFirst));
    expect(cdk8s.Testing.synth(second)).toEqual(cdk8s.Testing.synth(plainSecond));
  });

  test('sees what was changed between two synths', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    const deployment = new Deployment(chart, 'web', { containers: [good], replicas: 1 });

    expect(cdk8s.Testing.synth(chart)[0].spec.replicas).toBe(1);
    expect(app.synthYaml()).toContain('replicas: 1');
    cdk8s.ApiObject.of(deployment).addJsonPatch(cdk8s.JsonPatch.replace('/spec/replicas', 3));
    expect(cdk8s.Testing.synth(chart)[0].spec.replicas).toBe(3);
    expect(app.synthYaml()).toContain('replicas: 3');
  });

  test('leaves the errors of cdk8s to cdk8s', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    chart.node.addValidation({ validate: () => ['the moon is full'] });

    expect(() => app.synth()).toThrow('Validation failed with the following errors:\n  [chart] the moon is full');
    expect(() => cdk8s.Testing.synth(chart)).toThrow('[chart] the moon is full');
    expect(filesIn(app.outdir)).toEqual([]);
  });

  test('refuses what is no JSON, and names the object', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    const object = new cdk8s.ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap' });
    for (const [value, problem] of [
      [() => 1, 'it holds a function'],
      [Symbol('x'), 'it holds a symbol'],
      [new Date(), 'it holds an instance of a class'],
      [Array.from({ length: 600 }).reduce((inner) => [inner], 0), 'it is nested more than 500 levels deep'],
      [Array.from({ length: 1_000_001 }, () => []), 'it holds more than 1000000 objects and lists'],
    ]) {
      object.toJson = () => ({ apiVersion: 'v1', kind: 'ConfigMap', data: value });
      expect(() => app.synth()).toThrow(`chart/raw cannot be judged: ${problem as string}`);
      expect(() => cdk8s.Testing.synth(chart)).toThrow(`chart/raw cannot be judged: ${problem as string}`);
    }
    expect(filesIn(app.outdir)).toEqual([]);
  });

  test('hands out a copy with the same keys, also odd ones', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    const object = new cdk8s.ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap' });
    const json = JSON.parse('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"__proto__":"1","a":null,"n":1.5,"b":true}}') as object;
    object.toJson = () => json;

    expect(JSON.stringify(cdk8s.Testing.synth(chart))).toBe(JSON.stringify([json]));
    expect(cdk8s.Testing.synth(chart)[0]).not.toBe(json);
    expect(app.synthYaml()).toContain('__proto__: "1"');
  });

  test('judges an object that is asked for by itself', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    const object = cdk8s.ApiObject.of(new Deployment(chart, 'web', { containers: [good] }));
    cdk8s.Testing.synth(chart);

    expect(object.toJson()).toMatchObject({ kind: 'Deployment' });
    object.addJsonPatch(cdk8s.JsonPatch.replace('/spec/template/spec/hostNetwork', true));
    expect(() => object.toJson()).toThrow('host-namespaces');
  });

  test('is the app it was after a refusal', () => {
    const app = make();
    const chart = new cdk8s.Chart(app, 'chart');
    const object = cdk8s.ApiObject.of(new Deployment(chart, 'web', { containers: [good] }));
    object.addJsonPatch(cdk8s.JsonPatch.replace('/spec/template/spec/hostNetwork', true));
    expect(() => app.synth()).toThrow('host-namespaces');
    object.addJsonPatch(cdk8s.JsonPatch.replace('/spec/template/spec/hostNetwork', false));

    app.synth();

    expect(filesIn(app.outdir)).toEqual(['chart.k8s.yaml']);
    expect(Object.keys(chart)).not.toContain('toJson');
  });

  test('records the metadata that cdk8s records', () => {
    const app = make(undefined, { recordConstructMetadata: true });
    new Deployment(new cdk8s.Chart(app, 'chart'), 'web', { containers: [good] });
    app.synth();

    expect(filesIn(app.outdir)).toEqual(['chart.k8s.yaml', 'construct-metadata.json']);
  });
});

test('a subclass may call one way out from the other', () => {
  class Chatty extends cdk8s.App {
    public override synth() {
      this.synthYaml();
      super.synth();
    }
  }
  const app = new Chatty({ outdir: freshOutdir() });
  enforce(app, trusting);
  spread(app);
  app.synth();

  expect(filesIn(app.outdir)).toEqual(['chart.k8s.yaml']);
});

test('only what is below the construct is judged', () => {
  const app = new cdk8s.App({ outdir: freshOutdir() });
  const free = new cdk8s.Chart(app, 'free');
  const bound = new cdk8s.Chart(app, 'bound');
  const pod = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'main', image: 'nginx' }] } };
  new cdk8s.ApiObject(free, 'raw', pod);
  const enclosed = new cdk8s.ApiObject(bound, 'raw', pod);
  enforce(enclosed, trusting);

  expect(cdk8s.Testing.synth(free)).toHaveLength(1);
  expect(() => cdk8s.Testing.synth(bound)).toThrow('image-digest');
  expect(() => app.synth()).toThrow('image-digest');
  enclosed.addJsonPatch(cdk8s.JsonPatch.replace('/kind', 'ConfigMap'), cdk8s.JsonPatch.remove('/spec'));
  new cdk8s.ApiObject(bound, 'neighbour', pod);
  expect(cdk8s.Testing.synth(bound)).toHaveLength(2);
  app.synth();
  expect(filesIn(app.outdir)).toEqual(['bound.k8s.yaml', 'free.k8s.yaml']);
});

test('a tree whose root is no app is judged by the chart', () => {
  const root = Object.assign(new Construct(undefined as never, ''), { resolvers: [] });
  const chart = new cdk8s.Chart(root, 'chart');
  new cdk8s.ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'main', image: 'nginx' }] } });
  enforce(root, trusting);

  expect(() => cdk8s.Testing.synth(chart)).toThrow('image-registry');
});

test('an exemption where no policy is in force is nobody\'s business', () => {
  const app = new cdk8s.App({ outdir: freshOutdir() });
  const [free, bound] = [new cdk8s.Chart(app, 'free'), new cdk8s.Chart(app, 'bound')];
  new Deployment(bound, 'web', { containers: [good] });
  exempt(free, { rule: 'privileged', reason: 'not judged anyway' });
  enforce(bound, trusting);

  expect(() => app.synth()).not.toThrow();
});
