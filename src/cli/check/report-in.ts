import type { Verdict } from '../../policy/verdict';
import type { ReportFormat, ReportOptions } from '../../report';

/* eslint-disable @typescript-eslint/no-require-imports -- `import()` is asynchronous, and one command writes one report. */
/** The form that is asked for is the only one that is loaded: the page and its style cost a tenth of the start. */
const writers: Readonly<Record<ReportFormat, () => (verdict: Verdict, options: ReportOptions) => string>> = {
  text: () => (require('../../report/text') as typeof import('../../report/text')).textReport,
  json: () => (require('../../report/json') as typeof import('../../report/json')).jsonReport,
  sarif: () => (require('../../report/sarif') as typeof import('../../report/sarif')).sarifReport,
  junit: () => (require('../../report/junit') as typeof import('../../report/junit')).junitReport,
  github: () => (require('../../report/github') as typeof import('../../report/github')).githubReport,
  html: () => (require('../../report/html') as typeof import('../../report/html')).htmlReport,
};

/** As `report` of the library, which loads all of them. */
export function reportIn(format: ReportFormat, verdict: Verdict, options: ReportOptions): string {
  return writers[format]()(verdict, options);
}
