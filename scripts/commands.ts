import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const repository = join(__dirname, '..');

/** Makes a folder with the commands that a page shows: `cdk8s-hardened` from its source, so that nothing has to be built first. */
export function makeCommands(folder: string): string {
  mkdirSync(folder);
  const register = join(repository, 'node_modules', 'ts-node', 'register', 'transpile-only');
  const main = join(repository, 'src', 'cli', 'main');
  // npx has words of its own about the machine's settings.
  script(join(folder, 'npx'), 'exec "$@"');
  script(join(folder, 'cdk8s-hardened'), `exec node -r '${register}' -e 'require("${main}").run()' -- cdk8s-hardened "$@"`);
  return folder;
}

function script(path: string, line: string): void {
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}
