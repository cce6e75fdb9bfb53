import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { Pod } from '../../src';
import { Json } from '../../src/shape/json';
import { parseYaml } from '../../src/yaml/parse';
import { exits, filesIn, freshOutdir, gatedApp, good, refusalOf } from '../support/apps';
import { tweak } from '../support/pods';

/*
 * What is judged is JSON, and what Kubernetes reads is YAML that cdk8s made of it: where the two differ, a good pod is judged and a bad
 * one runs. Each of these was read back by sigs.k8s.io/yaml 1.6.0 as something else.
 */

const annotated = (chart: cdk8s.Chart, key: string, value: unknown) => cdk8s.ApiObject.of(new Pod(chart, 'pod', { containers: [good] }))
  .addJsonPatch(cdk8s.JsonPatch.add('/metadata/annotations', { [key]: value }));

/** Raw, because the generated classes of cdk8s-plus drop a key that the API does not have. */
const atContainer = (chart: cdk8s.Chart, key: string, value: Json) =>
  new cdk8s.ApiObject(chart, 'raw', tweak({ [`spec.containers.0.securityContext.${key}`]: value }) as unknown as cdk8s.ApiObjectProps);

const differing: readonly (readonly [name: string, make: (chart: cdk8s.Chart) => void, problem: string])[] = [
  ['a merge key that makes a container privileged', (chart) => atContainer(chart, '<<', { privileged: true }), '"<<"'],
  ['a line separator, behind which a key stands', (chart) => atContainer(chart, 'note', 'x\u2028          privileged: true'), 'U+2028'],
  ['a paragraph separator', (chart) => atContainer(chart, 'note', 'x\u2029          privileged: true'), 'U+2029'],
  ['a next-line character', (chart) => annotated(chart, 'note', 'x\u0085y'), 'U+0085'],
  ['a line separator in a key', (chart) => annotated(chart, 'x\u2028y', ''), 'U+2028'],
  ['a block of text that ends early, in data', (chart) => new cdk8s.ApiObject(chart, 'data', {
    apiVersion: 'v1', kind: 'ConfigMap', data: { page: 'one\ntwo\u2028kind: Pod' },
  }), 'U+2028'],
  ['a byte order mark, which vanishes before the first key', (chart) => annotated(chart, '\ufeffkind', 'Pod'), 'byte order mark'],
  ['the same in YAML that is included', (chart) => {
    const file = join(freshOutdir(), '..', 'data.yaml');
    writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\ndata:\n  page: "one\\Lkind: Pod"\n');
    new cdk8s.Include(chart, 'old', { url: file });
  }, 'U+2028'],
];

describe.each(differing)('refuses %s', (_name, make, problem) => {
  test.each(exits)('in %s', (_exit, props, leave) => {
    const app = gatedApp(undefined, props);
    const chart = new cdk8s.Chart(app, 'chart');
    make(chart);

    expect(refusalOf(() => leave(app, chart))).toMatchObject({ code: 'unjudged', message: expect.stringContaining(problem) as string });
    expect(filesIn(app.outdir)).toEqual([]);
  });
});

/** The other way round: texts that look like something else and reach Kubernetes as they are. */
test.each([
  'y', 'no', 'On', '~', 'null', '', '0777', '0x1f', '1_000', '12:30', '1e3', '.inf', '2001-01-01', '=', '!!str x', '- x', 'x: y', 'x #y', '---',
  'x\n---\ny', '\u0000', '\r\n', '\tx', ' x ', '*x', '%x', '<<: x',
])('%j is read as it was judged, as a value and as a key', (text) => {
  const app = gatedApp();
  const data = Object.fromEntries([['value', text], [text, 'key']]);
  new cdk8s.ApiObject(new cdk8s.Chart(app, 'chart'), 'data', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data });

  expect(parseYaml(app.synthYaml()).value).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data });
});

test('what is no number in JSON is refused by Kubernetes, and is no number to a rule either', () => {
  const app = gatedApp();
  atContainer(new cdk8s.Chart(app, 'chart'), 'runAsUser', NaN);

  expect(refusalOf(() => app.synth()).findings.map(({ rule }) => rule)).toContain('manifest');
});
