import { Argument, Command } from 'commander';
import { formatOption } from '../command-options';
import type { LawOptions } from './explain';
import { Io } from '../io';

/* eslint-disable @typescript-eslint/no-require-imports -- `import()` is asynchronous, and slower to start with than all of this. */
export function addLawCommands(program: Command, io: Io, finish: (status: number) => void): void {
  program.command('explain')
    .description('what a rule demands, why, what it refuses and accepts, and what to write instead')
    .addArgument(new Argument('<rule>', 'the id of a rule'))
    .addOption(formatOption())
    .action((rule: string, options: LawOptions) => {
      const { explain } = require('./explain') as typeof import('./explain');
      finish(explain(rule, options, io));
    });

  program.command('rules')
    .description('all rules, by profile')
    .addOption(formatOption())
    .action((options: LawOptions) => {
      const { listRules } = require('./explain') as typeof import('./explain');
      finish(listRules(options, io));
    });
}
