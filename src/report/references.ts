import { References } from '../rules/rule';

const names: Readonly<Record<keyof References, string>> = {
  pss: 'Pod Security Standards',
  cis: 'CIS Kubernetes Benchmark',
  nsa: 'NSA/CISA Kubernetes Hardening Guide',
  kyverno: 'Kyverno',
  kubeLinter: 'kube-linter',
  trivy: 'Trivy',
  checkov: 'Checkov',
  kubescape: 'Kubescape',
  polaris: 'Polaris',
};

/** `Kyverno: require-run-as-nonroot`, a line for each tool or standard that has the same check. */
export function referenceLines(references: References): readonly string[] {
  return Object.entries(names).flatMap(([key, name]) => {
    const value = references[key as keyof References];
    const text = typeof value === 'string' ? value : (value ?? []).join(', ');
    return text === '' ? [] : `${name}: ${text}`;
  });
}
