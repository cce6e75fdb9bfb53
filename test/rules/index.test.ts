import { isRuleId, rules, rulesOf } from '../../src/rules';
import { profiles, Rule, severities } from '../../src/rules/rule';

const entries = Object.entries<Rule>(rules);

test('every rule stands under its own id, in kebab-case', () => {
  for (const [id, rule] of entries) {
    expect(rule.id).toBe(id);
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  }
});

test('a profile holds the rules of those within it, in the same order', () => {
  const [baseline, restricted, hardened] = profiles.map((profile) => rulesOf(profile).map(({ id }) => id));
  expect(restricted.slice(0, baseline.length)).toEqual(baseline);
  expect(hardened.slice(0, restricted.length)).toEqual(restricted);
  expect(hardened).toEqual(Object.keys(rules));
  // As many as the Pod Security Standards have controls, and the two about reading; a rule of our own changes neither.
  expect([baseline.length, restricted.length]).toEqual([14, 21]);
});

test('what cannot be read is refused in every profile', () => {
  for (const profile of profiles) expect(rulesOf(profile)).toEqual(expect.arrayContaining([rules.manifest, rules['embedded-manifest']]));
});

test('an id is known, a name of the prototype is not', () => {
  expect(isRuleId('image-digest')).toBe(true);
  for (const text of ['image', '', 'constructor', '__proto__', 'toString']) expect(isRuleId(text)).toBe(false);
});

test.each(entries)('the texts of %s are sentences and a phrase, on one line each', (_, { summary, why, fix }) => {
  expect(summary).toMatch(/^[A-Z][^\n]+\.$/);
  expect(why).toMatch(/^[A-Z][^\n]+\.$/);
  expect(fix).toMatch(/^[a-z][^\n]+[^.]$/);
});

const order = [
  'id', 'summary', 'law', 'why', 'fix', 'profile', 'severity', 'references', 'examples', 'check', 'checkPersistentVolume', 'checkEmbedded',
];

test.each(entries)('the fields of %s stand in the order of all rules, those of its law too', (_, rule) => {
  expect(Object.keys(rule)).toEqual(order.filter((key) => key in rule));
  expect(Object.keys(rule.law!)).toEqual(['fields', 'allowed', 'source']);
});

test.each(entries)('the law of %s names fields, values and a source, on one line each', (_, { law, severity }) => {
  expect(law!.fields.length).toBeGreaterThan(0);
  expect(new Set(law!.fields).size).toBe(law!.fields.length);
  for (const text of [...law!.fields, law!.allowed, law!.source]) expect(text).toMatch(/^\S[^\n]*[^\s.]$/);
  expect(severities).toContain(severity);
});

test('the law of a rule whose table goes by version says since when', () => {
  expect(rules.sysctls.law.allowed).toContain('kernel.shm_rmid_forced, ');
  expect(rules.sysctls.law.allowed).toContain('net.ipv4.tcp_rmem (since 1.32), ');
  expect(rules.selinux.law.allowed).toContain('container_engine_t (since 1.31)');
});

test('the catalogue cannot be changed', () => {
  expect(Object.isFrozen(rules)).toBe(true);
});

/* Compiled, never run: a rule under another id does not compile. */
test('a rule under another id does not compile', () => {
  // @ts-expect-error 'image-digest' is the id of another rule
  const wrong: Rule<'image-tag'> = rules['image-digest'];
  expect(wrong.id).toBe('image-digest');
});
