import { exempted, exemption, finding, hostileVerdict, verdict } from './fixtures';
import { githubReport } from '../../src/report/github';

const lines = (text: string) => text.split('\n');

test('a finding is an error at its line of TypeScript', () => {
  const [first] = lines(githubReport(verdict({
    findings: [finding({ construct: 'shop/web', source: 'src/shop.ts:14', file: 'a.yaml', line: 3, container: 'web' })],
  })));
  expect(first).toBe('::error file=src/shop.ts,line=14,title=image-digest%3A shop/web%2C container web::'
    + 'image must have a digest, it is "nginx:1.27"%0Afix: write the digest behind the tag: nginx:1.27@sha256:…');
});

test('a finding without source is an error at its line of YAML', () => {
  expect(githubReport(verdict({ findings: [finding({ file: 'k8s\\a.yaml', line: 3 })] }))).toMatch(/^::error file=k8s\/a.yaml,line=3,title=/);
});

test('a finding without any place still is an error', () => {
  expect(githubReport(verdict({ findings: [finding()] }))).toMatch(/^::error title=image-digest%3A Deployment web in namespace shop::/);
});

test.each([
  ['%0A', '%250A'],
  ['100%', '100%25'],
  ['a\nb\r\t', 'a\\nb\\r\\t'],
  ['::error::', '\\u003a:error::'],
])('the message %j is written as %j', (message, written) => {
  expect(lines(githubReport(verdict({ errors: [{ message }] })))[0]).toBe(`::error title=not judged::${written}`);
});

test('colon and comma in a path do not end the property', () => {
  const text = githubReport(verdict({ errors: [{ message: 'm', file: 'a,title=x:b%.yaml', line: 2 }] }));
  expect(lines(text)[0]).toBe('::error file=a%2Ctitle=x%3Ab%25.yaml,line=2,title=not judged::m');
});

test('exemptions in force are notices', () => {
  const note = exemption({ owner: 'team-sre', until: '2030-06-11', container: 'log' });
  const text = githubReport(verdict({ exempted: [exempted({ exemption: note }), exempted()] }));
  expect(lines(text)).toEqual([
    '::notice title=exempted from host-path::construct agent/node, container log: reads the kernel log%0Aowner: team-sre, 10 days left',
    '::notice title=exempted from host-path::construct agent/node: reads the kernel log',
    'no findings: 1 pod, 1 container judged, 2 exemptions in force',
  ]);
});

test('no value can begin a line, and so none can be a command', () => {
  const text = githubReport(hostileVerdict());
  expect(lines(text).map((line) => /^::(error|notice) |^2 findings/.test(line))).toEqual([true, true, true, true, true]);
});
