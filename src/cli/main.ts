import { CommanderError } from 'commander';
import { exitStatus } from './exit-status';
import { Io, processIo, UsageError } from './io';
import { programFor } from './program';
import { CodedError } from '../text/coded-error';
import { printableLines } from '../text/printable';

/** Runs the command of the process. */
export async function run(): Promise<void> {
  const status = await main(process.argv.slice(2), processIo());
  // A program that was asked for credentials may still run, and would keep an interrupted process alive.
  if (status > exitStatus.unjudged) process.exit(status);
  // What could not be written has set it already.
  process.exitCode = Math.max(status, Number(process.exitCode ?? exitStatus.passed));
}

/** @returns the exit status; never rejects */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let status: number = exitStatus.passed;
  const program = programFor(io, (result) => { status = result; });
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    return statusOf(error, io);
  }
}

function statusOf(error: unknown, io: Io): number {
  // commander has said it already: help and version are no errors, everything else is one of usage.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.passed : exitStatus.unjudged;
  const isSaid = error instanceof UsageError || error instanceof CodedError;
  const text = isSaid ? error.message : `a bug, please report it: ${error instanceof Error ? error.stack : String(error)}`;
  for (const line of printableLines(text)) io.err(`cdk8s-hardened: ${line}\n`);
  return exitStatus.unjudged;
}
