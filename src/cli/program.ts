import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { addCheckCommand } from './check/command';
import { Io } from './io';
import { addLawCommands } from './law/command';
import { addLockCommand } from './lock/command';
import { addPinCommand } from './pin/command';
import { printableLines } from '../text/printable';

const exitStatuses = `
Exit status:
  0  nothing was found
  1  there are findings
  2  something could not be judged or done; all the rest was
`;

const examples = `
Examples:
  cdk8s-hardened check
      judge the folder dist, by hardened.yaml
  helm template shop | cdk8s-hardened check --registry ghcr.io/acme -
      judge what another tool wrote, and say on the command line what to trust
  cdk8s-hardened lock nginx:1.27
      write which digest the tag means into images.lock.json
  helm template shop | cdk8s-hardened pin -
      put the locked digests into what another tool wrote
  cdk8s-hardened explain read-only-root-filesystem
      say why, and what to write instead
`;

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
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      // It repeats the words of the call.
      outputError: (text, write) => write(printableLines(text).join('\n')),
    })
    .exitOverride()
    .addHelpText('after', examples + exitStatuses);

  addCheckCommand(program, io, finish);
  addLockCommand(program, io, finish);
  addPinCommand(program, io, finish);
  addLawCommands(program, io, finish);
  return program;
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string }).version;
}
