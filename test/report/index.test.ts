import { exempted, finding, hostile, hostileVerdict, verdict } from './fixtures';
import { formats, report } from '../../src/report';

test.each(formats)('hostile values leave no control character in %s', (format) => {
  const text = report(format, hostileVerdict(), { excerpt: () => hostile, outcome: hostile, fallbackFile: hostile });
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

test.each(formats)('a rule named __proto__ is counted in %s', (format) => {
  expect(report(format, verdict({ findings: [finding({ rule: '__proto__' })] }))).toContain('__proto__');
});
