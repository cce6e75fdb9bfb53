import { container, containerPointers, custom, problems, read, readPodIn } from './support';

const workflow = (spec: object) => ({ ...custom(spec, 'Workflow'), apiVersion: 'argoproj.io/v1alpha1' });
const image = 'ghcr.io/acme/app:1';

describe('Argo Workflows', () => {
  test.each([
    ['container', { container: { image } }, ['container']],
    ['script', { script: { image, source: 'echo' } }, ['script']],
    ['sidecars', { container: { image }, sidecars: [{ name: 's', image }] }, ['container', 'sidecars/0']],
    ['initContainers', { container: { image }, initContainers: [{ name: 'i', image }] }, ['initContainers/0', 'container']],
  ])('the %s of a template', (_, template, places) => {
    const found = readPodIn(workflow({ templates: [{ name: 'main', metadata: { labels: { a: 'b' } }, ...template }] }));
    expect(found).toMatchObject({
      pointer: '/spec/templates/0',
      isPodSpec: false,
      imagesAreOptional: true,
      metadata: { labels: { a: 'b' } },
      metadataPointer: '/spec/templates/0/metadata',
    });
    expect(found.containers.map(({ pointer }) => pointer)).toEqual(places.map((place) => `/spec/templates/0/${place}`));
  });

  test('a container without a name is called by its place', () => {
    expect(readPodIn(workflow({ templates: [{ script: { image, source: 'echo' } }] })).containers).toMatchObject([
      { label: 'script', list: 'containers', source: 'echo' },
    ]);
  });

  test('a container set and its init containers are no pod specs', () => {
    const found = read(workflow({
      templates: [
        { containerSet: { containers: [container] }, initContainers: [container], hostNetwork: true },
      ],
    })).pods;
    expect(found.map(({ pointer, isPodSpec }) => [pointer, isPodSpec])).toEqual([
      ['/spec/templates/0', false], ['/spec/templates/0/containerSet', false],
    ]);
    expect(found[1]!.spec.hostNetwork).toBe(true);
  });

  test('a template takes from the workflow what it does not say', () => {
    const found = read({
      ...custom({
        workflowSpec: {
          securityContext: { runAsNonRoot: true },
          automountServiceAccountToken: true,
          volumes: [{ name: 'outer' }],
          templates: [{ container: { image }, automountServiceAccountToken: false, volumes: [{ name: 'inner' }] }],
        },
        hostNetwork: false,
      }, 'CronWorkflow'),
    }).pods[0]!;
    expect(found.spec).toMatchObject({ securityContext: { runAsNonRoot: true }, automountServiceAccountToken: false, hostNetwork: false });
    expect(found.volumes.map(({ pointer }) => pointer)).toEqual(['/spec/workflowSpec/templates/0/volumes/0', '/spec/workflowSpec/volumes/0']);
  });

  test('an object that is no spec hands nothing down', () => {
    const outer = { securityContext: { runAsNonRoot: true }, inner: { container: { image } } };
    expect(read(custom({ outer })).pods[0]).toMatchObject({ pointer: '/spec/outer/inner', spec: {} });
    expect(read(custom({ outer })).pods[0]!.spec.securityContext).toBeUndefined();
  });

  test('a patch in a text is found, because it comes after every judgement', () => {
    expect(read(workflow({ podSpecPatch: 'hostPID: true', templates: [{ podSpecPatch: '' }] })).texts).toMatchObject([
      { pointer: '/spec/podSpecPatch', saying: 'pod-spec-patch', content: 'hostPID: true' },
    ]);
  });
});

describe('Tekton', () => {
  const task = (spec: object) => ({ ...custom(spec, 'Task'), apiVersion: 'tekton.dev/v1' });

  test('the steps and sidecars of a task', () => {
    const found = readPodIn(task({ steps: [{ name: 'a', image, script: 'echo' }, { ref: { name: 'b' } }, { image }], sidecars: [{ image }] }));
    expect(found.containers.map(({ label, pointer }) => [label, pointer])).toEqual([
      ['a', '/spec/steps/0'], ['steps[2]', '/spec/steps/2'], ['sidecars[0]', '/spec/sidecars/0'],
    ]);
    expect(found).toMatchObject({ pointer: '/spec', isPodSpec: false, metadata: {}, metadataPointer: '/spec/metadata' });
  });

  test('the steps of a pipeline\'s tasks', () => {
    expect(containerPointers(custom({ tasks: [{ taskSpec: { steps: [{ script: 'x' }] } }] }))).toEqual(['/spec/tasks/0/taskSpec/steps/0']);
  });

  test('a StepAction is a container', () => {
    expect(containerPointers({ ...task({ image, args: [] }), kind: 'StepAction' })).toEqual(['/spec']);
  });

  test('a step takes from its template what it does not say', () => {
    const stepTemplate = {
      image, command: ['a'], securityContext: { privileged: true, runAsUser: 1, capabilities: { drop: ['ALL'] } }, volumeMounts: [{ name: 'a' }],
    };
    const steps = [
      { name: 's', command: [], securityContext: { runAsUser: 2, capabilities: { drop: ['A'] } }, volumeMounts: [{ name: 'b' }] },
      { name: 't', args: ['x'] },
    ];
    const found = readPodIn(task({ stepTemplate, steps, sidecars: [{ image }] }));
    expect(found.containers).toMatchObject([
      {
        name: 's',
        image,
        command: [],
        volumeMounts: [{ name: 'b' }, { name: 'a' }],
        securityContext: { privileged: true, runAsUser: 2, capabilities: { drop: ['A'] } },
      },
      { name: 't', image, args: ['x'], securityContext: { privileged: true } },
      { label: 'sidecars[0]' },
    ]);
    expect(found.containers[2]!.securityContext).toBeUndefined();
  });

  test('a template that no step takes up is judged for itself', () => {
    expect(containerPointers(task({ stepTemplate: { image }, steps: [{ ref: {} }] }))).toEqual(['/spec/stepTemplate']);
    expect(containerPointers(task({ stepTemplate: { image } }))).toEqual(['/spec/stepTemplate']);
  });

  test('a malformed field of a step is reported, and read as left out', () => {
    const found = read(task({ stepTemplate: { image }, steps: [{ image: 5, script: 'a' }] })).pods[0]!;
    expect(found).toMatchObject({ containers: [{ image, script: 'a' }], malformed: [{ pointer: '/spec/steps/0/image' }] });
  });

  test('a malformed field of the template is reported once', () => {
    expect(problems(task({ stepTemplate: { image: 5 }, steps: [{ script: 'a' }, { script: 'b' }] }))).toEqual([
      '/spec/stepTemplate/image: image must be a string, it is an integer; put it in quotes',
    ]);
  });

  test.each([
    ['of a TaskRun', { podTemplate: { securityContext: { runAsNonRoot: true } } }],
    ['of a PipelineRun', { taskRunTemplate: { podTemplate: { securityContext: { runAsNonRoot: true } } } }],
  ])('the pod template %s is taken up', (_, fields) => {
    expect(readPodIn(custom({ ...fields, taskSpec: { steps: [container] } })).spec.securityContext).toEqual({ runAsNonRoot: true });
    expect(readPodIn(custom({ taskRunTemplate: {}, taskSpec: { steps: [container] } })).spec.securityContext).toBeUndefined();
  });
});

test('an operator\'s sidecars beside containers are containers of the same pod spec', () => {
  expect(readPodIn(custom({ containers: [container], sidecars: [container] }))).toMatchObject({ isPodSpec: true, containers: [{}, {}] });
});
