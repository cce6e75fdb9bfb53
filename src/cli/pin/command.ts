import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { defaultFolder, file } from '../command-options';
import { Io } from '../io';
import type { PinCallOptions } from './file';

const help = `
Only image fields of pods change, by the digest that is put behind the tag;
comments, quotes and layout stay. No registry is asked.

Examples:
  cdk8s-hardened pin
      pin the images in the folder dist
  helm template shop | cdk8s-hardened pin - > shop.yaml
      pin what another tool writes
  cdk8s-hardened pin --update k8s
      also replace digests that are not the locked ones
  cdk8s-hardened pin --digest-only k8s
      write nginx@sha256:..., without the tag

Exit status:
  0  every image is pinned
  1  an image is not, for instance because it is not locked
  2  something could not be read or written, and is as it was
`;

export function addPinCommand(program: Command, io: Io, finish: (status: number) => void): void {
  program.command('pin')
    .description('put the locked digests into manifests: files and folders in place, - from the standard input to the standard output')
    .argument('[path...]', `what to pin; without any, the folder ${defaultFolder}`)
    .addOption(file('-l, --lock <file>', 'the lock file').default('images.lock.json'))
    .addOption(new Option('--update', 'also replace a digest that is not the locked one for its tag'))
    .addOption(new Option('--digest-only', 'leave out the tag where the digest is the one that is locked for it'))
    .addHelpText('after', help)
    .action((paths: string[], options: PinCallOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import()` is asynchronous, and starts more slowly.
      const { pin } = require('./pin') as typeof import('./pin');
      finish(pin(paths.length === 0 ? [defaultFolder] : paths, options, io));
      if (paths.length === 0 && !existsSync(defaultFolder)) {
        io.err(`cdk8s-hardened: without a path the folder ${defaultFolder} is pinned; name another, a file, or - for the standard input\n`);
      }
    });
}
