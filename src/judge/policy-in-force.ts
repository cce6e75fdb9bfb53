import { lstatSync } from 'node:fs';
import { CompiledPolicy } from '../policy/compile';
import { Exemption } from '../policy/exemption';
import { Policy, readPolicyFile } from '../policy/file';
import { Rule } from '../rules/rule';

const defaultFile = 'hardened.yaml';

export interface PolicyInForce {
  readonly compiled: CompiledPolicy;
  /** Of the policy. */
  readonly exemptions: readonly Exemption[];
  /**
   * Whether a rule of the policy is not judged this time, so that an exemption from it need not excuse anything.
   *
   * @default - all are judged
   */
  readonly leavesOut?: (rule: string) => boolean;
}

/** A policy as it was written, and what messages call it. */
interface WrittenPolicy {
  readonly policy: Policy;
  /** `undefined` where there is no file. */
  readonly file: string | undefined;
}

/**
 * The policy of the file; without one, that of `hardened.yaml` where it exists, and otherwise one that trusts no registry.
 *
 * @param rules rules of one's own; `any` for what judges nothing, and need not know those that the file exempts from
 * @throws PolicyError `invalid-policy`
 */
export function readPolicy(named: string | undefined, rules: readonly Rule[] | 'any'): WrittenPolicy {
  const file = named ?? (isThere(defaultFile) ? defaultFile : undefined);
  if (file !== undefined) return { policy: readPolicyFile(file, rules), file };
  return { policy: typeof rules === 'object' ? { rules } : {}, file };
}

/** Also a link that leads nowhere: somebody meant to have a policy, and its absence must not pass for one. */
function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
