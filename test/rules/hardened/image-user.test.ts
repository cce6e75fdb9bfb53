import { imageUser } from '../../../src/rules/hardened/image-user';
import { digestOf } from '../../lock/image-of';
import { withImageVolume } from '../../support/images';
import { Changes, faultsOf, tweak } from '../../support/pods';
import { locked, lockedImage, Platforms } from '../locked';

const faults = (platforms: Platforms, changes: Changes = {}) => faultsOf(imageUser, tweak(changes), { lock: locked(platforms) });
const messages = (user: string | undefined, uid?: number) => faults({ 'linux/amd64': { user, uid } }).map(({ message }) => message);

const said = (user: string, kubelet: string) =>
  `securityContext.runAsUser must be set, because "ghcr.io/acme/web:1.4.2" runs as ${user}; `
  + `the kubelet would start no container: "container has runAsNonRoot and ${kubelet}"`;

test.each([
  [undefined, said('root', 'image will run as root')],
  ['0', said('root', 'image will run as root')],
  ['0:0', said('root', 'image will run as root')],
  ['00', said('root', 'image will run as root')],
  [':1000', said('root', 'image will run as root')],
  ['root', said('"root", which is a name', 'image has non-numeric user (root), cannot verify user is non-root')],
  ['app:app', said('"app", which is a name', 'image has non-numeric user (app), cannot verify user is non-root')],
  ['1_000', said('"1_000", which is a name', 'image has non-numeric user (1_000), cannot verify user is non-root')],
  ['a\u001b[2J', said('"a\\u001b[2J", which is a name', 'image has non-numeric user (a\\u001b[2J), cannot verify user is non-root')],
  ['-1', said('user -1, which is no id', 'image has an invalid user id (-1)')],
  ['4294967294', said('user 4294967294, which is no id', 'image has an invalid user id (4294967294)')],
])('an image whose USER is %j is refused in the words of the kubelet', (user, message) => {
  expect(messages(user)).toEqual([message]);
});

test.each(['10001', '65532:65532', '+5', '2147483647'])('an image whose USER is %j passes', (user) => {
  expect(messages(user)).toEqual([]);
});

test('a long name is cut', () => {
  expect(messages('x'.repeat(4000))[0].length).toBeLessThan(400);
});

test('the finding is at the container, and has the number where the lock knows it', () => {
  expect(faults({ 'linux/amd64': { user: 'app', uid: 1000 } })).toEqual([{
    message: expect.any(String) as string,
    pointer: '/spec/containers/0/securityContext/runAsUser',
    container: 'web',
    fix: 'set securityContext.runAsUser: 1000, which is the image\'s own user, or use an image whose USER is a number above 0',
  }]);
  for (const unknown of [{ user: 'app' }, { user: 'root', uid: 0 }, {}]) expect(faults({ 'linux/amd64': unknown })[0]).not.toHaveProperty('fix');
});

test('what is wrong on some platforms is told of those, and no number is given where they differ', () => {
  const platforms = { 'linux/amd64': { user: '1000' }, 'linux/arm64': {}, 'linux/arm/v7': { user: 'app', uid: 1000 }, 'linux/s390x': {} };
  expect(faults(platforms).map(({ message }) => message)).toEqual([
    expect.stringContaining('"ghcr.io/acme/web:1.4.2" on linux/arm64, linux/s390x runs as root;'),
    expect.stringContaining('"ghcr.io/acme/web:1.4.2" on linux/arm/v7 runs as "app", which is a name;'),
  ]);
  expect(faults(platforms)[0]).not.toHaveProperty('fix');
  expect(faults({ 'linux/amd64': { user: '1000' }, 'linux/arm64': { user: 'app', uid: 1000 } })).toMatchObject([{ fix: expect.stringContaining(': 1000,') as string }]);
});

test('only the platforms that the pod may run on count', () => {
  const platforms = { 'linux/amd64': {}, 'linux/arm64': { user: 'app', uid: 7 }, 'windows/amd64': {} };
  const at = (architecture: string) => faults(platforms, { 'spec.nodeSelector': { 'kubernetes.io/arch': architecture } });
  expect(at('arm64')).toMatchObject([{ message: expect.not.stringContaining('linux/arm64') as string, fix: expect.stringContaining(': 7,') as string }]);
  expect(at('amd64')).toMatchObject([{ message: expect.stringContaining('runs as root') as string }]);
  expect(faults(platforms, { 'spec.os': { name: 'windows' } })).toEqual([]);
  expect(faults({ 'windows/amd64': {} })).toEqual([]);
});

const root = { 'linux/amd64': {} };
test.each<[why: string, changes: Changes, findings: number]>([
  ['the pod says runAsNonRoot', {}, 1],
  ['the container says runAsNonRoot', { 'spec.securityContext': {}, 'spec.containers.0.securityContext.runAsNonRoot': true }, 1],
  ['nothing says runAsNonRoot', { 'spec.securityContext': undefined }, 0],
  ['the container takes runAsNonRoot back', { 'spec.containers.0.securityContext.runAsNonRoot': false }, 0],
  ['the pod has a user', { 'spec.securityContext.runAsUser': 1000 }, 0],
  ['the container has a user', { 'spec.containers.0.securityContext.runAsUser': 1000 }, 0],
  ['the user is 0, which run-as-user judges', { 'spec.containers.0.securityContext.runAsUser': 0 }, 0],
  ['the container has no security context', { 'spec.containers.0.securityContext': undefined }, 1],
  ['the container has no image', { 'spec.containers.0.image': undefined }, 0],
  ['the image cannot be read', { 'spec.containers.0.image': 'Web' }, 0],
  ['the image is not locked', { 'spec.containers.0.image': 'ghcr.io/acme/web:2' }, 0],
  ['the image has drifted', { 'spec.containers.0.image': `ghcr.io/acme/web:1.4.2@${digestOf('another')}` }, 0],
  ['the image is locked and not pinned', { 'spec.containers.0.image': 'ghcr.io/acme/web:1.4.2' }, 1],
])('where %s (%j), there are %i findings', (_why, changes, findings) => {
  expect(faults(root, changes)).toHaveLength(findings);
});

test('the containers of all lists are judged, image volumes are not', () => {
  const lock = locked(...['migrate', 'web', 'debug', 'model'].map((name) => lockedImage(root, `ghcr.io/acme/${name}:1.4.2`)));
  expect(faultsOf(imageUser, withImageVolume({ reference: 'ghcr.io/acme/model:1.4.2' }), { lock }).map(({ container }) => container)).toEqual(['migrate', 'web', 'debug']);
});

test('a step of a task is judged by what it says itself', () => {
  const task = (securityContext: Changes) => ({
    apiVersion: 'tekton.dev/v1', kind: 'Task', metadata: { name: 'build' }, spec: { steps: [{ name: 'a', image: 'ghcr.io/acme/web:1.4.2', securityContext }] },
  });
  const lock = locked(root);
  expect(faultsOf(imageUser, task({ runAsNonRoot: true }), { lock })).toMatchObject([{ container: 'a' }]);
  expect(faultsOf(imageUser, task({ runAsNonRoot: true, runAsUser: 1 }), { lock })).toEqual([]);
});

test('without a lock nothing is found', () => {
  expect(faultsOf(imageUser, tweak({}))).toEqual([]);
});
