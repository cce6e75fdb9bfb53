import * as cdk8s from 'cdk8s';
import fc from 'fast-check';
import { enforce, judgeTree, Policy, PolicyError } from '../../src';
import { gatedApp, makers, plainAppWithEnforce } from '../support/apps';
import { hostileManifest, manifest, policy } from '../support/arbitraries';

const options = { today: '2030-06-15' };

function addObjects(chart: cdk8s.Chart, documents: readonly unknown[]): void {
  for (const [index, document] of documents.entries()) {
    // Past the props: what is final JSON may be anything.
    new cdk8s.ApiObject(chart, `object-${index}`, { apiVersion: 'v1', kind: 'ConfigMap' }).toJson = () => document;
  }
}

/** A policy with exemptions from some of what it finds, so that about half of them pass. */
function policyFor(document: unknown): fc.Arbitrary<Policy> {
  const strict = fc.constant<Policy>({ registries: { 'ghcr.io/acme': {} } });
  return fc.oneof(strict, policy).chain((by) => {
    const chart = cdk8s.Testing.chart();
    addObjects(chart, [document]);
    const found = judgeTree(chart, { ...by, exemptions: [] }).findings.map(({ rule }) => rule);
    const excused = fc.subarray([...new Set(found)].filter((rule) => rule !== 'manifest'));
    return excused.map((rules) => ({ ...by, exemptions: rules.map((rule) => ({ rule, name: 'shop', reason: 'because' })) }));
  });
}

function isRefused(leave: () => unknown): boolean {
  try {
    leave();
    return false;
  } catch (error) {
    if (error instanceof PolicyError && error.code === 'refused') return true;
    throw error;
  }
}

describe.each(makers)('nested policies in %s', (_name, make) => {
  test('pass exactly what each of them passes alone', () => {
    const isRefusedBy = (documents: readonly unknown[], ...nested: readonly [Policy, ...Policy[]]) => {
      const [outer, ...inner] = nested;
      const app = make(outer, options);
      const chart = new cdk8s.Chart(app, 'chart');
      addObjects(chart, documents);
      for (const each of inner) enforce(chart, each, options);
      return isRefused(() => app.synthYaml());
    };

    const scenario = manifest.chain((document) => fc.tuple(fc.constant([document]), policyFor(document), policyFor(document)));

    fc.assert(fc.property(scenario, ([documents, outer, inner]) => {
      const alone = isRefusedBy(documents, outer) || isRefusedBy(documents, inner);

      expect(isRefusedBy(documents, outer, inner)).toBe(alone);
    }), { numRuns: 150 });
  });

  test('leave by every exit with the same verdict', () => {
    fc.assert(fc.property(manifest, policy, policy, (document, outer, inner) => {
      const app = make(outer, options);
      const chart = new cdk8s.Chart(app, 'chart');
      addObjects(chart, [document]);
      enforce(chart, inner, options);

      expect(isRefused(() => cdk8s.Testing.synth(chart))).toBe(isRefused(() => app.synthYaml()));
    }));
  });
});

test('the mode report never throws, and hands out what it was given', () => {
  fc.assert(fc.property(fc.array(hostileManifest, { maxLength: 2 }), policy, policy, fc.boolean(), (documents, outer, inner, plain) => {
    const reporting = { ...options, mode: 'report', onVerdict: () => undefined } as const;
    const app = plain ? plainAppWithEnforce(outer, reporting) : gatedApp(outer, reporting);
    const chart = new cdk8s.Chart(app, 'chart');
    addObjects(chart, documents);
    enforce(chart, inner, reporting);

    expect(cdk8s.Testing.synth(chart)).toEqual(documents);
    app.synthYaml();
  }));
});
