/** Values, and the minor version of Kubernetes since which the standard allows each; 0 where it always has. */
export type AllowedSince = ReadonlyMap<string, number>;

/** The values in words: `container_t, container_engine_t (since 1.31)`. */
export function valuesSince(values: AllowedSince): string {
  return Array.from(values, ([value, since]) => since === 0 ? value : `${value} (since 1.${since})`).join(', ');
}

/** Whether a version allows a value, and if only a later one does, what to do about it. */
export function allowance(values: AllowedSince, value: string, kubernetesMinor: number, otherwise: string): 'allowed' | { readonly fix?: string } {
  const since = values.get(value);
  if (since === undefined) return {};
  if (since <= kubernetesMinor) return 'allowed';
  return { fix: `Kubernetes 1.${since} allows it: raise the policy's kubernetesVersion where the cluster is that new, or ${otherwise}` };
}
