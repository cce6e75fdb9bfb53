import * as cdk8s from 'cdk8s';
import { Policy } from '../../src';
import '../../src/jest';
import { JsonObject } from '../../src/shape/json';
import { checked, run, useFolder, write } from '../cli/support';
import { validate } from '../plugin/validate';
import { exits, filesIn, freshOutdir, makers, refusalOf, trusting } from '../support/apps';
import { tweak, validContainer, validPod } from '../support/pods';

/*
 * An attack of each kind on what is found and what is excused, through each way that a manifest can go.
 */

useFolder();

interface Attack {
  readonly rule: string;
  readonly object: JsonObject;
  readonly policy?: Policy;
}

const pod = tweak({ 'spec.hostPID': true });
const job = (name: string, metadata: JsonObject, change: JsonObject) => (
  { name, template: { spec: { template: { metadata, spec: { ...(validPod as { readonly spec: JsonObject }).spec, ...change } } } } }
);

const attacks: Readonly<Record<string, Attack>> = {
  'a list without an apiVersion': { rule: 'host-namespaces', object: { kind: 'List', items: [pod] } },
  'a kustomization with items': {
    rule: 'host-namespaces', object: { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', metadata: { name: 'k' }, items: [pod] },
  },
  'a Pod without an apiVersion within a list of another kind': {
    rule: 'host-namespaces', object: { apiVersion: 'apps/v1', kind: 'DeploymentList', items: [{ ...pod, apiVersion: undefined }] },
  },
  'a seccomp annotation that the API server copies': {
    rule: 'seccomp-baseline',
    policy: { ...trusting, kubernetesVersion: '1.26' },
    object: tweak({
      'metadata.annotations': { 'container.seccomp.security.alpha.kubernetes.io/web': 'unconfined' },
      'spec.securityContext': { runAsNonRoot: true },
    }),
  },
  'the annotation of another template': {
    rule: 'host-namespaces',
    policy: { ...trusting, ignoreAnnotations: true },
    object: {
      apiVersion: 'jobset.x-k8s.io/v1alpha2',
      kind: 'JobSet',
      metadata: { name: 'set' },
      spec: {
        replicatedJobs: [
          job('excused', { annotations: { 'ignore.cdk8s-hardened/host-namespaces': 'a debugger' } }, { hostPID: true }),
          job('other', {}, { hostPID: true }),
        ],
      },
    },
  },
  'a container under a name of its own': {
    rule: 'privileged',
    object: {
      apiVersion: 'example.com/v1',
      kind: 'Database',
      metadata: { name: 'd' },
      spec: { additionalContainers: [{ ...validContainer('x') as JsonObject, securityContext: { privileged: true } }] },
    },
  },
  'a patch in a text': {
    rule: 'host-namespaces',
    object: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'w' }, spec: { podSpecPatch: 'hostPID: true' } },
  },
};

describe.each(Object.entries(attacks))('%s', (_name, { rule, object, policy = trusting }) => {
  const put = (chart: cdk8s.Chart) => {
    const props = { apiVersion: 'v1', ...object } as unknown as cdk8s.ApiObjectProps;
    const made = new cdk8s.ApiObject(chart, 'hidden', props);
    // cdk8s makes no object without one.
    if (!('apiVersion' in object)) made.addJsonPatch(cdk8s.JsonPatch.remove('/apiVersion'));
  };
  const json = JSON.stringify(object);

  describe.each(makers)('in %s', (_maker, make) => {
    test.each(exits)('is refused by %s', (_exit, props, leave) => {
      const app = make(policy, { ...props, outdir: freshOutdir() });
      const chart = new cdk8s.Chart(app, 'chart');
      put(chart);

      expect(refusalOf(() => leave(app, chart)).findings.map((finding) => finding.rule)).toContain(rule);
      expect(filesIn(app.outdir)).toEqual([]);
    });
  });

  test('is refused by the matcher', () => {
    const chart = new cdk8s.Chart(new cdk8s.App({ outdir: freshOutdir() }), 'chart');
    put(chart);
    expect(chart).not.toSatisfyPolicy(policy);
    expect(chart).toViolate(rule as 'privileged', policy);
  });

  test('is refused by check, from a file and from a folder', async () => {
    write('hardened.yaml', JSON.stringify(policy));
    write('dist/hidden.json', json);
    write('dist/hidden.yaml', json);
    for (const named of ['dist', 'dist/hidden.json', 'dist/hidden.yaml']) {
      const { status, rules } = await checked(named);
      expect(status).toBe(1);
      expect(rules[rule]).toBeGreaterThan(0);
    }
    expect((await run('check')).status).toBe(1);
  });

  test('is refused by the plugin', async () => {
    write('dist/hidden.yaml', json);
    write('hardened.yaml', JSON.stringify(policy));
    const { isSuccess, report } = await validate({ policy: 'hardened.yaml' }, ['dist/hidden.yaml']);
    expect(isSuccess).toBe(false);
    expect(JSON.stringify(report)).toContain(rule);
  });
});
