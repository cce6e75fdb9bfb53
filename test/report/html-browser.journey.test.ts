import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { source as axe } from 'axe-core';
import { exempted, exemption, finding, hostileVerdict, pod, verdict } from './fixtures';
import { htmlReport } from '../../src/report/html';
import { describeUnlessMissing, has } from '../support/programs';

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(has);

const folder = mkdtempSync(join(tmpdir(), 'html-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Seen {
  readonly violations: readonly string[];
  readonly scripts: number;
  readonly margin: string;
  readonly background: string;
  readonly overflow: number;
  readonly matrixOverflows: boolean;
}

/** Opens the page with axe-core in it. The rest of its content security policy stays in force. */
function see(page: string, ...flags: readonly string[]): Seen {
  const script = `${axe.replace(/<\/script/g, '<\\/script')};
    const scripts = document.scripts.length - 1;
    const matrix = document.querySelector('.scroll');
    axe.run().then(({ violations }) => {
      const seen = {
        violations: violations.map(({ id, nodes }) => id + ' ' + nodes[0].html),
        scripts,
        margin: getComputedStyle(document.body).margin,
        background: getComputedStyle(document.body).backgroundColor,
        overflow: document.documentElement.scrollWidth - innerWidth,
        matrixOverflows: matrix !== null && matrix.scrollWidth > matrix.clientWidth,
      };
      document.body.textContent = 'SEEN' + encodeURIComponent(JSON.stringify(seen)) + 'SEEN';
    });`;
  const file = join(folder, 'page.html');
  writeFileSync(file, page
    .replace('default-src', () => "script-src 'unsafe-inline'; default-src")
    .replace('</body>', () => `<script>${script}</script></body>`));
  const dom = execFileSync(browser!, [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', `--user-data-dir=${join(folder, 'profile')}`, '--virtual-time-budget=60000',
    ...flags, '--dump-dom', `file://${file}`,
  ], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8, timeout: 100_000 });
  return JSON.parse(decodeURIComponent(dom.split('SEEN')[1]));
}

const rules = Array.from({ length: 30 }, (_, i) => `rule-number-${i}`);
const full = verdict({
  findings: rules.flatMap((rule, i) => [finding({ construct: `shop/web-${i % 7}`, rule, line: i, file: 'a.yaml', container: 'web' })]),
  exempted: [exempted({ exemption: exemption({ until: '2030-07-01', owner: 'team-sre' }) })],
  errors: [{ message: 'not YAML', file: 'a.yaml', line: 3 }],
  pods: [pod(), pod({ images: [`ghcr.io/acme/web@sha256:${'ab'.repeat(32)}`] })],
});

const light = '--blink-settings=preferredColorScheme=1';
const dark = '--blink-settings=preferredColorScheme=0';

describeUnlessMissing(browser === undefined ? ['chromium'] : [])('in a browser', () => {
  test.each([
    ['in light', htmlReport(full), [light, '--window-size=1280,900'], 'rgb(255, 255, 255)'],
    ['in dark', htmlReport(full), [dark, '--window-size=1280,900'], 'rgb(15, 19, 24)'],
    ['on a phone', htmlReport(full), [light, '--window-size=500,900'], 'rgb(255, 255, 255)'],
    ['with hostile values', htmlReport(hostileVerdict()), [light], 'rgb(255, 255, 255)'],
    ['when it passes', htmlReport(verdict()), [light], 'rgb(255, 255, 255)'],
  ])('%s axe-core finds nothing, the style applies, no value became a script and the page does not scroll sideways', (_, page, flags, background) => {
    const seen = see(page, ...flags);
    expect(seen).toMatchObject({ violations: [], scripts: 0, margin: '0px', background });
    expect(seen.overflow).toBeLessThanOrEqual(0);
  }, 120_000);

  test('on a narrow screen the matrix scrolls within itself', () => {
    expect(see(htmlReport(full), light, '--window-size=500,900').matrixOverflows).toBe(true);
  }, 120_000);
});
