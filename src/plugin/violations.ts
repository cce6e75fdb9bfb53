import { ValidationViolation } from './types';
import { Finding, Verdict, VerdictError } from '../policy/verdict';
import { byResource, groupBy } from '../report/group';
import { filePlace, placeText, resourceText } from '../report/place';
import { printable } from '../text/printable';

/** The verdict in the form of cdk8s-cli's own report, which also goes into the file of `--validation-reports-output-file`. */
export function violationsOf({ findings, errors }: Verdict): readonly ValidationViolation[] {
  const byAnswer = groupBy(findings, ({ rule, message, fix }) => JSON.stringify([rule, message, fix]));
  return [...byAnswer.map(violationOf), ...errors.map(errorViolationOf)];
}

function violationOf(findings: readonly [Finding, ...Finding[]]): ValidationViolation {
  const [{ rule, message, fix }] = findings;
  return {
    ruleName: printable(rule),
    recommendation: printable(message),
    fix: printable(fix),
    violatingResources: byResource(findings).map((group) => ({
      // With its kind: by the bare name, cdk8s-cli would put the construct of a namesake beside it.
      resourceName: resourceText(group[0].resource),
      manifestPath: printable(group[0].file ?? ''),
      locations: group.map(locationOf),
    })),
  };
}

function locationOf(finding: Finding): string {
  const place = filePlace(finding);
  return [place ? placeText(place) : '', finding.container === undefined ? '' : `container ${printable(finding.container, 253)}`]
    .filter(Boolean).join(' ');
}

function errorViolationOf({ stale, message, file = '', line }: VerdictError): ValidationViolation {
  return {
    ruleName: stale ? 'stale' : 'unjudged',
    recommendation: printable(message),
    fix: stale ? 'remove it' : 'make it readable: what cannot be read is not judged, and does not pass',
    violatingResources: [{ resourceName: '-', manifestPath: printable(file), locations: file ? [placeText({ file, line })] : [] }],
  };
}
