import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';
import { VerdictBuilder } from '../../src/policy/verdict-builder';
import { Changes, tweak } from '../support/pods';

const policy = { registries: { 'ghcr.io/acme': {} } };

function verdictOf(changes: Changes, ignoreAnnotations = true) {
  const builder = new VerdictBuilder('2030-06-15');
  for (const { findings, exemptions } of judge(tweak({ 'spec.hostNetwork': true, ...changes }), compilePolicy({ ...policy, ignoreAnnotations }))) {
    builder.addDeclared(exemptions);
    for (const finding of findings) builder.addFinding(finding, exemptions);
  }
  return builder.build([]);
}

const ignoring = (rule: string, reason: unknown = 'because') => ({ 'metadata.annotations': { [`ignore.cdk8s-hardened/${rule}`]: reason } }) as Changes;

test('an annotation exempts its object from a rule, with its reason', () => {
  const { findings, exempted, errors } = verdictOf(ignoring('host-namespaces', ' it is a node agent '));
  expect({ findings, errors }).toEqual({ findings: [], errors: [] });
  expect(exempted).toEqual([expect.objectContaining({
    rule: 'host-namespaces',
    exemption: { rule: 'host-namespaces', scope: 'the annotation of Pod shop', reason: 'it is a node agent' },
  })]);
});

test('it counts only where the policy says so', () => {
  const { findings, exempted, errors } = verdictOf(ignoring('host-namespaces'), false);
  expect(findings).toHaveLength(1);
  expect({ exempted, errors }).toEqual({ exempted: [], errors: [] });
});

test('one without a reason excuses nothing, and says so', () => {
  const { findings, errors } = verdictOf(ignoring('host-namespaces', '  '));
  expect(findings).toHaveLength(1);
  expect(errors).toEqual([{
    stale: true,
    message: 'the exemption from host-namespaces at the annotation of Pod shop, which gives no reason excuses nothing: remove it',
  }]);
});

test('one that excuses nothing is stale', () => {
  const { errors } = verdictOf({ ...ignoring('apparmor'), 'spec.hostNetwork': undefined, 'metadata.name': undefined });
  expect(errors).toEqual([{ stale: true, message: 'the exemption from apparmor at the annotation of Pod without a name excuses nothing: remove it' }]);
});

test('one of another rule, or of another prefix, does not excuse', () => {
  expect(verdictOf(ignoring('apparmor')).findings).toHaveLength(1);
  const annotations = { 'metadata.annotations': { 'ignore.example.com/host-namespaces': 'because' } };
  expect(verdictOf(annotations)).toMatchObject({ findings: [{ rule: 'host-namespaces' }], errors: [] });
});

test('what cannot be read cannot be excused', () => {
  const { findings } = verdictOf({ ...ignoring('manifest'), 'spec.containers.0.ports': 'none' });
  expect(findings.map(({ rule }) => rule)).toContain('manifest');
});

test('a value that is no text is none', () => {
  const { findings } = verdictOf(ignoring('host-namespaces', true));
  expect(findings.map(({ rule }) => rule)).toContain('host-namespaces');
});

describe('on the template of a pod', () => {
  const { kind: _kind, apiVersion: _apiVersion, ...template } = tweak({ 'spec.hostNetwork': true, ...ignoring('host-namespaces') });
  const deployment = (name: string, pod: object = template) =>
    ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'acme' }, spec: { template: pod } });
  const compiled = compilePolicy({ ...policy, ignoreAnnotations: true });

  test('it exempts the workload', () => {
    const [{ findings, exemptions }] = judge(deployment('shop'), compiled);
    expect(findings.map((finding) => exemptions.some((exemption) => exemption.covers(finding)))).toEqual([true]);
  });

  test('and no other', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [deployment('shop'), deployment('other'), { ...deployment('shop'), apiVersion: 'apps/v2' }] };
    const [{ exemptions }, ...others] = judge(list, compiled);
    for (const { findings } of others) {
      expect(findings.filter((finding) => exemptions.some((exemption) => exemption.covers(finding)))).toEqual([]);
    }
  });

  test('a template without annotations has none', () => {
    const { metadata: _metadata, ...bare } = template as Record<string, unknown>;
    expect(judge(deployment('shop', bare), compiled)[0].exemptions).toEqual([]);
  });
});
