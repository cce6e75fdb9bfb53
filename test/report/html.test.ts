import { createHash } from 'node:crypto';
import { exempted, exemption, finding, hostileVerdict, pod, verdict } from './fixtures';
import { htmlReport } from '../../src/report/html';
import { rules } from '../../src/rules';

const web = { construct: 'shop/web', source: 'src/shop.ts:14', file: 'dist/shop.k8s.yaml', line: 22, container: 'web' };
const digest = `sha256:${'ab'.repeat(32)}`;

test('a report that does not pass has every part, and links to each', () => {
  const page = htmlReport(verdict({ findings: [finding(web)], exempted: [exempted()], errors: [{ message: 'not YAML', file: 'a.yaml' }] }));
  for (const id of ['errors', 'posture', 'findings', 'exemptions', 'images', 'rules']) {
    expect(page).toContain(`href="#${id}"`);
    expect(page).toContain(`id="${id}"`);
  }
  expect(page).toContain('<title>Does not pass: policy report</title>');
});

test('a report that passes has no empty part', () => {
  const page = htmlReport(verdict({ pods: [pod({ images: [] })] }));
  expect(page).not.toMatch(/<section|<nav/);
  expect(page).toContain('✓ passes');
});

test('every link within the page has its target', () => {
  const page = htmlReport(verdict({
    findings: [finding(web), finding({ rule: 'no-such-rule' })],
    exempted: [exempted({ construct: 'shop/api' })],
    errors: [{ message: 'm' }],
  }));
  for (const [, id] of page.matchAll(/href="#([^"]*)"/g)) expect(page).toContain(`id="${id}"`);
});

test('the matrix has a head for each rule and each workload, and words for each cell', () => {
  const page = htmlReport(verdict({
    findings: [finding(web), finding({ ...web, rule: 'host-path' })],
    exempted: [exempted(web), exempted({ construct: 'shop/api' })],
  }));
  const table = page.slice(page.indexOf('<table class="matrix">'), page.indexOf('</table>'));
  expect(table.match(/scope="col"/g)).toHaveLength(3);
  expect(table.match(/scope="row"/g)).toHaveLength(3);
  expect(table).toContain('1<span class="hidden"> not met, 1 exempted</span>');
  expect(table).toContain('1<span class="hidden"> exempted</span>');
  expect(table).toContain('<span class="hidden">none</span>');
});

test('the worst workload and the worst rule stand first', () => {
  const page = htmlReport(verdict({
    findings: ['a', 'b', 'b'].map((rule, i) => finding({ construct: i === 0 ? 'quiet' : 'loud', rule })),
    exempted: [exempted({ rule: 'd' }), exempted({ rule: 'c' })],
    pods: [],
  }));
  expect([...page.matchAll(/class="upright" href="[^"]*">([^<]*)</g)].map(([, rule]) => rule)).toEqual(['b', 'a', 'c', 'd']);
  expect([...page.matchAll(/<th scope="row"><a href="[^"]*">([^<]*)</g)].map(([, name]) => name)).toEqual(['loud', 'quiet']);
});

test('a finding shows problem, fix, line and pointer', () => {
  const page = htmlReport(verdict({ findings: [finding(web), finding({ ...web, pointer: '' })] }));
  expect(page).toContain('<p>image must have a digest, it is &quot;nginx:1.27&quot;</p>');
  expect(page).toContain('<b>Fix:</b> write the digest');
  expect(page).toContain('<code>dist/shop.k8s.yaml:22 /spec/template/spec/containers/0/image</code>');
  expect(page).toContain('src/shop.ts:14 · dist/shop.k8s.yaml');
});

test('the rules that were not met are explained; a team\'s own says that it is', () => {
  const page = htmlReport(verdict({ findings: [finding({ rule: 'privileged' }), finding({ rule: 'no-such-rule' })] }));
  expect(page).toContain(`<p>${rules.privileged.summary}`.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/'/g, '&#39;'));
  expect(page).toContain('A rule of your own.');
});

test('exemptions stand with the days they have left, the one that ends soonest first', () => {
  const notes = [exemption(), exemption({ until: '2031-01-01', owner: 'late' }), exemption({ until: '2030-06-03', owner: 'soon', container: 'x' })];
  const excused = exempted({ exemption: notes[2] });
  const page = htmlReport(verdict({ exempted: [excused, excused], exemptions: [...notes, notes[0]] }));
  expect([...page.matchAll(/<td>(soon|late|nobody named)<\/td>/g)].map(([, owner]) => owner)).toEqual(['soon', 'late', 'nobody named', 'nobody named']);
  expect(page).toContain('2 days left');
  expect(page).toContain('no last day');
  expect(page).toContain('<td class="number">2</td>');
});

test('images stand by registry, and say whether they are pinned', () => {
  const page = htmlReport(verdict({
    pods: [pod({ images: [`ghcr.io/acme/shop@${digest}`, 'ghcr.io/acme/log:1'] }), pod({ construct: 'b', images: ['ghcr.io/acme/log:1', 'BAD'] })],
  }));
  expect(page).toContain('3 images from 2 registries, 1 pinned');
  expect(page).toContain('<th scope="rowgroup" rowspan="2">ghcr.io</th>');
  expect(page).toContain('cannot be read');
});

test('no hostile value becomes markup', () => {
  const page = htmlReport(hostileVerdict());
  expect(page).not.toContain('<script');
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u2028]/);
  expect(page.match(/<section>/g)).toHaveLength(6);
});

test('the page may load nothing and run nothing; its one style is allowed by its hash', () => {
  const page = htmlReport(hostileVerdict());
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const [, style] = /<style>([^]*)<\/style>/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(policy.replace(/&#39;/g, '\'')).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
  expect(page).not.toMatch(/ style="|https?:|@import|url\(/);
});
