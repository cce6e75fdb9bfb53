import { Verdict } from '../policy/verdict';

/** What a pipeline reads: the contract of every command. */
export const exitStatus = { passed: 0, findings: 1, unjudged: 2 } as const;

/** What could not be judged weighs more than what was found: a pipeline that allows findings must still stop. */
export function exitStatusOf(verdict: Verdict): number {
  if (verdict.errors.some((error) => !error.stale)) return exitStatus.unjudged;
  return verdict.findings.length + verdict.errors.length > 0 ? exitStatus.findings : exitStatus.passed;
}
