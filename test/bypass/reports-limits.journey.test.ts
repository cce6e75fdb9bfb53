import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { enforce, PolicyValidation } from '../../src';
import { readBytes, reasonOf } from '../../src/files/read';
import { VerdictBuilder } from '../../src/policy/verdict-builder';
import { configuredCredentials } from '../../src/registry/auth/configured';
import { readShell } from '../../src/shell/read';
import { checked, pod, policy, run, useFolder, write } from '../cli/support';

// Whoever hands in a file must not be able to take all memory, or all of the stack.

useFolder();
beforeEach(() => {
  write('hardened.yaml', policy);
  write('shop.yaml', pod());
});

const many = 200_000;
const numbered = (line: (index: number) => string) => Array.from({ length: many }, (_, index) => line(index)).join('');
const header = '{"baseline":1}\n';

const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('a device without an end is an error', () => {
  beforeEach(() => symlinkSync('/dev/zero', 'zero'));

  test.each([
    [['check', '--baseline', 'zero', 'shop.yaml'], 'zero: is larger than 64 MiB, which no baseline is'],
    [['check', '--policy', 'zero', 'shop.yaml'], 'zero: is larger than 1 MiB, which no policy needs'],
    [['check', '--lock', 'zero', 'shop.yaml'], 'zero: cannot be read: it is no file'],
    [['check', 'zero'], 'zero: is larger than 256 MiB; split it'],
    [['pin', '--lock', 'zero', 'shop.yaml'], 'zero: cannot be read: it is no file'],
    [['lock', '--lock', 'zero', 'nginx'], 'zero'],
    [['lock', '--ca', 'zero', 'nginx'], '--ca: zero: is larger than 16 MiB'],
    [['lock', '--policy', 'zero', 'nginx'], 'zero: is larger than 1 MiB, which no policy needs'],
    [['lock', '--offline', '--from', 'zero'], 'zero: is larger than 256 MiB; split it'],
  ])('%j', async (args, message) => {
    const { status, out, err } = await run(...args);
    expect(status).toBe(2);
    expect(out + err).toContain(message);
  });

  test('for the gate', () => {
    const app = new App();
    enforce(app, {}, { baseline: 'zero' });
    new ApiObject(new Chart(app, 'chart'), 'object', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(() => app.synthYaml()).toThrow('zero: is larger than 64 MiB, which no baseline is');
  });

  test('for the plugin', async () => {
    const logged: string[] = [];
    const submitted: string[] = [];
    await new PolicyValidation({ baseline: 'zero' }).validate({
      manifests: ['shop.yaml'],
      report: { addViolation: () => undefined, submit: (status) => submitted.push(status) },
      logger: { log: (message) => logged.push(message) },
    });
    expect(submitted).toEqual(['failure']);
    expect(logged).toEqual(['cdk8s-hardened: zero: is larger than 64 MiB, which no baseline is']);
  });

  test('for credentials', async () => {
    const find = configuredCredentials({ environment: { HOME: process.cwd(), REGISTRY_AUTH_FILE: join(process.cwd(), 'zero') } });
    await expect(find('ghcr.io', 'acme/shop')).rejects.toThrow('zero: the file with credentials is too large');
  });
});

onUnix('a pipe', () => {
  test('that nobody writes to is an error, and not waited for', () => {
    execFileSync('mkfifo', ['pipe']);
    let reason = '';
    try {
      readBytes('pipe', 1024, 20);
    } catch (error) {
      reason = reasonOf(error);
    }
    expect(reason).toBe('it is a pipe, and nothing is written to it');
  });

  test('that somebody writes to slowly is read to its end', () => {
    execFileSync('mkfifo', ['pipe']);
    execFileSync('sh', ['-c', '{ cat shop.yaml; sleep 0.1; echo "# end"; } > pipe &'], { stdio: 'ignore' });
    expect(readBytes('pipe', 1024 * 1024)?.toString()).toBe(`${pod()}# end\n`);
  });
});

test.each([
  ['--baseline', ['.']], ['--policy', ['.']], ['--lock', ['.']],
])('%s does not read a folder', async (option, [folder]) => {
  expect(await run('check', option, folder, 'shop.yaml')).toMatchObject({ status: 2, err: 'cdk8s-hardened: .: cannot be read: it is a folder\n' });
});

describe(`${many} of them`, () => {
  test('lines of a baseline that no longer occur are an error each', async () => {
    write('b', header + numbered((index) => `{"rule":"privileged","kind":"Pod","name":"p${index}"}\n`));
    const { status, errors } = await checked('--baseline', 'b', 'shop.yaml');
    expect(status).toBe(1);
    expect(errors).toHaveLength(many);
  });

  test('annotations that excuse nothing are an error each, in text too', async () => {
    write('hardened.yaml', `${policy}ignoreAnnotations: true\n`);
    const annotations = numbered((index) => `    ignore.cdk8s-hardened/r${index}: because\n`);
    write('shop.yaml', pod().replace('  namespace: acme\n', `  namespace: acme\n  annotations:\n${annotations}`));
    const { status, out } = await run('check', 'shop.yaml');
    expect(status).toBe(1);
    expect(out).toContain(`${many} errors`);
  });

  test('pods of one list are judged', async () => {
    const items = Array.from({ length: many }, () => ({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [] } }));
    write('list.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const { summary } = await checked('--only', 'privileged', 'list.json');
    expect(summary.pods).toBe(many);
  });

  test.each(['sarif', 'junit', 'github', 'html'])('errors are told in %s', async (format) => {
    write('b', header + numbered((index) => `{"rule":"privileged","kind":"Pod","name":"p${index}"}\n`));
    const { status, out } = await run('check', '--baseline', 'b', '--format', format, 'shop.yaml');
    expect(status).toBe(1);
    expect(out).toContain(`p${many - 1} no longer occurs`);
  });

  test('exemptions, pods and entries are added to a verdict', () => {
    const builder = new VerdictBuilder('2030-01-01');
    const note = { rule: 'privileged', scope: 'a', reason: 'b' };
    builder.addDeclared(Array.from({ length: many }, () => ({ note, covers: () => false })));
    expect(builder.build([]).errors).toHaveLength(many);
  });

  test('commands in a subshell are read', () => {
    expect(readShell(`(${'a;'.repeat(many)})`)?.[0].nested).toHaveLength(many);
  });
});
