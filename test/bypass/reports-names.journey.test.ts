import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackage } from '../../scripts/built-package';
import { checked, pod, policy, run, useFolder, write } from '../cli/support';

// A file name that is not UTF-8 comes to a program as another text, under which there is no file.

const command = join(builtPackage(), 'bin', 'cdk8s-hardened');
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a file name that is not UTF-8', () => {
  useFolder();
  beforeEach(() => write('hardened.yaml', policy));

  const bytes = (text: string) => Buffer.from(text, 'latin1');
  const lost = 'caf\ufffd.yaml';
  const message = 'the name "caf\\xe9.yaml" is not UTF-8 text, so it can neither be told nor reported; rename it';

  test('is told of one that was named', async () => {
    writeFileSync(bytes('caf\xe9.yaml'), pod());
    expect(await checked(lost)).toMatchObject({ status: 2, errors: [{ file: lost, message: `cannot be read: ${message}` }] });
  });

  test('is told of a folder on the way', async () => {
    mkdirSync(bytes('d\xff\x1b'));
    writeFileSync(bytes('d\xff\x1b/shop.yaml'), pod());
    const { status, errors } = await checked('d\ufffd\u001b/shop.yaml');
    expect(status).toBe(2);
    expect(errors[0].message).toContain('the name "d\\xff\\x1b" is not UTF-8 text');
  });

  test.each([['check'], ['check', '--format', 'json'], ['lock', '--offline', '--from'], ['pin']])('is told of one in a folder (%j)', async (...args) => {
    write('images.lock.json', '{"version":1,"images":{}}\n');
    mkdirSync('in');
    writeFileSync(bytes('in/caf\xe9.yaml'), pod({ readOnly: false }));
    writeFileSync(bytes('in/caf\xe9.txt'), 'nobody would read it');
    write('in/good.yaml', pod());
    const { status, out, err } = await run(...args, 'in');
    expect(status).toBe(2);
    // As text, a report tells its errors itself.
    expect(`${out}${err}`).toContain(args.includes('json') ? JSON.stringify(message).slice(1, -1) : message);
    expect(`${out}${err}`).not.toContain('does not exist');
    expect(`${out}${err}`).not.toContain('.txt');
  });

  test('what lies beside it is judged', async () => {
    mkdirSync('in');
    writeFileSync(bytes('in/caf\xe9.yaml'), pod());
    write('in/shop.yaml', pod({ readOnly: false }));
    expect(await checked('in')).toMatchObject({ status: 2, summary: { findings: 1, errors: 1, pods: 1 }, errors: [{ file: 'in', message }] });
  });

  test('a folder in a folder, and a link to one, are not passed over', async () => {
    write('in/shop.yaml', pod());
    mkdirSync(bytes('in/f\xe9'));
    writeFileSync(bytes('in/f\xe9/bad.yaml'), pod({ readOnly: false }));
    mkdirSync('other');
    symlinkSync('../other', bytes('in/l\xe9'));
    symlinkSync('nowhere', bytes('in/n\xe9'));
    mkdirSync(bytes('in/.f\xe9'));
    const { status, errors } = await checked('in');
    expect(status).toBe(2);
    expect(errors.map((error) => error.message.slice(0, 20))).toEqual(['the name "f\\xe9" is ', 'the name "l\\xe9" is ']);
  });

  test('two links to files whose names are the same as text are two files', async () => {
    writeFileSync(bytes('a\xe8'), pod());
    writeFileSync(bytes('a\xe9'), pod({ readOnly: false }));
    mkdirSync('in');
    symlinkSync(bytes('../a\xe8'), 'in/1.yaml');
    symlinkSync(bytes('../a\xe9'), 'in/2.yaml');
    expect(await checked('in')).toMatchObject({ status: 1, findings: [{ file: 'in/2.yaml', rule: 'read-only-root-filesystem' }], errors: [] });
  });

  test.each([['--policy'], ['--baseline'], ['--lock']])('is told of %s', async (option) => {
    write('shop.yaml', pod());
    writeFileSync(bytes('caf\xe9.yaml'), '');
    expect(await run('check', option, lost, 'shop.yaml')).toMatchObject({ status: 2, err: `cdk8s-hardened: ${lost}: cannot be read: ${message}\n` });
  });

  test('a name with the very character U+FFFD is read', async () => {
    write('in/caf\ufffd.yaml', pod({ readOnly: false }));
    expect(await checked('in', 'in/caf\ufffd.yaml')).toMatchObject({ status: 1, errors: [], summary: { files: 1 } });
  });

  test('what is not there is said not to be there', async () => {
    writeFileSync(bytes('caf\xe9.yml'), pod());
    expect((await checked(lost)).errors[0].message).toBe('cannot be read: it does not exist');
  });

  test('the process says so too, and a folder of such a name that one stands in does not matter', () => {
    write('in/shop.yaml', pod({ readOnly: false }));
    write('in/hardened.yaml', policy);
    writeFileSync(bytes('in/caf\xe9.yaml'), pod());
    const shell = (script: string) => spawnSync('bash', ['-c', script, command], { encoding: 'utf8' });
    const named = shell('cd in && "$0" check caf*.yaml');
    expect(named).toMatchObject({ status: 2, stdout: expect.stringContaining(message) as string });
    const within = shell('mv in $\'d\\xe9\' && cd $\'d\\xe9\' && "$0" check shop.yaml && true');
    expect(within.stdout).toContain('1 finding of 1 rule');
    expect(within.status).toBe(1);
  });
});
