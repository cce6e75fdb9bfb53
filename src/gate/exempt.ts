import { IConstruct } from 'constructs';
import { PolicyError } from '../policy/error';
import { Exemption, isFrom } from '../policy/exemption';
import { isRuleId, RuleId } from '../rules';
import { Rule } from '../rules/rule';
import { isDay } from '../text/dates';
import { quoted } from '../text/text';

/** Every rule except `manifest`: what cannot be read cannot be judged, so it cannot be exempted. */
export type ExemptibleRule = Exclude<RuleId, 'manifest'>;

/**
 * A decision to accept what a rule finds.
 *
 * One from `host-path` holds for `host-path-volumes` and `volume-types` too, where they are about the same volume.
 */
export interface ExemptionProps {
  /** The id of a rule, or a rule of your own made with `defineRule`. */
  readonly rule: ExemptibleRule | Rule;
  /** Why the finding is accepted; every report shows it. */
  readonly reason: string;
  /** Who is responsible for it. @default - nobody is named */
  readonly owner?: string;
  /** The last day it applies, `YYYY-MM-DD` in UTC. @default - it does not end */
  readonly until?: string;
  /** Name of the only container that is exempted. @default - the pod and all its containers */
  readonly container?: string;
}

interface ConstructExemption extends Exemption {
  readonly construct: IConstruct;
}

const declared = new WeakMap<IConstruct, ConstructExemption[]>();

/**
 * Accepts what a rule finds in a construct and everything below it; siblings are not excused.
 *
 * Every report lists it. Once it excuses nothing, or its last day is past, the synth fails and says so.
 *
 * @throws PolicyError `invalid-exemption`: no reason, no such rule, not a day
 */
export function exempt(construct: IConstruct, props: ExemptionProps): void {
  const rule = typeof props.rule === 'string' ? props.rule : props.rule?.id;
  const { reason, owner, until, container } = props;
  const where = `exemption at ${construct.node.path || 'the app'}`;
  const refuse = (problem: string) => new PolicyError('invalid-exemption', `${where}: ${problem}`);

  if (typeof props.rule === 'string' && !isRuleId(props.rule)) throw refuse(`${quoted(props.rule)} is no rule`);
  if (typeof rule !== 'string') throw refuse('rule must be the id of a rule, or a rule made with defineRule');
  if (rule === 'manifest') throw refuse("there is none from 'manifest': what cannot be read cannot be judged");
  if (typeof reason !== 'string' || reason.trim() === '') throw refuse('reason is missing; write why the finding is accepted');
  if (until !== undefined && !isDay(until)) throw refuse(`until must be a day such as 2030-12-31, it is ${quoted(String(until))}`);

  const exemption: ConstructExemption = {
    construct,
    note: {
      rule,
      scope: construct.node.path || 'the app',
      reason,
      ...container !== undefined && { container },
      ...owner !== undefined && { owner },
      ...until !== undefined && { until },
    },
    covers: (finding) => isFrom(rule, finding) && (container === undefined || finding.container === container),
  };
  declared.set(construct, [...declared.get(construct) ?? [], exemption]);
}

/** The exemptions declared at a construct and around it. */
export function exemptionsInForce(construct: IConstruct): readonly ConstructExemption[] {
  return construct.node.scopes.flatMap((scope) => declared.get(scope) ?? []);
}

/** The exemptions declared at a construct and below it. */
export function exemptionsWithin(root: IConstruct): readonly ConstructExemption[] {
  return root.node.findAll().flatMap((construct) => declared.get(construct) ?? []);
}
