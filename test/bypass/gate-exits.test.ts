import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { Construct, Dependable, IConstruct } from 'constructs';
import { App, Deployment, enforce } from '../../src';
import { exits, filesIn, freshOutdir, good, image, makers, refusalOf, trusting } from '../support/apps';

/*
 * What was judged, changed on its way out; and exits that somebody puts another in the place of.
 */

const bad = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bad' }, spec: { containers: [{ name: 'main', image: 'nginx' }] } };

interface Web {
  readonly app: cdk8s.App;
  readonly chart: cdk8s.Chart;
  readonly object: cdk8s.ApiObject;
}

function webIn(app: cdk8s.App): Web {
  const chart = new cdk8s.Chart(app, 'chart');
  return { app, chart, object: cdk8s.ApiObject.of(new Deployment(chart, 'web', { containers: [good] })) };
}

/** Changes what it got in place, as a validation does that strips what it does not want to look at. */
function spoil(json: unknown): void {
  const { spec } = json as { spec: { template: { spec: { hostNetwork?: boolean; containers: { image: string }[] } } } };
  spec.template.spec.hostNetwork = true;
  spec.template.spec.containers[0].image = 'nginx';
}

const everyTime = (on: IConstruct, run: () => void) => on.node.addValidation({ validate: () => { run(); return []; } });

/** Everything that left, in one text. */
function left(app: cdk8s.App, given: unknown): string {
  const files = filesIn(app.outdir).filter((file) => file.endsWith('.yaml'));
  return [JSON.stringify(given) ?? '', ...files.map((file) => readFileSync(join(app.outdir, file), 'utf8'))].join('\n');
}

/** Whether it refuses or drops what was tried, nothing bad leaves. */
function tryToLeave(app: cdk8s.App, leave: () => unknown): string {
  try {
    return left(app, leave());
  } catch {
    return left(app, undefined);
  }
}

describe.each(makers)('%s', (_maker, make) => {
  describe.each(exits)('%s', (_exit, props, leave) => {
    test.each<readonly [name: string, at: (web: Web, run: () => void) => void]>([
      ['a validation of its chart', ({ chart }, run) => everyTime(chart, run)],
      ['a validation of the object', ({ object }, run) => everyTime(object, run)],
      ['a dependency that is asked for its roots', ({ object, chart }, run) => {
        const target = new Construct(chart, 'target');
        Dependable.implement(target, { get dependencyRoots() { run(); return [target]; } });
        object.node.addDependency(target);
      }],
    ])('writes what was judged, where %s changes what toJson gave', (_name, at) => {
      const web = webIn(make(undefined, props));
      let isAsking = false;
      at(web, () => {
        if (isAsking) return;
        isAsking = true;
        spoil(web.object.toJson());
        isAsking = false;
      });

      const text = left(web.app, leave(web.app, web.chart));

      expect(text).toContain(image);
      expect(text).not.toMatch(/hostNetwork"?: true|nginx/);
    });

    test('writes what was judged, where a listener changes what toJson gave', () => {
      let isAsking = false;
      const app = make(undefined, {
        ...props,
        onVerdict: () => {
          if (isAsking) return;
          isAsking = true;
          spoil(web.object.toJson());
          isAsking = false;
        },
      } as cdk8s.AppProps);
      const web = webIn(app);

      expect(left(app, leave(app, web.chart))).not.toMatch(/hostNetwork"?: true|nginx/);
    });

    test.each<readonly [name: string, replace: (web: Web) => void]>([
      ['the toJson of an object', ({ object }) => { object.toJson = () => bad; }],
      ['the toJson of an object, by definition', ({ object }) => { Object.defineProperty(object, 'toJson', { value: () => bad }); }],
      ['the toJson of the chart, by definition', ({ chart }) => { Object.defineProperty(chart, 'toJson', { value: () => [bad] }); }],
      ['the charts of the app', ({ app }) => { Object.defineProperty(app, 'charts', { value: [{ toJson: () => [bad], node: app.node }] }); }],
      ['the findAll of the chart', ({ chart }) => { chart.node.findAll = () => [chart, Object.assign(new cdk8s.ApiObject(chart, 'x', bad), { toJson: () => bad })]; }],
      ['the node of the chart', ({ chart }) => { Object.assign(chart, { node: new cdk8s.Chart(new cdk8s.App(), 'x').node }); }],
    ])('lets no validation replace %s', (_name, replace) => {
      for (const time of [1, 2]) {
        const web = webIn(make(undefined, props));
        let validations = 0;
        everyTime(web.object, () => { if (++validations === time) replace(web); });

        expect(tryToLeave(web.app, () => leave(web.app, web.chart))).not.toContain('nginx');
      }
    });

    test.each<readonly [name: string, forge: (web: Web) => void]>([
      ['of the kind of the object', ({ object }) => {
        Object.defineProperty(object, 'kind', { get: () => { object.toJson = () => bad; return 'Deployment'; } });
      }],
      ['of its metadata', ({ object }) => {
        const { metadata } = object;
        Object.defineProperty(object, 'metadata', { get: () => { Reflect.defineProperty(object, 'toJson', { value: () => bad }); return metadata; } });
      }],
    ])('a getter %s opens nothing while cdk8s writes', (_name, forge) => {
      const web = webIn(make(undefined, props));
      forge(web);

      expect(tryToLeave(web.app, () => leave(web.app, web.chart))).not.toContain('nginx');
    });

    test.each([1, 2])('does not give an object that the last validation adds, at its run number %s', (time) => {
      const app = make(undefined, props);
      const chart = new cdk8s.Chart(app, 'chart');
      let validations = 0;
      everyTime(new Construct(chart, 'last'), () => { if (++validations === time) new cdk8s.ApiObject(chart, 'late', bad); });

      expect(tryToLeave(app, () => leave(app, chart))).not.toContain('nginx');
    });

    test('an object that says that it is elsewhere is judged or refused', () => {
      const web = webIn(make(undefined, props));
      const object = new cdk8s.ApiObject(web.chart, 'bad', bad);
      const elsewhere = new Construct(undefined as never, '');
      let asked = 0;
      // The gate asks first.
      Object.defineProperty(object.node, 'scope', { get: () => asked++ === 0 ? elsewhere : web.chart });

      expect(refusalOf(() => leave(web.app, web.chart)).code).toMatch(/^(unjudged|refused)$/);
      expect(left(web.app, undefined)).not.toContain('nginx');
    });

    test('what carries the mark of an object is judged as one', () => {
      const web = webIn(make(undefined, props));
      const forged = Object.assign(new Construct(web.chart, 'forged'), { kind: 'Pod', name: 'bad', metadata: { name: 'bad' }, toJson: () => bad });
      Object.defineProperty(forged, Symbol.for('cdk8s.ApiObject'), { value: true });

      expect(refusalOf(() => leave(web.app, web.chart)).code).toBe('refused');
    });

    test('a chart whose class has a getter for toJson is refused', () => {
      class Getting extends cdk8s.Chart {}
      Object.defineProperty(Getting.prototype, 'toJson', { get: () => () => [bad] });
      const app = make(undefined, props);
      const chart = new Getting(app, 'chart');
      new Deployment(chart, 'web', { containers: [good] });

      // Asked by itself, it never asks the gate.
      if (leave.length === 1) expect(refusalOf(() => leave(app, chart)).code).toBe('unjudged');
      expect(filesIn(app.outdir)).toEqual([]);
    });
  });
});

describe('a subclass of App', () => {
  const apps = [
    ['of ours', <T extends new (...args: any[]) => cdk8s.App>(extend: (base: typeof cdk8s.App) => T, props: cdk8s.AppProps) =>
      new (extend(App as typeof cdk8s.App))({ ...props, outdir: freshOutdir(), policy: trusting })],
    ['of a plain one', <T extends new (...args: any[]) => cdk8s.App>(extend: (base: typeof cdk8s.App) => T, props: cdk8s.AppProps) => {
      const app = new (extend(cdk8s.App))({ ...props, outdir: freshOutdir() });
      enforce(app, trusting);
      return app;
    }],
  ] as const;

  describe.each(apps)('%s', (_name, make) => {
    const written = exits.filter(([, , leave]) => leave.length === 1);

    test.each(written)('brings no charts of another app: %s', (_exit, props, leave) => {
      const foreign = new cdk8s.Chart(new cdk8s.App(), 'foreign');
      new cdk8s.ApiObject(foreign, 'bad', bad);
      const app = make((base) => class extends base {
        public override get charts() { return [...super.charts, foreign]; }
      }, props);
      const { chart } = webIn(app);

      expect(refusalOf(() => leave(app, chart)).message).toContain('the app cannot be judged: its charts bring one that is not in its tree');
      expect(filesIn(app.outdir)).toEqual([]);
    });

    test.each(written)('brings no stand-in for a chart: %s', (_exit, props, leave) => {
      const app = make((base) => class extends base {
        public override get charts() {
          return super.charts.map((chart) => new Proxy(chart, { get: (on, key) => key === 'toJson' ? () => [bad] : Reflect.get(on, key) as unknown }));
        }
      }, props);
      const { chart } = webIn(app);

      expect(refusalOf(() => leave(app, chart)).code).toBe('unjudged');
    });

    test.each(written)('may leave charts out, and turn them round: %s', (_exit, props, leave) => {
      const app = make((base) => class extends base {
        public override get charts() { return super.charts.filter(({ node }) => node.id !== 'draft').reverse(); }
      }, props);
      const { chart } = webIn(app);
      new cdk8s.ApiObject(new cdk8s.Chart(app, 'draft'), 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'draft' } });

      const text = left(app, leave(app, chart));

      expect(text).toContain(image);
      expect(text).not.toContain('ConfigMap');
    });

    test.each(written)('changes nothing by what it does with the JSON before it calls super: %s', (_exit, props, leave) => {
      const spoilAll = (app: cdk8s.App) => app.charts.forEach((chart) => {
        const list = chart.toJson() as unknown[];
        list.forEach(spoil);
        list.push(bad);
      });
      const app = make((base) => class extends base {
        public override synth() { spoilAll(this); super.synth(); }
        public override synthYaml() { spoilAll(this); return super.synthYaml(); }
      }, props);
      const { chart } = webIn(app);

      expect(left(app, leave(app, chart))).not.toContain('nginx');
    });
  });
});

test('a toJson that is put there between two synths is judged', () => {
  for (const [, props, leave] of exits) {
    const app = new App({ outdir: freshOutdir(), policy: trusting, ...props });
    const { chart, object } = webIn(app);
    leave(app, chart);
    object.toJson = () => bad;

    expect(refusalOf(() => leave(app, chart)).code).toBe('refused');
  }
});

test('a toJson that comes after the judgement is refused, not dropped', () => {
  const app = new App({ outdir: freshOutdir(), policy: trusting });
  const { chart, object } = webIn(app);
  let validations = 0;
  everyTime(chart, () => { if (++validations === 2) object.toJson = () => bad; });

  expect(refusalOf(() => app.synth()).message).toContain('its toJson was replaced after the judgement');
});

test('what is frozen, or held by another copy of the library, is refused in words', () => {
  const app = new App({ outdir: freshOutdir(), policy: trusting });
  Object.freeze(webIn(app).object);

  expect(refusalOf(() => app.synth()).message).toContain('its toJson cannot be guarded, because it is frozen or a second copy');
});

test('an app that hides its tree from cdk8s takes no policy', () => {
  const app = new cdk8s.App();
  app.node.findAll = () => [];

  expect(refusalOf(() => enforce(app, trusting)).message).toBe('the app cannot be judged: the findAll of its node is not that of constructs');
});

test('the validations of an app with a policy cannot be switched off', () => {
  const app = new App({ policy: trusting });

  expect(refusalOf(() => { app.node.validate = () => []; }).code).toBe('unjudged');
});

test.each<readonly [name: string, put: (charts: cdk8s.Chart[]) => PropertyDescriptor]>([
  ['a value', (value) => ({ value })],
  ['a getter', (charts) => ({ get: () => charts })],
])('charts that an app was given as %s are held against its tree', (_name, put) => {
  for (const [, props, leave] of exits.filter(([, , exit]) => exit.length === 1)) {
    const app = new App({ outdir: freshOutdir(), policy: trusting, ...props });
    const { chart } = webIn(app);
    Object.defineProperty(app, 'charts', { ...put([new cdk8s.Chart(new cdk8s.App(), 'foreign')]), configurable: true });

    expect(refusalOf(() => leave(app, chart)).code).toBe('unjudged');
  }
});

test('a chart that is the root of its tree gives no object that its last validation adds', () => {
  const root = Object.assign(new cdk8s.Chart(undefined as never, ''), { resolvers: [] });
  enforce(root, trusting);
  everyTime(new Construct(root, 'last'), () => new cdk8s.ApiObject(root, 'late', bad));

  expect(refusalOf(() => cdk8s.Testing.synth(root)).code).toBe('refused');
});
