import { exempted, exemption, finding, hostileVerdict, verdict } from './fixtures';
import { jsonReport } from '../../src/report/json';

const place = { file: 'a.yaml', document: 0, line: 7, container: 'web', construct: 'shop/web', source: 'src/shop.ts:14' };

test('a report has the keys of the contract, in its order', () => {
  const parsed = JSON.parse(jsonReport(verdict({ findings: [finding(place)], errors: [{ message: 'm', line: 2, file: 'f' }] })));
  expect(Object.keys(parsed)).toEqual(['version', 'summary', 'rules', 'findings', 'exempted', 'errors']);
  expect(parsed.version).toBe(1);
  expect(Object.keys(parsed.summary)).toEqual(['files', 'documents', 'pods', 'containers', 'findings', 'exempted', 'errors']);
  expect(Object.keys(parsed.findings[0])).toEqual([
    'rule', 'severity', 'message', 'fix', 'file', 'document', 'line', 'pointer', 'resource', 'container', 'construct', 'source',
  ]);
  expect(Object.keys(parsed.findings[0].resource)).toEqual(['apiVersion', 'kind', 'namespace', 'name']);
  expect(Object.keys(parsed.errors[0])).toEqual(['file', 'line', 'message']);
  expect(parsed.findings[0].document).toBe(0);
});

test('what does not apply is left out', () => {
  const parsed = JSON.parse(jsonReport(verdict({ findings: [finding({ resource: { apiVersion: 'v1', kind: 'Pod' } })] })));
  expect(Object.keys(parsed.findings[0])).toEqual(['rule', 'severity', 'message', 'fix', 'pointer', 'resource']);
  expect(parsed.findings[0].resource).toEqual({ apiVersion: 'v1', kind: 'Pod' });
});

test('an exempted finding carries its exemption', () => {
  const note = exemption({ owner: 'team-sre', until: '2030-12-31', container: 'log' });
  const parsed = JSON.parse(jsonReport(verdict({ exempted: [exempted({ exemption: note })] })));
  expect(parsed.exempted[0]).toMatchObject({ rule: 'host-path', exemption: note });
});

test('the rules stand worst first', () => {
  const text = jsonReport(verdict({ findings: [finding({ rule: 'a' }), finding({ rule: 'b' }), finding({ rule: 'b' })] }));
  expect(Object.entries(JSON.parse(text).rules)).toEqual([['b', 2], ['a', 1]]);
});

test('hostile values come back exactly as they were', () => {
  const hostile = hostileVerdict();
  expect(JSON.parse(jsonReport(hostile)).findings[0]).toEqual(hostile.findings[0]);
});
