import { Container } from '../../manifest/pod';
import { Handler } from '../../manifest/pod-shape';
import { quoted } from '../../text/text';
import { withoutSecret } from '../detail';
import { yaml } from '../example';
import { builtInRule, Fault } from '../rule';

interface HandlerPath {
  readonly path: string;
  readonly handler: (container: Container) => Handler | undefined;
}

const places: readonly HandlerPath[] = [
  { path: 'livenessProbe', handler: (container) => container.livenessProbe },
  { path: 'readinessProbe', handler: (container) => container.readinessProbe },
  { path: 'startupProbe', handler: (container) => container.startupProbe },
  { path: 'lifecycle.postStart', handler: (container) => container.lifecycle?.postStart },
  { path: 'lifecycle.preStop', handler: (container) => container.lifecycle?.preStop },
];
const actions = ['httpGet', 'tcpSocket'] as const;

export const hostProbes = builtInRule({
  id: 'host-probes',
  summary: 'Probes and lifecycle hooks call no host but their own pod.',
  law: {
    fields: places.flatMap(({ path }) => actions.map((action) => `spec.containers[*].${path}.${action}.host`)),
    allowed: 'empty, unset',
    source: 'Pod Security Standards, baseline, "Host Probes / Lifecycle Hooks", since 1.34',
  },
  why: 'The kubelet sends these requests from the node: by naming a host, a pod makes the node call services that the pod itself may not reach.',
  fix: 'remove host, so that the pod itself is asked',
  profile: 'baseline',
  severity: 'medium',
  references: { pss: 'Baseline: Host Probes / Lifecycle Hooks' },
  examples: {
    bad: yaml`
      containers:
      - name: web
        livenessProbe:
          httpGet: { host: 169.254.169.254, port: 80, path: / }
    `,
    good: yaml`
      containers:
      - name: web
        livenessProbe:
          httpGet: { port: 8080, path: /healthz }
    `,
  },
  *check(pod, { kubernetesMinor }) {
    if (kubernetesMinor < 34) return;
    for (const container of pod.containers) {
      for (const { path, handler } of places) {
        const found = handler(container);
        if (found !== undefined) yield* judge(found, path, container);
      }
    }
  },
});

function* judge(handler: Handler, path: string, container: Container): Generator<Fault, void, undefined> {
  for (const action of actions) {
    const host = handler[action]?.host;
    if (host === undefined || host === '') continue;
    yield {
      message: `${path}.${action}.host must be unset, it is ${quoted(host)}`,
      pointer: `${container.pointer}/${path.replace('.', '/')}/${action}/host`,
      container: container.label,
      detail: withoutSecret(host),
    };
  }
}
