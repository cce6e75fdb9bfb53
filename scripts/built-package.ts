import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const repository = join(__dirname, '..');

/**
 * Compiles the package into a folder, as it is published, with what it needs to run; returns the path of the command.
 *
 * Without checking types, which is another step's, because that takes twice as long.
 */
export function build(folder: string): string {
  const tsc = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noCheck', '-p', join(repository, 'tsconfig.json'), '--outDir', join(folder, 'lib')];
  execFileSync(process.execPath, [tsc, ...options], { stdio: ['ignore', 'inherit', 'inherit'] });
  for (const name of ['bin', 'docs', 'schema']) cpSync(join(repository, name), join(folder, name), { recursive: true });
  for (const name of ['package.json', 'README.md', 'LICENSE']) copyFileSync(join(repository, name), join(folder, name));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'bin', 'cdk8s-hardened');
}

/** A new folder that every user may read. */
export function freshFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `cdk8s-hardened-${name}-`)));
  chmodSync(folder, 0o755);
  return folder;
}

/** The folder of the package, built where it would be installed: only there are its frames left out of what an author is shown. */
export function buildInstalled(): string {
  const folder = join(freshFolder('built'), 'node_modules', 'cdk8s-hardened');
  build(folder);
  return folder;
}

let built = process.env.CDK8S_HARDENED_BUILT;

/** The same: the one that was built for all the tests of a run, or else one that is gone with this process. */
export function builtPackage(): string {
  if (built === undefined) {
    const folder = built = buildInstalled();
    process.on('exit', () => rmSync(join(folder, '..', '..'), { recursive: true, force: true }));
  }
  return built;
}
