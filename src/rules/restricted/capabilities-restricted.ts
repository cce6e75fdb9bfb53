import { Container } from '../../manifest/pod';
import { addedBeyond } from '../baseline/capabilities-baseline';
import { yaml } from '../example';
import { isExemptWindows } from '../relaxations';
import { builtInRule, Fault } from '../rule';

const allowed: ReadonlySet<string> = new Set(['NET_BIND_SERVICE']);

export const capabilitiesRestricted = builtInRule({
  id: 'capabilities-restricted',
  summary: 'Containers drop all Linux capabilities and add at most NET_BIND_SERVICE.',
  law: {
    fields: ['spec.containers[*].securityContext.capabilities.drop', 'spec.containers[*].securityContext.capabilities.add'],
    allowed: 'drop: a list with ALL, in upper case; add: unset, empty, NET_BIND_SERVICE; since 1.25 anything on Windows',
    source: 'Pod Security Standards, restricted, "Capabilities", since 1.22',
  },
  why: 'The default capabilities let a process change the owner of files, forge packets or make device files. Few services need any of them.',
  fix: 'set securityContext.capabilities.drop: [ALL]',
  profile: 'restricted',
  severity: 'medium',
  references: {
    pss: 'Restricted: Capabilities',
    cis: '5.2.8, 5.2.9, 5.2.10 (1.8)',
    nsa: 'Pod security enforcement',
    kyverno: ['disallow-capabilities-strict', 'require-drop-all'],
    kubeLinter: ['drop-net-raw-capability'],
    trivy: ['KSV-0003', 'KSV-0004', 'KSV-0106'],
    checkov: ['CKV_K8S_25', 'CKV_K8S_28', 'CKV_K8S_37'],
    kubescape: ['C-0046', 'C-0211'],
    polaris: ['insecureCapabilities'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [NET_RAW] }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [ALL] }
    `,
  },
  *check(pod, context) {
    if (context.kubernetesMinor < 22 || isExemptWindows(pod, context)) return;
    for (const container of pod.containers) {
      const dropped = container.securityContext?.capabilities?.drop;
      if (dropped === undefined || !dropped.includes('ALL')) yield notDropped(container, dropped);
      for (const fault of addedBeyond(allowed, 'NET_BIND_SERVICE', container)) {
        yield { fix: 'remove the capability from securityContext.capabilities.add', ...fault };
      }
    }
  },
});

function notDropped(container: Container, dropped: readonly string[] | undefined): Fault {
  return {
    message: `securityContext.capabilities.drop must hold "ALL", ${state(dropped)}`,
    pointer: `${container.pointer}/securityContext/capabilities/drop`,
    container: container.label,
  };
}

function state(dropped: readonly string[] | undefined): string {
  if (dropped === undefined) return 'it is not set';
  return dropped.includes('all') ? 'it holds "all", which admission does not accept' : 'it does not';
}
