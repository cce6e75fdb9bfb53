import { createHash } from 'node:crypto';
import { closingLine } from './closing';
import { passes, Verdict } from '../policy/verdict';
import { errorsSection, exemptionsSection } from './html/exemptions';
import { findingsSection, rulesSection } from './html/findings';
import { imagesSection } from './html/images';
import { matrix } from './html/matrix';
import { style } from './html/style';
import { html, Html, nothing } from './html/template';
import { ruleColumns, workloadsOf } from './html/workloads';

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing is loaded and nothing runs, even if a name got past the escaping; the one style is allowed by its hash. */
const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/**
 * The report as one page for a browser or for paper: no script, no network, light and dark, for keyboard and screen reader.
 *
 * It holds the workloads × rules as a matrix, every finding with its fix, the exemptions in force, the images by registry and
 * the errors. It is built in memory: some kilobytes for each workload.
 */
export function htmlReport(verdict: Verdict): string {
  const workloads = workloadsOf(verdict);
  const rules = ruleColumns(verdict);
  const pass = passes(verdict);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${pass ? 'Passes' : 'Does not pass'}: policy report</title>
<style>${{ html: style }}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>Policy report</h1>
<p>${pass ? html`<span class="status good">✓ passes</span>` : html`<span class="status bad">✕ does not pass</span>`}
<span class="muted">on ${verdict.today}</span></p>
<p>${closingLine(verdict)}</p>
${counts(verdict)}
${navigation(verdict)}
</header>
<main id="content">
${[
  errorsSection(verdict.errors),
  matrix(workloads, rules),
  findingsSection(workloads, rules),
  exemptionsSection(verdict),
  imagesSection(verdict),
  rulesSection(rules),
]}
</main>
<footer>Made by cdk8s-hardened. The manifests were judged as they are written; what runs in the cluster was not looked at.</footer>
</body>
</html>
`.html;
}

function counts({ summary }: Verdict): Html {
  const tile = (name: string, count: number, kind = '') =>
    html`<div class="${count > 0 ? kind : ''}"><dt>${name}</dt><dd>${count}</dd></div>`;
  return html`<dl class="counts">
${[
  tile('Findings', summary.findings, 'bad'),
  tile('Errors', summary.errors, 'bad'),
  tile('Exempted', summary.exempted, 'warn'),
  tile('Pods', summary.pods),
  tile('Containers', summary.containers),
  tile('Documents', summary.documents),
  tile('Files', summary.files),
]}
</dl>`;
}

function navigation({ errors, findings, exempted, exemptions, pods }: Verdict): Html {
  const any = findings.length + exempted.length > 0;
  const links: readonly (readonly [boolean, string, string])[] = [
    [errors.length > 0, 'errors', 'Errors'],
    [any, 'posture', 'Posture'],
    [findings.length > 0, 'findings', 'Findings'],
    [exemptions.length > 0, 'exemptions', 'Exemptions'],
    [pods.some(({ images }) => images.length > 0), 'images', 'Images'],
    [any, 'rules', 'Rules'],
  ];
  const items = links.filter(([there]) => there).map(([, id, text]) => html`<li><a href="#${id}">${text}</a></li>`);
  return items.length === 0 ? nothing : html`<nav aria-label="Parts of the report"><ul>${items}</ul></nav>`;
}
