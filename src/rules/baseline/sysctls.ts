import { quoted } from '../../text/text';
import { allowance, AllowedSince, valuesSince } from '../allowed-since';
import { yaml } from '../example';
import { builtInRule } from '../rule';

/** The sysctls that belong to the pod alone. */
const safeSysctls: AllowedSince = new Map([
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

export const sysctls = builtInRule({
  id: 'sysctls',
  summary: 'A pod sets only safe sysctls.',
  law: {
    fields: ['spec.securityContext.sysctls[*].name'],
    allowed: `${valuesSince(safeSysctls)}; with dots, not slashes`,
    source: 'Pod Security Standards, baseline, "Sysctls", since 1.0',
  },
  why: 'Most kernel settings apply to the whole node: one pod could take resources from the others, or turn off what protects them.',
  fix: 'remove the sysctl, or set it on the node',
  profile: 'baseline',
  severity: 'medium',
  references: {
    pss: 'Baseline: Sysctls',
    kyverno: ['restrict-sysctls'],
    kubeLinter: ['unsafe-sysctls'],
    trivy: ['KSV-0026'],
    kubescape: ['C-0211'],
  },
  examples: {
    bad: yaml`
      securityContext:
        sysctls: [{ name: kernel.msgmax, value: '65536' }]
    `,
    good: yaml`
      securityContext:
        sysctls: [{ name: net.ipv4.tcp_keepalive_time, value: '600' }]
    `,
  },
  *check(pod, { kubernetesMinor }) {
    const list = pod.spec.securityContext?.sysctls;
    if (list === undefined) return;
    for (const [index, { name = '' }] of list.entries()) {
      const allowed = allowance(safeSysctls, name, kubernetesMinor, 'remove it');
      if (allowed === 'allowed') continue;
      yield {
        message: `securityContext.sysctls of the pod must hold nothing but safe sysctls, it holds ${quoted(name)}`,
        pointer: `${pod.pointer}/securityContext/sysctls/${index}/name`,
        detail: name,
        ...allowed,
      };
    }
  },
});
