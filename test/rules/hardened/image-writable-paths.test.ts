import { imageWritablePaths } from '../../../src/rules/hardened/image-writable-paths';
import { Json } from '../../../src/shape/json';
import { Changes, faultsOf, tweak } from '../../support/pods';
import { locked, lockedImage } from '../locked';

const faults = (volumes: readonly string[], changes: Changes = {}) =>
  faultsOf(imageWritablePaths, tweak(changes), { lock: locked({ 'linux/amd64': { volumes } }) });
const mounted = (...volumeMounts: readonly Json[]) => ({ 'spec.containers.0.volumeMounts': volumeMounts });

test('a VOLUME path without a volume is refused, with what to write', () => {
  expect(faults(['/data'])).toEqual([{
    message: 'volumeMounts must cover "/data" (VOLUME of "ghcr.io/acme/web:1.4.2"), because the root filesystem is read-only',
    pointer: '/spec/containers/0/volumeMounts',
    container: 'web',
    fix: 'mount an emptyDir with a sizeLimit at "/data"; in TypeScript writablePaths: ["/data"]',
  }]);
});

test('several paths are one finding, which stays short', () => {
  expect(faults(['/b', '/a'])).toMatchObject([{ message: expect.stringContaining('cover "/a", "/b" (VOLUME of') as string }]);
  const many = faults(Array.from({ length: 10_000 }, (_, index) => `/${'x'.repeat(1000)}${index}`));
  expect(many).toMatchObject([{ message: expect.stringMatching(/^volumeMounts must cover ("\/x{62}…",? ){5}and 9995 more \(VOLUME/) as string }]);
});

test.each([
  '/data/db', '/data/db/', '//data/./db', 'data/db', '/data', '/data/', '/', '/other/../data',
])('a mount at %j covers /data/db', (mountPath) => {
  expect(faults(['/data/db'], mounted({ name: 'tmp', mountPath }))).toEqual([]);
  expect(faults(['/data/db/'], mounted({ name: 'tmp', mountPath, readOnly: true }))).toEqual([]);
});

test.each<[mount: Json]>([
  [{ name: 'tmp', mountPath: '/data/db/x' }], [{ name: 'tmp', mountPath: '/data/d' }], [{ name: 'tmp', mountPath: '/dat' }], [{ name: 'tmp', mountPath: '' }],
  [{ name: 'tmp' }], [null], [{ name: 'tmp', mountPath: '/DATA/db' }],
])('%j does not', (mount) => {
  expect(faults(['/data/db'], mounted(mount))).toHaveLength(1);
});

test('the paths of all platforms that the pod may run on count', () => {
  const lock = locked({ 'linux/amd64': { volumes: ['/a'] }, 'linux/arm64': { volumes: ['/b'] }, 'windows/amd64': { volumes: ['C:\\c', '/c'] } });
  const at = (changes: Changes) => faultsOf(imageWritablePaths, tweak(changes), { lock }).map(({ message }) => /cover (.+) \(/.exec(message)?.[1]);
  expect(at({})).toEqual(['"/a", "/b"']);
  expect(at({ 'spec.nodeSelector': { 'kubernetes.io/arch': 'arm64' } })).toEqual(['"/b"']);
  expect(at({ 'spec.nodeSelector': { 'kubernetes.io/os': 'windows' } })).toEqual([]);
});

test.each([false, undefined])('where readOnlyRootFilesystem is %p, the image may write', (value) => {
  expect(faults(['/data'], { 'spec.containers.0.securityContext.readOnlyRootFilesystem': value })).toEqual([]);
  expect(faults(['/data'], { 'spec.containers.0.securityContext': undefined })).toEqual([]);
});

test('the containers of all lists are judged', () => {
  const lock = locked(...['migrate', 'web', 'debug'].map((name) => lockedImage({ 'linux/amd64': { volumes: ['/data'] } }, `ghcr.io/acme/${name}:1.4.2`)));
  expect(faultsOf(imageWritablePaths, tweak({}), { lock }).map(({ container }) => container)).toEqual(['migrate', 'web', 'debug']);
});

test('without a lock nothing is found', () => {
  expect(faultsOf(imageWritablePaths, tweak({}))).toEqual([]);
});
