import { imagePlatform } from '../../../src/rules/hardened/image-platform';
import { Json } from '../../../src/shape/json';
import { digestOf } from '../../lock/image-of';
import { digest, withImageVolume } from '../../support/images';
import { Changes, faultsOf, tweak } from '../../support/pods';
import { locked, lockedImage, Platforms } from '../locked';

const faults = (changes: Changes, platforms: Platforms = { 'linux/amd64': {} }) => faultsOf(imagePlatform, tweak(changes), { lock: locked(platforms) });
const wanted = (changes: Changes, platforms?: Platforms) => faults(changes, platforms).map(({ message }) => /one for (.+?)(?:, where the pod may run)?; /.exec(message)?.[1]);

const selector = (labels: Json) => ({ 'spec.nodeSelector': labels });
const affinity = (...nodeSelectorTerms: readonly Json[]) =>
  ({ 'spec.affinity': { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } });
const archIn = (...values: readonly string[]) => ({ matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values }] });

test('a pod for another architecture is refused, with both ways out', () => {
  expect(faults(selector({ 'kubernetes.io/arch': 'arm64' }))).toEqual([{
    message: 'image must be one for arm64, where the pod may run; "ghcr.io/acme/web:1.4.2" is locked for linux/amd64 only',
    pointer: '/spec/containers/0/image',
    container: 'web',
    fix: 'lock the image for such a platform too (build it, or leave out --platform of cdk8s-hardened lock), or change where the pod may run (nodeSelector, nodeAffinity, os)',
  }]);
});

test('a pod that may be moved to an architecture that the image lacks is refused', () => {
  const both = { ...affinity(archIn('amd64', 'arm64')), ...selector({ 'kubernetes.io/os': 'linux' }) };
  expect(wanted(both)).toEqual(['linux/arm64']);
  expect(wanted(both, { 'linux/amd64': {}, 'linux/arm64': {} })).toEqual([]);
  expect(wanted(both, { 'linux/amd64': {}, 'windows/arm64': {} })).toEqual(['linux/arm64']);
  expect(wanted(affinity(archIn('amd64'), archIn('s390x'), archIn('s390x', 'ppc64le')))).toEqual(['s390x, ppc64le']);
});

test('a pod that excludes all that the image has is refused', () => {
  const others = affinity({ matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'NotIn', values: ['amd64'] }] });
  expect(wanted(others)).toEqual(['a platform that its pod may run on']);
  expect(wanted(others, { 'linux/amd64': {}, 'linux/arm64': {} })).toEqual([]);
});

test.each<[why: string, changes: Changes]>([
  ['says nothing', {}],
  ['asks for what it has', selector({ 'kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/os': 'linux' })],
  ['asks for other labels', selector({ 'disk': 'ssd', 'kubernetes.io/hostname': 'arm64' })],
  ['only prefers', { 'spec.affinity': { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: archIn('arm64') }] } } }],
  ['has no image', { ...selector({ 'kubernetes.io/arch': 'arm64' }), 'spec.containers.0.image': undefined }],
  ['has an image that has drifted', { ...selector({ 'kubernetes.io/arch': 'arm64' }), 'spec.containers.0.image': `ghcr.io/acme/web:1.4.2@${digestOf('x')}` }],
])('a pod that %s passes', (_why, changes) => {
  expect(faults(changes)).toEqual([]);
});

test('a variant and a build of Windows are no labels of a node', () => {
  const platforms = { 'linux/arm/v7': {}, 'linux/arm64/v8': {}, 'windows/amd64:10.0.20348': {} };
  for (const arch of ['arm', 'arm64', 'amd64']) expect(faults(selector({ 'kubernetes.io/arch': arch }), platforms)).toEqual([]);
  expect(faults(selector({ 'kubernetes.io/os': 'windows', 'kubernetes.io/arch': 'amd64' }), platforms)).toEqual([]);
  expect(wanted(selector({ 'kubernetes.io/os': 'windows', 'kubernetes.io/arch': 'arm' }), platforms)).toEqual(['windows/arm']);
});

test('what is no container image has no platform to lack', () => {
  expect(faults(selector({ 'kubernetes.io/arch': 'arm64' }), {})).toEqual([]);
});

test('an image volume is not run', () => {
  const manifest = tweak(selector({ 'kubernetes.io/arch': 'arm64' }), withImageVolume({ reference: 'ghcr.io/acme/model:1' }));
  expect(faultsOf(imagePlatform, manifest, { lock: locked(lockedImage({ 'linux/amd64': {} }, 'ghcr.io/acme/model:1')) })).toEqual([]);
});

test('a digest of one platform is told to be that, with the digest of all of them', () => {
  const changes = { ...selector({ 'kubernetes.io/arch': 'arm64' }), 'spec.containers.0.image': `ghcr.io/acme/web@${digestOf('linux/amd64 manifest')}` };
  expect(faults(changes, { 'linux/amd64': {}, 'linux/arm64': {} })).toMatchObject([{
    message: 'image must be one for arm64, where the pod may run; "ghcr.io/acme/web:1.4.2" is pinned to its part for linux/amd64 only',
    fix: `write the digest of all platforms, "${digest}", or change where the pod may run (nodeSelector, nodeAffinity, os)`,
  }]);
});

test('a template of an Argo Workflow is judged with the selector of its workflow', () => {
  const workflow = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name: 'build' },
    spec: { ...{ nodeSelector: { 'kubernetes.io/arch': 'arm64' } }, templates: [{ name: 'a', container: { name: 'main', image: 'ghcr.io/acme/web:1.4.2' } }] },
  };
  expect(faultsOf(imagePlatform, workflow, { lock: locked({ 'linux/amd64': {} }) })).toMatchObject([{ pointer: '/spec/templates/0/container/image' }]);
});

test('a hostile pod and a hostile lock make short lines', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `${'x'.repeat(60)}\u001b${index}`);
  const [{ message }] = faults(affinity(archIn(...names)), Object.fromEntries(names.map((name) => [`linux/${name}y`, {}])));
  expect(message).toMatch(/^[ -~…]{1,1000}$/);
  expect(message).toContain('and 92 more, where');
  expect(message).toContain('and 992 more only');
});

test('without a lock nothing is found', () => {
  expect(faultsOf(imagePlatform, tweak(selector({ 'kubernetes.io/arch': 'arm64' })))).toEqual([]);
});
