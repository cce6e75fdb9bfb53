import { Chart } from 'cdk8s';
import * as plain from 'cdk8s-plus-28';
import { chartUnder, kinds, main } from './workloads';
import * as compat from '../../src/compat';
import * as hardened from '../../src/index';

const manifest = (chart: Chart, kind: string) => chart.toJson().find((object) => object.kind === kind);

describe.each(Object.entries(kinds))('a %s is accepted', (kind, make) => {
  test('as the workload of cdk8s-plus that it is', () => {
    const workload = make(chartUnder(), { containers: [main] });
    expect(workload).toBeInstanceOf(plain.AbstractPod);
    expect(workload).toBeInstanceOf((plain as unknown as Record<string, new () => unknown>)[kind]);
  });

  test('by a service as selector', () => {
    const chart = chartUnder();
    const workload = make(chart, { containers: [main] });
    new plain.Service(chart, 'service', { selector: workload, ports: [{ port: 80, targetPort: 8080 }], metadata: { name: 'front' } });
    const service = chart.toJson().find(({ metadata }) => metadata.name === 'front');
    expect(service.spec.selector).toEqual(workload.toPodSelectorConfig().labelSelector._toKube().matchLabels);
  });

  test('by a network policy as selector and as peer', () => {
    const chart = chartUnder();
    const workload = make(chart, { containers: [main] });
    new plain.NetworkPolicy(chart, 'policy', { selector: workload, ingress: { rules: [{ peer: workload }] } });
    expect(manifest(chart, 'NetworkPolicy').spec.ingress[0].from[0].podSelector.matchLabels).toBeDefined();
  });

  test('by connections', () => {
    const chart = chartUnder();
    const workload = make(chart, { containers: [main] });
    workload.connections.allowTo(plain.Pods.all(chart, 'all'));
    expect(manifest(chart, 'NetworkPolicy')).toBeDefined();
  });

  test('by a role binding as subject', () => {
    const chart = chartUnder();
    const serviceAccount = new plain.ServiceAccount(chart, 'account');
    const role = new plain.Role(chart, 'role');
    role.allowRead(plain.ApiResource.PODS);
    role.bind(make(chart, { containers: [main], serviceAccount }));
    expect(manifest(chart, 'RoleBinding').subjects).toMatchObject([{ kind: 'ServiceAccount', name: serviceAccount.name }]);
  });

  test('by the scheduling of another as neighbour', () => {
    const chart = chartUnder();
    const neighbour = new plain.Pod(chart, 'neighbour', { containers: [main] });
    const workload = make(chart, { containers: [main] });
    workload.scheduling.colocate(neighbour);
    neighbour.scheduling.separate(workload as plain.Deployment);
    expect(() => chart.toJson()).not.toThrow();
  });
});

test.each(['Deployment', 'StatefulSet'])('a %s is accepted by an autoscaler as target', (kind) => {
  const chart = chartUnder();
  const target = kinds[kind](chart, { containers: [main] }) as hardened.Deployment;
  new plain.HorizontalPodAutoscaler(chart, 'scaler', { target, maxReplicas: 3, metrics: [plain.Metric.resourceCpu(plain.MetricTarget.averageUtilization(50))] });
  expect(manifest(chart, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toMatchObject({ kind, name: target.name });
  expect(manifest(chart, kind).spec).not.toHaveProperty('replicas');
});

describe('the public surface', () => {
  const own = [...Object.keys(kinds), 'Container'];
  const surfaces: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { plain, hardened, compat };

  test('has our workloads in the place of those of cdk8s-plus', () => {
    for (const name of own) expect(surfaces.hardened[name]).not.toBe(surfaces.plain[name]);
  });

  test('has everything else of cdk8s-plus unchanged', () => {
    const others = Object.keys(plain).filter((name) => !own.includes(name));
    expect(others.length).toBeGreaterThan(50);
    for (const name of others) expect(surfaces.hardened[name]).toBe(surfaces.plain[name]);
  });

  test('is the same at run time in compat', () => {
    expect(Object.keys(compat).sort()).toEqual(Object.keys(hardened).sort());
    for (const name of Object.keys(hardened)) expect(surfaces.compat[name]).toBe(surfaces.hardened[name]);
  });
});

test('compat hardens an old app, and leaves its images as they are', () => {
  const chart = chartUnder();
  new compat.Deployment(chart, 'app', { containers: [{ image: 'nginx', writablePaths: ['/tmp'] }] });
  expect(manifest(chart, 'Deployment').spec.template.spec.containers[0]).toMatchObject({
    image: 'nginx', securityContext: { capabilities: { drop: ['ALL'] } }, volumeMounts: [{ mountPath: '/tmp' }],
  });
});
