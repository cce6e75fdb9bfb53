import { Command, Option } from 'commander';
import { collect, count, file, formatOption } from '../command-options';
import { Io } from '../io';
import type { LockOptions } from './options';

const help = `
An image is a reference, nginx:1.27; with a digest, nginx:1.27@sha256:..., it is
locked with exactly that; nginx@sha256:... is locked for what it says of itself.
NAME=oci:FOLDER[:TAG] and NAME=oci-archive:FILE[:TAG]
take the content from an OCI layout, so that what was built can be locked before
it is pushed. Without images and --from, all that is locked is resolved again.
Images stand before --from, which takes every word that follows.

Examples:
  cdk8s-hardened lock nginx:1.27 ghcr.io/acme/shop:1.4.2
      write into images.lock.json which digests these tags mean
  cdk8s-hardened lock --from dist
      lock the images of all pods in the folder dist
  cdk8s-hardened lock --check
      say which tags no longer mean what is locked; change nothing
  cdk8s-hardened lock --update nginx:1.27
      take what this tag means now
  cdk8s-hardened lock --prune --from dist
      take out of the lock what nothing in the folder dist names any more
  cdk8s-hardened lock --offline ghcr.io/acme/shop:1.5.0=oci:build/image
      lock what was built, without a registry

Credentials are those of docker and podman; HTTPS_PROXY, HTTP_PROXY and NO_PROXY
count.

Exit status:
  0    all of it is locked; with --check, nothing has drifted
  1    with --check, a tag no longer means what is locked, or what the lock says
       of a digest is wrong
  2    an image could not be resolved; all others are written, and what was
       locked of it stays. With --prune, a file could not be read, and nothing
       is removed
  130  interrupted (143 for SIGTERM), and nothing is written
`;

export function addLockCommand(program: Command, io: Io, finish: (status: number) => void): void {
  program.command('lock')
    .description('resolve images to digests, read what they say of themselves, and write both into a lock file')
    .argument('[image...]', 'what to lock; without any, all that is locked already')
    .addOption(new Option('--from <path...>', 'lock the images of all pods in these manifests: files, folders, or - for the standard input'))
    .addOption(new Option('--from-file <file>', 'lock what a pipeline has built: one NAME:TAG@DIGEST a line, in a file or - for the standard input; may be repeated')
      .argParser(collect).default([], 'none'))
    .addOption(new Option('--check', 'ask whether the tags still mean what is locked; change nothing'))
    .addOption(new Option('--update <name...>', 'resolve only these names of the lock again'))
    .addOption(new Option('--remove <name...>', 'take these names out of the lock'))
    .addOption(new Option('--prune', 'take out of the lock what nothing in --from names any more'))
    .addOption(new Option('--platform <os/arch[/variant]>', 'record only this one, and demand it; may be repeated. The lock remembers it for the image; all is every platform')
      .argParser(collect).default([], 'what the lock remembers, or all'))
    .addOption(new Option('--offline', 'ask no registry: keep what is locked, and read layouts'))
    .addOption(file('-l, --lock <file>', 'the lock file').default('images.lock.json'))
    .addOption(file('-p, --policy <file>', 'whose mirrors are asked first; without it, hardened.yaml where it exists'))
    .addOption(new Option('--insecure <host[:port]>', 'a registry or token server that may have any certificate, and speak plain HTTP; may be repeated')
      .argParser(collect).default([], 'none'))
    .addOption(file('--ca <file>', 'trust these authorities too (PEM)'))
    .addOption(count('--concurrency <n>', 'how many requests at once to one host (default: 16)', 256))
    .addOption(formatOption())
    .addHelpText('after', help)
    .action(async (images: string[], options: LockOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the other commands need nothing of the network.
      const { lock } = require('./lock') as typeof import('./lock');
      finish(await lock(images, options, io));
    });
}
