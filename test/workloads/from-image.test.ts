import * as cdk8s from 'cdk8s';
import { chartUnder, kinds, main, podSpecOf } from './workloads';
import { enforce, FromImageProps, k8s, Lock, Node, NodeLabelQuery, PinnedImage, PodProps, Volume } from '../../src';
import * as compat from '../../src/compat';
import { addEnforcement } from '../../src/gate/enforcement';
import { fillSilence } from '../../src/workloads/fill-silence';
import { imageOf, platform } from '../lock/image-of';
import { exits, gatedApp, makers, plainAppWithEnforce, refusalOf, trusting } from '../support/apps';
import { digestOf, lockSaying } from '../support/locks';

const name = 'ghcr.io/acme/shop:1.5.0';
const image = `${name}@${digestOf(name)}` as PinnedImage;
const named = lockSaying({ user: 'shop', uid: 1500 }, name);
const writing = lockSaying({ volumes: ['/var/lib/shop', '/cache/'] }, name);
const container = { ...main, image };

type Make = (chart: cdk8s.Chart, props: PodProps) => unknown;

function specIn(locks: readonly Lock[], props: PodProps, make: Make = kinds.Deployment): k8s.PodSpec {
  const chart = chartUnder();
  for (const lock of locks) addEnforcement(chart, {}, { lock });
  make(chart, props);
  return podSpecOf(chart);
}

const usersOf = ({ initContainers = [], containers }: k8s.PodSpec) =>
  [...initContainers, ...containers].map(({ securityContext }) => securityContext?.runAsUser);
const mountsOf = ({ containers: [{ volumeMounts = [] }] }: k8s.PodSpec) => volumeMounts.map(({ mountPath }) => mountPath);

describe.each(Object.entries(kinds))('a %s', (_kind, make) => {
  const both = { containers: [container], initContainers: [{ image }] };

  test('says the uid that its image has by name', () => {
    const spec = specIn([named], both, make);

    expect(usersOf(spec)).toEqual([1500, 1500]);
    expect(spec.securityContext).not.toHaveProperty('runAsUser');
    expect(spec.containers[0].securityContext).toMatchObject({ runAsNonRoot: true, capabilities: { drop: ['ALL'] } });
  });

  test('has a limited volume at each path where its image writes', () => {
    const spec = specIn([writing], both, make);

    expect(mountsOf(spec)).toEqual(['/cache', '/var/lib/shop']);
    expect(spec.volumes).toHaveLength(4);
    for (const volume of spec.volumes!) expect(volume).toEqual({ name: expect.stringMatching(/^writable-/) as string, emptyDir: { sizeLimit: '64Mi' } });
  });

  test('says and has nothing of it where the author wants nothing', () => {
    expect(specIn([named], { ...both, fromImage: false }, make)).toEqual(specIn([], both, make));
    expect(specIn([writing], { ...both, fromImage: { user: false, volumes: false } }, make)).toEqual(specIn([], both, make));
  });
});

describe('the user', () => {
  test.each<[string, Lock, number | undefined]>([
    ['a number', lockSaying({ user: '65532', uid: 65532 }, name), 65532],
    ['a number with a group', lockSaying({ user: '1000:2000', uid: 1000 }, name), 1000],
    ['a name whose number is not known', lockSaying({ user: 'shop', uid: undefined }, name), undefined],
    ['a name of root', lockSaying({ user: 'admin', uid: 0 }, name), undefined],
    ['root', lockSaying({ user: undefined, uid: undefined }, name), undefined],
  ])('of the image is %s', (_what, lock, uid) => {
    expect(usersOf(specIn([lock], { containers: [container] }))).toEqual([uid]);
  });

  test('is not invented for content that is not the locked one', () => {
    expect(usersOf(specIn([named], { containers: [{ ...container, image: `${name}@${digestOf('another')}` as PinnedImage }] }))).toEqual([undefined]);
  });

  test('that was said stays, of the container and of the pod', () => {
    expect(usersOf(specIn([named], { containers: [{ ...container, securityContext: { user: 7 } }] }))).toEqual([7]);
    const spec = specIn([named], { containers: [container], securityContext: { user: 8 } });
    expect([usersOf(spec), spec.securityContext?.runAsUser]).toEqual([[undefined], 8]);
  });

  test('is said for an attached container too', () => {
    const spec = specIn([named], {}, (chart) => new compat.Deployment(chart, 'app').attachContainer(new compat.Container({ image: name })));

    expect(usersOf(spec)).toEqual([1500]);
  });

  test('of a container stays where a JSON patch says one for the pod', () => {
    const spec = specIn([named], { containers: [container] }, (chart, props) =>
      cdk8s.ApiObject.of(kinds.Deployment(chart, props)).addJsonPatch(cdk8s.JsonPatch.add('/spec/template/spec/securityContext/runAsUser', 9)));

    expect([usersOf(spec), spec.securityContext?.runAsUser]).toEqual([[1500], 9]);
  });

  test('can be left out alone', () => {
    const lock = lockSaying({ user: 'shop', uid: 1500, volumes: ['/data'] }, name);
    const without = (fromImage: FromImageProps['fromImage']) => specIn([lock], { containers: [container], fromImage });

    expect([usersOf(without({ user: false })), mountsOf(without({ user: false }))]).toEqual([[undefined], ['/data']]);
    expect([usersOf(without({ volumes: false })), mountsOf(without({ volumes: false }))]).toEqual([[1500], []]);
  });

  test('is that of the first lock that knows the image', () => {
    const other = lockSaying({ user: '7', uid: 7 }, 'ghcr.io/acme/other:1');
    const later = lockSaying({ user: '8', uid: 8 }, name);

    expect(usersOf(specIn([other, named, later], { containers: [container] }))).toEqual([1500]);
  });
});

describe('the volumes', () => {
  test('leave alone what is mounted there or above', () => {
    const chart = chartUnder();
    addEnforcement(chart, {}, { lock: lockSaying({ volumes: ['/a', '/b/c', '/d', '/dd', '/e'] }, name) });
    const volume = Volume.fromEmptyDir(chart, 'own', 'own');
    const workload = new compat.Deployment(chart, 'app', {
      containers: [{ ...container, writablePaths: ['/d'], volumeMounts: [{ path: '//a/', volume }, { path: '/b', volume, readOnly: true }] }],
    });
    workload.containers[0].mount('/e/f', volume);

    expect(mountsOf(podSpecOf(chart))).toEqual(['/a', '/b', '/e/f', '/d', '/dd', '/e'].map((path) => path === '/a' ? '//a/' : path));
  });

  test.each([['/run/shop', '/var/run/shop'], ['/var/run/', '/run/shop'], ['/', '/data']])('a mount at %j is not covered by one for %j', (path, declared) => {
    const chart = chartUnder();
    addEnforcement(chart, {}, { lock: lockSaying({ volumes: [declared] }, name) });
    const workload = new compat.Deployment(chart, 'app', { containers: [container] });
    workload.containers[0].mount(path, Volume.fromEmptyDir(chart, 'own', 'own'));

    expect(mountsOf(podSpecOf(chart))).toEqual([path]);
  });

  test('leave the token and the files of the kubelet in their places', () => {
    const lock = lockSaying({ volumes: ['/var/run/secrets/kubernetes.io/serviceaccount', '/etc/hosts', '/etc/resolv.conf', '/ok'] }, name);

    expect(mountsOf(specIn([lock], { containers: [container] }))).toEqual(['/ok']);
  });

  test('are not there where the root filesystem can be written', () => {
    expect(mountsOf(specIn([writing], { containers: [{ ...container, securityContext: { readOnlyRootFilesystem: false } }] }))).toEqual([]);
  });

  test('leave out paths that no volume can be mounted at', () => {
    const lock = lockSaying({ volumes: ['/', '/proc/x', '/a:b', '/ok', 'relative', '/x/../y'] }, name);

    expect(mountsOf(specIn([lock], { containers: [container] }))).toEqual(['/ok', '/relative', '/y']);
  });

  test('have the names that writable paths have, so that saying them renames nothing', () => {
    const filled = specIn([writing], { containers: [container] });
    const said = specIn([writing], { containers: [{ ...container, writablePaths: ['/cache', '/var/lib/shop'] }] });

    expect(filled).toEqual(said);
  });
});

test.each([['amd64', 1000, ['/a']], ['arm64', 1001, ['/b']]])('a pod for nodes of %s has what the image says there', (architecture, uid, paths) => {
  const platforms = {
    'linux/amd64': platform('amd64', { user: 'app', uid: 1000, volumes: ['/a'] }),
    'linux/arm64': platform('arm64', { user: 'app', uid: 1001, volumes: ['/b'] }),
  };
  const lock = { images: new Map([[name, imageOf(name, name, { platforms })]]) };
  const on = (app: compat.Deployment) => app.scheduling.attract(Node.labeled(NodeLabelQuery.is('kubernetes.io/arch', architecture)));
  const chosen = specIn([lock], { containers: [container] }, (chart, props) => on(kinds.Deployment(chart, props) as compat.Deployment));
  const anywhere = specIn([lock], { containers: [container] });

  expect([usersOf(chosen), mountsOf(chosen)]).toEqual([[uid], paths]);
  expect([usersOf(anywhere), mountsOf(anywhere)]).toEqual([[undefined], ['/a', '/b']]);
});

describe('a pod for Windows has nothing of it', () => {
  const windows = NodeLabelQuery.in('kubernetes.io/os', ['windows']);
  const lock = lockSaying({ user: '65532', volumes: ['/data'] }, name);

  test('where it is attracted to such nodes', () => {
    const spec = specIn([lock], { containers: [container] }, (chart, props) => {
      (kinds.Deployment(chart, props) as compat.Deployment).scheduling.attract(Node.labeled(windows));
    });

    expect([usersOf(spec), mountsOf(spec)]).toEqual([[undefined], []]);
  });

  test.each<[string, Partial<k8s.PodSpec>]>([
    ['an operating system', { os: { name: 'windows' } }],
    ['a node selector', { nodeSelector: { 'kubernetes.io/os': 'windows' } }],
    ['a node selector with the old label', { nodeSelector: { 'beta.kubernetes.io/os': 'windows' } }],
    ['options of the pod', { securityContext: { windowsOptions: { hostProcess: true } } }],
    ['options of a container', { containers: [{ name: 'main', image, securityContext: { windowsOptions: {} } }] }],
  ])('where a subclass says %s', (_what, fields) => {
    const chart = chartUnder();
    addEnforcement(chart, {}, { lock });
    const pod = new compat.Pod(chart, 'app', { containers: [container] });

    expect(usersOf(fillSilence(pod, { containers: [{ name: 'main', image }], ...fields }))).toEqual([undefined]);
    expect(usersOf(fillSilence(pod, { containers: [{ name: 'main', image }], nodeSelector: { 'kubernetes.io/os': 'linux' } }))).toEqual([65532]);
  });
});

describe.each(makers)('under %s', (_maker, make) => {
  const lock = lockSaying({ user: 'shop', uid: 1500, volumes: ['/data'] }, name);
  const webIn = (app: cdk8s.App, fields: FromImageProps) => {
    const chart = new cdk8s.Chart(app, 'chart');
    new compat.Deployment(chart, 'web', { containers: [{ ...main, image: name }], ...fields });
    return chart;
  };

  test.each(exits)('a tag with a named user and a VOLUME passes, because the lock fills in both: %s', (_exit, props, leave) => {
    const app = make(trusting, { ...props, lock });
    const chart = webIn(app, {});

    expect(() => leave(app, chart)).not.toThrow();
  });

  test.each(exits)('and is refused where nothing is filled in: %s', (_exit, props, leave) => {
    const app = make(trusting, { ...props, lock });
    const chart = webIn(app, { fromImage: false });

    expect(refusalOf(() => leave(app, chart)).findings.map(({ rule }) => rule)).toEqual(['image-user', 'image-writable-paths']);
  });
});

test('an image without the platform of its nodes is refused', () => {
  const app = gatedApp(trusting, { lock: named });
  const chart = new cdk8s.Chart(app, 'chart');
  const web = new compat.Deployment(chart, 'web', { containers: [{ ...main, image: name }] });
  web.scheduling.attract(Node.labeled(NodeLabelQuery.is('kubernetes.io/arch', 'arm64')));

  expect(refusalOf(() => app.synth()).findings.map(({ rule }) => rule)).toEqual(['image-platform']);
});

test('a lock that comes after the workload fills in too', () => {
  const app = plainAppWithEnforce();
  const chart = new cdk8s.Chart(app, 'chart');
  new compat.Deployment(chart, 'web', { containers: [{ ...main, image: name }] });
  expect(refusalOf(() => app.synth()).findings.map(({ rule }) => rule)).toEqual(['image-digest']);
  enforce(chart, trusting, { lock: named });

  expect(app.synthYaml()).toContain('runAsUser: 1500');
});
