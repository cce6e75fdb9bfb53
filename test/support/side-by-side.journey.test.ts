import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const script = join(__dirname, '..', '..', 'scripts', 'side-by-side.js');

/** What is said where the three steps are these lines of a shell, and the status. */
function runOf(steps: { readonly types?: string; readonly lint?: string; readonly tests?: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'steps-'));
  const { types = '', lint = '', tests = '' } = steps;
  for (const [name, line] of Object.entries({ tsc: types, projen: lint })) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const env = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter) };
  const { status, stdout } = spawnSync(process.execPath, [script, 'sh', '-c', tests], { encoding: 'utf8', env });
  return { status, stdout };
}

test('what all of them pass, passes, and nothing but the tests is heard', () => {
  expect(runOf({ types: 'echo fine', lint: 'echo fine', tests: 'echo 1 passed' })).toEqual({ status: 0, stdout: '1 passed\n' });
});

test('each that fails is named at the end, and what it said is not mixed with the rest', () => {
  const line = 'for i in 1 2 3; do echo NAME $i; done; exit 2';
  expect(runOf({ types: line.replace('NAME', 'types'), lint: line.replace('NAME', 'lint'), tests: 'echo 1 passed' })).toEqual({
    status: 1,
    stdout: '1 passed\n\ntypes:\ntypes 1\ntypes 2\ntypes 3\n\nlint:\nlint 1\nlint 2\nlint 3\n\nfailed: types, lint\n',
  });
});

test.each([['fail', 'exit 1'], ['are killed', 'kill -9 $$']])('tests that %s are a failure', (_how, tests) => {
  expect(runOf({ tests })).toEqual({ status: 1, stdout: '\nfailed: tests\n' });
});
