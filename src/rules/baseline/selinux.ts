import { quoted } from '../../text/text';
import { defineRule, Fault } from '../rule';
import { SecurityContext, securityContextsWhere } from '../security-contexts';

/** The types of confined containers, and since which minor version the standard allows them. */
const allowedSince: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['container_t', 0],
  ['container_init_t', 0],
  ['container_kvm_t', 0],
  ['container_engine_t', 31],
]);

/*
 * Containers run with one of SELinux' container types, and choose neither its user nor its role.
 *
 * **Fields**          securityContext.seLinuxOptions.type of the pod and of every container
 * **Allowed values**  unset, empty, container_t, container_init_t, container_kvm_t; since 1.31 also container_engine_t
 * **Fields**          securityContext.seLinuxOptions.user and .role of the pod and of every container
 * **Allowed values**  unset, empty
 * **Source**          Pod Security Standards, baseline, "SELinux", since 1.0
 */
export const selinux = defineRule({
  id: 'selinux',
  summary: 'Containers run with one of SELinux\' container types, and choose neither its user nor its role.',
  why: 'Another type, such as spc_t, or another user or role takes the container out of the confinement that keeps it from the files of the node.',
  fix: 'remove type, user and role from seLinuxOptions; level may stay',
  profile: 'baseline',
  references: {
    pss: 'Baseline: SELinux',
    nsa: 'Pod security enforcement',
    kyverno: ['disallow-selinux'],
    trivy: ['KSV-0025'],
    kubescape: ['C-0211'],
    polaris: ['linuxHardening'],
  },
  *check(pod, { kubernetesMinor }) {
    for (const context of securityContextsWhere(pod, (fields) => fields.seLinuxOptions !== undefined)) {
      const options = context.fields.seLinuxOptions;
      const type = options?.type ?? '';
      const since = allowedSince.get(type);
      if (since === undefined || since > kubernetesMinor) {
        yield {
          ...place(context, 'type'),
          detail: `type ${type}`,
          message: `securityContext.seLinuxOptions.type${context.owner} must be a container type, it is ${quoted(type)}`,
          fix: since === undefined ? 'use container_t, container_init_t or container_kvm_t, or remove type'
            : `Kubernetes 1.${since} allows it; raise the policy's kubernetesVersion where the cluster is that new, or remove type`,
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
