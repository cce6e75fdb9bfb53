import { ApiObject } from 'cdk8s';
import { byMode, enforcedObjectsWithin, Enforcement, enforcementsInForce, Mode } from './enforcement';
import { writeWhole } from '../files/write-whole';
import { Baseline, baselineOf, formatBaseline } from '../policy/baseline';
import { readBaseline } from '../policy/baseline-file';
import { PolicyError } from '../policy/error';
import { Verdict } from '../policy/verdict';

/** The baseline in force for objects in one mode. A tree has at most one. @throws PolicyError `invalid-baseline` */
export function baselineFor(rendered: ReadonlyMap<ApiObject, unknown>, mode: Mode): Baseline | undefined {
  const having = new Set<Enforcement>();
  for (const object of rendered.keys()) {
    for (const [index, enforcement] of (byMode(enforcementsInForce(object)).get(mode) ?? []).entries()) {
      const { baseline } = enforcement.options;
      if (baseline === undefined) continue;
      if (index > 0) throw nestedBaseline(enforcement, baseline);
      having.add(enforcement);
    }
  }
  const [first, second] = having;
  if (first === undefined) return undefined;
  const file = first.options.baseline!;
  if (second !== undefined) throw new PolicyError('invalid-baseline', `${file}: a tree has one baseline, and this one has ${having.size}`);
  return {
    file,
    entries: readBaseline(file),
    isComplete: enforcedObjectsWithin(first.construct).every((object) => rendered.has(object)),
    howToPrune: `${pruneVariable}=prune on the next synth does it`,
  };
}

const pruneVariable = 'CDK8S_HARDENED_BASELINE';

/** Removes from the file what no longer occurs, where the environment asks for it. It never adds a line. */
export function pruneWhereAsked(baseline: Baseline, build: (baseline: Baseline) => Verdict): Verdict {
  if (process.env[pruneVariable] !== 'prune' || !baseline.isComplete) {
    const judged = build(baseline);
    for (const note of judged.notes ?? []) warnOnce(note);
    return judged;
  }
  const verdict = build({ ...baseline, isComplete: false });
  writeWhole(baseline.file, formatBaseline(baselineOf(verdict.baselined)));
  return verdict;
}

const warned = new Set<string>();

/** Once for each note: cdk8s may have the app judged once for each of its charts. */
function warnOnce(note: string): void {
  if (warned.has(note)) return;
  warned.add(note);
  process.emitWarning(note, 'cdk8s-hardened');
}

/** It would let pass what the policy around it refuses. */
function nestedBaseline({ construct }: Enforcement, file: string): PolicyError {
  const where = construct.node.path || 'the app';
  return new PolicyError('invalid-baseline', `${file}: only the outermost policy may have a baseline, the one of ${where} is within another`);
}

/**
 * Writes the findings of a verdict as a baseline: `onVerdict: (verdict) => writeBaseline('baseline.jsonl', verdict)`, once, in the
 * mode `report`. What is written lets those findings pass and no others.
 *
 * @throws Error where the file cannot be written; the old one then stays whole
 */
export function writeBaseline(file: string, verdict: Verdict): void {
  writeWhole(file, formatBaseline(baselineOf([...verdict.baselined, ...verdict.findings])));
}
