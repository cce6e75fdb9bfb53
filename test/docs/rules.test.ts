import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles, rulesPage, withRuleTables } from '../../scripts/docs';
import { rules } from '../../src/rules';

test('the pages say what the rules say; if not, run npm run docs', () => {
  for (const [path, text] of generatedFiles(join(__dirname, '..', '..'))) expect(readFileSync(path, 'utf8')).toBe(text);
});

test('every rule has a chapter, and every link of a table leads to one', () => {
  const page = rulesPage();
  const chapters = [...page.matchAll(/^### (.+)$/gm)].map(([, title]) => title);
  const links = [...page.matchAll(/\]\(#(.+?)\)/g)].map(([, target]) => target);
  expect(chapters).toEqual(Object.keys(rules));
  expect(links).toEqual(chapters);
});

test('a README is changed between the markers only, and once', () => {
  const readme = 'before $&\n<!-- rules -->\nsomething outdated\n<!-- /rules -->\nafter\n';
  const once = withRuleTables(readme);
  expect(once).toMatch(/^before \$&\n<!-- rules -->\n\n\| baseline \|[^]+\n<!-- \/rules -->\nafter\n$/);
  expect(once).not.toContain('outdated');
  expect(withRuleTables(once)).toBe(once);
});

test('a README without markers stays as it is', () => {
  expect(withRuleTables('# Title\n')).toBe('# Title\n');
});
