import { exempted, finding, hostile, hostileVerdict, verdict } from './fixtures';
import { Finding } from '../../src/policy/verdict';
import { formats, report } from '../../src/report';

test.each(formats)('hostile values leave no control character in %s', (format) => {
  const judged = hostileVerdict();
  const findings = judged.findings.map((each) => ({ ...each, excerpt: hostile }));
  const text = report(format, { ...judged, findings }, { outcome: hostile, fallbackFile: hostile });
  expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
});

test.each(formats)('the same verdict gives the same %s', (format) => {
  expect(report(format, hostileVerdict())).toBe(report(format, hostileVerdict()));
});

test.each(formats)('each finding is in %s', (format) => {
  const findings = Array.from({ length: 30 }, (_, i) => finding({ construct: `app/w-${i % 7}`, message: `problem number ${i}.` }));
  const text = report(format, verdict({ findings, exempted: [exempted()] }));
  for (let i = 0; i < 30; i++) expect(text).toContain(`problem number ${i}.`);
});

test.each(['text', 'json', 'junit', 'github', 'html'] as const)('the gravest findings stand first in %s, those of one severity as they were judged', (format) => {
  const weights = ['low', 'high', 'medium', 'critical', 'high', 'low'] as const;
  const findings = weights.map((severity, i) => finding({ severity, rule: `rule-${severity}`, message: `problem number ${i}.` }));
  const order = (found: readonly Finding[]) => [...new Set(Array.from(report(format, verdict({ findings: found })).matchAll(/problem number (\d)/g), ([, i]) => i))];
  expect(order(findings)).toEqual(['3', '1', '4', '2', '0', '5']);
  // In one object or in many.
  expect(order(findings.map((each, i) => ({ ...each, construct: `app/w-${i}` })))).toEqual(['3', '1', '4', '2', '0', '5']);
});

test.each(formats)('a rule named __proto__ is counted in %s', (format) => {
  expect(report(format, verdict({ findings: [finding({ rule: '__proto__' })] }))).toContain('__proto__');
});
