import { Container } from '../../manifest/pod';
import { quoted } from '../../text/text';
import { yaml } from '../example';
import { builtInRule, Fault } from '../rule';

/** What container runtimes grant by default, without NET_RAW. */
const allowed: ReadonlySet<string> = new Set([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP',
  'SETUID', 'SYS_CHROOT',
]);

export const capabilitiesBaseline = builtInRule({
  id: 'capabilities-baseline',
  summary: 'Containers add no Linux capabilities beyond the default ones, and not NET_RAW.',
  law: {
    fields: ['spec.containers[*].securityContext.capabilities.add'],
    allowed: `unset, empty, ${[...allowed].join(', ')}; letter by letter, so neither chown nor CAP_CHOWN`,
    source: 'Pod Security Standards, baseline, "Capabilities", since 1.0',
  },
  why: 'A capability such as SYS_ADMIN, SYS_PTRACE or NET_ADMIN is part of what root may do: enough to escape the container, or to read the traffic of other pods.',
  fix: 'remove the capability from securityContext.capabilities.add',
  profile: 'baseline',
  severity: 'high',
  references: {
    pss: 'Baseline: Capabilities',
    cis: '5.2.8, 5.2.9 (1.8)',
    nsa: 'Pod security enforcement',
    kyverno: ['disallow-capabilities'],
    kubeLinter: ['drop-net-raw-capability'],
    trivy: ['KSV-0005', 'KSV-0022', 'KSV-0119', 'KSV-0120'],
    checkov: ['CKV_K8S_25', 'CKV_K8S_39'],
    kubescape: ['C-0046'],
    polaris: ['dangerousCapabilities'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [ALL], add: [SYS_ADMIN] }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] }
    `,
  },
  *check(pod) {
    for (const container of pod.containers) {
      yield* addedBeyond(allowed, 'the default capabilities', container);
    }
  },
});

/** A fault for each capability that a container adds and that is not among the allowed ones, which `name` names. */
export function addedBeyond(capabilities: ReadonlySet<string>, name: string, container: Container): readonly Fault[] {
  const added = container.securityContext?.capabilities?.add;
  if (added === undefined || added.every((capability) => capabilities.has(capability))) return [];
  return added.flatMap((capability, index) => capabilities.has(capability) ? [] : [{
    message: `securityContext.capabilities.add must hold nothing but ${name}, it holds ${quoted(capability)}`,
    pointer: `${container.pointer}/securityContext/capabilities/add/${index}`,
    container: container.label,
    detail: capability,
    ...misspelled(capability, capabilities),
  }]);
}

/** Runtimes also know `cap_chown`; admission compares letter by letter, and so does this. */
function misspelled(capability: string, capabilities: ReadonlySet<string>): { readonly fix?: string } {
  if (capability.length > 32) return {};
  const name = capability.toUpperCase().replace(/^CAP_/, '');
  return capabilities.has(name) ? { fix: `write it as Kubernetes does: ${quoted(name)}` } : {};
}
