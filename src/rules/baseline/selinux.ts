import { quoted } from '../../text/text';
import { allowance, AllowedSince, valuesSince } from '../allowed-since';
import { yaml } from '../example';
import { builtInRule, Fault } from '../rule';
import { SecurityContext, securityContextsWhere } from '../security-contexts';

/** The types of confined containers. */
const containerTypes: AllowedSince = new Map([
  ['container_t', 0],
  ['container_init_t', 0],
  ['container_kvm_t', 0],
  ['container_engine_t', 31],
]);

export const selinux = builtInRule({
  id: 'selinux',
  summary: 'Containers use one of the SELinux container types, and set neither the SELinux user nor the role.',
  law: {
    fields: [
      'spec.securityContext.seLinuxOptions.type',
      'spec.containers[*].securityContext.seLinuxOptions.type',
      'spec.securityContext.seLinuxOptions.user',
      'spec.containers[*].securityContext.seLinuxOptions.user',
      'spec.securityContext.seLinuxOptions.role',
      'spec.containers[*].securityContext.seLinuxOptions.role',
    ],
    allowed: `type: unset, empty, ${valuesSince(containerTypes)}; user and role: unset, empty`,
    source: 'Pod Security Standards, baseline, "SELinux", since 1.0',
  },
  why: 'With another type, such as spc_t, or another user or role, SELinux no longer keeps the container from the files of the node.',
  fix: 'remove type, user and role from seLinuxOptions; level may stay',
  profile: 'baseline',
  severity: 'medium',
  references: {
    pss: 'Baseline: SELinux',
    nsa: 'Pod security enforcement',
    kyverno: ['disallow-selinux'],
    trivy: ['KSV-0025'],
    kubescape: ['C-0211'],
    polaris: ['linuxHardening'],
  },
  examples: {
    bad: yaml`
      securityContext:
        seLinuxOptions: { type: spc_t }
    `,
    good: yaml`
      securityContext:
        seLinuxOptions: { type: container_t, level: 's0:c123,c456' }
    `,
  },
  *check(pod, { kubernetesMinor }) {
    for (const context of securityContextsWhere(pod, (fields) => fields.seLinuxOptions !== undefined)) {
      const options = context.fields.seLinuxOptions;
      const type = options?.type ?? '';
      const allowed = type === '' ? 'allowed' : allowance(containerTypes, type, kubernetesMinor, 'remove type');
      if (allowed !== 'allowed') {
        yield {
          ...place(context, 'type'),
          detail: `type ${type}`,
          message: `securityContext.seLinuxOptions.type${context.owner} must be a container type, it is ${quoted(type)}`,
          fix: 'use container_t, container_init_t or container_kvm_t, or remove type',
          ...allowed,
        };
      }
      for (const field of ['user', 'role'] as const) {
        const value = options?.[field];
        if (value === undefined || value === '') continue;
        yield {
          ...place(context, field),
          detail: `${field} ${value}`,
          message: `securityContext.seLinuxOptions.${field}${context.owner} must be unset, it is ${quoted(value)}`,
          fix: `remove ${field} from seLinuxOptions`,
        };
      }
    }
  },
});

function place({ pointer, container }: SecurityContext, field: string): Pick<Fault, 'pointer' | 'container'> {
  return { pointer: `${pointer}/seLinuxOptions/${field}`, container };
}
