import { githubReport } from './github';
import { htmlReport } from './html';
import { jsonReport } from './json';
import { junitReport } from './junit';
import { SarifOptions, sarifReport } from './sarif';
import { TextOptions, textReport } from './text';
import { Verdict } from '../policy/verdict';

export { githubReport, htmlReport, jsonReport, junitReport, sarifReport, textReport };
export type { SarifOptions, TextOptions };

/** The forms of a report, in the order in which help lists them. */
export const formats = ['text', 'json', 'sarif', 'junit', 'github', 'html'] as const;
/** The name of a report's form. */
export type ReportFormat = (typeof formats)[number];

/** What a format does not know, it passes over. */
export interface ReportOptions extends TextOptions, SarifOptions {}

const writers: Readonly<Record<ReportFormat, (verdict: Verdict, options: ReportOptions) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  github: githubReport,
  html: htmlReport,
};

/**
 * The verdict in one of the formats. A pure function: the same verdict gives the same text, nothing is read or written.
 *
 * Whatever stands in the manifests, the text is valid in its format and holds no control character but line feeds and, in `text`
 * with `color`, the codes of the colours.
 */
export function report(format: ReportFormat, verdict: Verdict, options: ReportOptions = {}): string {
  return writers[format](verdict, options);
}
