import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';
import { VerdictBuilder } from '../../src/policy/verdict-builder';
import { tweak } from '../support/pods';

/*
 * An annotation of one pod that would excuse its neighbours in the same object.
 */

const policy = compilePolicy({ registries: { 'ghcr.io/acme': {} }, ignoreAnnotations: true });
const key = 'ignore.cdk8s-hardened/host-namespaces';

function template(annotations: Record<string, string>, changes: Record<string, string | boolean | undefined> = { 'spec.hostPID': true }) {
  const { metadata: _metadata, ...pod } = tweak(changes) as Record<string, unknown>;
  return { metadata: { annotations }, spec: pod.spec };
}

const jobSet = (...templates: readonly object[]) => ({
  apiVersion: 'jobset.x-k8s.io/v1alpha2',
  kind: 'JobSet',
  metadata: { name: 'train' },
  spec: { replicatedJobs: templates.map((each) => ({ template: { spec: { template: each } } })) },
});

function verdictOf(document: unknown) {
  const builder = new VerdictBuilder('2030-06-15');
  for (const { findings, exemptions } of judge(document, policy)) {
    builder.addDeclared(exemptions);
    for (const finding of findings) builder.addFinding(finding, exemptions);
  }
  return builder.build([]);
}

test('the annotation of one template of a JobSet excuses that template alone', () => {
  const { findings, exempted, errors } = verdictOf(jobSet(template({ [key]: 'a debugger' }), template({})));
  expect(findings.map(({ pointer }) => pointer)).toEqual(['/spec/replicatedJobs/1/template/spec/template/spec/hostPID']);
  expect(exempted.map(({ pointer }) => pointer)).toEqual(['/spec/replicatedJobs/0/template/spec/template/spec/hostPID']);
  expect(errors).toEqual([]);
});

test('the annotation of the object excuses all of its templates', () => {
  const object = jobSet(template({}), template({}));
  const { findings, exempted } = verdictOf({ ...object, metadata: { ...object.metadata, annotations: { [key]: 'debuggers' } } });
  expect(findings).toEqual([]);
  expect(exempted).toHaveLength(2);
});

test('the annotation of a template that needs none is stale, whatever its neighbour does, and says where it stands', () => {
  const { findings, errors } = verdictOf(jobSet(template({}), template({ [key]: 'a debugger' }, {})));
  expect(findings).toHaveLength(1);
  expect(errors.map(({ message }) => message)).toEqual([
    'the exemption from host-namespaces at the annotation of JobSet train at /spec/replicatedJobs/1/template/spec/template/metadata excuses nothing: remove it',
  ]);
});

test('what two templates of a workflow share is excused only where both say so', () => {
  const workflow = (...annotations: readonly Record<string, string>[]) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name: 'build' },
    spec: {
      volumes: [{ name: 'disk', hostPath: { path: '/mnt/data' } }],
      templates: annotations.map((each) => ({ metadata: { annotations: each }, container: { image: 'ghcr.io/acme/app:1' } })),
    },
  });
  const shared = { 'ignore.cdk8s-hardened/host-path-volumes': 'the disk' };
  const left = (document: object) => verdictOf(document).findings.filter(({ rule }) => rule === 'host-path-volumes');
  expect(left(workflow(shared, {}))).toHaveLength(1);
  expect(left(workflow(shared, { 'ignore.cdk8s-hardened/host-path-volumes': ' ' }))).toHaveLength(1);
});
