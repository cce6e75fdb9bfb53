import { Finding, PolicyExemption } from '../../src';
import { exemptionOf } from '../../src/policy/exemption';

const finding: Finding = {
  rule: 'privileged',
  message: 'm',
  severity: 'medium',
  fix: 'f',
  pointer: '/spec/containers/0',
  container: 'web',
  resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'acme', name: 'shop' },
};
const declared: PolicyExemption = { rule: 'privileged', reason: 'because' };

test.each<[covers: boolean, selectors: Partial<PolicyExemption>]>([
  [true, { kind: 'Pod' }],
  [true, { container: 'web' }],
  [true, { kind: 'Pod', namespace: 'acme', name: 'shop', container: 'web' }],
  [false, { kind: 'Pod', rule: 'apparmor' }],
  [false, { kind: 'pod' }],
  [false, { namespace: 'ac' }],
  [false, { name: 'shop-2' }],
  [false, { name: '*' }],
  [false, { container: 'db' }],
  [false, { kind: 'Pod', namespace: 'acme', name: 'shop', container: 'db' }],
])('that it covers the finding is %s with %j', (covers, selectors) => {
  expect(exemptionOf({ ...declared, ...selectors }, 'policy').covers(finding)).toBe(covers);
});

test('of a container, it does not cover what is about the pod', () => {
  const ofPod: Finding = { rule: 'privileged', message: 'm', severity: 'medium', fix: 'f', pointer: '/spec', resource: finding.resource };

  expect(exemptionOf({ ...declared, container: 'web' }, 'policy').covers(ofPod)).toBe(false);
  expect(exemptionOf({ ...declared, kind: 'Pod' }, 'policy').covers(ofPod)).toBe(true);
});

test.each<[scope: string, selectors: Partial<PolicyExemption>]>([
  ['hardened.yaml: kind Pod namespace acme name shop', { name: 'shop', namespace: 'acme', kind: 'Pod' }],
  ['hardened.yaml: name shop', { name: 'shop' }],
  ['hardened.yaml', { container: 'web' }],
])('its scope reads %s', (scope, selectors) => {
  expect(exemptionOf({ ...declared, ...selectors }, 'hardened.yaml').note.scope).toBe(scope);
});

test('its note has what was declared, and nothing that was not', () => {
  expect(exemptionOf({ ...declared, kind: 'Pod' }, 'policy').note).toEqual({ rule: 'privileged', reason: 'because', scope: 'policy: kind Pod' });
  expect(exemptionOf({ ...declared, container: 'web', owner: 'team', until: '2030-12-31' }, 'policy').note).toEqual({
    rule: 'privileged', reason: 'because', scope: 'policy', container: 'web', owner: 'team', until: '2030-12-31',
  });
});
