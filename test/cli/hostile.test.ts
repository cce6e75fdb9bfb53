import { mkdirSync, symlinkSync } from 'node:fs';
import { checked, pod, policy, run, useFolder, write } from './support';

useFolder();
beforeEach(() => write('hardened.yaml', policy));

const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join()}]\n`).join('')}`;
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: big }\ndata:\n';
const invisible = '\u0000';

test.each<[name: string, content: string | Buffer, line: number | undefined, message: RegExp]>([
  ['YAML that does not parse', 'a: [1\nb: 2\n', 2, /./],
  ['a tab', 'a:\n\tb: 1\n', 2, /a tab is used for indentation/],
  ['a duplicate key', 'kind: Pod\napiVersion: v1\nkind: Deployment\n', 3, /duplicate key "kind"/],
  ['a duplicate key in JSON', '{"kind": "Pod",\n"kind": "Deployment"}', 2, /duplicate key "kind"/],
  ['an alias bomb', bomb, 1, /aliases unfold to more than/],
  ['100,000 levels', '['.repeat(100_000), 1, /nested more than 200 levels deep/],
  ['a NUL', `apiVersion: v1\nkind: Pod${invisible}\n`, undefined, /binary file/],
  ['a NUL behind the first kilobytes', `# ${'x'.repeat(9000)}\na: "${invisible}"\n`, 2, /U\+0000/],
  ['bytes of a program', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)), undefined, /binary file/],
  ['text that is no UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]), 1, /not UTF-8/],
  ['UTF-16', Buffer.from('\ufeffa: 1\n', 'utf16le'), undefined, /UTF-16/],
  ['nothing', '', undefined, /is empty: it holds no document/],
  ['a comment alone', '# to do\n---\n# later\n', undefined, /is empty|holds no document/],
])('%s is one error and status 2, and the file beside it is judged', async (_name, content, line, message) => {
  write('bad.yaml', content);
  write('good.yaml', pod({ readOnly: false }));
  const { status, err, errors, summary } = await checked('bad.yaml', 'good.yaml');
  expect(status).toBe(2);
  expect(errors).toEqual([{ file: 'bad.yaml', ...line !== undefined && { line }, message: expect.stringMatching(message) as string }]);
  expect(errors[0].message).toMatch(/^[\x20-\x7e…]{1,200}$/);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(summary).toMatchObject({ findings: 1, errors: 1, pods: 1 });
});

test.each<[name: string, content: string]>([
  ['a byte order mark', `\ufeff${pod({ readOnly: false })}`],
  ['the line ends of Windows', pod({ readOnly: false }).replaceAll('\n', '\r\n')],
  ['the keys __proto__ and constructor', `${pod({ readOnly: false })}__proto__: { spec: {} }\nconstructor: 1\n`],
])('with %s it is judged as without, at the same line', async (_name, content) => {
  write('shop.yaml', content);
  expect(await checked('shop.yaml')).toMatchObject({ status: 1, errors: [], findings: [{ rule: 'read-only-root-filesystem', line: 15 }] });
});

test('a scalar of 64 MiB is read', async () => {
  write('big.yaml', `${configMap}  a: "${'x'.repeat(64 * 1024 * 1024)}"\n---\n${pod({ readOnly: false })}`);
  expect(await checked('big.yaml')).toMatchObject({ status: 1, findings: [{ document: 1, line: 21 }], errors: [] });
});

test('what cannot be found is one error each', async () => {
  mkdirSync('void');
  mkdirSync('in');
  symlinkSync('nowhere', 'in/broken.yaml');
  write('in/shop.yaml', pod({ readOnly: false }));
  const { status, errors, findings } = await checked('void', 'missing.yaml', 'in');
  expect(status).toBe(2);
  expect(findings).toHaveLength(1);
  expect(errors).toEqual([
    { file: 'void', message: 'holds no manifest: there is no *.yaml, *.yml or *.json in it' },
    { file: 'missing.yaml', message: 'cannot be read: it does not exist' },
    { file: 'in/broken.yaml', message: 'is a symbolic link that cannot be followed: it does not exist' },
  ]);
});

describe('empty files', () => {
  test('may lie in a folder, as cdk8s writes one for a chart without objects', async () => {
    write('dist/empty.yaml', '');
    write('dist/shop.yaml', pod());
    expect((await run('check')).status).toBe(0);
  });

  test('do not pass where there is nothing else', async () => {
    write('dist/empty.yaml', '');
    expect(await checked()).toMatchObject({ status: 2, errors: [{ message: 'there is nothing to judge: 1 file without any document' }] });
  });
});

test('a path that is empty is a mistake of the call', async () => {
  expect(await run('check', '')).toMatchObject({
    status: 2, out: '', err: 'cdk8s-hardened: a path is empty; name a file, a folder, or - for the standard input\n',
  });
});

test('the name of a file cannot write to a terminal', async () => {
  write('in/\u001b[31m\n.yaml', 'a: [');
  for (const args of [['in'], ['in', '--format', 'json'], ['in', '--write-baseline', 'b']]) {
    const { status, out, err } = await run('check', ...args);
    expect(status).toBe(2);
    expect(out + err).not.toContain('\u001b');
    expect(err.split('\n').filter((line) => line !== '' && !line.startsWith('cdk8s-hardened: '))).toEqual([]);
  }
});

test('a line of a megabyte with thousands of findings takes no longer than as many lines', async () => {
  const items = Array.from({ length: 3000 }, (_, index) => {
    const spec = { 'containers': [{ name: 'c', image: 'nginx' }], 'x-padding': 'x'.repeat(300) };
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${index}` }, spec };
  });
  const timeOf = async (indent: number | undefined) => {
    write('list.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, indent));
    // Of the processor, so that it does not matter what else runs.
    const start = process.cpuUsage();
    expect((await run('check', 'list.json')).status).toBe(1);
    return process.cpuUsage(start).user;
  };
  await timeOf(1);
  expect(await timeOf(undefined)).toBeLessThan(5 * await timeOf(1));
});
