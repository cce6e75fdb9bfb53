import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { compileEnforcement, Enforcement, enforcementsInForce, EnforceOptions, Mode } from './enforcement';
import { exemptionsInForce, exemptionsWithin } from './exempt';
import { render } from './guard';
import { snapshot } from './snapshot';
import { sourceOf } from './source';
import { objectsWithin } from './tree';
import { todayUtc } from '../policy/dates';
import { Exemption } from '../policy/exemption';
import { judge } from '../policy/judge';
import { Ledger } from '../policy/ledger';
import { Policy } from '../policy/policy';
import { Finding, Verdict } from '../policy/verdict';

/** The JSON of each object, as it will be written. */
export type Rendered = ReadonlyMap<ApiObject, unknown>;

export type Verdicts = Partial<Record<Mode, Verdict>>;

/**
 * Judges rendered objects by the policies in force for each, and gives one verdict for each mode that occurs.
 *
 * @param root of the tree, whose exemptions are held against their word
 */
export function tryObjects(rendered: Rendered, root: IConstruct, today: string): Verdicts {
  const used = new Set<Exemption>();
  const ledgers = new Map<Mode, Ledger>();
  for (const [object, json] of rendered) {
    for (const [mode, enforcements] of byMode(enforcementsInForce(object))) {
      if (!ledgers.has(mode)) ledgers.set(mode, new Ledger(today, used));
      enterObject(ledgers.get(mode)!, object, json, enforcements);
    }
  }
  const due = exemptionsDue(rendered, root);
  return Object.fromEntries([...ledgers].map(([mode, ledger]) => [mode, ledger.conclude(due.get(mode) ?? [])]));
}

/**
 * Judges what a construct and everything below it renders to, by one policy alone; policies in force are not asked, and nothing is refused.
 *
 * Renders each object once more, which with cdk8s-plus' `spread: true` changes the next rendering.
 *
 * @throws PolicyError `invalid-policy`
 */
export function judgeTree(root: IConstruct, policy: Policy, options: Pick<EnforceOptions, 'today'> = {}): Verdict {
  const enforcement = compileEnforcement(root, policy, options);
  const ledger = new Ledger(options.today ?? todayUtc());
  for (const object of objectsWithin(root)) enterObject(ledger, object, snapshot(render(object), object), [enforcement]);
  return ledger.conclude([...exemptionsWithin(root), ...enforcement.exemptions]);
}

function byMode(enforcements: readonly Enforcement[]): Map<Mode, Enforcement[]> {
  const modes = new Map<Mode, Enforcement[]>();
  for (const enforcement of enforcements) {
    const mode = enforcement.options.mode ?? 'enforce';
    modes.set(mode, [...modes.get(mode) ?? [], enforcement]);
  }
  return modes;
}

export function enterObject(ledger: Ledger, object: ApiObject, json: unknown, enforcements: readonly Enforcement[]): void {
  const origin = originOf(object);
  const declared = exemptionsInForce(object);
  const known = new Set<string>();
  ledger.enterDocument();
  for (const [index, { policy, exemptions }] of enforcements.entries()) {
    const found: Finding[] = [];
    for (const judged of judge(json, policy, origin)) {
      if (index === 0) ledger.enterPods(judged);
      found.push(...judged.findings);
      // Where several policies find the same, it is one finding, told in the words of the outermost.
      const fresh = judged.findings.filter((finding) => !known.has(keyOf(finding)));
      for (const finding of fresh) ledger.enterFinding(finding, [...declared, ...exemptions]);
    }
    for (const finding of found) known.add(keyOf(finding));
  }
}

function originOf(object: ApiObject) {
  const source = sourceOf(object);
  return { construct: pathOf(object), ...source !== undefined && { source } };
}

/** The path as an author knows it: `Resource` and `Default` are what libraries call the object within their construct. */
function pathOf(object: ApiObject): string {
  return object.node.path.replace(/\/(?:Resource|Default)$/, '');
}

function keyOf({ rule, pointer, container }: Finding): string {
  return JSON.stringify([rule, pointer, container]);
}

/** The exemptions that can be held against their word, by the mode they belong to: those whose whole scope was judged. */
function exemptionsDue(rendered: Rendered, root: IConstruct): Map<Mode, Exemption[]> {
  const due = new Map<Mode, Exemption[]>();
  const enforcements = new Set([...rendered.keys()].flatMap((object) => enforcementsInForce(object)));
  for (const { construct, exemptions } of [
    ...exemptionsWithin(root).map((exemption) => ({ construct: exemption.construct, exemptions: [exemption] })),
    ...enforcements,
  ]) {
    const mode = exemptions.length > 0 && modeOfWhole(construct, rendered);
    if (mode) due.set(mode, [...due.get(mode) ?? [], ...exemptions]);
  }
  return due;
}

/** The strictest mode in a scope; `undefined` where a part of it was not judged, or no policy is in force. */
function modeOfWhole(scope: IConstruct, rendered: Rendered): Mode | undefined {
  const inForce = [...enforcementsInForce(scope)];
  for (const object of objectsWithin(scope)) {
    const itsOwn = enforcementsInForce(object);
    if (itsOwn.length > 0 && !rendered.has(object)) return undefined;
    inForce.push(...itsOwn);
  }
  if (inForce.length === 0) return undefined;
  return inForce.some(({ options }) => options.mode !== 'report') ? 'enforce' : 'report';
}
