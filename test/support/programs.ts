import { spawnSync } from 'node:child_process';

/** Whether a program can be started. */
export function has(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

/** `test`, or where something is missing one that is skipped, under a title that says so: count-reporter.js reads it. */
export function testUnlessMissing(missing: readonly string[]): (name: string, body: jest.ProvidesCallback) => void {
  return missing.length === 0 ? test : (name, body) => test.skip(titleOf(name, missing), body);
}

/** The same for all the tests of a block. */
export function describeUnlessMissing(missing: readonly string[]): (name: string, body: () => void) => void {
  return missing.length === 0 ? describe : (name, body) => describe.skip(titleOf(name, missing), body);
}

function titleOf(name: string, missing: readonly string[]): string {
  return `${name} (missing: ${missing.join(', ')})`;
}

export function missingOf(...programs: readonly string[]): readonly string[] {
  return programs.filter((program) => !has(program));
}
