import { chmodSync, copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { builtPackage, freshFolder, repository } from './built-package';

export { repository };

/** Makes a folder with the commands that a page shows. */
export function makeCommands(folder: string): string {
  mkdirSync(folder);
  // npx has words of its own about the machine's settings.
  script(join(folder, 'npx'), 'exec "$@"');
  script(join(folder, 'cdk8s-hardened'), `exec '${process.execPath}' '${join(builtPackage(), 'bin', 'cdk8s-hardened')}' "$@"`);
  return folder;
}

function script(path: string, line: string): void {
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}

/** The environment in which the commands of a page are found, and TypeScript is run without checking its types. */
export function environmentWith(commands: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: [commands, join(repository, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    TS_NODE_PROJECT: join(repository, 'tsconfig.dev.json'),
    TS_NODE_TRANSPILE_ONLY: 'true',
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
  };
}

/**
 * A new folder with the examples, for which `src` is the library as it is built.
 *
 * A folder of one's own, because examples write beside themselves: who ran one at the same time would read half a file.
 */
export function makeWorkplace(): string {
  const folder = freshFolder('examples');
  cpSync(join(repository, 'examples'), join(folder, 'examples'), { recursive: true, filter: (path) => !/[\\/]dist$/.test(path) });
  for (const name of ['tsconfig.json', 'tsconfig.dev.json']) copyFileSync(join(repository, name), join(folder, name));
  symlinkSync(join(builtPackage(), 'lib'), join(folder, 'src'));
  for (const name of ['node_modules', 'test']) symlinkSync(join(repository, name), join(folder, name));
  return folder;
}
