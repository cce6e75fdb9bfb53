import { defineRule } from '../rule';
import { securityContextsWhere } from '../security-contexts';

/*
 * No container runs as a process of the Windows host.
 *
 * **Fields**          securityContext.windowsOptions.hostProcess of the pod and of every container
 * **Allowed values**  false, unset
 * **Source**          Pod Security Standards, baseline, "HostProcess", since 1.0
 */
export const hostProcess = defineRule({
  id: 'host-process',
  summary: 'No container runs as a process of the Windows host.',
  why: 'A HostProcess container has the network, the files and the accounts of the node: it is the privileged container of Windows.',
  fix: 'remove securityContext.windowsOptions.hostProcess',
  profile: 'baseline',
  references: {
    pss: 'Baseline: HostProcess',
    cis: '5.2.11 (1.8)',
    kyverno: ['disallow-host-process'],
    trivy: ['KSV-0103'],
    kubescape: ['C-0211'],
    polaris: ['hostProcess'],
  },
  *check(pod) {
    for (const { pointer, container, owner } of securityContextsWhere(pod, (fields) => fields.windowsOptions?.hostProcess === true)) {
      yield {
        message: `securityContext.windowsOptions.hostProcess${owner} must be false or unset, it is true`,
        pointer: `${pointer}/windowsOptions/hostProcess`,
        container,
      };
    }
  },
});
