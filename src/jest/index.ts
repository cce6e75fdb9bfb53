import { Construct, IConstruct } from 'constructs';
import { JudgeOptions, judgeTree } from '../gate/judge-objects';
import { PolicyError } from '../policy/error';
import { Policy } from '../policy/policy';
import { passes, Verdict } from '../policy/verdict';
import { textReport } from '../report/text';
import { RuleId } from '../rules';
import { Rule } from '../rules/rule';

/** What a matcher judges by besides the policy. */
export interface MatcherOptions extends JudgeOptions {
  /**
   * Whether a tree without any object will do: most often it is a test that forgot to build what it is about.
   *
   * @default false
   */
  readonly allowEmpty?: boolean;
}

interface PolicyMatchers<R> {
  /**
   * The app, chart or construct holds an object, and renders to nothing that the gate would refuse under this policy: validations are
   * run, and what cannot be judged does not satisfy it. The failure message is the report.
   *
   * Judges by this policy alone, whatever `enforce` put in force; with a `lock`, as it would be written with that one. What workloads
   * fill in from a policy or a lock is still from those in force.
   */
  toSatisfyPolicy(policy: Policy, options?: MatcherOptions): R;
  /** The policy finds something in it by this rule; with `.not`, nothing by this rule. */
  toViolate(rule: RuleId | Rule, policy: Policy, options?: MatcherOptions): R;
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

const nothingToJudge = 'there is no object to judge; add what the test is about, or say { allowEmpty: true }';

function isEmpty({ summary }: Verdict, { allowEmpty = false }: MatcherOptions): boolean {
  return summary.documents === 0 && !allowEmpty;
}

/** The matchers, for a `expect.extend` of your own; importing this module has already extended the global `expect`. */
export const matchers = {
  toSatisfyPolicy(received: unknown, policy: Policy, options: MatcherOptions = {}): MatcherResult {
    try {
      const verdict = judgeTree(constructOf(received), policy, options);
      if (isEmpty(verdict, options)) return { pass: false, message: () => nothingToJudge };
      return { pass: passes(verdict), message: () => textReport(verdict) };
    } catch (error) {
      if (error instanceof PolicyError && error.code === 'unjudged') return { pass: false, message: () => error.message };
      throw error;
    }
  },

  toViolate(received: unknown, rule: RuleId | Rule, policy: Policy, options: MatcherOptions = {}): MatcherResult {
    const id = typeof rule === 'string' ? rule : rule.id;
    const verdict = judgeTree(constructOf(received), policy, options);
    // Thrown, because with .not it would pass.
    if (isEmpty(verdict, options)) throw new Error(nothingToJudge);
    return {
      pass: verdict.findings.some((finding) => finding.rule === id),
      message: () => `findings of ${id}: ${verdict.rules[id] ?? 0}\n\n${textReport(verdict)}`,
    };
  },
};

const { expect } = globalThis as { readonly expect?: { extend(extension: typeof matchers): void } };
expect?.extend(matchers);
