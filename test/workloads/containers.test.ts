import * as plain from 'cdk8s-plus-28';
import { chartUnder, image, kinds, main, podSpecOf } from './workloads';
import { Container, ContainerRestartPolicy, Deployment, DeploymentProps } from '../../src/index';

const hardened = { imagePullPolicy: 'Always', securityContext: { capabilities: { drop: ['ALL'] } } };
const named = (name: string) => ({ image, name });

describe.each(Object.entries(kinds))('every container of a %s is filled in', (_kind, make) => {
  test('in whatever way it was added', () => {
    const chart = chartUnder();
    const workload = make(chart, { containers: [main, named('second')], initContainers: [named('setup')] });
    workload.addContainer(named('late'));
    workload.attachContainer(new Container(named('attached')));
    workload.attachContainer(new plain.Container(named('plain')));
    workload.addInitContainer(named('late-setup'));
    workload.addInitContainer({ ...named('sidecar'), restartPolicy: ContainerRestartPolicy.ALWAYS, portNumber: 9000 });

    const { containers, initContainers } = podSpecOf(chart);
    expect(containers.map(({ name }) => name)).toEqual(['main', 'second', 'late', 'attached', 'plain']);
    expect(initContainers!.map(({ name }) => name)).toEqual(['setup', 'late-setup', 'sidecar']);
    expect([...containers, ...initContainers!]).toEqual(Array(8).fill(expect.objectContaining({ image })));
    for (const container of [...containers, ...initContainers!]) expect(container).toMatchObject(hardened);
    expect(initContainers![2].restartPolicy).toBe('Always');
  });
});

test('a subclass may add containers in its constructor, and in its own addContainer', () => {
  class Service extends Deployment {
    private readonly port = 8080;

    public constructor(chart: ReturnType<typeof chartUnder>, props: DeploymentProps) {
      super(chart, 'app', props);
      this.addContainer({ ...named('helper'), portNumber: this.port, writablePaths: ['/tmp'] });
    }

    public override addContainer(props: Parameters<Deployment['addContainer']>[0]) {
      return super.addContainer({ ...props, args: ['--wrapped'] });
    }
  }
  const chart = chartUnder();
  new Service(chart, { containers: [main] });
  const { containers } = podSpecOf(chart);
  expect(containers).toHaveLength(2);
  for (const container of containers) expect(container).toMatchObject({ ...hardened, args: ['--wrapped'] });
  expect(containers[1].volumeMounts).toMatchObject([{ mountPath: '/tmp' }]);
});

test('what cdk8s-plus refuses is refused as before', () => {
  expect(() => new Deployment(chartUnder(), 'app', { containers: [new Container(main) as never] }))
    .toThrow('Attempted to construct a container from a Container object');
});

test('lists that are frozen are accepted and not changed', () => {
  const containers = Object.freeze([Object.freeze({ ...main })] as const);
  const chart = chartUnder();
  new Deployment(chart, 'app', { containers }).addContainer(named('late'));
  expect(podSpecOf(chart).containers).toHaveLength(2);
  expect(containers).toHaveLength(1);
});
