import { IConstruct } from 'constructs';
import { EnforceOptions, enforcementsInForce } from './enforcement';
import { Rendered, judgeObjects } from './judge-objects';
import { writeWhole } from '../files/write-whole';
import { PolicyError } from '../policy/error';
import { passes, Verdict } from '../policy/verdict';
import { formats, report, textReport } from '../report';
import { todayUtc } from '../text/dates';

/**
 * Judges rendered objects, tells those who listen, and refuses.
 *
 * @throws PolicyError `refused`, with the report as its message
 */
export function pronounce(rendered: Rendered, root: IConstruct): void {
  const all = new Set([...rendered.keys()].flatMap((object) => enforcementsInForce(object)));
  const options = [...all].map((enforcement) => enforcement.options);
  const today = latestDay(rendered);
  const { enforce, report: reported } = judgeObjects(rendered, root, today);
  if (reported !== undefined) announce(reported, options.filter(({ mode }) => mode === 'report'), printUnlessPassed);
  if (enforce === undefined) return;
  // Asked first: a listener holds the verdict, and could change it.
  const isPassed = passes(enforce);
  announce(enforce, options.filter(({ mode }) => mode !== 'report'), () => undefined);
  if (!isPassed) {
    throw new PolicyError('refused', `refused by the policy\n\n${textReport(enforce, { outcome: 'nothing was written' })}\n`, enforce);
  }
}

/** That of the outermost policies, and of several the latest: a nested policy must not turn back the calendar for what is around it. */
function latestDay(rendered: Rendered): string {
  const outermost = new Set([...rendered.keys()].flatMap((object) => enforcementsInForce(object).slice(0, 1)));
  // Without an object there is no verdict, and no day is asked for.
  return [...outermost].map(({ options }) => options.today ?? todayUtc()).sort().slice(-1).join('');
}

function announce(verdict: Verdict, options: readonly EnforceOptions[], otherwise: (verdict: Verdict) => void): void {
  const listeners = new Set(options.flatMap(({ onVerdict }) => onVerdict ?? []));
  if (listeners.size === 0) otherwise(verdict);
  for (const listener of listeners) listener(verdict);
  for (const { reports = {} } of new Set(options)) {
    for (const format of formats) {
      const file = reports[format];
      if (file !== undefined) writeWhole(file, `${report(format, verdict)}\n`);
    }
  }
}

function printUnlessPassed(verdict: Verdict): void {
  if (!passes(verdict)) process.stderr.write(`${textReport(verdict)}\n`);
}
