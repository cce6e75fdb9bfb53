import { yaml } from '../example';
import { builtInRule } from '../rule';

const namespaces = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

export const hostNamespaces = builtInRule({
  id: 'host-namespaces',
  summary: 'A pod has its own network, process and IPC namespaces.',
  law: {
    fields: ['spec.hostNetwork', 'spec.hostPID', 'spec.hostIPC'],
    allowed: 'false, unset',
    source: 'Pod Security Standards, baseline, "Host Namespaces", since 1.0',
  },
  why: 'In a namespace of the node, a pod sees and reaches what belongs to the node and to other pods: '
    + 'its processes and their environment, its loopback services, its shared memory. Network policies do not apply there.',
  fix: 'remove hostNetwork, hostPID and hostIPC; expose ports by a Service',
  profile: 'baseline',
  severity: 'high',
  references: {
    pss: 'Baseline: Host Namespaces',
    cis: '5.2.3, 5.2.4, 5.2.5 (1.8)',
    nsa: 'Pod security enforcement',
    kyverno: ['disallow-host-namespaces'],
    kubeLinter: ['host-network', 'host-pid', 'host-ipc'],
    trivy: ['KSV-0008', 'KSV-0009', 'KSV-0010'],
    checkov: ['CKV_K8S_17', 'CKV_K8S_18', 'CKV_K8S_19'],
    kubescape: ['C-0038', 'C-0041', 'C-0275', 'C-0276'],
    polaris: ['hostNetworkSet', 'hostPIDSet', 'hostIPCSet'],
  },
  examples: {
    bad: yaml`
      hostNetwork: true
    `,
    good: yaml`
      hostNetwork: false  # or left out
    `,
  },
  *check(pod) {
    for (const field of namespaces) {
      if (pod.spec[field] === true) {
        yield { message: `${field} must be false or unset, it is true`, pointer: `${pod.pointer}/${field}`, detail: field, fix: `remove ${field}` };
      }
    }
  },
});
