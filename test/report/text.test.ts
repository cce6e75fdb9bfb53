import { exempted, exemption, finding, hostile, pod, verdict } from './fixtures';
import { textReport } from '../../src/report/text';

const web = { construct: 'shop/web', source: 'src/shop.ts:14', file: 'dist/shop.k8s.yaml', document: 3 };

const lines = (text: string) => text.split('\n');

test('a finding says construct, source, rule, container, problem, fix and line, in this order', () => {
  const text = textReport(verdict({ findings: [finding({ ...web, container: 'web', line: 22 })] }));
  expect(text).toBe(`shop/web  src/shop.ts:14
Deployment web in namespace shop
  image-digest container web
    image must have a digest, it is "nginx:1.27"
    fix: write the digest behind the tag: nginx:1.27@sha256:…
    at dist/shop.k8s.yaml:22

  1 image-digest

1 finding of 1 rule in 1 workload, 0 exempted, 0 errors`);
});

test('without a construct the object and its file stand first', () => {
  const [first, second] = lines(textReport(verdict({ findings: [finding({ file: 'vendor/web.yaml' })] })));
  expect([first, second]).toEqual(['Deployment web in namespace shop', 'vendor/web.yaml']);
});

test('ten findings print all ten, grouped by object, and the last line counts them', () => {
  const findings = Array.from({ length: 10 }, (_, i) => finding({
    construct: `shop/app-${i % 3}`,
    rule: `rule-${i % 5}`,
    message: `problem ${i}`,
  }));
  const text = textReport(verdict({ findings }), { outcome: 'nothing was written' });
  for (let i = 0; i < 10; i++) expect(text).toContain(`    problem ${i}\n`);
  expect(lines(text).filter((line) => line.startsWith('shop/'))).toEqual(['shop/app-0', 'shop/app-1', 'shop/app-2']);
  expect(lines(text).at(-1)).toBe('10 findings of 5 rules in 3 workloads, 0 exempted, 0 errors; nothing was written');
});

test('the same problem and fix in two containers is read once and counted twice', () => {
  const text = textReport(verdict({
    findings: [finding({ container: 'web', file: 'a.yaml', line: 3 }), finding({ container: 'log', file: 'a.yaml', line: 9 })],
  }));
  expect(lines(text).filter((line) => line.includes('must have a digest'))).toHaveLength(1);
  expect(text).toContain('image-digest containers web, log (2 findings)');
  expect(text).toContain('    at a.yaml:3\n    at a.yaml:9');
});

test('objects of one name in two files are two workloads', () => {
  const text = textReport(verdict({ findings: [finding({ file: 'a.yaml' }), finding({ file: 'b.yaml' })] }));
  expect(lines(text).at(-1)).toMatch(/^2 findings of 1 rule in 2 workloads/);
});

test('where the sources of one object differ, each finding has its own', () => {
  const text = textReport(verdict({ findings: [finding(web), finding({ ...web, source: 'src/patch.ts:3', message: 'other' })] }));
  expect(lines(text)[0]).toBe('shop/web');
  expect(text).toContain('    at src/shop.ts:14\n');
  expect(text).toContain('    at src/patch.ts:3\n');
});

test('the excerpt keeps its columns, so that the caret stays under the value', () => {
  const excerpt = '12 | \timage: \u001bnginx\r\n   |         ^^^^^^\n';
  const text = textReport(verdict({ findings: [finding({ excerpt })] }));
  expect(text).toContain('      12 |  image: \ufffdnginx\n         |         ^^^^^^\n\n');
});

test('errors come with file and line', () => {
  const errors = [{ message: 'not YAML', file: 'a.yaml', line: 3 }, { message: 'the exemption excuses nothing' }];
  const text = textReport(verdict({ errors }));
  expect(text).toBe(`errors
  a.yaml:3: not YAML
  the exemption excuses nothing

no findings, 0 exempted, 2 errors`);
});

test.each([
  ['2030-06-30', 'last day: 2030-06-30 (29 days left)'],
  ['2030-06-02', 'last day: 2030-06-02 (1 day left)'],
  ['2030-06-01', 'last day: 2030-06-01 (today is its last day)'],
  ['2030-05-31', 'last day: 2030-05-31 (ended 1 day ago)'],
  ['some day', 'last day: some day'],
  [undefined, 'no last day'],
])('an exemption until %s says %s', (until, expected) => {
  const note = exemption({ owner: 'team-sre', container: 'log', until });
  const text = textReport(verdict({ exempted: [exempted({ exemption: note })] }));
  expect(text).toBe(`exemptions in force
  host-path construct agent/node, container log
    reason: reads the kernel log
    owner: team-sre, ${expected}

no findings: 1 pod, 1 container judged, 1 exemption in force`);
});

test('a pass is one line, and says nothing of an outcome', () => {
  const text = textReport(verdict({ pods: [pod(), pod({ containers: ['a', 'b'] })] }), { outcome: 'nothing was written' });
  expect(text).toBe('no findings: 2 pods, 3 containers judged');
});

test('where there was nothing to judge, the report says so', () => {
  expect(textReport(verdict({ pods: [] }))).toBe('no findings: no pod in 0 documents');
});

test('the worst rule stands first in the summary, equals by name', () => {
  const rules = ['b', 'c', 'a', 'c', ...Array<string>(9).fill('d')];
  const text = textReport(verdict({ findings: rules.map((rule) => finding({ rule })) }));
  expect(lines(text).slice(-6, -2)).toEqual(['  9 d', '  2 c', '  1 a', '  1 b']);
});

test('an object without kind and name is still named', () => {
  const text = textReport(verdict({ findings: [finding({ resource: { apiVersion: '', kind: '' } })] }));
  expect(lines(text)[0]).toBe('object without a name');
});

test('colours change nothing but the colour codes', () => {
  const full = verdict({
    findings: [finding({ ...web, line: 4 })],
    errors: [{ message: 'x', file: 'a', line: 1 }],
    exempted: [exempted()],
  });
  const colored = textReport(full, { color: true });
  expect(colored).toContain('\u001b[31mimage-digest\u001b[39m');
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(textReport(full));
});

test('a value of megabytes does not flood the terminal', () => {
  const text = textReport(verdict({ findings: [finding({ message: 'x'.repeat(1e7), container: 'y'.repeat(1e6) })] }));
  expect(text.length).toBeLessThan(3000);
});

test('a hostile outcome is harmless too', () => {
  expect(textReport(verdict({ findings: [finding()] }), { outcome: hostile })).not.toMatch(/\u001b/);
});
