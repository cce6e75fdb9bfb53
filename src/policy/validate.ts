import { Check, entriesOf, expected, flag, Key, listOf, matching, oneOf, record, text } from './check';
import { parseRegistryPattern } from '../image/pattern';
import { isRuleId, rules } from '../rules';
import { PolicyError } from './error';
import { kubernetesMinor } from './kubernetes-version';
import { isSensitiveHostPath, normalizeHostPath } from '../rules/host-paths';
import { profiles, severities } from '../rules/rule';
import { isObject } from '../shape/json';
import { closest } from '../text/closest';
import { isDay } from '../text/dates';
import { quoted } from '../text/text';

/** As many problems as a person mends in one go; a policy with more of them is another file, or an attack on the terminal. */
const mostProblems = 20;

const day: Check = function* (value, key) {
  if (!isDay(value)) yield* expected('a day such as 2030-12-31', value, key);
};

const version: Check = function* (value, key) {
  if (typeof value !== 'string' || kubernetesMinor(value) === undefined) {
    yield* expected("'latest' or a version such as '1.33' (in quotes: YAML reads 1.30 as 1.3)", value, key);
  }
};

/** A DNS subdomain (RFC 1123), as Kubernetes demands of a Secret's name. */
const secretName = matching(
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
  "the name of a Secret: lower-case letters, digits, '-' and '.'",
);

/** As the OCI distribution specification has it. A pattern would match no tag, and its author would believe otherwise. */
const tag = matching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'a tag, without wildcards');

function registryEntry(name: string): Key {
  try {
    return { means: parseRegistryPattern(name).text };
  } catch (error) {
    return { problem: `cannot be used: ${(error as Error).message}` };
  }
}

/** A place to read images from; one with a wildcard is none. */
const mirror: Check = function* (value, key) {
  if (typeof value !== 'string') return yield* expected('a mirror such as "mirror.example/hub"', value, key);
  const entry = registryEntry(value);
  if ('problem' in entry) yield `${key} ${entry.problem}`;
  else if (value.includes('*')) yield `${key} must not have "*", because it is one place to read from, it is ${quoted(value)}`;
};

const mirrors: Check = function* (value, key) {
  yield* listOf(mirror)(value, key);
  if (Array.isArray(value) && value.length === 0) yield `${key} must not be empty; leave it out to ask the registry itself`;
};

function hostPath(name: string): Key {
  const path = normalizeHostPath(name);
  if (path === undefined) return { problem: "must be an absolute path without '..'" };
  if (isSensitiveHostPath(path)) return { problem: 'is a sensitive path; no policy allows it, only an exemption of the rule host-path does' };
  return { means: path };
}

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
  const { id, law, severity, references, check, checkPersistentVolume } = value as Readonly<Record<string, unknown>>;
  if (severity !== undefined) yield* oneOf(...severities)(severity, `${key}.severity`);
  if (law !== undefined) yield* record({ fields: listOf(text), allowed: text, source: text }, ['fields', 'allowed', 'source'])(law, `${key}.law`);
  if (!isObject(references)) yield* expected('an object', references, `${key}.references`);
  if (typeof check !== 'function') yield* expected('a function', check, `${key}.check`);
  if (checkPersistentVolume !== undefined && typeof checkPersistentVolume !== 'function') {
    yield* expected('a function', checkPersistentVolume, `${key}.checkPersistentVolume`);
  }
  if (typeof id !== 'string') return;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) yield `${key}.id must be kebab-case, it is ${quoted(id)}`;
  if (isRuleId(id)) yield `${key}.id is taken: ${quoted(id)} is a rule of the catalogue`;
};

/** An exemption names a rule by its id: two rules of one id would be excused together. */
const customRules: Check = function* (value, key) {
  yield* listOf(customRule)(value, key);
  const ids = idsOf(value);
  for (const [index, id] of ids.entries()) {
    if (typeof id === 'string' && ids.indexOf(id) < index) yield `${key}[${index}].id is taken: ${quoted(id)} is that of ${key}[${ids.indexOf(id)}]`;
  }
};

function idsOf(ownRules: unknown): readonly unknown[] {
  return Array.isArray(ownRules) ? ownRules.map((rule: unknown) => isObject(rule) ? rule.id : undefined) : [];
}

const policy = record({
  profile: oneOf(...profiles),
  kubernetesVersion: version,
  registries: entriesOf(registryEntry, record({ pullPolicy: oneOf('Always', 'IfNotPresent'), pullSecret: secretName, mirrors })),
  hostPaths: entriesOf(hostPath, record({ readOnly: flag })),
  movingTags: listOf(tag),
  serviceAccountToken: oneOf('forbidden', 'allowed'),
  exemptions: listOf(exemption),
  ignoreAnnotations: flag,
  rules: customRules,
});

/** @throws PolicyError `invalid-policy` with the problems, the first twenty of them, each naming its key and `where` */
export function validatePolicy(value: unknown, where: string): void {
  const problems: string[] = [];
  for (const problem of problemsOf(value)) {
    if (problems.length === mostProblems) {
      problems.push('there are more problems; mend these first');
      break;
    }
    problems.push(problem);
  }
  if (problems.length > 0) throw new PolicyError('invalid-policy', problems.map((problem) => `${where}: ${problem}`).join('\n'));
}

function* problemsOf(value: unknown): Iterable<string> {
  yield* policy(value, '');
  if (isObject(value) && Array.isArray(value.exemptions)) yield* unknownRules(value.exemptions, idsOf(value.rules));
}

/** An exemption of a rule that does not exist excuses nothing, and its author believes otherwise. */
function* unknownRules(exemptions: readonly unknown[], own: readonly unknown[]): Iterable<string> {
  for (const [index, item] of exemptions.entries()) {
    if (!isObject(item) || typeof item.rule !== 'string' || isRuleId(item.rule) || own.includes(item.rule)) continue;
    const near = closest(item.rule, Object.keys(rules));
    yield `exemptions[${index}].rule ${quoted(item.rule)} is no rule${near ? `; did you mean ${near}?` : ''}`;
  }
}
