import { quoted } from '../../text/text';
import { defineRule } from '../rule';

/** The sysctls that belong to the pod alone, and since which minor version the standard allows them. */
const safeSince: ReadonlyMap<string, number> = new Map([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
  ['net.ipv4.tcp_slow_start_after_idle', 37],
  ['net.ipv4.tcp_notsent_lowat', 37],
]);

/*
 * A pod sets no sysctl but the safe ones.
 *
 * **Fields**          securityContext.sysctls[*].name of the pod
 * **Allowed values**  those of the table above, each from its version on; with dots, not slashes
 * **Source**          Pod Security Standards, baseline, "Sysctls", since 1.0
 */
export const sysctls = defineRule({
  id: 'sysctls',
  summary: 'A pod sets no sysctl but the safe ones.',
  why: 'Most settings of the kernel hold for the whole node: one pod could starve the others, or switch off what protects them.',
  fix: 'remove the sysctl, or set it on the node',
  profile: 'baseline',
  references: {
    pss: 'Baseline: Sysctls',
    kyverno: ['restrict-sysctls'],
    kubeLinter: ['unsafe-sysctls'],
    trivy: ['KSV-0026'],
    kubescape: ['C-0211'],
  },
  *check(pod, { kubernetesMinor }) {
    const list = pod.spec.securityContext?.sysctls;
    if (list === undefined) return;
    for (const [index, { name = '' }] of list.entries()) {
      const since = safeSince.get(name);
      if (since !== undefined && since <= kubernetesMinor) continue;
      yield {
        message: `securityContext.sysctls of the pod must hold nothing but safe sysctls, it holds ${quoted(name)}`,
        pointer: `${pod.pointer}/securityContext/sysctls/${index}/name`,
        detail: name,
        ...since !== undefined && {
          fix: `Kubernetes 1.${since} takes it for safe; raise the policy's kubernetesVersion where the cluster is that new, or remove it`,
        },
      };
    }
  },
});
