import { parseRegistryPattern } from '../image/pattern';
import { rulesOf } from '../rules';
import { kubernetesMinor } from './kubernetes-version';
import { defaultMovingTags, Policy, PolicyExemption } from './policy';
import { validatePolicy } from './validate';
import type { LockedImages } from '../image/facts';
import { normalizeHostPath } from '../rules/host-paths';
import { Rule, RuleContext } from '../rules/rule';

/** A policy made ready to judge with: validated, its defaults filled in, its patterns parsed. */
export interface CompiledPolicy {
  readonly rules: readonly Rule[];
  /** Whether some of them are custom rules, whose code may do anything. */
  readonly hasOwnRules: boolean;
  readonly context: RuleContext;
  readonly exemptions: readonly PolicyExemption[];
  readonly ignoreAnnotations: boolean;
}

/**
 * @param where what a message calls the policy: a file name, or `policy`
 * @param lock what is locked, for the rules that need it
 * @throws PolicyError `invalid-policy`, naming every key that is wrong
 */
export function compilePolicy(policy: Policy, where = 'policy', lock?: LockedImages): CompiledPolicy {
  validatePolicy(policy, where);
  return {
    rules: [...rulesOf(policy.profile ?? 'hardened'), ...policy.rules ?? []],
    hasOwnRules: (policy.rules ?? []).length > 0,
    context: {
      kubernetesMinor: kubernetesMinor(policy.kubernetesVersion ?? 'latest')!,
      registries: Object.entries(policy.registries ?? {}).map(([entry, { pullPolicy, pullSecret }]) =>
        ({ pattern: parseRegistryPattern(entry), pullPolicy, pullSecret })),
      movingTags: new Set((policy.movingTags ?? defaultMovingTags).map((tag) => tag.toLowerCase())),
      hostPaths: Object.entries(policy.hostPaths ?? {}).map(([path, how]) => ({
        path: normalizeHostPath(path)!,
        readOnly: how.readOnly ?? true,
      })),
      allowServiceAccountToken: policy.serviceAccountToken === 'allowed',
      ...(lock === undefined ? {} : { lock }),
    },
    exemptions: policy.exemptions ?? [],
    ignoreAnnotations: policy.ignoreAnnotations ?? false,
  };
}
