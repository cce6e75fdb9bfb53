'use strict';

const lack = /\(missing: ([^)]+)\)/;

/**
 * Says what was not run for want of a program, which in CI is a failure, and then `N passed, N failed, N skipped`.
 *
 * A test that lacks a program is skipped under a title that names it: see `programs.ts`.
 */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const missing = new Map();
    for (const { status, fullName } of results.testResults.flatMap((suite) => suite.testResults)) {
      const [, programs] = (status === 'pending' && lack.exec(fullName)) || [];
      if (programs !== undefined) missing.set(programs, (missing.get(programs) ?? 0) + 1);
    }
    let lacking = 0;
    for (const [programs, count] of missing) {
      process.stdout.write(`not run, because of what is missing (${programs}): ${count} ${count === 1 ? 'test' : 'tests'}\n`);
      lacking += count;
    }
    const isFailure = lacking > 0 && !['', 'false', undefined].includes(process.env.CI);
    if (isFailure) this.error = new Error(`${lacking} tests could not be run`);
    // A suite that could not even start has failed, though it counts no test.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + (isFailure ? lacking : 0);
    const skipped = results.numPendingTests + results.numTodoTests - (isFailure ? lacking : 0);
    process.stdout.write(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  }

  /** Jest fails where there is one. */
  getLastError() {
    return this.error;
  }
};
