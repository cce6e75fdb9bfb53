import { imagePullPolicy } from '../../../src/rules/hardened/image-pull-policy';
import { digest, registries, withImage, withImageVolume } from '../../support/images';
import { faultsOf } from '../../support/pods';

const context = {
  registries: registries({
    'ghcr.io/always': { pullPolicy: 'Always' },
    'ghcr.io/lenient': { pullPolicy: 'IfNotPresent' },
    'ghcr.io/lenient-secret': { pullPolicy: 'IfNotPresent', pullSecret: 'ghcr' },
    'ghcr.io/secret': { pullSecret: 'ghcr' },
    'ghcr.io/plain': {},
  }),
};

function messages(image: string, policy: string | undefined): string[] {
  return faultsOf(imagePullPolicy, withImage(image, { imagePullPolicy: policy }), context).map(({ message }) => message);
}

const pinned = `:1@${digest}`;

describe('what each entry accepts', () => {
  test.each<[string, 'Always' | 'IfNotPresent' | undefined, boolean]>([
    [`ghcr.io/always/a${pinned}`, 'Always', true],
    [`ghcr.io/always/a${pinned}`, 'IfNotPresent', false],
    [`ghcr.io/always/a${pinned}`, undefined, false],
    ['ghcr.io/always/a:latest', undefined, true],
    [`ghcr.io/lenient/a${pinned}`, 'IfNotPresent', true],
    ['ghcr.io/lenient/a:1', 'IfNotPresent', true],
    ['ghcr.io/lenient/a:1', undefined, true],
    [`ghcr.io/lenient-secret/a${pinned}`, 'IfNotPresent', true],
    [`ghcr.io/secret/a${pinned}`, 'Always', true],
    [`ghcr.io/secret/a${pinned}`, 'IfNotPresent', false],
    [`ghcr.io/secret/a${pinned}`, undefined, false],
    [`ghcr.io/plain/a${pinned}`, 'IfNotPresent', true],
    [`ghcr.io/plain/a${pinned}`, undefined, true],
    ['ghcr.io/plain/a:1', 'Always', true],
    ['ghcr.io/plain/a:1', 'IfNotPresent', false],
    ['ghcr.io/plain/a:1', undefined, false],
    ['ghcr.io/plain/a', undefined, true],
    ['ghcr.io/plain/a', 'IfNotPresent', false],
    [`ghcr.io/always/a:latest@${digest}`, undefined, true],
    [`ghcr.io/always/a@${digest}`, undefined, false],
    [`evil.com/a${pinned}`, 'IfNotPresent', true],
    ['evil.com/a:1', 'IfNotPresent', false],
  ])('%s with %s: %j', (image, policy, isAccepted) => {
    expect(messages(image, policy)).toHaveLength(isAccepted ? 0 : 1);
  });
});

test.each(['ghcr.io/lenient/a:1', `ghcr.io/plain/a${pinned}`, 'evil.com/a:1', 'A'])('"Never" is refused for %j', (image) => {
  expect(messages(image, 'Never')).toEqual(['imagePullPolicy must not be "Never", which runs whatever the node has under that name']);
});

test.each(['always', 'ALWAYS', 'IfNotPresent ', 'Sometimes'])('%j is no pull policy', (policy) => {
  expect(messages(`ghcr.io/plain/a${pinned}`, policy)).toEqual([`imagePullPolicy must be "Always" or "IfNotPresent", it is "${policy}"`]);
});

test('an empty policy is read as none, as the API server does', () => {
  expect(messages('ghcr.io/plain/a:latest', '')).toEqual([]);
  expect(messages('ghcr.io/plain/a:1', '')).toHaveLength(1);
});

test('a reference that cannot be read is left to the rules that say so', () => {
  expect(messages('A', undefined)).toEqual([]);
});

test('the message says why, and what unset means', () => {
  expect(messages(`ghcr.io/always/a${pinned}`, 'IfNotPresent'))
    .toEqual(['imagePullPolicy must be "Always", because the policy demands it of "ghcr.io/always"; it is "IfNotPresent"']);
  expect(messages(`ghcr.io/secret/a${pinned}`, undefined))
    .toEqual(['imagePullPolicy must be "Always", because "ghcr.io/secret" is read with the pull secret "ghcr"; it is not set, which means "IfNotPresent"']);
  expect(messages('evil.com/a:1', 'IfNotPresent')).toEqual(['imagePullPolicy must be "Always", because the image is not pinned; it is "IfNotPresent"']);
});

test('an image volume has a field of another name, which is judged alike', () => {
  expect(faultsOf(imagePullPolicy, withImageVolume({ reference: `ghcr.io/always/a${pinned}` }), context)).toMatchObject([
    { pointer: '/spec/volumes/1/image/pullPolicy', fix: 'set pullPolicy: Always' },
  ]);
  expect(faultsOf(imagePullPolicy, withImageVolume({ reference: `ghcr.io/always/a${pinned}`, pullPolicy: 'Always' }), context)).toEqual([]);
  expect(faultsOf(imagePullPolicy, withImageVolume({ reference: `ghcr.io/plain/a${pinned}`, pullPolicy: 'Never' }), context)).toHaveLength(1);
});
