import { PolicyValidationContext, PolicyValidationProps } from './types';
import { violationsOf } from './violations';
import { judgeFile } from '../judge/judge-file';
import { lockInForce } from '../judge/lock-in-force';
import { PolicyInForce, readPolicy } from '../judge/policy-in-force';
import { judgedToTheEnd, readRules } from '../judge/rules-file';
import { LockError } from '../lock/error';
import { readBaseline } from '../policy/baseline-file';
import { compilePolicy } from '../policy/compile';
import { PolicyError } from '../policy/error';
import { exemptionOf } from '../policy/exemption';
import { Policy } from '../policy/policy';
import { validatePolicy } from '../policy/validate';
import { passes, Verdict } from '../policy/verdict';
import { VerdictBuilder } from '../policy/verdict-builder';
import { textReport } from '../report';
import { closingLine } from '../report/closing';
import { isRuleId, lockRules } from '../rules';
import { Rule } from '../rules/rule';
import { isPlainObject, kindOf } from '../shape/json';
import { todayUtc } from '../text/dates';
import { printableLines } from '../text/printable';

/**
 * A validation plugin of cdk8s-cli: judges the manifests that `cdk8s synth` has written, as `cdk8s-hardened check` does.
 *
 * ```yaml
 * validations:
 *   - package: ./node_modules/cdk8s-hardened
 *     version: 1.0.0            # cdk8s-cli wants one; for a package in a folder it is only shown
 *     class: PolicyValidation
 *     properties:
 *       policy: hardened.yaml
 * ```
 *
 * Guaranteed: `cdk8s synth` ends with a status other than 0 unless every manifest it names was read, judged and found good; also
 * where the properties, the policy, the lock or the baseline cannot be used, and where there is a bug in here.
 *
 * Not guaranteed: that there are no files after a refusal. **They are written before this runs**, and cdk8s-cli leaves them there, so a
 * pipeline must stop at the exit status. cdk8s-cli names files that end in `.yaml` only. The gate (`App`, `enforce`) refuses before
 * anything is written and sees everything; this is the second line, for what leaves an app that has no gate.
 *
 * Findings name the object, the file and the line, not the construct: cdk8s-cli knows constructs by the bare `metadata.name` of
 * what they rendered, and so mixes up a Deployment and a Service of one name.
 */
export class PolicyValidation {
  private readonly props: PolicyValidationProps;

  /** Accepts anything and does not throw: `validate` reports what is wrong with the properties, and fails. */
  public constructor(props: PolicyValidationProps = {}) {
    this.props = props;
  }

  public async validate(context: PolicyValidationContext): Promise<void> {
    let isGood = false;
    let metadata: { readonly verdict: string } | undefined;
    try {
      const verdict = judgeManifests(context, this.props);
      const outcome = context.stdout ? undefined : 'the files are written all the same';
      context.logger.log(textReport(verdict, { outcome }));
      for (const violation of violationsOf(verdict)) context.report.addViolation(violation);
      metadata = { verdict: closingLine(verdict) };
      isGood = passes(verdict);
    } catch (error) {
      for (const line of problemOf(error)) context.logger.log(`cdk8s-hardened: ${line}`);
    }
    context.report.submit(isGood ? 'success' : 'failure', metadata);
  }
}

function judgeManifests(context: PolicyValidationContext, props: PolicyValidationProps): Verdict {
  const policy = policyOf(props);
  const { exemptions, knows, leavesOut } = policy;
  const file = props.baseline;
  const rules = props.rules === undefined ? '' : ` --rules ${props.rules}`;
  const baseline = file === undefined ? undefined : {
    file,
    // The gate may have more rules, and checks their lines.
    entries: readBaseline(file).filter(({ rule }) => knows(rule) && !leavesOut(rule)),
    isComplete: true,
    howToPrune: `\`cdk8s-hardened check${rules} --baseline ${file} --write-baseline ${file}\` does it, with the folder of the manifests and this policy`,
  };
  const builder = new VerdictBuilder(todayUtc());
  const { manifests, stdout = false } = context;
  // For an app whose files end in .yml or .json there are none, and nothing was judged.
  if (manifests.length === 0) builder.addError({ message: 'cdk8s-cli names no manifest: it looks for *.yaml, and found none that the app wrote' });
  const folder = stdout ? temporaryFolderOf(manifests) : '';
  judgedToTheEnd(() => {
    for (const path of manifests) judgeFile(path, builder, policy, true, path.slice(folder.length));
  });
  return builder.build(exemptions.filter(({ note }) => !leavesOut(note.rule)), baseline);
}

/** The common folder of files that are deleted afterwards: reports leave it out, and keep the rest of each name. */
function temporaryFolderOf(manifests: readonly string[]): string {
  let folder = manifests[0]?.replace(/[^/]*$/, '') ?? '';
  while (!manifests.every((path) => path.startsWith(folder))) folder = folder.replace(/[^/]*\/$/, '');
  return folder;
}

interface PluginPolicy extends Required<PolicyInForce> {
  /** Whether this is a rule of the catalogue or one of one's own that is known here. */
  readonly knows: (rule: string) => boolean;
}

/** @throws PolicyError, LockError */
function policyOf(props: unknown): PluginPolicy {
  if (!isPlainObject(props)) throw new PolicyError('invalid-policy', `properties must be an object, they are ${kindOf(props)}`);
  const { policy: named, rules: rulesFile, baseline, lock: lockFile, ...over } = props;
  if (baseline !== undefined && typeof baseline !== 'string') {
    throw new PolicyError('invalid-baseline', `properties.baseline must be the path of a file, it is ${kindOf(baseline)}`);
  }
  if (rulesFile !== undefined && typeof rulesFile !== 'string') {
    throw new PolicyError('invalid-policy', `properties.rules must be the path of a file, it is ${kindOf(rulesFile)}`);
  }
  if (lockFile !== undefined && typeof lockFile !== 'string') {
    throw new LockError('invalid-lock', `properties.lock must be the path of a file, it is ${kindOf(lockFile)}`);
  }
  if (named !== undefined && typeof named !== 'string' && !isPlainObject(named)) {
    throw new PolicyError('invalid-policy', `properties.policy must be the path of a file or a policy, it is ${kindOf(named)}`);
  }
  const own = rulesFile === undefined ? [] : readRules(rulesFile);
  const { policy, file = 'properties' } = isPlainObject(named) ? inline(named, own) : readPolicy(named, own);
  validatePolicy({ ...over, rules: own }, 'properties, besides policy, rules, baseline and lock');
  const lock = lockInForce(lockFile);
  const compiled = compilePolicy({ ...policy, ...over }, file, lock);
  const ownIds = new Set(own.map(({ id }) => id));
  return {
    compiled,
    knows: (rule) => isRuleId(rule) || ownIds.has(rule),
    exemptions: compiled.exemptions.map((exemption) => exemptionOf(exemption, file)),
    leavesOut: (rule) => lock === undefined && lockRules.has(rule),
  };
}

/** A policy in `cdk8s.yaml` has no rules; one that a program hands over may. */
function inline(policy: Policy, own: readonly Rule[]): { readonly policy: Policy; readonly file: string } {
  const { rules = [] } = policy;
  return { policy: own.length === 0 || !Array.isArray(rules) ? policy : { ...policy, rules: [...rules, ...own] }, file: 'properties.policy' };
}

function problemOf(error: unknown): readonly string[] {
  if (error instanceof PolicyError || error instanceof LockError) return printableLines(error.message);
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  return printableLines(`a bug, please report it: ${text}`);
}
