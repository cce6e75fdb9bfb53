import { Chart } from 'cdk8s';
import { image, kinds, main } from './workloads';
import { App, Container, ContainerRestartPolicy, PolicyError } from '../../src/index';

const policy = { registries: { 'ghcr.io/acme': { pullSecret: 'regcred' } } };
const sidecar = { image, name: 'sidecar', restartPolicy: ContainerRestartPolicy.ALWAYS };

describe.each(Object.entries(kinds))('a %s with nothing said but its images', (kind, make) => {
  test('passes every rule', () => {
    const app = new App({ policy });
    const workload = make(new Chart(app, 'shop'), { containers: [main], initContainers: [{ image }, sidecar] });
    workload.attachContainer(new Container({ image, name: 'attached', writablePaths: ['/tmp'] }));
    expect(app.synthYaml()).toContain(`kind: ${kind}`);
  });

  test('is named with the line that made it where it is refused', () => {
    const app = new App({ policy });
    make(new Chart(app, 'shop'), { containers: [{ ...main, securityContext: { ensureNonRoot: false } }] });
    const refused = expect.objectContaining({
      rule: 'run-as-non-root', construct: 'shop/app', source: expect.stringMatching(/^test\/workloads\/workloads\.ts:\d+$/),
    });
    expect(() => app.synthYaml()).toThrow(PolicyError);
    expect(() => app.synthYaml()).toThrow(expect.objectContaining({ findings: expect.arrayContaining([refused]) }));
  });
});
