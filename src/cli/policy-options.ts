import { existsSync } from 'node:fs';
import { UsageError } from './io';
import { closest } from '../policy/closest';
import { CompiledPolicy, compilePolicy } from '../policy/compile';
import { Exemption, exemptionOf } from '../policy/exemption';
import { Policy } from '../policy/file';
import { isRuleId, rules } from '../rules';
import { Profile } from '../rules/rule';

const defaultFile = 'hardened.yaml';

export interface PolicyOptions {
  readonly policy?: string;
  readonly profile?: Profile;
  readonly kubernetesVersion?: string;
  readonly only?: string;
  readonly registry: readonly string[];
}

export interface PolicyInForce {
  readonly compiled: CompiledPolicy;
  /** Of the policy file, as far as their rules are judged. */
  readonly exemptions: readonly Exemption[];
}

/**
 * The policy of the file, with what the command line says put over it.
 *
 * @throws PolicyError `invalid-policy`, UsageError
 */
export function policyInForce(options: PolicyOptions): PolicyInForce {
  const file = options.policy ?? (existsSync(defaultFile) ? defaultFile : undefined);
  const written: Policy = file === undefined ? {} : Policy.fromFile(file);
  const { profile = written.profile, kubernetesVersion = written.kubernetesVersion } = options;
  const compiled = compilePolicy({
    ...written,
    ...profile && { profile },
    ...kubernetesVersion && { kubernetesVersion },
    registries: { ...Object.fromEntries(options.registry.map((entry) => [entry, {}])), ...written.registries },
  }, file ?? 'the command line');
  const only = options.only === undefined ? undefined : ruleIds(options.only);
  // What cannot be read cannot be judged by any rule, so `manifest` is always among them.
  const judged = compiled.rules.filter(({ id }) => only === undefined || id === 'manifest' || only.has(id));
  const ids = new Set(judged.map(({ id }) => id));
  return {
    compiled: { ...compiled, rules: judged },
    exemptions: compiled.exemptions.map((exemption) => exemptionOf(exemption, file ?? 'policy'))
      .filter(({ note }) => only === undefined || ids.has(note.rule)),
  };
}

function ruleIds(list: string): ReadonlySet<string> {
  const ids = list.split(',').map((id) => id.trim());
  for (const id of ids) {
    if (isRuleId(id)) continue;
    const near = closest(id, Object.keys(rules));
    throw new UsageError(`--only: ${JSON.stringify(id.slice(0, 80))} is no rule${near ? `; did you mean ${near}?` : ''}`);
  }
  return new Set(ids);
}
