import { serviceAccountToken } from '../../../src/rules/hardened/service-account-token';
import { faultsOf, tweak, validPod } from '../../support/pods';

test('a pod that says false passes', () => {
  expect(faultsOf(serviceAccountToken, validPod)).toEqual([]);
});

test.each([[undefined, 'not set, which means true'], [null, 'not set, which means true'], [true, 'true']])('%j is refused', (value, found) => {
  expect(faultsOf(serviceAccountToken, tweak({ 'spec.automountServiceAccountToken': value }))).toEqual([{
    message: `automountServiceAccountToken must be false, it is ${found}`,
    pointer: '/spec/automountServiceAccountToken',
  }]);
});

test('a policy may allow it', () => {
  expect(faultsOf(serviceAccountToken, tweak({ 'spec.automountServiceAccountToken': true }), { allowServiceAccountToken: true })).toEqual([]);
});

describe('an object that only holds containers', () => {
  const task = { apiVersion: 'tekton.dev/v1', kind: 'Task', metadata: { name: 'build' }, spec: { steps: [{ name: 'a', image: 'a' }] } };

  test('need not say false', () => {
    expect(faultsOf(serviceAccountToken, task)).toEqual([]);
  });

  test('must not say true', () => {
    const workflow = tweak({ 'spec.automountServiceAccountToken': true }, task);
    expect(faultsOf(serviceAccountToken, workflow)).toHaveLength(1);
  });
});
