import { yaml } from '../example';
import { isExemptUserNamespace } from '../relaxations';
import { builtInRule } from '../rule';

export const runAsNonRoot = builtInRule({
  id: 'run-as-non-root',
  summary: 'The kubelet is told to start no container as root.',
  law: {
    fields: ['spec.securityContext.runAsNonRoot', 'spec.containers[*].securityContext.runAsNonRoot'],
    allowed: 'true; unset on a container where the pod says true; unset on the pod where every container says true; since 1.35 any value in a user namespace (hostUsers: false)',
    source: 'Pod Security Standards, restricted, "Running as Non-root", since 1.0',
  },
  why: 'Root in a container is root on the node as soon as another safeguard fails. With runAsNonRoot the kubelet refuses an image that would run as root.',
  fix: 'set securityContext.runAsNonRoot: true on the pod, and on no container another value',
  profile: 'restricted',
  severity: 'medium',
  references: {
    pss: 'Restricted: Running as Non-root',
    cis: '5.2.7 (1.8)',
    nsa: 'Non-root containers',
    kyverno: ['require-run-as-nonroot'],
    kubeLinter: ['run-as-non-root'],
    trivy: ['KSV-0012'],
    checkov: ['CKV_K8S_23'],
    kubescape: ['C-0013'],
    polaris: ['runAsRootAllowed'],
  },
  examples: {
    bad: yaml`
      securityContext: { runAsNonRoot: false }
    `,
    good: yaml`
      securityContext: { runAsNonRoot: true }
    `,
  },
  *check(pod, context) {
    if (isExemptUserNamespace(pod, context)) return;
    const inherited = pod.spec.securityContext?.runAsNonRoot;
    if (inherited === false) {
      yield {
        message: 'securityContext.runAsNonRoot of the pod must be true, it is false',
        pointer: `${pod.pointer}/securityContext/runAsNonRoot`,
      };
    }
    for (const container of pod.containers) {
      const own = container.securityContext?.runAsNonRoot;
      // A container that inherits the pod's `false` is no second fault: there is one place to mend.
      if (own === true || own === undefined && inherited !== undefined) continue;
      yield {
        message: `securityContext.runAsNonRoot must be true, it is ${own ?? 'not set'}`,
        pointer: `${container.pointer}/securityContext/runAsNonRoot`,
        container: container.label,
        ...!pod.isPodSpec && { fix: 'set securityContext.runAsNonRoot: true' },
      };
    }
  },
});
