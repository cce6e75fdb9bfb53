import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, CommanderError, Option } from 'commander';
import type { CheckOptions } from './check';
import { exitStatus } from './exit-status';
import type { LawOptions } from './explain';
import { Io, processIo, UsageError } from './io';
import { PolicyError } from '../policy/error';

const examples = `
Examples:
  cdk8s-hardened check dist                                judge what was synthesized, by hardened.yaml
  helm template shop | cdk8s-hardened check -              judge what another tool wrote
  cdk8s-hardened check dist --format sarif --output s.sarif
  cdk8s-hardened check dist --write-baseline baseline.jsonl
  cdk8s-hardened explain read-only-root-filesystem

Exit status: 0 nothing found; 1 findings; 2 something could not be judged (the rest was, and is reported).
`;

/** Runs the command of the process. */
export function run(): void {
  process.exitCode = main(process.argv.slice(2), processIo());
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
  if (error instanceof UsageError || error instanceof PolicyError) {
    io.err(`${error.message.split('\n').map((line) => `cdk8s-hardened: ${line}`).join('\n')}\n`);
    return exitStatus.unjudged;
  }
  io.err(`cdk8s-hardened: a bug, please report it: ${error instanceof Error ? error.stack : String(error)}\n`);
  return exitStatus.unjudged;
}

/* eslint-disable @typescript-eslint/no-require-imports -- `import()` is asynchronous, and slower to start with than all of this. */
/** Each command is loaded when it runs: `rules` needs no YAML parser, `check` no examples. */
function programFor(io: Io, finish: (status: number) => void): Command {
  const program = new Command('cdk8s-hardened')
    .description('Judges Kubernetes manifests by one policy: images pinned by digest and from trusted registries, non-root,\n'
      + 'read-only, no sensitive host paths, and the Pod Security Standards.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showHelpAfterError('(--help tells more)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride()
    .addHelpText('after', examples);

  program.command('check')
    .description('judge manifests: files, folders (all *.yaml, *.yml and *.json in them), or - for the standard input')
    .argument('[path...]', 'what to judge', ['dist'])
    .option('-p, --policy <file>', 'the policy (default: hardened.yaml, where it exists)')
    .addOption(new Option('--profile <profile>', 'the rules to judge by, instead of the policy\'s').choices(['baseline', 'restricted', 'hardened']))
    .option('--kubernetes-version <version>', 'the version of the cluster, such as 1.33, instead of the policy\'s')
    .option('--only <rule,...>', 'judge by these rules only')
    .addOption(new Option('-r, --registry <entry>', 'trust this registry or repository, such as ghcr.io/acme; may be repeated')
      .argParser(collect).default([], 'those of the policy'))
    .addOption(new Option('-f, --format <format>', 'the form of the report')
      .choices(['text', 'json', 'sarif', 'junit', 'github', 'html']).default('text'))
    .option('-o, --output <file>', 'write the report there instead of the standard output')
    .option('--baseline <file>', 'let pass the findings that stand there, and refuse lines that no longer occur')
    .option('--write-baseline <file>', 'write today\'s findings there; with --baseline, what still occurs of that')
    .addHelpText('after', '\nExit status: 0 nothing found; 1 findings; 2 something could not be judged (the rest was, and is reported).\n')
    .action((paths: string[], options: CheckOptions) => {
      const { check } = require('./check') as typeof import('./check');
      finish(check(paths, options, io));
    });

  const format = () => new Option('-f, --format <format>', 'the form of the answer').choices(['text', 'json']).default('text');
  program.command('explain')
    .description('what a rule demands, why, what it refuses and accepts, and what to write instead')
    .addArgument(new Argument('<rule>', 'the id of a rule'))
    .addOption(format())
    .action((rule: string, options: LawOptions) => {
      const { explain } = require('./explain') as typeof import('./explain');
      finish(explain(rule, options, io));
    });

  program.command('rules')
    .description('all rules, by profile')
    .addOption(format())
    .action((options: LawOptions) => {
      const { listRules } = require('./explain') as typeof import('./explain');
      finish(listRules(options, io));
    });

  return program;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string }).version;
}
