import { container, custom, problems, read, readPodIn } from './support';
import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';

const image = 'ghcr.io/acme/app:1';
const workflow = (spec: object) => ({ ...custom(spec, 'Workflow'), apiVersion: 'argoproj.io/v1alpha1' });

describe('a security context without a container', () => {
  test('is the pod\'s, and what only a container can say stands in a container without fault', () => {
    const found = readPodIn(custom({ worker: { securityContext: { runAsUser: 0, privileged: true, procMount: null } } }));
    expect(found).toMatchObject({ pointer: '/spec/worker', isPodSpec: false, spec: { securityContext: { runAsUser: 0 } } });
    expect(found.containers).toMatchObject([{ pointer: '/spec/worker', label: 'securityContext', securityContext: { privileged: true, runAsNonRoot: true } }]);
    expect(found.containers[0]!.securityContext).not.toHaveProperty('runAsUser');
  });

  test('is no container where it says nothing that only a container can', () => {
    expect(readPodIn(custom({ worker: { securityContext: { runAsUser: 0 } } })).containers).toEqual([]);
  });

  test('may have another name', () => {
    expect(readPodIn(custom({ podSecurityContext: { runAsUser: 0 } }))).toMatchObject({
      pointer: '/spec/podSecurityContext', spec: { securityContext: { runAsUser: 0 } },
    });
  });

  test('is malformed where a field has another type, once', () => {
    expect(problems(custom({ worker: { securityContext: { runAsUser: '0', privileged: 'yes' } } }))).toEqual([
      '/spec/worker/securityContext/runAsUser: securityContext.runAsUser must be an integer, it is a string',
      '/spec/worker/securityContext/privileged: securityContext.privileged must be true or false, it is a string',
    ]);
    expect(problems(custom({ worker: { hostPID: true, securityContext: 'x' } }))).toEqual([
      '/spec/worker/securityContext: securityContext must be an object, it is a string',
    ]);
  });

  test('of a container that is judged is not found a second time', () => {
    const bad = { ...container, securityContext: { privileged: true } };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: { containers: [bad] } } } };
    const documents = [
      custom({ manifest: deployment }), custom({ containers: [bad] }), custom({ extraContainers: [bad] }), custom({ container: bad }),
      custom({ stepTemplate: bad, steps: [{ script: 'x' }] }),
    ];
    const count = (document: unknown) => (
      judge(document, compilePolicy({})).flatMap(({ findings }) => findings).filter(({ rule }) => rule === 'privileged').length
    );
    expect(documents.map(count)).toEqual([1, 1, 1, 1, 1]);
  });

  test('that a container took up is not found a second time; one that none took up is', () => {
    const securityContext = { runAsUser: 0 };
    expect(read(workflow({ securityContext, templates: [{ container: { image } }] })).pods).toHaveLength(1);
    const overridden = workflow({ securityContext, templates: [{ securityContext: {}, container: { image } }] });
    expect(read(overridden).pods.map(({ pointer }) => pointer)).toEqual(['/spec/templates/0', '/spec']);
  });

  test('of an object of Kubernetes within another is the pod\'s own', () => {
    const manifest = { apiVersion: 'v1', kind: 'Pod', spec: { hostPID: true, securityContext: { runAsUser: 0 } } };
    expect(read(custom({ manifest })).pods).toHaveLength(1);
  });
});

describe('the metadata of pods', () => {
  const annotations = { a: 'b' };

  test('are those of podMetadata', () => {
    expect(readPodIn(custom({ podMetadata: { annotations } }))).toMatchObject({ metadata: { annotations }, metadataPointer: '/spec/podMetadata' });
    expect(read(custom({ podMetadata: { annotations }, containers: [container] })).pods).toMatchObject([
      { pointer: '/spec' }, { metadata: { annotations }, metadataPointer: '/spec/podMetadata', containers: [] },
    ]);
  });

  test('are those beside a security context, but never those of the object itself', () => {
    expect(readPodIn(custom({ pod: { metadata: { annotations }, securityContext: {} } })).metadata).toEqual({ annotations });
    expect(readPodIn({ ...custom({}), securityContext: {}, metadata: { name: 'a', annotations } }).metadata).toEqual({});
  });
});

test('what ran out before the settings or the defaults of containers were read is said', () => {
  const many = new Array(1_000_001).fill(0);
  const tooMany = expect.stringContaining('not judged, because the document holds more than 1,000,000 values');
  expect(problems(custom({ worker: { securityContext: { privileged: true, sysctls: many } } }))).toContainEqual(tooMany);
  expect(problems(custom({ volumes: many, stepTemplate: { image }, steps: [{ script: 'x' }] }))).toContainEqual(tooMany);
});

test('the token is asked for where true is written, and by no service account', () => {
  const asking = { automountServiceAccountToken: true };
  expect(readPodIn(custom({ podTemplate: asking })).spec).toEqual(asking);
  const others = [{ serviceAccount: asking }, { podTemplate: { automountServiceAccountToken: false } }, { podMetadata: 'x' }, { manifest: { ...asking, kind: 'ServiceAccount' } }];
  for (const spec of others) expect(read(custom(spec)).pods).toEqual([]);
});

test('a container under another name is called by a place that can be shown', () => {
  const secured = { image, securityContext: {} };
  const labels = (spec: object) => readPodIn(custom(spec)).containers.map(({ label }) => label);
  expect(labels({ extraContainers: [secured, 'x', { name: 'a' }] })).toEqual(['extraContainers[0]']);
  expect(labels({ 'a\u001bContainers': [secured] })).toEqual(['containers[0]']);
  expect(labels({ initContainer: secured })).toEqual(['initContainer']);
  expect(labels({ containers: { 'main': secured, '\u001b[31m': secured } })).toEqual(['main', 'containers']);
});

describe('a container of templateDefaults', () => {
  const args = ['x'];

  test('is what the containers of templates take where they say nothing, and demands nothing itself', () => {
    const templates = [{ container: { image } }, { script: { image } }];
    const found = read(workflow({ templateDefaults: { container: { args, command: ['sh'] } }, templates })).pods;
    expect(found.flatMap(({ containers }) => containers)).toMatchObject([
      { pointer: '/spec/templateDefaults/container', securityContext: { runAsNonRoot: true } },
      { pointer: '/spec/templates/0/container', args, command: ['sh'], image },
      { pointer: '/spec/templates/1/script', image },
    ].sort((a, b) => a.pointer < b.pointer ? -1 : 1));
    expect(found[2]!.containers[0]).not.toHaveProperty('args');
  });
});
