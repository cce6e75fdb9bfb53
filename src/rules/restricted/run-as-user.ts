import { yaml } from '../example';
import { isExemptUserNamespace } from '../relaxations';
import { builtInRule } from '../rule';
import { securityContextsWhere } from '../security-contexts';

export const runAsUser = builtInRule({
  id: 'run-as-user',
  summary: 'No container sets the user id 0.',
  law: {
    fields: ['spec.securityContext.runAsUser', 'spec.containers[*].securityContext.runAsUser'],
    allowed: 'any number but 0; unset; since 1.35 any value in a user namespace (hostUsers: false)',
    source: 'Pod Security Standards, restricted, "Running as Non-root user", since 1.23',
  },
  why: 'User 0 is root, on the node as in the container; with runAsNonRoot beside it the kubelet would not even start the container.',
  fix: 'set securityContext.runAsUser to the image\'s own user id, or remove it',
  profile: 'restricted',
  severity: 'medium',
  references: {
    pss: 'Restricted: Running as Non-root user',
    cis: '5.2.7 (1.8)',
    nsa: 'Non-root containers',
    kyverno: ['require-run-as-non-root-user'],
    kubeLinter: ['run-as-non-root'],
    trivy: ['KSV-0105'],
    checkov: ['CKV_K8S_23'],
    kubescape: ['C-0013'],
    polaris: ['runAsRootAllowed'],
  },
  examples: {
    bad: yaml`
      securityContext: { runAsUser: 0 }
    `,
    good: yaml`
      securityContext: { runAsUser: 10001 }  # or left out, where the image has a user by number
    `,
  },
  *check(pod, context) {
    if (context.kubernetesMinor < 23 || isExemptUserNamespace(pod, context)) return;
    for (const { pointer, container, owner } of securityContextsWhere(pod, (fields) => fields.runAsUser === 0)) {
      yield { message: `securityContext.runAsUser${owner} must not be 0, which is root`, pointer: `${pointer}/runAsUser`, container };
    }
  },
});
