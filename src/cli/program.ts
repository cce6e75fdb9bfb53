import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { CheckOptions } from './check';
import type { LawOptions } from './explain';
import { Io } from './io';

/** Where cdk8s writes to. */
const defaultFolder = 'dist';

const exitStatuses = `
Exit status:
  0  nothing was found
  1  there are findings, or an exemption or a line of the baseline is stale
  2  something could not be judged; everything else was, and is in the report
`;

const examples = `
Examples:
  cdk8s-hardened check
      judge the folder dist, by hardened.yaml
  helm template shop | cdk8s-hardened check --registry ghcr.io/acme -
      judge what another tool wrote, and say on the command line what to trust
  cdk8s-hardened check dist --format sarif --output findings.sarif
      write a report for another tool
  cdk8s-hardened check dist --write-baseline baseline.jsonl
      begin with an old app: let pass what it has today, and nothing more
  cdk8s-hardened explain read-only-root-filesystem
      say why, and what to write instead
`;

/* eslint-disable @typescript-eslint/no-require-imports -- `import()` is asynchronous, and slower to start with than all of this. */
/**
 * The commands and their options. Each command is loaded when it runs: `rules` needs no YAML parser, `check` no examples.
 *
 * @param finish is given the exit status
 */
export function programFor(io: Io, finish: (status: number) => void): Command {
  const program = new Command('cdk8s-hardened')
    .description('Judges Kubernetes manifests by one policy: images pinned by digest and from trusted registries, '
      + 'non-root, read-only, no sensitive host paths, and the Pod Security Standards.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showHelpAfterError('(--help tells more)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride()
    .addHelpText('after', examples + exitStatuses);

  program.command('check')
    .description('judge manifests: files, folders (all *.yaml, *.yml and *.json in them), or - for the standard input')
    .argument('[path...]', `what to judge; without any, the folder ${defaultFolder}`)
    .addOption(file('-p, --policy <file>', 'what is allowed; without it, hardened.yaml where it exists'))
    .addOption(new Option('--profile <profile>', 'the rules to judge by, instead of the policy\'s').choices(['baseline', 'restricted', 'hardened']))
    .option('--kubernetes-version <version>', 'of the cluster, such as 1.33, instead of the policy\'s')
    .addOption(new Option('--only <rule,...>', 'judge by these rules only').argParser(collect))
    .addOption(new Option('-r, --registry <entry>', 'trust this registry or repository too, such as ghcr.io/acme; may be repeated')
      .argParser(collect).default([], 'those of the policy'))
    .addOption(new Option('-f, --format <format>', 'of the report')
      .choices(['text', 'json', 'sarif', 'junit', 'github', 'html']).default('text'))
    .addOption(file('-o, --output <file>', 'write the report there, whole or not at all, instead of the standard output'))
    .addOption(file('--baseline <file>', 'let pass the findings that stand there; a line of it that no longer occurs is an error'))
    .addOption(file('--write-baseline <file>', 'write the findings of today there; with --baseline, only what still occurs of that')
      .conflicts(['output', 'format']))
    .addHelpText('after', exitStatuses)
    .action((paths: string[], options: CheckOptions) => {
      const { check } = require('./check') as typeof import('./check');
      finish(check(paths.length === 0 ? [defaultFolder] : paths, options, io));
      if (paths.length === 0 && !existsSync(defaultFolder)) {
        io.err(`cdk8s-hardened: without a path the folder ${defaultFolder} is judged; name another, a file, or - for the standard input\n`);
      }
    });

  const format = () => new Option('-f, --format <format>', 'of the answer').choices(['text', 'json']).default('text');
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

/** In a script an empty name is a variable that is not set. */
function file(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    if (value === '') throw new InvalidArgumentError('It must be the name of a file.');
    return value;
  });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string }).version;
}
