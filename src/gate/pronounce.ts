import { IConstruct } from 'constructs';
import { Rendered, tryObjects } from './court';
import { EnforceOptions, enforcementsInForce } from './enforcement';
import { todayUtc } from '../policy/dates';
import { PolicyError } from '../policy/error';
import { passes, Verdict } from '../policy/verdict';
import { formats, report, textReport } from '../report';
import { writeWhole } from '../report/file';

/**
 * Judges rendered objects, tells those who listen, and refuses.
 *
 * @throws PolicyError `refused`, with the report as its message
 */
export function pronounce(rendered: Rendered, root: IConstruct): void {
  const all = new Set([...rendered.keys()].flatMap((object) => enforcementsInForce(object)));
  const options = [...all].map((enforcement) => enforcement.options);
  const today = options.find((option) => option.today !== undefined)?.today ?? todayUtc();
  const { enforce, report: reported } = tryObjects(rendered, root, today);
  if (reported !== undefined) announce(reported, options.filter(({ mode }) => mode === 'report'), printUnlessPassed);
  if (enforce === undefined) return;
  announce(enforce, options.filter(({ mode }) => mode !== 'report'), () => undefined);
  if (!passes(enforce)) {
    throw new PolicyError('refused', `refused by the policy\n\n${textReport(enforce, { outcome: 'nothing was written' })}\n`, enforce);
  }
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
