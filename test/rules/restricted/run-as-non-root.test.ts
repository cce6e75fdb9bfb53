import { runAsNonRoot } from '../../../src/rules/restricted/run-as-non-root';
import { faultsAt, plainContext, podOf, tweak } from '../../support/pods';

const pod = 'spec.securityContext.runAsNonRoot';
const containers = ['initContainers', 'containers', 'ephemeralContainers'].map((list) => `spec.${list}.0.securityContext.runAsNonRoot`);
const everyContainer = (value: boolean) => Object.fromEntries(containers.map((path) => [path, value]));

test('passes where the pod says true', () => {
  expect(faultsAt(runAsNonRoot, { [pod]: true })).toEqual([]);
});

test('passes where every container says true', () => {
  expect(faultsAt(runAsNonRoot, { [pod]: null, ...everyContainer(true) })).toEqual([]);
});

test('passes a pod without containers', () => {
  expect(faultsAt(runAsNonRoot, { spec: {} })).toEqual([]);
});

test('refuses a pod that says false, even where every container says true', () => {
  expect(faultsAt(runAsNonRoot, { [pod]: false, ...everyContainer(true) })).toEqual([
    { message: 'securityContext.runAsNonRoot of the pod must be true, it is false', pointer: '/spec/securityContext/runAsNonRoot' },
  ]);
});

test('tells once of a pod that says false, not once more for each container that inherits it', () => {
  expect(faultsAt(runAsNonRoot, { [pod]: false })).toHaveLength(1);
});

test('refuses a container that says false, even where the pod says true', () => {
  expect(faultsAt(runAsNonRoot, { 'spec.containers.0.securityContext.runAsNonRoot': false })).toEqual([{
    message: 'securityContext.runAsNonRoot must be true, it is false',
    pointer: '/spec/containers/0/securityContext/runAsNonRoot',
    container: 'web',
  }]);
});

test('refuses each container for which nobody says anything', () => {
  expect(faultsAt(runAsNonRoot, { 'spec.securityContext': undefined }).map(({ message, container }) => [message, container])).toEqual(
    ['migrate', 'web', 'debug'].map((name) => ['securityContext.runAsNonRoot must be true, it is not set', name]));
});

test('does not take a user id for it', () => {
  expect(faultsAt(runAsNonRoot, { 'spec.securityContext': { runAsUser: 10001 } })).toHaveLength(3);
});

test('demands it of the container where there is no pod to set it on', () => {
  const step = { ...podOf(tweak({ 'spec.securityContext': undefined })), isPodSpec: false };
  expect([...runAsNonRoot.check(step, plainContext)][0].fix).toBe('set securityContext.runAsNonRoot: true');
});

test.each([
  [0, false, 1], [34, false, 1], [35, false, 0], [37, false, 0],
  [0, true, 1], [35, true, 1], [37, true, 1], [37, null, 1],
])('at Kubernetes 1.%i with hostUsers: %p it finds %i', (minor, hostUsers, count) => {
  expect(faultsAt(runAsNonRoot, { 'spec.hostUsers': hostUsers, [pod]: false }, minor)).toHaveLength(count);
});

test('holds on Windows too', () => {
  expect(faultsAt(runAsNonRoot, { 'spec.os': { name: 'windows' }, [pod]: false })).toHaveLength(1);
});
