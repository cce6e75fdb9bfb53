import * as fc from 'fast-check';
import { container, containerPointers, custom, pod, problems } from './support';
import { mostValues } from '../../src/manifest/budget';
import { readManifests } from '../../src/manifest/read';
import { Reading, string } from '../../src/manifest/shape';
import { get, kindOf, pointer } from '../../src/shape/json';

function nested(levels: number, around: (inner: unknown) => unknown, innermost: unknown = {}): unknown {
  let value = innermost;
  for (let level = 0; level < levels; level++) value = around(value);
  return value;
}

test.each([undefined, null])('an empty document (%s) holds nothing', (document) => {
  expect(readManifests(document)).toEqual([]);
});

test.each([0, NaN, '', 'text', true, [[]], Symbol('a'), () => 0, 1n, new Date(0), new Map()])('the document %p is malformed', (document) => {
  expect(problems(document)).toEqual([`: the document must be an object, it is ${kindOf(document)}`]);
});

test('an object without a kind is no fault, and holds no pod', () => {
  expect(readManifests({})).toEqual([
    { resource: { apiVersion: '', kind: '' }, annotations: {}, pods: [], persistentVolumes: [], malformed: [], texts: [], elsewhere: [] },
  ]);
});

test.each([
  ['objects', (inner: unknown) => ({ a: inner })],
  ['lists', (inner: unknown) => [inner]],
])('100,000 levels of %s are refused where the search ends', (_, around) => {
  const found = problems(custom(nested(100_000, around)));
  expect(found).toEqual([expect.stringMatching(/^(\/\w+){201}: this value is not judged, because it is nested more than 200 levels deep$/)]);
});

test('a pod at the 200th level is found', () => {
  expect(containerPointers(custom(nested(198, (inner) => ({ a: inner }), { containers: [container] })))).toHaveLength(1);
});

test('100,000 levels of lists of objects are refused', () => {
  const list = nested(100_000, (inner) => ({ apiVersion: 'v1', kind: 'List', items: [inner] }), pod({ containers: [container] }));
  expect(problems(list)).toEqual([expect.stringMatching(/: items are not judged, because lists are nested more than 200 levels deep$/)]);
});

test('100,000 levels in fields that nobody reads are no fault', () => {
  expect(problems(pod({ containers: [container], extra: nested(100_000, (inner) => [inner]) }))).toEqual([]);
});

describe('what aliases blow up is refused in time', () => {
  const thrice = (inner: unknown) => [inner, inner, inner];
  const wide = Object.fromEntries(Array.from({ length: 350_000 }, (_, index) => [`k${index}`, 'a']));
  const tooMany = /not judged, because the document holds more than 1,000,000 values$/;

  test.each([
    ['values of a custom resource', custom(nested(40, thrice))],
    ['one wide list', custom(new Array(mostValues))],
    ['wide objects', custom(thrice(wide))],
    ['lists', nested(40, (inner) => ({ apiVersion: 'v1', kind: 'List', items: thrice(inner) }), { apiVersion: 'v1', kind: 'Service' })],
    ['fields of a container', pod({ containers: [{ ...container, command: new Array(mostValues) }] })],
    ['keys of maps', { apiVersion: 'v1', kind: 'Pod', metadata: { labels: wide, annotations: wide }, spec: { containers: [container], nodeSelector: wide } }],
    ['keys of metadata', { items: [], kind: 'PodList', apiVersion: 'v1', metadata: thrice(wide) }],
    ['containers', pod({ containers: thrice(wide) })],
    ['volumes', pod({ containers: [container], volumes: [...thrice(wide), { name: 'b' }] })],
    ['pods', { apiVersion: 'v1', kind: 'PodList', items: [...thrice({ spec: wide }), { spec: wide }] }],
    ['what a workflow hands down', custom({ ...wide, templates: thrice({ container }) })],
  ])('%s', (_, document) => {
    const found = problems(document);
    // One at each level of nesting at most: the report must not be a bomb itself.
    expect(found.length).toBeLessThan(50);
    expect(found.some((problem) => tooMany.test(problem))).toBe(true);
  });
});

test('a value that holds itself is refused', () => {
  const spec: Record<string, unknown> = {};
  spec.a = spec.b = spec;
  expect(problems(custom(spec))).toEqual([expect.stringMatching(/nested more than 200 levels deep$/)]);
});

test('a getter or a proxy that throws is refused, not passed', () => {
  const throwing = { get spec(): unknown { throw new Error('no'); } };
  expect(problems({ apiVersion: 'a/v1', kind: 'A', a: throwing })).toEqual([': the document cannot be read: reading a field of it throws']);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(problems(custom(proxy))).toHaveLength(1);
});

test('an instance of a class in a custom resource is refused, because it may be written as a pod', () => {
  class Spec { public readonly containers = [container]; }
  expect(problems(custom({ a: new Spec() }))).toEqual(['/spec/a: must be JSON, it is an instance of a class']);
});

test('a name of a wrong type does not bring a message down', () => {
  const reading = new Reading('/a');
  expect(string.read(5, reading)).toBeUndefined();
  expect(reading.malformed).toEqual([{ pointer: '/a', message: 'must be a string, it is an integer; put it in quotes' }]);
});

test('a key of the prototype is not a field', () => {
  expect(get({}, 'constructor')).toBeUndefined();
  expect(get({ constructor: 1 }, 'constructor')).toBe(1);
  expect(pointer('', 'a/b', 0, '~')).toBe('/a~1b/0/~0');
});

const leaf = fc.oneof(
  fc.constantFrom<unknown>('v1', 'apps/v1', 'Pod', 'Deployment', 'List', 'nginx', '', null, undefined, true, 0, -1.5, NaN),
  fc.string(),
);

describe('for any value', () => {
  const key = fc.constantFrom(
    'apiVersion', 'kind', 'metadata', 'spec', 'template', 'containers', 'initContainers', 'steps', 'stepTemplate', 'container', 'items', 'image',
    'volumes', 'hostPath', 'securityContext', 'command', 'podTemplate', 'containerSet', 'name', '__proto__', 'constructor',
  );
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof({ maxDepth: 8, withCrossShrink: true }, leaf, fc.array(tie('document'), { maxLength: 3 }), fc.dictionary(key, tie('document'), { maxKeys: 6 })),
  }));
  const headed = fc.tuple(fc.constantFrom('Pod', 'List', 'PodList', 'PersistentVolume', 'Rollout'), document)
    .map(([kind, spec]) => ({ apiVersion: 'v1', kind, spec, items: [spec, { spec }] }));

  test.each([
    ['JSON', fc.jsonValue()],
    ['anything', fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true, withNullPrototype: true })],
    ['what looks like a manifest', document],
    ['what says that it is one', headed],
  ])('reading does not throw and changes nothing: %s', (_, values: fc.Arbitrary<unknown>) => {
    fc.assert(fc.property(values, (value) => {
      const before = fc.stringify(value);
      freeze(value);
      for (const { message } of readManifests(value).flatMap((manifest) => manifest.malformed)) expect(message).not.toMatch(/throws/);
      expect(fc.stringify(value)).toBe(before);
    }), { numRuns: 400 });
  });
});

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}

test.each([
  [{ metadata: { annotations: { a: 'b' } } }, { a: 'b' }],
  [{ metadata: { annotations: 'none' } }, {}],
  [{ metadata: [] }, {}],
])('the annotations of %j are %j', (object, annotations) => {
  expect(readManifests(object)).toMatchObject([{ annotations }]);
});
