import { Resource } from '../manifest/pod';
import { Fault, Severity } from '../rules/rule';

/** Where a document came from, as far as it is known. */
export interface Origin {
  /** Path of the construct that rendered it. */
  readonly construct?: string;
  /** `file:line` of the TypeScript that made the construct. */
  readonly source?: string;
  /** The file it was read from. */
  readonly file?: string;
  /** Which document of the file, from 0. */
  readonly document?: number;
}

/** One place where a rule is not met. */
export interface Finding extends Fault, Origin {
  readonly rule: string;
  /** That of the rule. */
  readonly severity: Severity;
  readonly fix: string;
  readonly resource: Resource;
  /**
   * Where the pod is in an object of a kind that may hold several, by names: `spec.replicatedJobs[driver].template.spec`.
   *
   * @default - the kind has one pod, or the finding is not of one pod alone
   */
  readonly pod?: string;
  /** Line in the file, from 1, where it was read from a file. */
  readonly line?: number;
  /**
   * The line of the manifest with the value that is wrong, and a second with carets under it.
   *
   * @default - it is not shown, or was not read from a file
   */
  readonly excerpt?: string;
}

/** What a report says of an exemption. */
export interface ExemptionNote {
  readonly rule: string;
  /** Where it holds, in words: a construct path, or the selectors of a policy file. */
  readonly scope: string;
  readonly container?: string;
  readonly reason: string;
  readonly owner?: string;
  /** The last day it holds, `YYYY-MM-DD`. */
  readonly until?: string;
}

/** A finding that passes, and the exemption that lets it. */
export interface ExemptedFinding extends Finding {
  readonly exemption: ExemptionNote;
}

/** What stops a verdict from passing besides findings: what could not be read, so that nothing is known of it, or what is stale. */
export interface VerdictError {
  /** It is about an exemption or a baseline entry that no longer applies; all has been judged. @default false */
  readonly stale?: boolean;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** What was judged and found, in numbers. */
export interface Summary {
  readonly files: number;
  readonly documents: number;
  readonly pods: number;
  readonly containers: number;
  readonly findings: number;
  readonly exempted: number;
  readonly errors: number;
}

/** What a pod looked like to the report: which workload, which images. */
export interface JudgedPod extends Origin {
  readonly resource: Resource;
  readonly containers: readonly string[];
  readonly images: readonly string[];
}

/**
 * The whole outcome of judging some documents. Reports are functions of this alone.
 *
 * It passes when there are neither findings nor errors.
 */
export interface Verdict {
  readonly summary: Summary;
  /** Number of findings by rule id; a rule without findings is left out. */
  readonly rules: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  readonly exempted: readonly ExemptedFinding[];
  /** The findings that the baseline lets pass. */
  readonly baselined: readonly Finding[];
  /** Every exemption that excused something. */
  readonly exemptions: readonly ExemptionNote[];
  readonly errors: readonly VerdictError[];
  /** What a reader should know, though the outcome does not depend on it. @default - nothing */
  readonly notes?: readonly string[];
  readonly pods: readonly JudgedPod[];
  /** Number of documents that are no Kubernetes objects, by what they are: `without-kind` for the values of a chart, `list`, … */
  readonly passedOver: Readonly<Record<string, number>>;
  /** The day on which the exemptions were judged, `YYYY-MM-DD`. */
  readonly today: string;
}

export function passes(verdict: Verdict): boolean {
  return verdict.findings.length === 0 && verdict.errors.length === 0;
}
