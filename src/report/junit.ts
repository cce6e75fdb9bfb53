import { gravestFirst, groupBy, resourceKey } from './group';
import { markup } from './markup';
import { filePlace, Place, placeOf, placeText, titleOf } from './place';
import { ExemptedFinding, Finding, Verdict, VerdictError } from '../policy/verdict';

interface Case {
  readonly title: string;
  readonly name: string;
  readonly place: Place | undefined;
  readonly outcome?: 'failure' | 'error' | 'skipped';
  readonly message?: string;
  readonly text?: string;
}

/**
 * The report as the XML that test runners of pipelines read: a suite for each object, a case for each finding.
 *
 * A finding is a failure, an exempted finding is skipped with its reason, an error is an error. An object without findings is a
 * suite with one passing case, so that a green report shows what was judged. The findings of the gravest rules come first, in a suite
 * and among suites; of one severity, they are in the order of the verdict.
 */
export function junitReport(verdict: Verdict): string {
  const judged = [
    ...gravestFirst(verdict.findings).map((finding) => ({ key: resourceKey(finding), test: findingCase(finding) })),
    ...gravestFirst(verdict.exempted).map((finding) => ({ key: resourceKey(finding), test: exemptedCase(finding) })),
  ];
  const found = new Set(judged.map(({ key }) => key));
  const clean = groupBy(verdict.pods, resourceKey)
    .filter(([pod]) => !found.has(resourceKey(pod)))
    .map(([pod]) => ({ key: resourceKey(pod), test: { title: titleOf(pod), name: 'no findings', place: placeOf(pod) } }));
  const suites = groupBy<{ readonly key: string; readonly test: Case }>([...judged, ...clean], ({ key }) => key)
    .map((group) => group.map(({ test }) => test));
  const errors = verdict.errors.map(errorCase);
  const all = errors.length === 0 ? suites : [...suites, errors];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cdk8s-hardened" ${counts(all.flat())}>`,
    ...all.flatMap(suiteLines),
    '</testsuites>',
  ].join('\n');
}

function findingCase(finding: Finding): Case {
  const place = placeOf(finding);
  return {
    title: titleOf(finding),
    name: caseName(finding),
    place,
    outcome: 'failure',
    message: finding.message,
    text: [finding.message, `fix: ${finding.fix}`, ...place ? [`at ${placeText(place)}`] : []].map((line) => markup(line)).join('\n'),
  };
}

function exemptedCase(finding: ExemptedFinding): Case {
  return {
    title: titleOf(finding),
    name: caseName(finding),
    place: placeOf(finding),
    outcome: 'skipped',
    message: `exempted: ${finding.exemption.reason}`,
  };
}

function errorCase(error: VerdictError): Case {
  const place = filePlace(error);
  const name = place ? placeText(place) : 'not judged';
  return { title: 'errors', name, place, outcome: 'error', message: error.message, text: markup(error.message) };
}

function caseName({ rule, container }: Finding): string {
  return container === undefined ? rule : `${rule}: container ${container}`;
}

function suiteLines(cases: readonly Case[]): readonly string[] {
  return [
    `  <testsuite name="${markup(cases[0].title)}" ${counts(cases)}>`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
  ];
}

function caseLines({ title, name, place, outcome, message, text }: Case): readonly string[] {
  const file = place === undefined ? '' : ` file="${markup(place.file)}"${place.line === undefined ? '' : ` line="${place.line}"`}`;
  const open = `    <testcase name="${markup(name)}" classname="${markup(title)}" time="0"${file}`;
  if (outcome === undefined || message === undefined) return [`${open}/>`];
  const element = `<${outcome} message="${markup(message)}"`;
  return [`${open}>`, `      ${text === undefined ? `${element}/>` : `${element}>${text}</${outcome}>`}`, '    </testcase>'];
}

function counts(cases: readonly Case[]): string {
  const of = (outcome: Case['outcome']) => cases.filter((test) => test.outcome === outcome).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}" time="0"`;
}
