import { CommanderError } from 'commander';
import { exitStatus } from './exit-status';
import { Io, processIo, UsageError } from './io';
import { programFor } from './program';
import { PolicyError } from '../policy/error';
import { printableLines } from '../report/printable';

/** Runs the command of the process. */
export function run(): void {
  const status = main(process.argv.slice(2), processIo());
  // What could not be written has set it already.
  process.exitCode = Math.max(status, Number(process.exitCode ?? exitStatus.passed));
}

/** @returns the exit status */
export function main(args: readonly string[], io: Io): number {
  let status: number = exitStatus.passed;
  const program = programFor(io, (result) => { status = result; });
  try {
    program.parse(args, { from: 'user' });
    return status;
  } catch (error) {
    return statusOf(error, io);
  }
}

function statusOf(error: unknown, io: Io): number {
  // commander has said it already: help and version are no errors, everything else is one of usage.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.passed : exitStatus.unjudged;
  const isSaid = error instanceof UsageError || error instanceof PolicyError;
  const text = isSaid ? error.message : `a bug, please report it: ${error instanceof Error ? error.stack : String(error)}`;
  for (const line of printableLines(text)) io.err(`cdk8s-hardened: ${line}\n`);
  return exitStatus.unjudged;
}
