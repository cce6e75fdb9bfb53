import * as cdk8s from 'cdk8s';
import { misreadAs } from '../../src/gate/misread';
import { exits, filesIn, makers, refusalOf, trusting } from '../support/apps';

/** What sigs.k8s.io/yaml 1.6.0 reads where cdk8s 2.70 writes the text. */
test.each([
  ['0o14', '12'], ['0O14', '12'], ['0X1F', '31'], ['0B11', '3'], ['-0o14', '-12'], ['+0o14', '12'], ['1e3_1', '1e+31'], ['-_1', '-1'], ['0b+1', '1'], ['0_o10', '8'],
  ['\u0080', 'nothing: it refuses the file'], ['a\u007f', 'nothing: it refuses the file'], ['\ufffe', 'nothing: it refuses the file'], ['\uffff', 'nothing: it refuses the file'],
  ['\ud800', 'nothing: it refuses the file'], ['a\udc00', 'nothing: it refuses the file'], ['\ta\nb', 'nothing: it refuses the file'], ['0\u2028', 'nothing: it refuses the file'], ['\n\ta\n', 'nothing: it refuses the file'],
])('Kubernetes reads %j otherwise', (text, read) => {
  expect(misreadAs(text, false)).toBe(read);
});

test.each([
  '', 'a', '0777', '0o8', '0x1f', '1000', '1_000', '-1', '.5', '1e3', '1:30', '2001-01-01', '.inf', 'y', '~', ' ', '\t', '\n', ' a\nb', ' \ta\nb', 'a\n\tb', '\u{1f600}', '\u00a0', '\u0007', '0\ufeff', '1.2.3', '-',
])('%j is read as it is, as a value and as a key', (text) => {
  expect([misreadAs(text, false), misreadAs(text, true)]).toEqual([undefined, undefined]);
});

test('a key is held against what Kubernetes reads too', () => {
  expect([misreadAs('0o14', true), misreadAs('-_1', true)]).toEqual(['"12"', '"-1"']);
});

describe.each(makers)('%s', (_name, make) => {
  describe.each([
    ['a key', { '0o14': 'x' }, 'cdk8s writes the key "0o14" in such a way that Kubernetes reads "12"'],
    ['a value', { a: '0o14' }, 'cdk8s writes the text "0o14" in "a" in such a way that Kubernetes reads 12'],
    ['a character that is refused', { a: 'x\u0080' }, 'in such a way that Kubernetes reads nothing: it refuses the file'],
  ])('%s that Kubernetes would read otherwise', (_what, data, message) => {
    test.each(exits)('does not leave: %s', (_exit, props, leave) => {
      const app = make(trusting, props);
      const chart = new cdk8s.Chart(app, 'chart');
      new cdk8s.ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data });

      expect(refusalOf(() => leave(app, chart))).toMatchObject({ code: 'unjudged', message: expect.stringContaining(message) as string });
      expect(filesIn(app.outdir).filter((file) => file.endsWith('.yaml'))).toEqual([]);
    });
  });
});
