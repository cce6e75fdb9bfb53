import { join } from 'node:path';
import { containersOf, podSpecOf, repository, run, synthesize } from './synthesized';
import { images } from '../../examples/shop/images';
import { shop } from '../../examples/shop/main';
import { judgeTree, Policy } from '../../src';
import { newestKubernetesMinor, profiles } from '../../src/rules/rule';
import { filesIn, freshOutdir } from '../support/apps';

describe('the shop', () => {
  const { files, objects, verdicts } = synthesize(shop);
  const pods = objects.flatMap((object) => podSpecOf(object) ?? []);

  test('passes without an exemption, a file for each chart', () => {
    expect(verdicts).toEqual([expect.objectContaining({ findings: [], errors: [], exemptions: [] })]);
    expect(files).toEqual(['api.k8s.yaml', 'database.k8s.yaml', 'network.k8s.yaml', 'storefront.k8s.yaml', 'worker.k8s.yaml']);
  });

  test('has every kind of object that it is there to show', () => {
    expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual([
      'CronJob', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'Job', 'NetworkPolicy', 'PersistentVolumeClaim', 'Service',
      'ServiceAccount', 'StatefulSet',
    ]);
  });

  test('keeps out of the namespaces of others', () => {
    expect(objects.filter(({ metadata }) => metadata.namespace !== 'shop')).toEqual([]);
  });

  test('runs every image of its list, and no other', () => {
    const running = pods.flatMap(containersOf).map(({ image }) => image);
    expect(new Set(running)).toEqual(new Set(Object.values(images)));
  });

  test('proves with every start of a private image that it may read it', () => {
    const own = pods.flatMap(containersOf).filter(({ image }) => image.startsWith('ghcr.io/acme/'));
    expect(own).toHaveLength(4);
    expect(new Set(own.map(({ imagePullPolicy }) => imagePullPolicy))).toEqual(new Set(['Always']));
  });

  test('does not ask again for a public image that a node has', () => {
    const others = pods.flatMap(containersOf).filter(({ image }) => !image.startsWith('ghcr.io/acme/'));
    expect(others).toHaveLength(3);
    expect(new Set(others.map(({ imagePullPolicy }) => imagePullPolicy))).toEqual(new Set(['IfNotPresent']));
  });

  test('gives the pull secret to the pods with a private image, and to no other', () => {
    for (const pod of pods) {
      const isPrivate = containersOf(pod).some(({ image }) => image.startsWith('ghcr.io/acme/'));
      expect(pod.imagePullSecrets).toEqual(isPrivate ? [{ name: 'acme-pull' }] : undefined);
    }
  });
});

describe('the shop on another cluster', () => {
  const app = shop({ outdir: freshOutdir() });
  const policy = Policy.fromFile(join(repository, 'examples/shop/hardened.yaml'));
  const versions = [...Array.from({ length: newestKubernetesMinor + 1 }, (_, minor) => `1.${minor}`), 'latest'];

  test.each(profiles)('passes %s, whichever version of Kubernetes the policy names', (profile) => {
    const refusing = versions.filter((kubernetesVersion) =>
      judgeTree(app, { ...policy, profile, kubernetesVersion }).findings.length > 0);
    expect(refusing).toEqual([]);
  });

  test('is refused where the policy trusts its own registry alone', () => {
    const { rules } = judgeTree(app, { ...policy, registries: { 'ghcr.io/acme': { pullSecret: 'acme-pull' } } });
    expect(rules).toEqual({ 'image-registry': 3 });
  });
});

test('npm run example says what was judged and where the YAML is', () => {
  const { folder, status, stdout, stderr } = run('examples/shop/main.ts');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^no findings: 6 pods, 7 containers judged$/m);
  const dist = /^the YAML is in (.+)$/m.exec(stdout)?.[1] ?? '';
  expect(filesIn(join(folder, dist))).toContain('storefront.k8s.yaml');
}, 120_000);
