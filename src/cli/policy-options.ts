import { UsageError } from './io';
import { noRule } from './law/no-rule';
import { parseRegistryPattern } from '../image/pattern';
import { lockInForce } from '../judge/lock-in-force';
import { PolicyInForce, readPolicy } from '../judge/policy-in-force';
import { readRules } from '../judge/rules-file';
import { lockFileName } from '../lock/lock';
import { compilePolicy } from '../policy/compile';
import { exemptionOf } from '../policy/exemption';
import { kubernetesMinor } from '../policy/kubernetes-version';
import { Policy } from '../policy/policy';
import { isRuleId, lockRules, RuleId, rules, rulesOf } from '../rules';
import { Profile } from '../rules/rule';
import { quoted } from '../text/text';

export interface PolicyOptions {
  readonly policy?: string;
  readonly lock?: string;
  readonly profile?: Profile;
  readonly kubernetesVersion?: string;
  /** Ids of rules; each item may be several, divided by commas. */
  readonly only?: readonly string[];
  readonly registry: readonly string[];
  /** A module of rules of one's own. */
  readonly rules?: string;
}

export interface CheckedPolicy extends PolicyInForce {
  /** The file it is from. */
  readonly file: string | undefined;
  /** Whether this is a rule of the catalogue or one of one's own that is known here. */
  readonly knows: (rule: string) => boolean;
  /**
   * Whether the command line leaves out this rule of the policy, or it needs a lock and there is none: what is said of it is then
   * neither right nor stale.
   */
  readonly leavesOut: (rule: string) => boolean;
}

/** What cannot be read cannot be judged by any rule, so these are always among them. */
const aboutReading: ReadonlySet<string> = new Set<RuleId>(['manifest', 'embedded-manifest']);

/**
 * The policy of the file, with what the command line says put over it.
 *
 * @throws PolicyError `invalid-policy`, LockError, UsageError
 */
export function policyInForce(options: PolicyOptions): CheckedPolicy {
  const own = options.rules === undefined ? [] : readRules(options.rules);
  const ownIds = new Set(own.map(({ id }) => id));
  const { policy: written, file } = readPolicy(options.policy, own);
  const { profile = written.profile ?? 'hardened' } = options;
  // As `kubectl version` has it, with a patch that no rule depends on.
  const kubernetesVersion = options.kubernetesVersion?.replace(/^(v?1\.\d+)\.\d{1,5}(?:[-+][\w.+-]{1,60})?$/, '$1') ?? written.kubernetesVersion ?? 'latest';
  if (kubernetesMinor(kubernetesVersion) === undefined) {
    throw new UsageError(`--kubernetes-version: must be latest or a version such as 1.33, it is ${quoted(kubernetesVersion)}`);
  }
  const registries = { ...added(options.registry, written.registries), ...written.registries };
  const lock = lockInForce(options.lock);
  const compiled = compilePolicy({ ...written, profile, kubernetesVersion, registries }, file, lock);
  const isSilent = (id: string) => lock === undefined && lockRules.has(id);
  const only = options.only && ruleIds(options.only, profile, ownIds, isSilent);
  const judged = compiled.rules.filter(({ id }) => !isSilent(id) && (only === undefined || aboutReading.has(id) || only.has(id)));
  const judgedIds = new Set(judged.map(({ id }) => id));
  const writtenIds = new Set([...rulesOf(written.profile ?? 'hardened').map(({ id }) => id), ...ownIds]);
  return {
    file,
    knows: (rule) => isRuleId(rule) || ownIds.has(rule),
    compiled: { ...compiled, rules: judged },
    exemptions: compiled.exemptions.map((exemption) => exemptionOf(exemption, file ?? 'policy')),
    leavesOut: (rule) => writtenIds.has(rule) && !judgedIds.has(rule),
  };
}

/** Where the file has an entry for the same, it says how to pull from there, and so is the one that counts. */
function added(entries: readonly string[], written: Policy['registries'] = {}): Record<string, object> {
  const known = new Set(Object.keys(written).map((entry) => parseRegistryPattern(entry).text));
  const fresh = entries.map(canonical).filter((entry) => !known.has(entry));
  return Object.fromEntries(fresh.map((entry) => [entry, {}]));
}

function canonical(entry: string): string {
  try {
    return parseRegistryPattern(entry).text;
  } catch (error) {
    throw new UsageError(`--registry: ${(error as Error).message}`);
  }
}

function ruleIds(
  lists: readonly string[], profile: Profile, own: ReadonlySet<string>, isSilent: (id: string) => boolean,
): ReadonlySet<string> {
  const ids = lists.flatMap((list) => list.split(',')).map((id) => id.trim());
  for (const id of ids) {
    if (own.has(id)) continue;
    if (!isRuleId(id)) throw new UsageError(`--only: ${noRule(id)}`);
    if (!rulesOf(profile).includes(rules[id])) {
      throw new UsageError(`--only: ${id} is no rule of the profile ${profile}, so nothing would be judged by it; add --profile ${rules[id].profile}`);
    }
    if (isSilent(id)) throw new UsageError(`--only: ${id} needs a lock, and there is no ${lockFileName}, so nothing would be judged by it; add --lock FILE`);
  }
  return new Set(ids);
}
