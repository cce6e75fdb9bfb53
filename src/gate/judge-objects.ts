import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { baselineFor, pruneWhereAsked } from './baseline';
import { byMode, compileEnforcement, Enforcement, enforcementsInForce, EnforceOptions, Mode, modeOf } from './enforcement';
import { exemptionsInForce, exemptionsWithin } from './exempt';
import { refuseUnguardedInclude } from './load';
import { Rendered, renderAll, RenderedObject } from './render';
import { snapshot } from './snapshot';
import { sourceOf } from './source';
import { refuseOwnToJson } from './to-json';
import { chartsWithin, constructsWithin, objectsWithin, ownCharts, validateTree } from './tree';
import { Baseline } from '../policy/baseline';
import { Exemption } from '../policy/exemption';
import { judge } from '../policy/judge';
import { Policy } from '../policy/policy';
import { Finding, Verdict } from '../policy/verdict';
import { VerdictBuilder } from '../policy/verdict-builder';
import { todayUtc } from '../text/dates';

/** Options of judging without the policies in force. */
export type JudgeOptions = Pick<EnforceOptions, 'today' | 'lock'>;

/**
 * Judges rendered objects by the policies in force for each, and gives one verdict for each mode that occurs.
 *
 * @param root of the tree, whose exemptions are checked: each must excuse something
 */
export function judgeObjects(rendered: Rendered, root: IConstruct, today: string): Partial<Record<Mode, Verdict>> {
  const used = new Set<Exemption>();
  const builders = new Map<Mode, VerdictBuilder>();
  for (const [object, written] of rendered) {
    for (const [mode, enforcements] of byMode(enforcementsInForce(object))) {
      if (!builders.has(mode)) builders.set(mode, new VerdictBuilder(today, used));
      judgeObject(builders.get(mode)!, object, written, enforcements);
    }
  }
  const due = exemptionsDue(rendered, root);
  return Object.fromEntries([...builders].map(([mode, builder]) => {
    const baseline = baselineFor(rendered, mode);
    const build = (held?: Baseline) => builder.build(due.get(mode) ?? [], held);
    return [mode, baseline === undefined ? build() : pruneWhereAsked(baseline, build)];
  }));
}

/**
 * Judges what a construct and everything below it renders to, by one policy alone, with its images pinned by one lock where one is given;
 * policies and locks in force are not asked, except by workloads for what they fill in, and no finding is refused.
 *
 * As in the gate, the whole tree is validated first, and what the gate cannot judge is an error here too.
 *
 * Renders each object once more, which with cdk8s-plus' `spread: true` changes the next rendering.
 *
 * @throws PolicyError `invalid-policy`, or `unjudged` where the gate throws that; LockError `invalid-lock`; Error where a validation fails
 */
export function judgeTree(root: IConstruct, policy: Policy, options: JudgeOptions = {}): Verdict {
  const enforcement = compileEnforcement(root, policy, options);
  const builder = new VerdictBuilder(options.today ?? todayUtc());
  validateTree(root.node.root);
  const around = root.node.scopes.filter((scope): scope is Chart => Chart.isChart(scope));
  for (const chart of [...around, ...chartsWithin(root)]) refuseOwnToJson(chart);
  if ('charts' in root) ownCharts(root, root.charts as Chart[]);
  const rendered = renderAll(() => objectsWithin(root), () => [enforcement]);
  constructsWithin(root).forEach(refuseUnguardedInclude);
  for (const [object, written] of rendered) judgeObject(builder, object, written, [enforcement]);
  return builder.build([...exemptionsWithin(root), ...enforcement.exemptions]);
}

function judgeObject(
  builder: VerdictBuilder, object: ApiObject, { json, manifests }: RenderedObject, enforcements: readonly Enforcement[],
): void {
  const origin = { construct: pathOf(object) };
  const declared = exemptionsInForce(object);
  const places = new Map<string, MergedFindings>();
  builder.addDocument();
  for (const [index, { policy, exemptions }] of enforcements.entries()) {
    // A custom rule could change the object it is given, and so what is written: it gets a copy.
    const judged = policy.hasOwnRules ? judge(snapshot(json, object), policy, origin) : judge(json, policy, origin, manifests);
    builder.addDeclared(judged.flatMap((each) => each.exemptions));
    if (index === 0) builder.addPods(judged.flatMap(({ pods }) => pods));
    // Each with its own annotations: of two objects in one list, none may excuse the other, whatever their names.
    for (const { findings, exemptions: itsOwn } of judged) {
      const decision = [...declared, ...exemptions, ...itsOwn];
      for (const finding of findings) {
        const key = keyOf(finding);
        const place = places.get(key) ?? { first: index, findings: [], decisions: new Set() };
        places.set(key, place);
        // Where several policies find the same, it is one finding, with the message of the outermost.
        if (place.first === index) place.findings.push(finding);
        place.decisions.add(decision);
      }
    }
  }
  if (places.size === 0) return;
  // Only now, because formatting a stack takes time, and most objects have no findings.
  const source = sourceOf(object);
  for (const { findings, decisions } of places.values()) {
    for (const finding of findings) builder.addFinding(source === undefined ? finding : { ...finding, source }, ...decisions);
  }
}

/** What the policies found at one place by one rule: it is excused only where each of them that found it excuses it. */
interface MergedFindings {
  /** The index of the outermost policy that found it. */
  readonly first: number;
  readonly findings: Finding[];
  readonly decisions: Set<readonly Exemption[]>;
}

/** The path as an author knows it: `Resource` and `Default` are what libraries call the object within their construct. */
function pathOf(object: ApiObject): string {
  return object.node.path.replace(/\/(?:Resource|Default)$/, '');
}

/** With the detail: two policies that demand different pull secrets of one pod find two things at one place. */
function keyOf({ rule, pointer, container, detail }: Finding): string {
  return JSON.stringify([rule, pointer, container, detail]);
}

/** The exemptions that must excuse something, by the mode they belong to: those whose whole scope was judged. */
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
    for (const enforcement of itsOwn) inForce.push(enforcement);
  }
  if (inForce.length === 0) return undefined;
  return inForce.some(({ options }) => modeOf(options) === 'enforce') ? 'enforce' : 'report';
}
