import { yaml } from '../example';
import { isExemptWindows } from '../relaxations';
import { builtInRule } from '../rule';

export const readOnlyRootFilesystem = builtInRule({
  id: 'read-only-root-filesystem',
  summary: 'The root filesystem of every container is read-only.',
  law: {
    fields: ['spec.containers[*].securityContext.readOnlyRootFilesystem'],
    allowed: 'true; since 1.25 anything on Windows, where the API server takes no value at all',
    source: 'NSA/CISA Kubernetes Hardening Guide, "Immutable container file systems"',
  },
  why: 'An attacker in a container wants to add tools and change the program. A program that must write gets a volume of limited size at that path.',
  fix: 'set securityContext.readOnlyRootFilesystem: true, and mount an emptyDir with a sizeLimit at each path that is written to',
  profile: 'hardened',
  severity: 'medium',
  references: {
    nsa: 'Immutable container file systems',
    kyverno: ['require-ro-rootfs'],
    kubeLinter: ['no-read-only-root-fs'],
    trivy: ['KSV-0014'],
    checkov: ['CKV_K8S_22'],
    kubescape: ['C-0017'],
    polaris: ['notReadOnlyRootFilesystem'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        securityContext: { readOnlyRootFilesystem: false }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext: { readOnlyRootFilesystem: true }
        volumeMounts: [{ name: tmp, mountPath: /tmp }]
      volumes:
      - name: tmp
        emptyDir: { sizeLimit: 64Mi }
    `,
  },
  *check(pod, context) {
    // An older API server drops the field `os`, and the pod then runs on Linux.
    if (isExemptWindows(pod, context)) return;
    for (const container of pod.containers) {
      const value = container.securityContext?.readOnlyRootFilesystem;
      if (value === true) continue;
      yield {
        message: `securityContext.readOnlyRootFilesystem must be true, it is ${value ?? 'not set'}`,
        pointer: `${container.pointer}/securityContext/readOnlyRootFilesystem`,
        container: container.label,
      };
    }
  },
});
