import { Chart, Size } from 'cdk8s';
import fc from 'fast-check';
import { App, ContainerProps, ContainerRestartPolicy, Cpu, EnvValue, ImagePullPolicy, PinnedImage, PodProps, Probe, Verdict } from '../../src';
import { profiles } from '../../src/rules/rule';
import { kubernetesVersion, registries } from '../support/arbitraries';
import { kinds } from '../workloads/workloads';

const entries = ['ghcr.io/acme', 'quay.io/team', 'docker.io/library', 'localhost:5000'];
const digest = fc.constantFrom(`sha256:${'0123456789abcdef'.repeat(4)}`, `sha512:${'9'.repeat(128)}`);
const tag = fc.stringMatching(/^(?::v?[1-9]\.[0-9]{1,2}(?:\.[0-9]|-alpine)?)?$/);

const image = (trusted: readonly string[]) => fc.tuple(fc.constantFrom(...trusted), fc.stringMatching(/^[a-z]{1,8}(?:[.-][a-z0-9]{1,4})?$/), tag, digest)
  .map(([registry, name, version, content]) => `${registry}/${name}${version}@${content}` as PinnedImage);

const words = fc.array(fc.constantFrom('serve', '--port=8080', '/app/run', 'npm', 'start', 'sh', '-c', 'exec node main.js', '$(PORT)', ''), { maxLength: 4 });

type Props = Omit<ContainerProps, 'name' | 'portNumber'>;
const containerProps = (trusted: readonly string[]): fc.Arbitrary<Props> => fc.record({
  image: image(trusted),
  command: words,
  args: words,
  envVariables: fc.constantFrom<Record<string, EnvValue>>({}, { PORT: EnvValue.fromValue('8080') }),
  workingDir: fc.constant('/app'),
  resources: fc.constantFrom({}, { cpu: { request: Cpu.millis(100) }, memory: { limit: Size.mebibytes(128) } }),
  securityContext: fc.record({ user: fc.integer({ min: 1, max: 65_535 }), group: fc.nat(65_535) }, { requiredKeys: [] }),
  imagePullPolicy: fc.constant(ImagePullPolicy.ALWAYS),
  writablePaths: fc.subarray(['/tmp', '/var/cache/app', '/run']),
}, { requiredKeys: ['image'] });

const main = (trusted: readonly string[]) => fc.tuple(containerProps(trusted), fc.boolean(), fc.boolean())
  .map(([props, hasPort, hasProbe]) => ({ props, hasPort, hasProbe }));
const init = (trusted: readonly string[]) => fc.tuple(containerProps(trusted), fc.boolean())
  .map(([props, isSidecar]): Props => isSidecar ? { ...props, restartPolicy: ContainerRestartPolicy.ALWAYS } : props);

const scenario = registries(entries).chain((trusted) => {
  const names = Object.keys(trusted);
  return fc.record({
    policy: fc.record({ registries: fc.constant(trusted), kubernetesVersion, profile: fc.constantFrom(...profiles) }, { requiredKeys: ['registries'] }),
    kind: fc.constantFrom(...Object.keys(kinds)),
    replicas: fc.nat(5),
    spread: fc.boolean(),
    containers: fc.array(main(names), { minLength: 1, maxLength: 4 }),
    initContainers: fc.array(init(names), { maxLength: 3 }),
  });
});

test('what a strict workload produces from any legal props passes under a policy that trusts its registries', () => {
  fc.assert(fc.property(scenario, ({ policy, kind, replicas, spread, containers, initContainers }) => {
    const verdicts: Verdict[] = [];
    const app = new App({ policy, onVerdict: (verdict) => verdicts.push(verdict) });
    const props: PodProps & { readonly replicas: number; readonly spread: boolean } = {
      replicas,
      spread,
      containers: containers.map(({ props: said, hasPort, hasProbe }, index) => ({
        ...said,
        name: `main-${index}`,
        // A stateful set of cdk8s-plus makes its service from a port.
        ...(hasPort || index === 0) && { portNumber: 8080 + index },
        ...hasProbe && { liveness: Probe.fromHttpGet('/healthz', { port: 8080 }) },
      })),
      initContainers: initContainers.map((said, index) => ({ ...said, name: `init-${index}` })),
    };
    kinds[kind](new Chart(app, 'shop'), props);

    expect(app.synthYaml()).toContain(`kind: ${kind}`);
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0].summary).toMatchObject({ pods: 1, containers: containers.length + initContainers.length, findings: 0, errors: 0 });
  }), { numRuns: 80 });
});
