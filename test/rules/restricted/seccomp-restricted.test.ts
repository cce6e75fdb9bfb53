import { seccompRestricted } from '../../../src/rules/restricted/seccomp-restricted';
import { faultsAt, plainContext, podOf, tweak } from '../../support/pods';

const pod = 'spec.securityContext.seccompProfile';
const lists = ['initContainers', 'containers', 'ephemeralContainers'];
const everyContainer = Object.fromEntries(lists.map((list) => [`spec.${list}.0.securityContext.seccompProfile`, { type: 'RuntimeDefault' }]));

test.each([
  { [pod]: { type: 'RuntimeDefault' } },
  { [pod]: { type: 'Localhost', localhostProfile: 'web.json' } },
  { [pod]: null, ...everyContainer },
])('passes %j', (changes) => {
  expect(faultsAt(seccompRestricted, changes)).toEqual([]);
});

test('refuses a bad profile of the pod once, not once more for each container that inherits it', () => {
  expect(faultsAt(seccompRestricted, { [pod]: { type: 'Unconfined' } })).toEqual([{
    message: 'securityContext.seccompProfile.type of the pod must be "RuntimeDefault" or "Localhost", it is "Unconfined"',
    pointer: '/spec/securityContext/seccompProfile/type',
  }]);
});

test('refuses a bad profile of the pod even where every container has a good one', () => {
  expect(faultsAt(seccompRestricted, { [pod]: { type: 'Unconfined' }, ...everyContainer })).toHaveLength(1);
});

test('refuses a bad profile of a container', () => {
  expect(faultsAt(seccompRestricted, { 'spec.containers.0.securityContext.seccompProfile': { type: 'Unconfined' } })).toHaveLength(1);
});

test('refuses each container without a profile, where it is missing', () => {
  expect(faultsAt(seccompRestricted, { ...everyContainer, [pod]: null, 'spec.containers.0.securityContext': undefined })).toEqual([{
    message: 'securityContext.seccompProfile.type must be "RuntimeDefault" or "Localhost", it is not set',
    pointer: '/spec/containers/0/securityContext/seccompProfile/type',
    container: 'web',
  }]);
});

test('demands it of the container where there is no pod to set it on', () => {
  const step = { ...podOf(tweak({ 'spec.securityContext': undefined })), isPodSpec: false };
  expect([...seccompRestricted.check(step, plainContext)][0].fix).toBe('set securityContext.seccompProfile.type to RuntimeDefault');
});

test.each([
  [18, 'linux', 0], [19, 'linux', 3], [24, 'linux', 3], [25, 'linux', 3], [37, 'linux', 3],
  [18, 'windows', 0], [19, 'windows', 3], [24, 'windows', 3], [25, 'windows', 0], [37, 'windows', 0],
])('at Kubernetes 1.%i on %s it finds %i', (minor, name, count) => {
  expect(faultsAt(seccompRestricted, { 'spec.os': { name }, [pod]: null }, minor)).toHaveLength(count);
});
