import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { CheckOptions } from './options';
import { collect, defaultFolder, file } from '../command-options';
import { Io } from '../io';

const exitStatuses = `
Exit status:
  0  nothing was found
  1  there are findings, or an exemption or a line of the baseline is stale
  2  something could not be judged; everything else was, and is in the report
`;

const examples = `
Examples:
  cdk8s-hardened check
      judge the folder dist, by hardened.yaml and images.lock.json
  helm template shop | cdk8s-hardened check --registry ghcr.io/acme -
      judge what another tool wrote, and say on the command line what to trust
  cdk8s-hardened check dist --format sarif --output findings.sarif
      write a report for another tool
  cdk8s-hardened check dist --write-baseline baseline.jsonl
      begin with an old app: let pass what it has today, and nothing more
`;

export function addCheckCommand(program: Command, io: Io, finish: (status: number) => void): void {
  program.command('check')
    .description('judge manifests: files, folders (all *.yaml, *.yml and *.json in them), or - for the standard input')
    .argument('[path...]', `what to judge; without any, the folder ${defaultFolder}`)
    .addOption(file('-p, --policy <file>', 'what is allowed; without it, hardened.yaml where it exists'))
    .addOption(file('--rules <file>', 'rules of your own to judge by too: a JavaScript module that exports a list of them'))
    .addOption(file('-l, --lock <file>', 'what is known of the images; without it, images.lock.json where it exists'))
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
    .addHelpText('after', examples + exitStatuses)
    .action((paths: string[], options: CheckOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import()` is asynchronous, and starts more slowly.
      const { check } = require('./check') as typeof import('./check');
      finish(check(paths.length === 0 ? [defaultFolder] : paths, options, io));
      if (paths.length === 0 && !existsSync(defaultFolder)) {
        io.err(`cdk8s-hardened: without a path the folder ${defaultFolder} is judged; name another, a file, or - for the standard input\n`);
      }
    });
}
