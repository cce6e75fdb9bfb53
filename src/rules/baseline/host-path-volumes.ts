import { Pod, Volume } from '../../manifest/pod';
import { quoted, quotedOrUnset } from '../../text/text';
import { hostPathAllowance, hostPathDetail } from '../allowed-host-path';
import { yaml } from '../example';
import { builtInRule, Fault, RuleContext } from '../rule';

export const hostPathVolumes = builtInRule({
  id: 'host-path-volumes',
  summary: 'No volume is a path of the node, except those that the policy allows.',
  law: {
    fields: ['spec.volumes[*].hostPath'],
    allowed: 'unset; a path that the hostPaths of the policy allow. Without any, this is the standard to the letter',
    source: 'Pod Security Standards, baseline, "HostPath Volumes", since 1.0',
  },
  why: 'What a pod writes to the node stays when the pod is gone, and is read by programs with more rights; what it reads there belongs to the node and to other pods.',
  fix: 'use a claim, an emptyDir, a ConfigMap or a Secret, or have the path allowed in the policy\'s hostPaths',
  profile: 'baseline',
  severity: 'high',
  references: {
    pss: 'Baseline: HostPath Volumes',
    cis: '5.2.12 (1.8)',
    nsa: 'Pod security enforcement',
    kyverno: ['disallow-host-path'],
    trivy: ['KSV-0023'],
    kubescape: ['C-0048'],
    polaris: ['hostPathSet'],
  },
  examples: {
    bad: yaml`
      volumes:
      - name: cache
        hostPath: { path: /var/cache/shop }
    `,
    good: yaml`
      volumes:
      - name: cache
        emptyDir: { sizeLimit: 1Gi }
    `,
  },
  *check(pod, context) {
    for (const volume of pod.volumes) {
      if (volume.sources.includes('hostPath')) yield* judge(pod, volume, context);
    }
  },
});

/** One decision is enough for one path. */
const moreExactRule = 'host-path';

function judge(pod: Pod, volume: Volume, context: RuleContext): readonly Fault[] {
  const allowance = hostPathAllowance(pod, volume, context);
  const path = quotedOrUnset(volume.hostPath?.path);
  const detail = hostPathDetail(volume.hostPath?.path);
  switch (allowance.verdict) {
    case 'allowed': return [];
    case 'writable': return allowance.mounts.map(({ pointer, container }) => ({
      message: `the mount of volume ${quoted(volume.label)} must be read-only, because the policy allows ${path} of the node for reading only`,
      pointer,
      container,
      detail,
      fix: 'set readOnly: true on the mount',
      moreExactRule,
    }));
    default: return [{
      message: `volume ${quoted(volume.label)} must not be a hostPath, its path is ${path}`,
      pointer: `${volume.pointer}/hostPath`,
      detail,
      moreExactRule,
    }];
  }
}
