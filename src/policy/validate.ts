import { closest } from './closest';
import { parseRegistryPattern } from '../image/pattern';
import { isObject, kindOf } from '../manifest/json';
import { isRuleId, rules } from '../rules';
import { isDay } from './dates';
import { PolicyError } from './error';
import { kubernetesMinor } from './kubernetes-version';
import { isSensitiveHostPath, normalizeHostPath } from '../rules/host-paths';
import { profiles } from '../rules/rule';
import { quoted } from '../rules/text';

/** Says what is wrong with a value, or nothing. Keys in the messages are paths such as `registries.'ghcr.io'.pullPolicy`. */
type Check = (value: unknown, key: string) => Iterable<string>;

function* expected(what: string, value: unknown, key: string): Iterable<string> {
  const found = typeof value === 'string' ? quoted(value) : kindOf(value);
  yield `${key} must be ${what}, it is ${found}`;
}

const text: Check = function* (value, key) {
  if (typeof value !== 'string' || value.trim() === '') yield* expected('a text that is not empty', value, key);
};

const flag: Check = function* (value, key) {
  if (typeof value !== 'boolean') yield* expected('true or false', value, key);
};

const day: Check = function* (value, key) {
  if (!isDay(value)) yield* expected('a day such as 2030-12-31', value, key);
};

const oneOf = (...values: readonly string[]): Check => function* (value, key) {
  if (typeof value !== 'string' || !values.includes(value)) yield* expected(values.map(quoted).join(' or '), value, key);
};

const listOf = (check: Check): Check => function* (value, key) {
  if (!Array.isArray(value)) return yield* expected('a list', value, key);
  for (const [index, item] of value.entries()) yield* check(item, `${key}[${index}]`);
};

/** An object with these keys and no other. */
const record = (checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check => function* (value, key) {
  if (!isObject(value)) return yield* expected('an object', value, key || 'the policy');
  const prefix = key ? `${key}.` : '';
  for (const name of Object.keys(value)) {
    if (!Object.prototype.hasOwnProperty.call(checks, name)) {
      const near = closest(name, Object.keys(checks));
      yield `${prefix}${quotedKey(name)} is no key of a policy${near ? `; did you mean ${near}?` : `; known are ${Object.keys(checks).join(', ')}`}`;
    } else if (value[name] !== undefined) {
      yield* checks[name](value[name], prefix + name);
    }
  }
  for (const name of required) {
    if (value[name] === undefined) yield `${prefix}${name} is missing`;
  }
};

/** An object whose keys are the author's, each with a check of its own. */
const entriesOf = (checkKey: Check, check: Check): Check => function* (value, key) {
  if (!isObject(value)) return yield* expected('an object', value, key);
  for (const [name, item] of Object.entries(value)) {
    yield* checkKey(name, `${key}.${quotedKey(name)}`);
    yield* check(item, `${key}.${quotedKey(name)}`);
  }
};

const quotedKey = (name: string) => /^[A-Za-z]\w*$/.test(name) ? name : quoted(name);

const registryEntry: Check = function* (value, key) {
  try {
    parseRegistryPattern(value as string);
  } catch (error) {
    yield `${key}: ${(error as Error).message}`;
  }
};

const hostPath: Check = function* (value, key) {
  const path = normalizeHostPath(value as string);
  if (path === undefined) yield `${key} must be an absolute path without '..'`;
  else if (isSensitiveHostPath(path)) yield `${key} is a sensitive path; no policy allows it, only an exemption of the rule host-path does`;
};

const version: Check = function* (value, key) {
  if (typeof value !== 'string' || kubernetesMinor(value) === undefined) {
    yield* expected("'latest' or a version such as '1.33' (in quotes: YAML reads 1.30 as 1.3)", value, key);
  }
};

const selectors = ['kind', 'namespace', 'name', 'container'] as const;
const exemption: Check = function* (value, key) {
  yield* record(
    { rule: text, kind: text, namespace: text, name: text, container: text, reason: text, owner: text, until: day },
    ['rule', 'reason'],
  )(value, key);
  if (!isObject(value)) return;
  if (selectors.every((name) => value[name] === undefined)) {
    yield `${key} names no object; give at least one of ${selectors.join(', ')}`;
  }
  if (value.rule === 'manifest') yield `${key}.rule must not be 'manifest': what cannot be read cannot be judged, so it cannot be excused`;
};

const customRule: Check = function* (value, key) {
  if (!isObject(value)) return yield* expected('a rule made with defineRule', value, key);
  for (const name of ['id', 'summary', 'why', 'fix']) yield* text(value[name], `${key}.${name}`);
  yield* oneOf(...profiles)(value.profile, `${key}.profile`);
  if (typeof value.check !== 'function') yield `${key}.check must be a function`;
  if (typeof value.id !== 'string') return;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value.id)) yield `${key}.id must be kebab-case, it is ${quoted(value.id)}`;
  if (isRuleId(value.id)) yield `${key}.id is taken: ${quoted(value.id)} is a rule of the catalogue`;
};

const policy = record({
  profile: oneOf(...profiles),
  kubernetesVersion: version,
  registries: entriesOf(registryEntry, record({ pullPolicy: oneOf('Always', 'IfNotPresent'), pullSecret: text })),
  hostPaths: entriesOf(hostPath, record({ readOnly: flag })),
  movingTags: listOf(text),
  serviceAccountToken: oneOf('forbidden', 'allowed'),
  exemptions: listOf(exemption),
  ignoreAnnotations: flag,
  rules: listOf(customRule),
});

/** @throws PolicyError `invalid-policy` with every problem, each naming its key and `where` */
export function validatePolicy(value: unknown, where: string): void {
  const problems = [...policy(value, ''), ...unknownRules(value)];
  if (problems.length > 0) {
    throw new PolicyError('invalid-policy', problems.map((problem) => `${where}: ${problem}`).join('\n'));
  }
}

/** An exemption of a rule that does not exist excuses nothing, and its author believes otherwise. */
function* unknownRules(value: unknown): Iterable<string> {
  if (!isObject(value) || !Array.isArray(value.exemptions)) return;
  const own = Array.isArray(value.rules) ? value.rules.filter(isObject).map((rule) => rule.id) : [];
  for (const [index, item] of value.exemptions.entries()) {
    if (!isObject(item) || typeof item.rule !== 'string' || isRuleId(item.rule) || own.includes(item.rule)) continue;
    const near = closest(item.rule, Object.keys(rules));
    yield `exemptions[${index}].rule ${quoted(item.rule)} is no rule${near ? `; did you mean ${near}?` : ''}`;
  }
}
