// Checked by tsc and never run: what must not compile has an `@ts-expect-error`, which is itself an error where it does.
import { BuiltInRule, defineRule, Policy, Rule, rules, Severity } from '../../src/index';

const least = { id: 'own', summary: 'S.', why: 'W.', fix: 'f', profile: 'hardened', references: {}, check: () => [] } as const;

// A rule of one's own may leave out its law, its severity and its examples, or state them.
export const policy: Policy = {
  rules: [
    defineRule(least),
    defineRule({ ...least, id: 'other', law: { fields: ['metadata.labels'], allowed: 'any', source: 'our handbook, 4' }, severity: 'low' }),
    defineRule({ ...least, id: 'third', examples: { bad: 'hostPID: true\n', good: 'hostPID: false\n' } }),
  ],
};
export const id: 'own' = defineRule(least).id;
// @ts-expect-error there are four severities
defineRule({ ...least, severity: 'fatal' });
// @ts-expect-error a law has a source
defineRule({ ...least, law: { fields: [], allowed: 'any' } });

// A rule of the library leaves out nothing.
export const severity: Severity = rules.privileged.severity;
export const fields: readonly string[] = rules.privileged.law.fields;
export const asRule: Rule<'privileged'> = rules.privileged;
// @ts-expect-error it has no law
export const noLaw: BuiltInRule<'own'> = { ...least, severity: 'low', examples: { bad: '', good: '' } };
// @ts-expect-error it has no severity
export const noSeverity: BuiltInRule<'own'> = { ...least, law: { fields: [], allowed: '', source: '' }, examples: { bad: '', good: '' } };
// @ts-expect-error it has no examples
export const noExamples: BuiltInRule<'own'> = { ...least, law: { fields: [], allowed: '', source: '' }, severity: 'low' };
