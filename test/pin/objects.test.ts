import fc from 'fast-check';
import { pinImages } from './pin-images';
import { indexOf } from '../../src/lock/find';
import { readManifests } from '../../src/manifest/read';
import { Json } from '../../src/shape/json';
import { digestOf, lockOf } from '../lock/support';

const lock = lockOf('nginx:1.27', 'busybox', 'ghcr.io/acme/shop:1.4.2');
const nginx = `nginx:1.27@${digestOf('nginx:1.27')}`;
const shop = `ghcr.io/acme/shop:1.4.2@${digestOf('ghcr.io/acme/shop:1.4.2')}`;

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });

/** The document with every image of a name in place of another. */
function replaced(document: unknown, from: string, to: string): unknown {
  return JSON.parse(JSON.stringify(document).replaceAll(JSON.stringify(from), JSON.stringify(to)));
}

const image = 'nginx:1.27';
const documents: Readonly<Record<string, object>> = {
  'every list of containers': pod({ containers: [{ image }], initContainers: [{ image }], ephemeralContainers: [{ image }] }),
  'an image volume': pod({ containers: [{ image }], volumes: [{ name: 'a', image: { reference: image } }] }),
  'a template': { apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: { containers: [{ image }] } } } } } },
  'a list of objects': { apiVersion: 'v1', kind: 'List', items: [pod({ containers: [{ image }] }), { apiVersion: 'v1', kind: 'List', items: [pod({ containers: [{ image }] })] }] },
  'a custom resource': { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: { spec: { containers: [{ image }] } } } },
  'a template of Argo Workflows': { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', spec: { templates: [{ container: { image, command: ['a'] } }, { script: { image, source: 'x' } }] } },
  'steps of Tekton, and what they inherit': { apiVersion: 'tekton.dev/v1', kind: 'Task', spec: { stepTemplate: { image }, steps: [{ script: 'a' }, { script: 'b' }, { image, script: 'c' }] } },
  'a segment that a pointer escapes': { apiVersion: 'x/v1', kind: 'X', spec: { 'a/b~c': { template: { spec: { containers: [{ image }] } } } } },
};

test.each(Object.entries(documents))('images are pinned in %s', (_where, document) => {
  const before = JSON.stringify(document);

  const { json, unpinned } = pinImages(document, lock);

  expect(json).toEqual(replaced(document, image, nginx));
  expect(unpinned).toEqual([]);
  expect(JSON.stringify(document)).toBe(before);
});

test.each([
  ['a short name', 'nginx:1.27', nginx],
  ['a long name', 'docker.io/library/nginx:1.27', `docker.io/library/nginx:1.27@${digestOf('nginx:1.27')}`],
  ['a name without a tag', 'busybox', `busybox@${digestOf('busybox')}`],
  ['another registry', 'ghcr.io/acme/shop:1.4.2', shop],
])('the text stays as it is written, and has the digest behind it: %s', (_what, from, to) => {
  expect(pinImages(pod({ containers: [{ image: from }] }), lock)).toEqual({
    json: pod({ containers: [{ image: to }] }),
    pins: [{ pointer: '/spec/containers/0/image', from, to }],
    unpinned: [],
  });
});

test.each([
  ['a tag', 'nginx:1.27', `nginx@${digestOf('nginx:1.27')}`],
  ['no tag', 'busybox', `busybox@${digestOf('busybox')}`],
  ['a port and a tag', 'localhost:5000/x:1', `localhost:5000/x@${digestOf('localhost:5000/x:1')}`],
  ['the locked digest', nginx, `nginx@${digestOf('nginx:1.27')}`],
  ['the digest of one platform, which stays', `nginx:1.27@${digestOf('nginx:1.27 arm64 manifest')}`, `nginx@${digestOf('nginx:1.27 arm64 manifest')}`],
  ['an old digest', `nginx:1.27@${digestOf('old')}`, undefined],
  ['a digest without a tag', `nginx@${digestOf('old')}`, undefined],
  ['a digest of what is not locked', `redis:7@${digestOf('old')}`, undefined],
])('the tag is left out where `digestOnly` asks for it, and the lock knows the digest: %s', (_what, from, to) => {
  const { json, unpinned } = pinImages(pod({ containers: [{ image: from }] }), lockOf('nginx:1.27', 'busybox', 'localhost:5000/x:1'), { digestOnly: true });

  expect([json, unpinned]).toEqual([pod({ containers: [{ image: to ?? from }] }), []]);
});

test.each([
  ['an old digest', `nginx:1.27@${digestOf('old')}`, nginx],
  ['an old digest of another algorithm', `nginx:1.27@sha512:${'a'.repeat(128)}`, nginx],
  ['the digest of one platform', `nginx:1.27@${digestOf('nginx:1.27 arm64 manifest')}`, undefined],
  ['an old digest without a tag', `nginx@${digestOf('old')}`, undefined],
  ['a digest of what is not locked', `redis:7@${digestOf('old')}`, undefined],
])('what is pinned already is replaced only where `update` asks for it: %s', (_what, from, to) => {
  const document = pod({ containers: [{ image: from }] });

  expect(pinImages(document, lock).json).toBe(document);
  expect(pinImages(document, lock, { update: true })).toMatchObject({ json: pod({ containers: [{ image: to ?? from }] }), unpinned: [] });
});

test('the same text in a field that is no image stays', () => {
  const container = { name: 'nginx:1.27', image, args: [image], env: [{ name: 'image', value: image }] };
  const document = { ...pod({ containers: [container] }), metadata: { name: 'a', annotations: { image } } };

  expect(pinImages(document, lock).json).toEqual({ ...document, spec: { containers: [{ ...container, image: nginx }] } });
});

test.each([
  ['a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', data: { image, spec: image } }],
  ['nothing', null],
  ['a text', image],
  ['a list', [image]],
  ['what is pinned already', pod({ containers: [{ image: nginx }, { image: `nginx:1.27@${digestOf('another')}` }] })],
  ['a container without an image', pod({ containers: [{ name: 'a' }] })],
])('%s stays the very same value', (_what, document) => {
  expect(pinImages(document, lock).json).toBe(document);
});

test('what cannot be pinned is said', () => {
  const document = pod({ containers: [{ image: 'redis:7' }, { image: '{{ image }}' }, { image }, 'x'], initContainers: 'x' });

  const { json, unpinned } = pinImages(document, lock);

  expect(json).toEqual(replaced(document, image, nginx));
  expect(unpinned).toEqual([
    { pointer: '/spec/initContainers', reason: 'unreadable', message: 'initContainers must be a list, it is a string' },
    { pointer: '/spec/containers/3', reason: 'unreadable', message: 'containers[3] must be an object, it is a string' },
    { pointer: '/spec/containers/0/image', reason: 'not-locked', image: 'redis:7', message: 'is not in the lock' },
    { pointer: '/spec/containers/1/image', reason: 'invalid', image: '{{ image }}', message: expect.stringContaining('white space') as string },
  ]);
});

test('what is beside the images is shared, not copied', () => {
  const env: readonly string[] = [];
  const document = { kind: 'Pod', apiVersion: 'v1', spec: { containers: [{ image, env }, { image, env }] }, status: {} };

  const { json } = pinImages(document, lock);

  expect(json.status).toBe(document.status);
  expect(json.spec.containers[0].env).toBe(env);
});

test('a key such as __proto__ is kept and pollutes nothing', () => {
  const document = JSON.parse(`{"apiVersion":"x/v1","kind":"X","__proto__":{"template":{"spec":{"containers":[{"image":"${image}"}]}}}}`) as object;

  const { json } = pinImages(document, lock);

  expect(JSON.stringify(json)).toBe(JSON.stringify(document).replace(image, nginx));
  expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
});

test('a part that two places share is pinned in both', () => {
  const shared = { image };
  const document = pod({ containers: [shared, shared] });

  expect(pinImages(document, lock).json).toEqual(pod({ containers: [{ image: nginx }, { image: nginx }] }));
});

test('a getter that throws is reported', () => {
  const document = Object.defineProperty({ apiVersion: 'v1', kind: 'Pod' }, 'spec', { get: () => { throw new Error('no'); }, enumerable: true });

  expect(pinImages(document, lock)).toMatchObject({ pins: [], unpinned: [{ reason: 'unreadable' }] });
});

const references = fc.constantFrom('nginx:1.27', 'busybox', 'redis:7', nginx, shop, 'a b', '', 'docker.io/nginx:1.27');
const container = fc.record({ name: references, image: fc.oneof(references, fc.jsonValue()) }, { requiredKeys: [] });
const anyDocument = fc.oneof(
  fc.jsonValue(),
  fc.record({ containers: fc.array(container), initContainers: fc.array(container), data: fc.jsonValue() }).map(pod),
  fc.record({ items: fc.array(fc.record({ containers: fc.array(container) }).map(pod)) }).map(({ items }) => ({ apiVersion: 'v1', kind: 'List', items })),
);

test('whatever the document: pinning twice is pinning once, only image fields differ, and what is locked is pinned', () => {
  fc.assert(fc.property(anyDocument, (document) => {
    const { json, pins } = pinImages(document as Json, lock);

    expect(pinImages(json, lock).pins).toEqual([]);
    for (const manifest of readManifests(json)) {
      for (const { parsed } of manifest.pods.flatMap(({ images }) => images)) {
        if (parsed.ok && parsed.reference.digest === undefined) expect(indexOf(lock).find(parsed.reference)).toBeUndefined();
      }
    }
    // Taking the digests away again gives the document.
    const back = pinImages(json, lock).json;
    expect(pins.reduce((value: unknown, { pointer, from }) => withValue(value, pointer.split('/').slice(1), from), structuredClone(back))).toEqual(document);
  }));
});

function withValue(value: unknown, [key, ...rest]: readonly string[], text: string): unknown {
  if (key === undefined) return text;
  const object = value as Record<string, unknown>;
  object[key] = withValue(object[key], rest, text);
  return object;
}
