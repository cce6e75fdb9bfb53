import { IConstruct } from 'constructs';
import { enforcementsInForce, EnforceOptions, modeOf } from './enforcement';
import { judgeObjects } from './judge-objects';
import { Rendered } from './render';
import { writeWhole } from '../files/write-whole';
import { PolicyError } from '../policy/error';
import { passes, Verdict } from '../policy/verdict';
import { formats, report, textReport } from '../report';
import { todayUtc } from '../text/dates';

/**
 * Judges rendered objects, hands each verdict to the listeners and the report files of the policies in its mode, and refuses.
 *
 * @throws PolicyError `refused`, with the report as its message
 */
export function announce(rendered: Rendered, root: IConstruct): void {
  const all = new Set([...rendered.keys()].flatMap((object) => enforcementsInForce(object)));
  const verdicts = judgeObjects(rendered, root, latestDay(rendered));
  for (const mode of ['report', 'enforce'] as const) {
    const verdict = verdicts[mode];
    if (verdict === undefined) continue;
    const options = [...all].map((enforcement) => enforcement.options).filter((each) => modeOf(each) === mode);
    // Before the listeners, which could change the verdict.
    const isPassed = passes(verdict);
    const listeners = new Set(options.flatMap(({ onVerdict }) => onVerdict ?? []));
    if (mode === 'report' && !isPassed && listeners.size === 0) process.stderr.write(`${textReport(verdict)}\n`);
    for (const listener of listeners) listener(verdict);
    for (const { reports = {} } of new Set(options)) writeReports(reports, verdict);
    if (mode === 'enforce' && !isPassed) {
      throw new PolicyError('refused', `refused by the policy\n\n${textReport(verdict, { outcome: 'nothing was written' })}\n`, verdict);
    }
  }
}

/** `today` of the outermost policies, and of several the latest: a nested policy must not set an earlier day for what is around it. */
function latestDay(rendered: Rendered): string {
  const outermost = new Set([...rendered.keys()].flatMap((object) => enforcementsInForce(object).slice(0, 1)));
  // Without an object there is no verdict, and no day is needed.
  return [...outermost].map(({ options }) => options.today ?? todayUtc()).sort().slice(-1).join('');
}

function writeReports(reports: NonNullable<EnforceOptions['reports']>, verdict: Verdict): void {
  for (const format of formats) {
    const file = reports[format];
    if (file !== undefined) writeWhole(file, `${report(format, verdict)}\n`);
  }
}
