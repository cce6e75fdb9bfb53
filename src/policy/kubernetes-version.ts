import { newestKubernetesMinor } from '../rules/rule';

/** The minor version of `latest`, `1.33` or `v1.33`, at most the newest known; `undefined` where the text is neither. */
export function kubernetesMinor(version: string): number | undefined {
  if (version === 'latest') return newestKubernetesMinor;
  const match = /^v?1\.(0|[1-9]\d{0,4})$/.exec(version);
  return match ? Math.min(Number(match[1]), newestKubernetesMinor) : undefined;
}
