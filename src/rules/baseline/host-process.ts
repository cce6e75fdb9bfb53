import { yaml } from '../example';
import { builtInRule } from '../rule';
import { securityContextsWhere } from '../security-contexts';

export const hostProcess = builtInRule({
  id: 'host-process',
  summary: 'No container runs as a process of the Windows host.',
  law: {
    fields: ['spec.securityContext.windowsOptions.hostProcess', 'spec.containers[*].securityContext.windowsOptions.hostProcess'],
    allowed: 'false, unset',
    source: 'Pod Security Standards, baseline, "HostProcess", since 1.0',
  },
  why: 'A HostProcess container has the network, the files and the accounts of the node: it is the privileged container of Windows.',
  fix: 'remove securityContext.windowsOptions.hostProcess',
  profile: 'baseline',
  severity: 'critical',
  references: {
    pss: 'Baseline: HostProcess',
    cis: '5.2.11 (1.8)',
    kyverno: ['disallow-host-process'],
    trivy: ['KSV-0103'],
    kubescape: ['C-0211'],
    polaris: ['hostProcess'],
  },
  examples: {
    bad: yaml`
      securityContext:
        windowsOptions: { hostProcess: true }
    `,
    good: yaml`
      securityContext:
        windowsOptions: { runAsUserName: ContainerUser }
    `,
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
