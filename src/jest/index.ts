import { Construct, IConstruct } from 'constructs';
import { JudgeOptions, judgeTree } from '../gate/court';
import { Policy } from '../policy/policy';
import { passes } from '../policy/verdict';
import { textReport } from '../report/text';
import { RuleId } from '../rules';
import { Rule } from '../rules/rule';

interface PolicyMatchers<R> {
  /**
   * The app, chart or construct renders to nothing that the policy refuses. The failure message is the report.
   *
   * Judges by this policy alone, whatever `enforce` put in force; with a `lock`, as it would be written with that one. What workloads
   * fill in from a policy or a lock is still from those in force.
   */
  toSatisfyPolicy(policy: Policy, options?: JudgeOptions): R;
  /** The policy finds something in it by this rule; with `.not`, nothing by this rule. */
  toViolate(rule: RuleId | Rule, policy: Policy, options?: JudgeOptions): R;
}

declare global {
  // The name and the form of a declaration in @types/jest, which this one adds to.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // An interface is only merged with one that has the same type parameters, used or not.
    // eslint-disable-next-line @typescript-eslint/no-unused-vars
    interface Matchers<R, T = {}> extends PolicyMatchers<R> {}
  }
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

function constructOf(received: unknown): IConstruct {
  if (Construct.isConstruct(received)) return received;
  throw new TypeError('expected an app, a chart or another construct; a manifest is judged by the chart it comes from');
}

/** The matchers, for a `expect.extend` of your own; importing this module has already extended the global `expect`. */
export const matchers = {
  toSatisfyPolicy(received: unknown, policy: Policy, options?: JudgeOptions): MatcherResult {
    const verdict = judgeTree(constructOf(received), policy, options);
    return { pass: passes(verdict), message: () => textReport(verdict) };
  },

  toViolate(received: unknown, rule: RuleId | Rule, policy: Policy, options?: JudgeOptions): MatcherResult {
    const id = typeof rule === 'string' ? rule : rule.id;
    const verdict = judgeTree(constructOf(received), policy, options);
    return {
      pass: verdict.findings.some((finding) => finding.rule === id),
      message: () => `findings of ${id}: ${verdict.rules[id] ?? 0}\n\n${textReport(verdict)}`,
    };
  },
};

const { expect } = globalThis as { readonly expect?: { extend(extension: typeof matchers): void } };
expect?.extend(matchers);
