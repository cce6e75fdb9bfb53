import { Chart, Testing } from 'cdk8s';
import * as plain from 'cdk8s-plus-28';
import * as other from 'cdk8s-plus-33';
import { podSpecOf } from './workloads';
import * as compat from '../../src/compat';
import * as ours from '../../src/index';
import { hardened, HardenedClass } from '../../src/workloads/hardened';

const image = `ghcr.io/acme/shop@sha256:${'0123456789abcdef'.repeat(4)}` as const;
const containers = [{ image, portNumber: 8080, writablePaths: ['/tmp'] }];

describe('a hardened class', () => {
  const kinds = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;

  test.each(kinds)('%s has the name and the static members of the original, and its instances are of the original', (kind) => {
    expect(ours[kind].name).toBe(kind);
    expect(ours[kind].isConstruct).toBe(plain[kind].isConstruct);
    expect(ours[kind].prototype).toBeInstanceOf(plain[kind]);
    expect(compat[kind]).toBe(ours[kind]);
  });

  test('is extended like any class, and the fields of a subclass are its own', () => {
    class Web extends ours.Deployment {
      public readonly tier = 'web';

      public constructor(chart: Chart) {
        super(chart, 'web', { containers });
      }
    }
    const web = new Web(Testing.chart());
    expect(web).toBeInstanceOf(ours.Deployment);
    expect(web).toBeInstanceOf(plain.Deployment);
    expect(web.tier).toBe('web');
  });

  test('of another cdk8s-plus fills in the same, and is one of its own workloads', () => {
    const Deployment: HardenedClass<typeof other.Deployment, other.Deployment, [props: ours.DeploymentProps]> = hardened(other.Deployment);
    const [ofOurs, ofOther] = [Testing.chart(), Testing.chart()];
    new ours.Deployment(ofOurs, 'app', { containers });
    const deployment = new Deployment(ofOther, 'app', { containers });

    expect(deployment).toBeInstanceOf(other.Deployment);
    expect(podSpecOf(ofOther)).toMatchObject(podSpecOf(ofOurs));
    expect(podSpecOf(ofOther).volumes).toMatchObject([{ emptyDir: { sizeLimit: '64Mi' } }]);
  });
});
