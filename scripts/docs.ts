import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFiles } from './schemas';
import { referenceLines } from '../src/report/references';
import { RuleId, rules } from '../src/rules';
import { BuiltInRule, Profile, profiles, References } from '../src/rules/rule';

/*
 * Writes docs/rules.md and the rule table of the README from the catalogue, and the schemas from the descriptions that policies and
 * locks are read by. With `--check` it writes nothing, and the exit status is 1 where something would change.
 */

const profileTitles: Readonly<Record<Profile, string>> = {
  baseline: 'the Pod Security Standard *baseline*: known ways to take over a node are refused',
  restricted: 'the Pod Security Standard *restricted*, on top of baseline: what is not needed is dropped',
  hardened: 'our own rules, on top of restricted; the default',
};

function rulesOfProfile(profile: Profile): readonly BuiltInRule<RuleId>[] {
  return Object.values<BuiltInRule<RuleId>>(rules).filter((rule) => rule.profile === profile);
}

function table(profile: Profile, link: (id: RuleId) => string): string {
  const rows = rulesOfProfile(profile).map(({ id, summary, severity }) => `| [${id}](${link(id)}) | ${severity} | ${cell(summary)} |\n`);
  return `| ${profile} | severity | the law |\n|---|---|---|\n${rows.join('')}`;
}

/** A `|` would end the cell of a table. */
function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}

/** A path as code, with the words behind it as they are. */
function field(text: string): string {
  const [, path, remark = ''] = /^(\S+)( \(.+\))?$/.exec(text) ?? [];
  return path === undefined ? text : `\`${path}\`${remark}`;
}

function elsewhere(references: References): string {
  const lines = referenceLines(references).map((line) => `- ${line}\n`);
  return lines.length === 0 ? 'None of the tools that were compared checks it.\n' : `The same elsewhere:\n\n${lines.join('')}`;
}

function chapter({ id, summary, law, why, fix, severity, references, examples: { bad, good } }: BuiltInRule): string {
  return [
    `### ${id}\n`,
    `**${summary}**\n`,
    `Why: ${why}\n`,
    `Instead: ${fix}.\n`,
    `- Fields: ${law.fields.map(field).join(', ')}\n- Allowed: ${law.allowed}\n- Source: ${law.source}\n- Severity: ${severity}\n`,
    `Refused:\n\n\`\`\`yaml\n${bad}\`\`\`\n`,
    `Accepted:\n\n\`\`\`yaml\n${good}\`\`\`\n`,
    elsewhere(references),
  ].join('\n');
}

/** The text of docs/rules.md. The same catalogue always gives the same text. */
export function rulesPage(): string {
  return [
    '# Rules\n',
    '<!-- Written by `npm run docs` from src/rules. Change the rules, not this file. -->\n',
    'Every rule of every profile, in the order in which they are judged. Each profile contains the ones above it.',
    'The examples are lines of a pod spec, or whole objects; what a rule does not speak of is left out.',
    'In a field, `containers[*]` stands for `initContainers[*]` and `ephemeralContainers[*]` too.\n',
    'The severity orders reports and is the `security-severity` of SARIF; no finding is hidden by it. **critical**: the container is root',
    'on its node. **high**: it is little short of that, or somebody else decides what runs, or what runs is not known. **medium**: whoever',
    'breaks into the container gets further. **low**: what fails is the pod, or one safeguard of several.\n',
    ...profiles.map((profile) => `**${profile}** is ${profileTitles[profile]}.\n\n${table(profile, (id) => `#${id}`)}`),
    ...profiles.map((profile) => `## ${profile}\n\n${rulesOfProfile(profile).map(chapter).join('\n')}`),
  ].join('\n');
}

const section = /(<!-- rules -->\n)[^]*?(<!-- \/rules -->)/;

/** A README with the rule table between its markers `<!-- rules -->` and `<!-- /rules -->`; without them, as it is. */
export function withRuleTables(readme: string): string {
  const tables = profiles.map((profile) => `${table(profile, (id) => `docs/rules.md#${id}`)}\n`).join('');
  return readme.replace(section, (_, begin: string, end: string) => `${begin}\n${tables}${end}`);
}

/** What each generated file should say, by its path. */
export function generatedFiles(root: string): ReadonlyMap<string, string> {
  const readme = join(root, 'README.md');
  return new Map([
    [join(root, 'docs', 'rules.md'), rulesPage()],
    [readme, withRuleTables(readFileSync(readme, 'utf8'))],
    ...schemaFiles(root),
  ]);
}

function main(isCheck: boolean): void {
  for (const [path, text] of generatedFiles(join(__dirname, '..'))) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    if (isCheck) {
      process.stderr.write(`${path} is not what the source says: run npm run docs\n`);
      process.exitCode = 1;
    } else {
      writeFileSync(path, text);
    }
  }
}

if (require.main === module) main(process.argv.includes('--check'));
