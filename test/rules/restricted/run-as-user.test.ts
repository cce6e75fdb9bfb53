import { runAsUser } from '../../../src/rules/restricted/run-as-user';
import { faultsAt } from '../../support/pods';

const pod = 'spec.securityContext.runAsUser';
const container = 'spec.containers.0.securityContext.runAsUser';

test.each([{ [pod]: 1 }, { [pod]: null }, { [container]: 65534 }])('passes %j', (changes) => {
  expect(faultsAt(runAsUser, changes)).toEqual([]);
});

test('refuses user 0 of the pod, even where a container has another', () => {
  expect(faultsAt(runAsUser, { [pod]: 0, [container]: 10001 })).toEqual([
    { message: 'securityContext.runAsUser of the pod must not be 0, which is root', pointer: '/spec/securityContext/runAsUser' },
  ]);
});

test('refuses user 0 of a container', () => {
  expect(faultsAt(runAsUser, { [container]: 0 })).toEqual([{
    message: 'securityContext.runAsUser must not be 0, which is root',
    pointer: '/spec/containers/0/securityContext/runAsUser',
    container: 'web',
  }]);
});

test.each([
  [22, true, 0], [23, true, 1], [34, true, 1], [35, true, 1], [37, true, 1],
  [22, false, 0], [23, false, 1], [34, false, 1], [35, false, 0], [37, false, 0],
])('at Kubernetes 1.%i with hostUsers: %p it finds %i', (minor, hostUsers, count) => {
  expect(faultsAt(runAsUser, { 'spec.hostUsers': hostUsers, [pod]: 0 }, minor)).toHaveLength(count);
});
