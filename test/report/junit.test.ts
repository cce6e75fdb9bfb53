import { SaxesParser } from 'saxes';
import { exempted, finding, hostile, hostileVerdict, pod, verdict } from './fixtures';
import { junitReport } from '../../src/report/junit';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Parses strictly: what is not well-formed XML 1.0 throws. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const path = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    path[path.length - 1].children.push(element);
    path.push(element);
  });
  parser.on('text', (text) => { path[path.length - 1].text += text; });
  parser.on('closetag', () => { path.pop(); });
  parser.write(xml).close();
  return root.children[0];
}

test('the parser of this test refuses a character that XML 1.0 does not have', () => {
  expect(() => parse('<a>\u0000</a>')).toThrow();
});

test('each object is a suite, each finding a failure at its line', () => {
  const report = parse(junitReport(verdict({
    findings: [
      finding({ construct: 'shop/web', source: 'src/shop.ts:14', container: 'web' }),
      finding({ construct: 'shop/web', source: 'src/shop.ts:14', rule: 'host-ports' }),
      finding({ construct: 'shop/api', file: 'a.yaml' }),
    ],
    pods: [],
  })));
  expect(report.children.map(({ attributes }) => [attributes.name, attributes.tests, attributes.failures])).toEqual([
    ['shop/web', '2', '2'],
    ['shop/api', '1', '1'],
  ]);
  const [test] = report.children[0].children;
  expect(test.attributes).toEqual({ name: 'image-digest: container web', classname: 'shop/web', time: '0', file: 'src/shop.ts', line: '14' });
  expect(test.children[0].name).toBe('failure');
  expect(test.children[0].attributes.message).toBe('image must have a digest, it is "nginx:1.27"');
  expect(test.children[0].text).toContain('fix: write the digest behind the tag');
});

test('exempted findings are skipped with their reason, errors are errors, the whole counts them', () => {
  const report = parse(junitReport(verdict({
    exempted: [exempted()],
    errors: [{ message: 'not YAML', file: 'a.yaml', line: 3 }, { message: 'stale' }],
  })));
  expect(report.attributes).toMatchObject({ tests: '3', failures: '0', errors: '2', skipped: '1' });
  const [workload, errors] = report.children;
  expect(workload.children[0].children[0]).toMatchObject({ name: 'skipped', attributes: { message: 'exempted: reads the kernel log' } });
  expect(errors.children.map(({ attributes }) => attributes.name)).toEqual(['a.yaml:3', 'not judged']);
});

test('an object without findings is a suite with a passing case', () => {
  const report = parse(junitReport(verdict({ pods: [pod(), pod({ containers: ['b'] })] })));
  expect(report.children).toHaveLength(1);
  expect(report.children[0].children[0]).toMatchObject({ attributes: { name: 'no findings' }, children: [] });
});

test('a report of hostile values is well-formed, and shows them', () => {
  const report = parse(junitReport(hostileVerdict()));
  expect(report.attributes).toMatchObject({ failures: '2', errors: '1', skipped: '1' });
  expect(hostile).toContain('<script>');
  expect(report.children[0].attributes.name).toContain('<script>');
});
