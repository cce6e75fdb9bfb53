import { Container } from '../../manifest/pod';
import { yaml } from '../example';
import { builtInRule } from '../rule';

export const hostPorts = builtInRule({
  id: 'host-ports',
  summary: 'Containers use no port of the node.',
  law: {
    fields: ['spec.containers[*].ports[*].hostPort'],
    allowed: '0, unset. Under hostNetwork the API server fills in the containerPort where it is unset, except for ephemeral containers',
    source: 'Pod Security Standards, baseline, "Host Ports", since 1.0',
  },
  why: 'Anyone who reaches the node reaches its ports, without the Service and often without network policies, and two pods that use the same port cannot run on one node.',
  fix: 'remove hostPort and expose the port by a Service',
  profile: 'baseline',
  severity: 'medium',
  references: {
    pss: 'Baseline: Host Ports',
    cis: '5.2.13 (1.8)',
    kyverno: ['disallow-host-ports'],
    trivy: ['KSV-0024'],
    checkov: ['CKV_K8S_26'],
    kubescape: ['C-0044'],
    polaris: ['hostPortSet'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        ports: [{ containerPort: 8080, hostPort: 80 }]
    `,
    good: yaml`
      containers:
      - name: web
        ports: [{ containerPort: 8080 }]  # and a Service in front of it
    `,
  },
  *check(pod) {
    for (const container of pod.containers) {
      const ports = container.ports ?? none;
      for (let index = 0; index < ports.length; index++) {
        const { hostPort, containerPort } = ports[index];
        const pointer = `${container.pointer}/ports/${index}`;
        if (isSet(hostPort)) {
          yield { message: `hostPort must be unset, it is ${hostPort}`, pointer: `${pointer}/hostPort`, container: container.label, detail: String(hostPort) };
        } else if (pod.spec.hostNetwork === true && container.list !== 'ephemeralContainers' && isSet(containerPort)) {
          yield {
            message: `hostPort must be unset, under hostNetwork it becomes the containerPort ${containerPort}`,
            pointer,
            container: container.label,
            detail: String(containerPort),
            fix: 'remove hostNetwork',
          };
        }
      }
    }
  },
});

const none: NonNullable<Container['ports']> = [];

function isSet(port: number | undefined): port is number {
  return port !== undefined && port !== 0;
}
