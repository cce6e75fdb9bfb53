import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { exempted, exemption, finding, hostileVerdict, verdict } from './fixtures';
import { sarifReport } from '../../src/report/sarif';
import { rules } from '../../src/rules';
import { Severity } from '../../src/rules/rule';

// The schema is of draft 4; of what it uses, only the name of the key that identifies it has changed since.
const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(join(__dirname, 'schema', 'sarif-2.1.0.json'), 'utf8'));
const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true }).compile(schema);

const web = { construct: 'shop/web', source: 'src/shop.ts:14', file: 'dist/shop.k8s.yaml', document: 3, line: 22, container: 'web' };
const full = verdict({
  findings: [finding(web), finding({ rule: 'no-such-rule' }), finding({ file: 'a.yaml' })],
  exempted: [exempted({ ...web, exemption: exemption({ owner: 'team-sre', until: '2030-12-31' }) }), exempted()],
  errors: [{ message: 'not YAML: {x} [a](b)', file: 'a.yaml', line: 3 }, { message: 'stale' }],
});

const run = (...args: Parameters<typeof sarifReport>) => JSON.parse(sarifReport(...args)).runs[0];

test.each([
  ['of everything', full],
  ['of nothing', verdict()],
  ['of hostile values', hostileVerdict()],
  ['of every rule', verdict({ findings: Object.keys(rules).map((rule) => finding({ rule })) })],
])('a report %s is valid SARIF 2.1.0', (_name, input) => {
  validate(JSON.parse(sarifReport(input)));
  expect(validate.errors).toBeNull();
});

test('the schema refuses what is no SARIF', () => {
  expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
});

test('the location is the line of TypeScript, the line of YAML is related, the construct is logical', () => {
  const [result] = run(full).results;
  expect(result.locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'src/shop.ts' }, region: { startLine: 14 } });
  expect(result.relatedLocations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'dist/shop.k8s.yaml' }, region: { startLine: 22 } });
  expect(result.locations[0].logicalLocations[0]).toEqual({ fullyQualifiedName: 'shop/web', kind: 'construct' });
});

test('without a source the location is the line of YAML, and nothing is related', () => {
  const [result] = run(verdict({ findings: [finding({ file: 'a.yaml', line: 2 })] })).results;
  expect(result.locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'a.yaml' }, region: { startLine: 2 } });
  expect(result.relatedLocations).toEqual([]);
});

test('without any file there is no physical location, unless a fallback is given', () => {
  const input = verdict({ findings: [finding()] });
  expect(run(input).results[0].locations[0].physicalLocation).toBeUndefined();
  expect(run(input, { fallbackFile: 'main.ts' }).results[0].locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'main.ts' } });
});

test('each result points at its rule, and a rule of the catalogue brings its help', () => {
  const { tool, results } = run(full);
  for (const result of results) expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  const [known, unknown] = tool.driver.rules;
  expect(known.help.text).toContain(rules['image-digest'].fix);
  expect(known.help.markdown).toContain('**Fix:**');
  expect(unknown).toMatchObject({ id: 'no-such-rule', shortDescription: { text: 'no-such-rule' } });
  expect(unknown).not.toHaveProperty('help');
});

test.each<[Severity, number, number]>([['critical', 9, 10], ['high', 7, 8.9], ['medium', 4, 6.9], ['low', 0.1, 3.9]])(
  'a rule that is %s has its number between %d and %d, and its level stays', (severity, least, most) => {
    const { tool, results } = run(verdict({ findings: [finding({ severity }), finding({ severity, rule: 'own' })] }));
    for (const { properties } of tool.driver.rules) {
      expect(properties.tags).toContain('security');
      expect(properties['security-severity']).toMatch(/^\d\.\d$/);
      expect(Number(properties['security-severity'])).toBeGreaterThanOrEqual(least);
      expect(Number(properties['security-severity'])).toBeLessThanOrEqual(most);
    }
    expect(results.map(({ level }: { level: string }) => level)).toEqual(['error', 'error']);
  });

test('an exempted finding is a suppressed result with its reason', () => {
  const suppressions = run(full).results.map((result: { suppressions: unknown }) => result.suppressions);
  expect(suppressions.slice(-2)).toEqual([
    [{ kind: 'external', status: 'accepted', justification: 'reads the kernel log; owner: team-sre; last day: 2030-12-31' }],
    [{ kind: 'external', status: 'accepted', justification: 'reads the kernel log' }],
  ]);
  expect(suppressions[0]).toEqual([]);
});

test('errors make the execution unsuccessful; their text is neither placeholder nor link', () => {
  const [invocation] = run(full).invocations;
  expect(invocation.executionSuccessful).toBe(false);
  expect(invocation.toolExecutionNotifications[0].message.text).toBe('not YAML: {{x}} \\[a\\](b)');
  expect(run(verdict()).invocations[0].executionSuccessful).toBe(true);
});
