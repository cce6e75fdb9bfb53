import { custom, read, readPodIn } from './support';

const image = 'ghcr.io/acme/app:1';
const withContainers = (document: unknown) => read(document).pods.filter(({ containers }) => containers.length > 0);
const good = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

describe('a PipelineRun of Tekton', () => {
  const pipelineSpec = { tasks: [{ name: 'build', taskSpec: { steps: [{ image }] } }], finally: [{ name: 'tidy', taskSpec: { steps: [{ image }] } }] };
  const run = (taskRunSpecs: unknown, tasks: object = pipelineSpec) => (
    { ...custom({ taskRunTemplate: { podTemplate: { securityContext: good } }, taskRunSpecs, pipelineSpec: tasks }, 'PipelineRun'), apiVersion: 'tekton.dev/v1' }
  );
  const contexts = (document: unknown) => withContainers(document).map(({ spec }) => spec.securityContext);

  test.each(['podTemplate', 'taskPodTemplate'])('replaces the security context of one task by the %s of that task', (key) => {
    const securityContext = { runAsUser: 7 };
    expect(contexts(run([{ pipelineTaskName: 'build', [key]: { securityContext } }]))).toEqual([securityContext, good]);
    expect(contexts(run([{ pipelineTaskName: 'tidy', [key]: { securityContext } }]))).toEqual([good, securityContext]);
  });

  test('takes the last of several that name the same task', () => {
    const specs = [1, 2].map((runAsUser) => ({ pipelineTaskName: 'build', podTemplate: { securityContext: { runAsUser } } }));
    expect(contexts(run(specs))[0]).toEqual({ runAsUser: 2 });
  });

  test.each([
    ['of another task', [{ pipelineTaskName: 'other', podTemplate: { securityContext: {} } }]],
    ['without a security context', [{ pipelineTaskName: 'build', podTemplate: { securityContext: null } }]],
    ['without a template', [{ pipelineTaskName: 'build' }, 'x']],
    ['in no list', { pipelineTaskName: 'build', podTemplate: { securityContext: {} } }],
  ])('takes nothing from a specification %s', (_, specs) => {
    expect(contexts(run(specs))).toEqual([good, good]);
  });

  test('has tasks without a name, which nothing is said of', () => {
    expect(contexts(run([{ podTemplate: { securityContext: {} } }], { tasks: [{ taskSpec: { steps: [{ image }] } }] }))).toEqual([good]);
  });
});

describe('the templateDefaults of a Workflow', () => {
  const workflow = (spec: object) => ({ ...custom(spec, 'Workflow'), apiVersion: 'argoproj.io/v1alpha1' });

  test('are merged into a template, before the workflow is asked', () => {
    const templates = [{ securityContext: { runAsUser: 7 }, container: { image } }, { container: { image } }];
    const templateDefaults = { securityContext: { runAsNonRoot: false }, automountServiceAccountToken: true, volumes: [{ name: 'v' }] };
    const found = withContainers(workflow({ securityContext: good, automountServiceAccountToken: false, templateDefaults, templates }));
    expect(found.map(({ spec }) => spec)).toMatchObject([
      { securityContext: { runAsUser: 7, runAsNonRoot: false }, automountServiceAccountToken: true },
      { securityContext: { runAsNonRoot: false }, automountServiceAccountToken: true },
    ]);
    expect(found[0]!.spec.securityContext).not.toHaveProperty('seccompProfile');
    expect(found[0]!.volumes).toMatchObject([{ pointer: '/spec/templateDefaults/volumes/0' }]);
  });

  test('are not merged into themselves', () => {
    const templateDefaults = { securityContext: good, container: { image } };
    expect(readPodIn(workflow({ templateDefaults }))).toMatchObject({ pointer: '/spec/templateDefaults', spec: { securityContext: good } });
  });
});
