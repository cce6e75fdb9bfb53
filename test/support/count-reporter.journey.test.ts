import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeUnlessMissing, missingOf, testUnlessMissing } from './programs';

const command = join(__dirname, '..', '..', 'node_modules', 'jest', 'bin', 'jest.js');

/** The end of what jest says of one suite, and whether it failed. */
function runOf(suite: string, ci: string | undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'reporter-'));
  mkdirSync(join(folder, 'test'));
  writeFileSync(join(folder, 'test', 'suite.test.js'), suite);
  writeFileSync(join(folder, 'jest.config.json'), JSON.stringify({ reporters: [join(__dirname, 'count-reporter.js')] }));
  const { status, stdout } = spawnSync(process.execPath, [command], { cwd: folder, encoding: 'utf8', env: { ...process.env, CI: ci } });
  return { status, said: stdout.trimEnd().split('\n') };
}

const suite = `
  test('a', () => undefined);
  test.skip('as root', () => undefined);
  describe.skip('beside others (missing: skopeo, umoci)', () => {
    test('b', () => undefined);
    test('c', () => undefined);
  });
  test.skip('d (missing: zstd)', () => undefined);`;
const notRun = ['not run, because of what is missing (skopeo, umoci): 2 tests', 'not run, because of what is missing (zstd): 1 test'];

test.each([undefined, '', 'false'])('what is not run for want of a program is said at the end (CI is %j)', (ci) => {
  expect(runOf(suite, ci)).toEqual({ status: 0, said: [...notRun, '1 passed, 0 failed, 4 skipped'] });
});

test('in CI it is a failure', () => {
  expect(runOf(suite, 'true')).toEqual({ status: 1, said: [...notRun, '1 passed, 3 failed, 1 skipped'] });
});

test('where nothing is missing it is none, in CI too', () => {
  expect(runOf("test('a', () => undefined); test.skip('as root', () => undefined);", 'true')).toEqual({ status: 0, said: ['1 passed, 0 failed, 1 skipped'] });
});

test('a suite that cannot start has failed', () => {
  expect(runOf('nothing();', undefined)).toEqual({ status: 1, said: ['0 passed, 1 failed, 0 skipped'] });
});

test('a test is skipped under a title that says what is missing, and is not where nothing is', () => {
  const missing = missingOf('node', 'no-such-program-anywhere');
  expect(missing).toEqual(['no-such-program-anywhere']);
  const skip = { test: jest.spyOn(test, 'skip').mockImplementation(), describe: jest.spyOn(describe, 'skip').mockImplementation() };
  const body = () => undefined;
  testUnlessMissing(missing)('a', body);
  describeUnlessMissing(missing)('b', body);
  expect(skip.test).toHaveBeenCalledWith('a (missing: no-such-program-anywhere)', body);
  expect(skip.describe).toHaveBeenCalledWith('b (missing: no-such-program-anywhere)', body);
  jest.restoreAllMocks();
  expect([testUnlessMissing([]), describeUnlessMissing([])]).toEqual([test, describe]);
});
