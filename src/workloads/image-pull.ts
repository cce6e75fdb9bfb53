import type { k8s } from 'cdk8s-plus-28';
import { findRegistry } from '../image/pattern';
import { parseImageReference } from '../image/reference';
import { RuleContext, TrustedRegistry } from '../rules/rule';

/** The entry that each policy has for the image: none for one that does not parse or is not trusted, which the gate refuses. */
export function registryEntries(image: string | undefined, contexts: readonly RuleContext[]): readonly TrustedRegistry[] {
  const parsed = parseImageReference(image ?? '');
  if (!parsed.ok) return [];
  return contexts.flatMap((context) => findRegistry(context.registries, parsed.reference) ?? []);
}

/**
 * `IfNotPresent` where a policy says so and no other in force demands more; otherwise `Always`, which no policy refuses.
 *
 * An entry that names no pull policy but has a pull secret demands `Always`, as the rule image-pull-policy has it: what one policy says
 * must not loosen another.
 */
export function pullPolicyBy(entries: readonly TrustedRegistry[]): 'Always' | 'IfNotPresent' {
  const said = entries.map((entry) => entry.pullPolicy ?? (entry.pullSecret === undefined ? undefined : 'Always'));
  return said.includes('IfNotPresent') && !said.includes('Always') ? 'IfNotPresent' : 'Always';
}

/** The author's secrets, then those that the entries name and the author did not. */
export function pullSecretsBy(
  entries: readonly TrustedRegistry[],
  said: readonly k8s.LocalObjectReference[] | undefined,
): k8s.LocalObjectReference[] | undefined {
  const names = new Set(said?.map(({ name }) => name));
  const missing = new Set(entries.map((entry) => entry.pullSecret).filter((name) => name !== undefined && !names.has(name)));
  return missing.size === 0 ? said && [...said] : [...said ?? [], ...[...missing].map((name) => ({ name }))];
}
