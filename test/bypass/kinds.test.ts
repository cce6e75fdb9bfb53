import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';
import { trusting } from '../support/apps';
import { tweak } from '../support/pods';

/*
 * Pods that stand where nobody looks for one.
 */

const bad = { hostPID: true, containers: [{ name: 'main', image: 'nginx' }] };
const badPod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'hidden' }, spec: bad };
const good = tweak({}) as { readonly spec: object };
const policy = compilePolicy(trusting);
const rulesOf = (document: unknown) => judge(document, policy).flatMap(({ findings }) => findings.map(({ rule }) => rule));

/** kubectl makes a list of whatever has items, and applies them: tried with kubectl 1.32. */
test.each([
  ['a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap' }],
  ['a Secret', { apiVersion: 'v1', kind: 'Secret' }],
  ['a CustomResourceDefinition', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }],
  ['a PersistentVolume', { apiVersion: 'v1', kind: 'PersistentVolume', spec: { nfs: {} } }],
  ['a good Pod', good],
  ['a good Deployment', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: good.spec } } }],
])('%s with items is a list to kubectl', (_name, object) => {
  expect(rulesOf(object)).toEqual([]);
  expect(rulesOf({ ...object, items: [badPod] })).toEqual(['manifest', ...rulesOf(badPod)]);
  expect(rulesOf(badPod)).toContain('host-namespaces');
});

test.each([
  ['a kind in lower case', { apiVersion: 'v1', kind: 'pod', spec: bad }],
  ['a kind with a blank', { apiVersion: 'v1', kind: 'Pod ', spec: bad }],
  ['a kind in the wrong group', { apiVersion: 'apps/v1', kind: 'Pod', spec: bad }],
  ['a version with a blank', { apiVersion: 'v1 ', kind: 'Pod', spec: bad }],
  ['a kind without a version', { kind: 'Pod', spec: bad }],
  ['a version without a kind', { apiVersion: 'v1', spec: bad }],
  ['a ConfigMap of another group', { apiVersion: 'example.com/v1', kind: 'ConfigMap', spec: bad }],
  ['a kind that is no text', { apiVersion: 'v1', kind: ['ConfigMap'], spec: bad }],
  ['items of a custom resource', { apiVersion: 'example.com/v1', kind: 'Thing', items: [badPod] }],
  ['items of a custom resource, of a kind that the list gives them', { apiVersion: 'v1', kind: 'PodList', items: [{ spec: bad }] }],
  ['a list in a list in a list', { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'List', items: [badPod] }] }] }],
  ['an object in an annotation-like map', { apiVersion: 'example.com/v1', kind: 'Thing', spec: { objects: { 'a/b~c': badPod } } }],
  ['lists of lists', { apiVersion: 'example.com/v1', kind: 'Thing', spec: [[[[{ template: { spec: bad } }]]]] }],
  ['a pod that says it is a ConfigMap, in another object', { apiVersion: 'example.com/v1', kind: 'Thing', spec: { kind: 'ConfigMap', apiVersion: 'v1', spec: bad } }],
  ['keys that JavaScript knows', { apiVersion: 'example.com/v1', kind: 'Thing', constructor: { prototype: badPod } }],
  ['a pod beside its status', { apiVersion: 'example.com/v1', kind: 'Thing', spec: { status: badPod } }],
])('finds %s', (_name, object) => {
  expect(rulesOf(object)).toContain('host-namespaces');
});
