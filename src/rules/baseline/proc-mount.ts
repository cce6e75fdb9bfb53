import { Container, Pod } from '../../manifest/pod';
import { quotedOrUnset } from '../../text/text';
import { yaml } from '../example';
import { isExemptUserNamespace } from '../relaxations';
import { builtInRule, Fault } from '../rule';

export const procMount = builtInRule({
  id: 'proc-mount',
  summary: 'What the runtime masks in /proc stays masked.',
  law: {
    fields: ['spec.containers[*].securityContext.procMount'],
    allowed: 'unset, Default; since 1.35 any value in a user namespace (hostUsers: false)',
    source: 'Pod Security Standards, baseline, "/proc Mount Type", since 1.0',
  },
  why: 'An unmasked /proc lets a container read the memory and the keys of the kernel, and change settings of the node.',
  fix: 'remove securityContext.procMount, or set it to Default',
  profile: 'baseline',
  severity: 'medium',
  references: {
    pss: 'Baseline: /proc Mount Type',
    kyverno: ['disallow-proc-mount'],
    kubeLinter: ['unsafe-proc-mount'],
    trivy: ['KSV-0027'],
    kubescape: ['C-0211'],
    polaris: ['procMount'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        securityContext: { procMount: Unmasked }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext: { procMount: Default }  # or left out
    `,
  },
  check(pod, context) {
    return isExemptUserNamespace(pod, context) ? [] : unmasked(pod);
  },
});

/** A fault for each container whose /proc has not the runtime's masks, in a user namespace or not. */
export function unmasked(pod: Pod): readonly Fault[] {
  return pod.containers.filter(isUnmasked).map(({ securityContext, pointer, label }) => ({
    message: `securityContext.procMount must be "Default" or unset, it is ${quotedOrUnset(securityContext?.procMount)}`,
    pointer: `${pointer}/securityContext/procMount`,
    container: label,
    detail: securityContext?.procMount,
  }));
}

function isUnmasked({ securityContext }: Container): boolean {
  const value = securityContext?.procMount;
  return value !== undefined && value !== 'Default';
}
