import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Deployment, Pod } from '../../src';
import { digest, exits, filesIn, freshOutdir, good, image, makers, refusalOf } from '../support/apps';

/*
 * The museum of attacks: each way past the gate that somebody thought of, tried at every exit of both kinds of app.
 */

const web = (chart: cdk8s.Chart) => new Deployment(chart, 'web', { containers: [good] });
const apiObject = (construct: Deployment | Pod) => cdk8s.ApiObject.of(construct);
const badPod = { containers: [{ name: 'main', image: 'nginx' }] };
const podPath = '/spec/template/spec';

const isImage = ({ key, value }: cdk8s.ResolutionContext) => key[key.length - 1] === 'image' && value === image;
const toNginx = (context: cdk8s.ResolutionContext) => {
  if (isImage(context)) context.replaceValue('nginx');
};

interface Attack {
  readonly name: string;
  readonly rules: readonly string[];
  readonly make: (chart: cdk8s.Chart) => void;
  readonly props?: cdk8s.AppProps;
}

const attacks: readonly Attack[] = [
  {
    name: 'ensureNonRoot: false',
    rules: ['run-as-non-root'],
    make: (chart) => new Deployment(chart, 'web', { containers: [{ ...good, securityContext: { ensureNonRoot: false } }] }),
  },
  {
    name: 'a JSON patch that swaps the image',
    rules: ['image-digest', 'image-registry'],
    make: (chart) => apiObject(web(chart)).addJsonPatch(cdk8s.JsonPatch.replace(`${podPath}/containers/0/image`, 'nginx')),
  },
  {
    name: 'a JSON patch that adds privileged',
    rules: ['privileged'],
    make: (chart) => apiObject(web(chart)).addJsonPatch(cdk8s.JsonPatch.add(`${podPath}/containers/0/securityContext/privileged`, true)),
  },
  {
    name: 'a JSON patch that mounts /etc',
    rules: ['host-path', 'host-path-volumes'],
    make: (chart) => apiObject(web(chart)).addJsonPatch(cdk8s.JsonPatch.add(`${podPath}/volumes`, [{ name: 'etc', hostPath: { path: '/etc' } }])),
  },
  {
    name: 'attachContainer of a plain cdk8s-plus container',
    rules: ['image-digest', 'image-registry'],
    make: (chart) => web(chart).attachContainer(new kplus.Container({ image: 'nginx' })),
  },
  {
    name: 'a raw ApiObject',
    rules: ['image-digest', 'run-as-non-root'],
    make: (chart) => new cdk8s.ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'Pod', spec: badPod }),
  },
  {
    name: 'a raw ApiObject that becomes a Pod by a patch',
    rules: ['image-digest'],
    make: (chart) => new cdk8s.ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap', spec: badPod })
      .addJsonPatch(cdk8s.JsonPatch.replace('/kind', 'Pod')),
  },
  {
    name: 'included YAML',
    rules: ['image-digest'],
    make: (chart) => {
      const file = join(freshOutdir(), '..', 'pod.yaml');
      writeFileSync(file, 'apiVersion: v1\nkind: Pod\nmetadata: {name: old}\nspec:\n  containers: [{name: main, image: nginx}]\n');
      new cdk8s.Include(chart, 'old', { url: file });
    },
  },
  {
    name: 'a List with a bad pod',
    rules: ['image-digest'],
    make: (chart) => new cdk8s.ApiObject(chart, 'list', {
      apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'hidden' }, spec: badPod }],
    }),
  },
  {
    name: 'a List within a List',
    rules: ['image-digest'],
    make: (chart) => new cdk8s.ApiObject(chart, 'list', {
      apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'hidden' }, spec: badPod }] }],
    }),
  },
  {
    name: 'a custom resource with a bad pod template',
    rules: ['image-digest'],
    make: (chart) => new cdk8s.ApiObject(chart, 'rollout', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: { spec: badPod } } }),
  },
  {
    name: 'addInitContainer with an unpinned image',
    rules: ['image-digest'],
    // @ts-expect-error the types refuse it first
    make: (chart) => web(chart).addInitContainer({ image: 'ghcr.io/acme/shop:1.4.2' }),
  },
  {
    name: 'an ephemeral container',
    rules: ['image-digest'],
    make: (chart) => apiObject(new Pod(chart, 'pod', { containers: [good] }))
      .addJsonPatch(cdk8s.JsonPatch.add('/spec/ephemeralContainers', [{ name: 'debug', image: 'ghcr.io/acme/shop:1.4.2' }])),
  },
  {
    // Raw, because the generated classes of cdk8s-plus-28 drop a field that Kubernetes 1.28 did not know.
    name: 'an image volume',
    rules: ['image-digest'],
    make: (chart) => new cdk8s.ApiObject(chart, 'raw', {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { containers: [{ name: 'main', image }], volumes: [{ name: 'data', image: { reference: 'ghcr.io/acme/data:1' } }] },
    }),
  },
  {
    name: 'a late mount of a host path',
    rules: ['host-path', 'host-path-volumes'],
    make: (chart) => {
      const deployment = web(chart);
      deployment.containers[0].mount('/host', kplus.Volume.fromHostPath(chart, 'volume', 'host', { path: '/var/run/docker.sock' }));
    },
  },
  {
    name: 'a resolver that rewrites the image',
    rules: ['image-digest'],
    props: { resolvers: [{ resolve: toNginx }] },
    make: (chart) => web(chart),
  },
  {
    name: 'a validation that patches',
    rules: ['image-digest'],
    make: (chart) => {
      const object = apiObject(web(chart));
      chart.node.addValidation({
        validate: () => {
          object.addJsonPatch(cdk8s.JsonPatch.replace(`${podPath}/containers/0/image`, 'nginx'));
          return [];
        },
      });
    },
  },
  {
    name: 'a toJson of the object\'s own',
    rules: ['image-digest'],
    make: (chart) => {
      const object = apiObject(web(chart));
      const original = object.toJson.bind(object);
      object.toJson = () => {
        const json = original();
        json.spec.template.spec.containers[0].image = 'nginx';
        return json;
      };
    },
  },
  {
    name: 'a getter that answers the judge and the writer differently',
    rules: ['image-digest'],
    make: (chart) => {
      const object = apiObject(web(chart));
      let asked = 0;
      const container = { name: 'main', get image() { return asked++ > 0 ? image : 'nginx'; } };
      object.toJson = () => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [container] } });
    },
  },
  {
    name: 'a PersistentVolume on the host',
    rules: ['host-path'],
    make: (chart) => new cdk8s.ApiObject(chart, 'pv', { apiVersion: 'v1', kind: 'PersistentVolume', spec: { hostPath: { path: '/var/lib/kubelet' } } }),
  },
  {
    name: 'a trusted name as a prefix of another registry',
    rules: ['image-registry'],
    make: (chart) => new Deployment(chart, 'web', { containers: [{ ...good, image: `ghcr.io/acme-evil/shop:1.4.2@${digest}` as const as typeof image }] }),
  },
  {
    name: 'a manifest whose containers are no list',
    rules: ['manifest'],
    make: (chart) => new cdk8s.ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'Pod', spec: { containers: { main: badPod.containers[0] } } }),
  },
];

describe.each(makers)('%s', (_maker, make) => {
  describe.each(attacks.map((attack) => [attack.name, attack] as const))('refuses %s', (_name, attack) => {
    test.each(exits)('in %s', (_exit, props, leave) => {
      const app = make(undefined, { ...props, ...attack.props });
      const chart = new cdk8s.Chart(app, 'chart');
      attack.make(chart);

      const refusal = refusalOf(() => leave(app, chart));

      expect(refusal.code).toBe('refused');
      expect(refusal.findings.map((finding) => finding.rule)).toEqual(expect.arrayContaining([...attack.rules]));
      expect(filesIn(app.outdir)).toEqual([]);
    });
  });

  test('writes what it judged, where a resolver turns bad after the first rendering', () => {
    let renderings = 0;
    const resolve = (context: cdk8s.ResolutionContext) => {
      if (isImage(context) && renderings++ > 0) context.replaceValue('nginx');
    };
    const app = make(undefined, { resolvers: [{ resolve }] });
    web(new cdk8s.Chart(app, 'chart'));

    expect(app.synthYaml()).toContain(image);
    expect(renderings).toBe(1);
  });

  test.each(exits)('a lazy value that adds an object while another is rendered is refused, or the object is not there: %s', (_exit, props, leave) => {
    const app = make(undefined, props);
    const chart = new cdk8s.Chart(app, 'chart');
    const produce = () => {
      if (!chart.node.tryFindChild('late')) new cdk8s.ApiObject(chart, 'late', { apiVersion: 'v1', kind: 'Pod', spec: badPod });
      return {};
    };
    new cdk8s.ApiObject(chart, 'first', { apiVersion: 'v1', kind: 'ConfigMap', data: cdk8s.Lazy.any({ produce }) });
    web(chart);

    let given: unknown[] | undefined;
    const leaveWithResult = () => { given = leave(app, chart) as unknown as unknown[]; };
    if (props.yamlOutputType === undefined && leave.length === 2) {
      // Testing.synth lists the objects of the chart before it renders the first of them.
      leaveWithResult();
      expect(given).toHaveLength(2);
    } else {
      expect(refusalOf(leaveWithResult).findings[0].construct).toBe('chart/late');
    }
    expect(filesIn(app.outdir)).toEqual([]);
  });

  test('refuses an object that a validation adds after the judgement', () => {
    const app = make(undefined, { yamlOutputType: cdk8s.YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    const chart = new cdk8s.Chart(app, 'chart');
    web(chart);
    let validations = 0;
    chart.node.addValidation({
      validate: () => {
        if (++validations === 2) new cdk8s.ApiObject(chart, 'late', { apiVersion: 'v1', kind: 'Pod', spec: badPod });
        return [];
      },
    });

    expect(refusalOf(() => app.synth())).toMatchObject({ code: 'unjudged', message: expect.stringContaining('chart/late') as string });
    expect(filesIn(app.outdir)).toEqual([]);
  });

  test('refuses in all charts when only the last one is bad', () => {
    const app = make();
    web(new cdk8s.Chart(app, 'good'));
    new cdk8s.ApiObject(new cdk8s.Chart(app, 'bad'), 'raw', { apiVersion: 'v1', kind: 'Pod', spec: badPod });

    refusalOf(() => app.synth());

    expect(filesIn(app.outdir)).toEqual([]);
  });
});
