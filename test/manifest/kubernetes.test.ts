import { objectsOf } from '../../src/manifest/kubernetes';

test.each([
  [{ apiVersion: 'v1', kind: 'Pod' }, true],
  [{ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }, true],
  [{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }, false],
  [{ image: { tag: '1' } }, false],
  [{ apiVersion: 1, kind: 'Pod' }, true],
  [{ kind: 'List', items: [] }, true],
  [{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', items: [] }, true],
  [{ apiVersion: 'v1', kind: '' }, false],
  [5, false],
  [true, false],
  [{ apiVersion: 'v1' }, false],
  [[{ apiVersion: 'v1', kind: 'Pod' }], false],
  ['text', false],
  [null, false],
])('%j is an object of Kubernetes: %s', (document, expected) => {
  expect([...objectsOf(JSON.stringify(document), 'a.json', false)].some((item) => 'value' in item)).toBe(expected);
});
