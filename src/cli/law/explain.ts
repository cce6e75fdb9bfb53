import { createColors } from 'picocolors';
import { referenceLines } from '../../report/references';
import { isRuleId, RuleId, rules } from '../../rules';
import { exitStatus } from '../exit-status';
import { Io, UsageError } from '../io';
import { noRule } from './no-rule';

export interface LawOptions {
  readonly format: 'text' | 'json';
}

/** One rule: its law, why it is there, what to write instead, what it refuses and accepts, and where else it is checked. */
export function explain(id: string, { format }: LawOptions, io: Io): number {
  if (!isRuleId(id)) throw new UsageError(noRule(id));
  io.out(format === 'json' ? `${JSON.stringify(lawOf(id), null, 2)}\n` : textOf(id, io.color));
  return exitStatus.passed;
}

/** All rules, in reading order. */
export function listRules({ format }: LawOptions, io: Io): number {
  const ids = Object.keys(rules) as RuleId[];
  if (format === 'json') {
    io.out(`${JSON.stringify(ids.map(lawOf), null, 2)}\n`);
    return exitStatus.passed;
  }
  const { bold } = createColors(io.color);
  const width = ids.reduce((longest, id) => Math.max(longest, id.length), 0);
  let profile = '';
  for (const id of ids) {
    if (rules[id].profile !== profile) {
      io.out(`${profile ? '\n' : ''}${bold(rules[id].profile)}\n`);
      profile = rules[id].profile;
    }
    io.out(`  ${id.padEnd(width)}  ${rules[id].summary}\n`);
  }
  io.out('\n`cdk8s-hardened explain RULE` tells why, and what to write instead.\n');
  return exitStatus.passed;
}

function lawOf(id: RuleId) {
  const { summary, law, why, fix, profile, severity, references, examples } = rules[id];
  return { id, profile, severity, summary, law, why, fix, ...examples, references };
}

function textOf(id: RuleId, color: boolean): string {
  const { bold, dim, red, green, cyan } = createColors(color);
  const { summary, law, why, fix, profile, severity, references, examples } = rules[id];
  const indented = (text: string) => text.trimEnd().split('\n').map((line) => `    ${line}`).join('\n');
  return [
    `${bold(id)} ${dim(`(${profile}, ${severity})`)}`,
    `  ${wrapped(summary, 2)}`,
    '',
    `  why   ${wrapped(why, 8)}`,
    `  fix   ${wrapped(fix, 8)}`,
    '',
    `  ${cyan('the law')}`,
    `    fields   ${law.fields.join(`\n${' '.repeat(13)}`)}`,
    ...law.fields.some((field) => field.includes('containers[*]')) ? [dim(`${' '.repeat(13)}(containers[*] is initContainers[*] and ephemeralContainers[*] too)`)] : [],
    `    allowed  ${wrapped(law.allowed, 13)}`,
    `    source   ${wrapped(law.source, 13)}`,
    '',
    `  ${red('refused')}`,
    indented(examples.bad),
    '',
    `  ${green('accepted')}`,
    indented(examples.good),
    ...referencesOf(),
  ].join('\n') + '\n';

  function referencesOf(): string[] {
    const lines = referenceLines(references);
    return lines.length === 0 ? [] : ['', `  ${cyan('the same elsewhere')}`, ...lines.map((line) => `    ${line}`)];
  }
}

/** At words, to what a person reads well; the lines behind the first are indented. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > 100) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
