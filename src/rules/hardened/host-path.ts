import { Pod, Volume } from '../../manifest/pod';
import { quoted, quotedOrUnset } from '../../text/text';
import { findAllowedHostPath, hostPathAllowance, hostPathDetail } from '../allowed-host-path';
import { yaml } from '../example';
import { builtInRule, Fault, RuleContext } from '../rule';

const useVolume =
  'use a claim, an emptyDir, a ConfigMap or a Secret, or have the path allowed in the policy: hostPaths: { /data: {} }';

/** See `isSensitiveHostPath` for the paths that are sensitive. */
export const hostPath = builtInRule({
  id: 'host-path',
  summary: 'A path of the node is mounted only where the policy allows it, and never one that gives control of the node.',
  law: {
    fields: [
      'spec.volumes[*].hostPath.path',
      'spec.containers[*].volumeMounts[*].readOnly',
      'spec.hostPath.path (PersistentVolume)',
      'spec.local.path (PersistentVolume)',
    ],
    allowed: 'a path at or below one of the hostPaths of the policy, mounted with readOnly: true unless the policy allows writing; never a sensitive path, which takes an exemption',
    source: 'Pod Security Standards, baseline, "HostPath Volumes"; NSA/CISA Kubernetes Hardening Guide, "Pod security enforcement"',
  },
  why: 'Access to the runtime\'s socket, to the kubelet\'s state, or to /etc or /proc of the node is as good as root on the node. A read-only mount does not help: a socket still accepts requests, and a credential can still be read.',
  fix: useVolume,
  profile: 'hardened',
  severity: 'high',
  references: {
    pss: 'Baseline: HostPath Volumes',
    nsa: 'Pod security enforcement',
    kyverno: ['limit-hostpath-vols', 'disallow-cri-sock-mount', 'ensure-readonly-hostpath', 'limit-hostpath-type-pv'],
    kubeLinter: ['sensitive-host-mounts', 'docker-sock', 'writable-host-mount'],
    trivy: ['KSV-0121', 'KSV-0006'],
    checkov: ['CKV_K8S_27'],
    kubescape: ['C-0020', 'C-0045', 'C-0074'],
  },
  examples: {
    bad: yaml`
      volumes:
      - name: runtime
        hostPath: { path: /var/run }  # holds the runtime's socket
    `,
    good: yaml`
      # policy: hostPaths: { /data: {} }
      containers:
      - name: web
        volumeMounts: [{ name: data, mountPath: /data, readOnly: true }]
      volumes:
      - name: data
        hostPath: { path: /data/shop }
    `,
  },
  *check(pod, context) {
    for (const volume of pod.volumes) {
      if (volume.sources.includes('hostPath')) yield* judgeVolume(pod, volume, context);
    }
  },
  *checkPersistentVolume(volume, context) {
    for (const { path, pointer, source } of volume.hostPaths) {
      const found = findAllowedHostPath(path, context);
      const field = `${source}.path`;
      const detail = hostPathDetail(path);
      if (typeof found === 'string') {
        yield { message: `${field} ${problems[found]}, it is ${quoted(path)}`, pointer, detail, fix: fixes[found] };
      } else if (found.readOnly) {
        // Who mounts the claim decides whether to write, and is not in this manifest.
        yield {
          message: `${field} must be a path that the policy allows to be written to, ${quoted(path)} is allowed for reading only`,
          pointer,
          detail,
          fix: `allow writing in the policy: hostPaths: { ${quoted(found.path)}: { readOnly: false } }`,
        };
      }
    }
  },
});

const problems = {
  unreadable: 'must be an absolute path without ".."',
  sensitive: 'must not be a path that gives control of the node',
  unlisted: 'must be a path that the policy allows',
} as const;

const fixes = {
  unreadable: 'write the plain absolute path',
  sensitive: 'do without it: no policy can allow this path, only an exemption with a reason',
  unlisted: useVolume,
} as const;

function* judgeVolume(pod: Pod, volume: Volume, context: RuleContext): Iterable<Fault> {
  const allowance = hostPathAllowance(pod, volume, context);
  const path = quotedOrUnset(volume.hostPath?.path);
  const detail = hostPathDetail(volume.hostPath?.path);
  if (allowance.verdict === 'allowed') return;
  if (allowance.verdict === 'writable') {
    for (const { pointer, container } of allowance.mounts) {
      yield {
        message: `readOnly of the mount of volume ${quoted(volume.label)} must be true, because the policy allows ${path} for reading only`,
        pointer,
        container,
        detail,
        fix: 'set readOnly: true on the mount',
      };
    }
    return;
  }
  yield {
    message: `hostPath.path of volume ${quoted(volume.label)} ${problems[allowance.verdict]}, it is ${path}`,
    pointer: `${volume.pointer}/hostPath/path`,
    detail,
    fix: fixes[allowance.verdict],
  };
}
