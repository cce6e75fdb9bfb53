import { Pod } from '../../manifest/pod';
import { yaml } from '../example';
import { builtInRule } from '../rule';

/**
 * The field of the ServiceAccount does not count: the pod's own wins over it, and a manifest does not show it. A projected
 * volume with a token is not judged: it is asked for by name, for one audience, and expires.
 */
export const serviceAccountToken = builtInRule({
  id: 'service-account-token',
  summary: 'A pod gets no token of its service account, unless the policy allows it.',
  law: {
    fields: ['spec.automountServiceAccountToken'],
    allowed: 'false; anything where the policy says serviceAccountToken: allowed',
    source: 'CIS Kubernetes Benchmark 5.1.6; NSA/CISA Kubernetes Hardening Guide, "Protecting Pod service account tokens"',
  },
  why: 'Most programs never talk to the API server, yet the token is in each of their containers, and an attacker there can use it.',
  fix: 'set automountServiceAccountToken: false; where the program needs the API server, exempt it',
  profile: 'hardened',
  severity: 'medium',
  references: {
    cis: '5.1.6 (1.8)',
    nsa: 'Protecting Pod service account tokens',
    kyverno: ['restrict-automount-sa-token'],
    kubeLinter: ['default-service-account'],
    trivy: ['KSV-0036'],
    checkov: ['CKV_K8S_38'],
    kubescape: ['C-0034', 'C-0261'],
    polaris: ['automountServiceAccountToken'],
  },
  examples: {
    bad: yaml`
      automountServiceAccountToken: null  # unset means true
    `,
    good: yaml`
      automountServiceAccountToken: false
    `,
  },
  *check(pod, context) {
    if (context.allowServiceAccountToken) return;
    const value = pod.spec.automountServiceAccountToken;
    // What only holds containers need not say `false`, but must not say `true`.
    if (value === false || (value === undefined && !pod.isPodSpec)) return;
    yield {
      message: `automountServiceAccountToken must be false, it is ${value ?? 'not set, which means true'}`,
      pointer: `${pod.pointer}/automountServiceAccountToken`,
      detail: accountOf(pod),
    };
  },
});

/** Whose token it is, as the API server reads it: it takes the name of the deprecated field where the other is empty. */
function accountOf({ spec, json }: Pod): string {
  const deprecated = typeof json.serviceAccount === 'string' ? json.serviceAccount : '';
  return (spec.serviceAccountName || deprecated) || 'default';
}
