import { isRuleId, rules, rulesOf } from '../../src/rules';
import { profiles, Rule } from '../../src/rules/rule';

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
  expect([baseline.length, restricted.length, hardened.length]).toEqual([14, 21, 35]);
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

test('the catalogue cannot be changed', () => {
  expect(Object.isFrozen(rules)).toBe(true);
});

/* Compiled, never run: a rule under another id does not compile. */
test('a rule under another id does not compile', () => {
  // @ts-expect-error 'image-digest' is the id of another rule
  const wrong: Rule<'image-tag'> = rules['image-digest'];
  expect(wrong.id).toBe('image-digest');
});
