import { policyVoice } from './voice';
import { isRuleId } from '../rules';
import { profiles, severities } from '../rules/rule';
import type { ProblemBelow } from '../shape/description';
import { isObject } from '../shape/json';
import { quoted } from '../text/text';

/** How whoever judges comes to know of rules of one's own. */
export const howToHandInRules = '`--rules FILE`, `rules: FILE` of the plugin, or `Policy.fromFile(path, rules)`';

/** What is wrong with the key `rules` of a policy. An exemption names a rule by its id: two rules of one id would be excused together. */
export function* ruleProblems(value: unknown): Iterable<ProblemBelow> {
  if (!Array.isArray(value)) return yield [[], policyVoice.wrong('a list', value)];
  const ids = idsOf(value);
  for (const [index, rule] of value.entries()) {
    for (const [at, problem] of problemsOf(rule)) yield [[index, ...at], problem];
    const first = ids.indexOf(ids[index]);
    if (typeof ids[index] === 'string' && first < index) yield [[index, 'id'], `is taken: ${quoted(ids[index])} is that of rules[${first}]`];
  }
}

/** The ids of a list of rules that may be none. */
export function idsOf(ownRules: unknown): readonly unknown[] {
  return Array.isArray(ownRules) ? ownRules.map((rule: unknown) => isObject(rule) ? rule.id : undefined) : [];
}

function* problemsOf(rule: unknown): Iterable<ProblemBelow> {
  if (!isObject(rule)) return yield [[], policyVoice.wrong('a rule made with defineRule', rule)];
  const { id, profile, severity, law, references, check, checkPersistentVolume } = rule as Readonly<Record<string, unknown>>;
  for (const name of ['id', 'summary', 'why', 'fix']) yield* textProblems(rule[name], name);
  if (!profiles.some((each) => each === profile)) yield [['profile'], policyVoice.wrong(profiles.map(quoted).join(' or '), profile)];
  if (severity !== undefined && !severities.some((each) => each === severity)) {
    yield [['severity'], policyVoice.wrong(severities.map(quoted).join(' or '), severity)];
  }
  if (law !== undefined) for (const [at, problem] of lawProblems(law)) yield [['law', ...at], problem];
  if (!isObject(references)) yield [['references'], policyVoice.wrong('an object', references)];
  if (typeof check !== 'function') yield [['check'], policyVoice.wrong('a function', check)];
  if (checkPersistentVolume !== undefined && typeof checkPersistentVolume !== 'function') {
    yield [['checkPersistentVolume'], policyVoice.wrong('a function', checkPersistentVolume)];
  }
  if (typeof id !== 'string') return;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) yield [['id'], `must be kebab-case, it is ${quoted(id)}`];
  if (isRuleId(id)) yield [['id'], `is taken: ${quoted(id)} is a rule of the catalogue`];
}

function* lawProblems(law: unknown): Iterable<ProblemBelow> {
  if (!isObject(law)) return yield [[], policyVoice.wrong('an object', law)];
  const { fields, allowed, source } = law as Readonly<Record<string, unknown>>;
  const others = Object.keys(law).filter((name) => !['fields', 'allowed', 'source'].includes(name));
  for (const name of others) yield [[name], 'is no key of a law; known are fields, allowed, source'];
  for (const name of ['fields', 'allowed', 'source']) if (law[name] === undefined) yield [[name], 'is missing'];
  if (fields !== undefined && !Array.isArray(fields)) yield [['fields'], policyVoice.wrong('a list', fields)];
  if (Array.isArray(fields)) for (const [index, field] of fields.entries()) yield* textProblems(field, 'fields', index);
  if (allowed !== undefined) yield* textProblems(allowed, 'allowed');
  if (source !== undefined) yield* textProblems(source, 'source');
}

function* textProblems(value: unknown, ...at: readonly (string | number)[]): Iterable<ProblemBelow> {
  if (typeof value !== 'string' || value.trim() === '') yield [at, policyVoice.wrong('a text that is not empty', value)];
}
