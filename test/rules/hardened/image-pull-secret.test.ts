import { imagePullSecret } from '../../../src/rules/hardened/image-pull-secret';
import { registries, withImage, withImageVolume } from '../../support/images';
import { faultsOf, tweak } from '../../support/pods';

const context = { registries: registries({ 'ghcr.io/acme': { pullSecret: 'ghcr' }, 'quay.io/acme': { pullSecret: 'quay' }, 'docker.io/library': {} }) };
const image = 'ghcr.io/acme/shop:1';

test('a pod that names the secret passes, whatever other secrets it names', () => {
  const manifest = tweak({ 'spec.imagePullSecrets': [{ name: 'other' }, { name: 'ghcr' }], 'spec.containers.0.image': image });
  expect(faultsOf(imagePullSecret, manifest, context)).toEqual([]);
});

test.each([[undefined], [[]], [[{ name: 'other' }]], [[{}]], [[null]]])('a pod whose imagePullSecrets are %j is refused', (secrets) => {
  const manifest = tweak({ 'spec.imagePullSecrets': secrets, 'spec.containers.0.image': image });
  expect(faultsOf(imagePullSecret, manifest, context)).toEqual([{
    message: expect.stringMatching(/^imagePullSecrets must name "ghcr", which "ghcr.io\/acme\/.+" is pulled with$/) as string,
    pointer: '/spec/imagePullSecrets',
    fix: 'add { name: ghcr } to imagePullSecrets of the pod',
  }]);
});

test('one secret is asked for once, two are asked for each', () => {
  const manifest = tweak({ 'spec.containers.0.image': 'quay.io/acme/a:1', 'spec.containers.1': { name: 'b', image: 'quay.io/acme/b:1' } });
  expect(faultsOf(imagePullSecret, manifest, context).map(({ fix }) => fix)).toEqual([
    expect.stringContaining('ghcr'),
    expect.stringContaining('quay'),
  ]);
});

test('the image of an image volume needs its secret too', () => {
  const manifest = withImageVolume({ reference: 'quay.io/acme/model:1' });
  expect(faultsOf(imagePullSecret, manifest, context).map(({ message }) => message)).toContain(
    'imagePullSecrets must name "quay", which "quay.io/acme/model" is pulled with');
});

test('an entry without a secret, and an image that nobody trusts or can read, ask for none', () => {
  const strangers = tweak({ 'spec.initContainers': [], 'spec.ephemeralContainers': [] }, withImage('nginx:1'));
  expect(faultsOf(imagePullSecret, strangers, context)).toEqual([]);
  expect(faultsOf(imagePullSecret, tweak({ 'spec.containers.0.image': 'evil.com/a' }, strangers), context)).toEqual([]);
  expect(faultsOf(imagePullSecret, tweak({ 'spec.containers.0.image': 'A' }, strangers), context)).toEqual([]);
});

test('an object that only holds containers need not name a secret, but must not name only others', () => {
  const task = { apiVersion: 'tekton.dev/v1', kind: 'Task', metadata: { name: 'build' }, spec: { steps: [{ name: 'a', image }] } };
  expect(faultsOf(imagePullSecret, task, context)).toEqual([]);
  expect(faultsOf(imagePullSecret, tweak({ 'spec.imagePullSecrets': [{ name: 'other' }] }, task), context)).toHaveLength(1);
});
