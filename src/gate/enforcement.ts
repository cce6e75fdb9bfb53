import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { type OwnLock, ownLock } from './own-lock';
import { objectsWithin } from './tree';
import type { Lock } from '../lock/lock';
import type { LockJson } from '../lock/locked-images';
import { CompiledPolicy, compilePolicy } from '../policy/compile';
import { Exemption, exemptionOf } from '../policy/exemption';
import { Policy } from '../policy/policy';
import { Verdict } from '../policy/verdict';
import { ReportFormat } from '../report';
import { RuleContext } from '../rules/rule';

/** Whether the gate refuses, or only reports what it would refuse. */
export type Mode = 'enforce' | 'report';

/** How a policy is enforced. */
export interface EnforceOptions {
  /**
   * `enforce` refuses; `report` prints what it would refuse, and lets it pass. It is a mode of the whole policy, never of one rule.
   *
   * @default 'enforce'
   */
  readonly mode?: Mode;
  /**
   * The day on which exemptions are judged, `YYYY-MM-DD`; set it in tests that must still pass after an exemption has ended.
   *
   * @default - today, in UTC
   */
  readonly today?: string;
  /**
   * Is given every verdict before it takes effect, also one that passes.
   *
   * @default - in the mode `report` the text of a verdict that does not pass goes to stderr
   */
  readonly onVerdict?: (verdict: Verdict) => void;
  /**
   * A file with the findings that an old app already had: they pass, all others are refused, and so is a line that no longer
   * occurs. `cdk8s-hardened check --write-baseline` makes it, or `writeBaseline`. With `CDK8S_HARDENED_BASELINE=prune` in the
   * environment, the lines that no longer occur are taken out of it instead. Only the outermost policy may have one.
   *
   * @default - no finding passes
   */
  readonly baseline?: string;
  /**
   * Reports to write of every verdict, by format: `{ html: 'posture.html', sarif: 'findings.sarif' }`.
   *
   * @default - none
   */
  readonly reports?: Readonly<Partial<Record<ReportFormat, string>>>;
  /**
   * Which digest each tag means: `Lock.fromFile('images.lock.json')`, or the JSON of an `import`. `nginx:1.27` is written as
   * `nginx:1.27@sha256:…`, in the image fields of pods and nowhere else, before it is judged; also in the mode `report`.
   *
   * What has a digest keeps it, and where policies nest, the outermost lock pins first. The lock is read once, when it is put in
   * force: a change of it later is not seen. It trusts no registry, and an image that it does not hold stays as it is.
   *
   * @default - nothing is pinned, and the rules that need a lock are silent
   */
  readonly lock?: Lock | LockJson;
}

/** A policy in force for a construct and everything below it. */
export interface Enforcement {
  readonly construct: IConstruct;
  readonly policy: CompiledPolicy;
  readonly exemptions: readonly Exemption[];
  readonly options: EnforceOptions;
  readonly lock: OwnLock | undefined;
}

const enforced = new WeakMap<IConstruct, Enforcement[]>();

/** @throws PolicyError `invalid-policy`; LockError `invalid-lock` */
export function compileEnforcement(construct: IConstruct, policy: Policy, options: EnforceOptions): Enforcement {
  const whose = construct.node.path ? ` of ${construct.node.path}` : '';
  const lock = options.lock === undefined ? undefined : ownLock(options.lock, `lock${whose}`);
  const compiled = compilePolicy(policy, `policy${whose}`, lock?.images);
  return { construct, policy: compiled, exemptions: compiled.exemptions.map((exemption) => exemptionOf(exemption, 'policy')), options, lock };
}

/** @throws PolicyError `invalid-policy`; LockError `invalid-lock` */
export function addEnforcement(construct: IConstruct, policy: Policy, options: EnforceOptions): void {
  enforced.set(construct, [...enforced.get(construct) ?? [], compileEnforcement(construct, policy, options)]);
  known = new WeakMap();
}

/**
 * What was found so far. Asked once for each construct, so that one whose `scope` answers differently each time cannot be judged in one
 * place and written in another. Only a new policy makes it wrong.
 */
let known = new WeakMap<IConstruct, readonly Enforcement[]>();

/** The policies in force for a construct, outermost first. All of them hold: a nested one can only tighten. */
export function enforcementsInForce(construct: IConstruct): readonly Enforcement[] {
  const found = known.get(construct);
  if (found !== undefined) return found;
  const { scope } = construct.node;
  const inForce = [...scope === undefined ? [] : enforcementsInForce(scope), ...enforced.get(construct) ?? []];
  known.set(construct, inForce);
  return inForce;
}

export function isEnforced(construct: IConstruct): boolean {
  return enforcementsInForce(construct).length > 0;
}

export function enforcedObjectsWithin(root: IConstruct): ApiObject[] {
  return objectsWithin(root).filter(isEnforced);
}

/** What the rules know of those policies. */
export function contextsInForce(construct: IConstruct): readonly RuleContext[] {
  return enforcementsInForce(construct).map(({ policy }) => policy.context);
}

/** In JavaScript it may be any text: what is not `report` must not let a finding pass. */
export function modeOf({ mode }: EnforceOptions): Mode {
  return mode === 'report' ? 'report' : 'enforce';
}

export function byMode(enforcements: readonly Enforcement[]): Map<Mode, Enforcement[]> {
  const modes = new Map<Mode, Enforcement[]>();
  for (const enforcement of enforcements) {
    const mode = modeOf(enforcement.options);
    modes.set(mode, [...modes.get(mode) ?? [], enforcement]);
  }
  return modes;
}
