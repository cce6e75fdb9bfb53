import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { pod, policy, useFolder, write } from './support';
import { builtPackage } from '../../scripts/built-package';
import { missingOf, testUnlessMissing } from '../support/programs';

useFolder();

const command = join(builtPackage(), 'bin', 'cdk8s-hardened');
const { FORCE_COLOR: _force, NO_COLOR: _no, ...environment } = process.env;

function start(args: readonly string[], options: SpawnSyncOptions = {}) {
  return spawnSync(process.execPath, [command, ...args], { env: environment, ...options, encoding: 'utf8' });
}

/** A shell line, in which `$0` is the command. */
function shell(line: string, env: NodeJS.ProcessEnv = {}) {
  return spawnSync('bash', ['-c', line, `${process.execPath} ${command}`], { env: { ...environment, ...env }, encoding: 'utf8' });
}

/** What this machine lacks is said, so that nobody takes it for tested. */
const where = (isPossible: boolean, lack: string) => isPossible ? test : (name: string, _run: () => void) => test.skip(`${name} (${lack})`, () => undefined);

beforeEach(() => {
  write('hardened.yaml', policy);
  write('dist/shop.yaml', pod({ readOnly: false }));
});

test('it ends with the status of the verdict, and writes each thing where it belongs', () => {
  expect(start(['check'])).toMatchObject({ status: 1, stdout: expect.stringContaining('1 finding of 1 rule') as string, stderr: '' });
  expect(start(['check', '--only', 'privileged'])).toMatchObject({ status: 0, stderr: '' });
  expect(start(['check', 'absent'])).toMatchObject({ status: 2, stderr: '' });
  expect(start(['check', '--formt'])).toMatchObject({ status: 2, stdout: '' });
});

describe('the standard input', () => {
  test('is read to its end, document by document', () => {
    const input = `${pod()}---\n${pod({ name: 'bad', readOnly: false })}`;
    expect(start(['check', '-'], { input })).toMatchObject({ status: 1, stdout: expect.stringContaining('at stdin:32\n') as string });
  });

  test('that comes slowly is waited for', () => {
    expect(shell('(echo "# late"; sleep 0.3; cat dist/shop.yaml) | $0 check - | tail -1').stdout).toMatch(/^1 finding /);
  });

  test.each([['empty', '< /dev/null'], ['closed', '<&-']])('that is %s does not pass: what should have written it has failed', (_name, redirect) => {
    expect(shell(`$0 check - ${redirect}`)).toMatchObject({ status: 2, stdout: expect.stringContaining('stdin: ') as string });
  });
});

describe('the standard output', () => {
  test('may be closed by who reads it: that is no error, and the status is that of the verdict', () => {
    write('dist/many.yaml', Array.from({ length: 1000 }, (_, index) => pod({ name: `p${index}`, readOnly: false })).join('---\n'));
    for (const format of ['text', 'json', 'html']) {
      expect(shell(`$0 check --format ${format} | head -c 10 > /dev/null; exit \${PIPESTATUS[0]}`)).toMatchObject({ status: 1, stderr: '' });
    }
  });

  where(process.platform === 'linux', 'needs /dev/full')('that is full is status 2 and one line', () => {
    expect(shell('$0 check > /dev/full')).toMatchObject({
      status: 2, stderr: 'cdk8s-hardened: the standard output cannot be written: ENOSPC: no space left on device, write\n',
    });
  });
});

describe('on a terminal', () => {
  const onTerminal = testUnlessMissing(missingOf('script'));
  const terminal = (env: NodeJS.ProcessEnv, args = 'check') => shell(`script -qec "$0 ${args}" /dev/null`, { TERM: 'xterm', ...env }).stdout;
  const red = '\u001b[31m';

  onTerminal('there are colours and progress, and no trace of the progress is left', () => {
    const out = terminal({});
    expect(out).toContain(red);
    expect(out).toMatch(/^\r\u001b\[K0 of 1 file judged, now dist\/shop\.yaml\r\u001b\[K/);
  });

  onTerminal('NO_COLOR takes the colours away, unless it is empty', () => {
    expect(terminal({ NO_COLOR: '1' })).not.toContain(red);
    expect(terminal({ NO_COLOR: '' })).toContain(red);
  });

  onTerminal('a dumb one gets neither', () => {
    expect(terminal({ TERM: 'dumb' })).not.toContain('\u001b');
  });

  onTerminal('what is piped has no colours, also where the errors go to a terminal', () => {
    expect(terminal({}, 'check | cat')).not.toContain(red);
  });
});

describe('as another user, in a folder that cannot be written', () => {
  const asNobody = where(process.getuid?.() === 0, 'needs root, to become somebody else');
  const nobody = { uid: 65534, gid: 65534, env: { ...environment, HOME: '/nonexistent' } };
  beforeEach(() => chmodSync('.', 0o755));

  asNobody('it judges', () => {
    expect(start(['check'], nobody)).toMatchObject({ status: 1, stderr: '' });
  });

  asNobody('it says what it cannot write', () => {
    expect(start(['check', '--output', 'report.txt'], nobody)).toMatchObject({
      status: 2, stdout: '', stderr: 'cdk8s-hardened: report.txt: cannot be written: permission denied\n',
    });
  });

  asNobody('it says what it cannot read, and judges the rest', () => {
    chmodSync(write('dist/secret.yaml', pod()), 0o600);
    expect(start(['check'], nobody)).toMatchObject({ status: 2, stdout: expect.stringContaining('dist/secret.yaml: cannot be read: permission denied\n') as string });
    chmodSync('hardened.yaml', 0o600);
    expect(start(['check'], nobody)).toMatchObject({ status: 2, stderr: expect.stringMatching(/^cdk8s-hardened: hardened\.yaml: cannot be read: permission denied\n$/) as string });
  });
});
