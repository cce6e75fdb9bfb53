import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtPackage, freshFolder as newFolder, repository } from '../../scripts/built-package';

export { repository };

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PackedFile {
  readonly path: string;
  readonly mode: number;
}

/** A tarball of the package as npm makes it, and what npm says is in it. */
export interface Packed {
  readonly tarball: string;
  readonly files: readonly PackedFile[];
}

const folders: string[] = [];

export function freshFolder(name: string): string {
  const folder = newFolder(name);
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function run(cwd: string, command: string, ...args: readonly string[]): Ran {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CDK8S_CHECK_UPGRADE: 'false' };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** The tarball of this run. */
export function packed(): Packed {
  const folder = builtPackage();
  const [{ filename, files }] = JSON.parse(readFileSync(join(folder, 'packed.json'), 'utf8')) as [{ filename: string; files: PackedFile[] }];
  return { tarball: join(folder, filename), files };
}

/** What npm says where the registry cannot be reached. */
const offline = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENOTCACHED|network/;

/**
 * A project as `cdk8s init typescript-app` makes it, except that it has cdk8s-plus-28, and with the tarball installed. cdk8s-cli itself is
 * not installed once more: it is run from this repository.
 *
 * @returns `undefined` where npm cannot reach its registry
 */
export function initProject({ tarball }: Packed): string | undefined {
  const template = join(repository, 'node_modules', 'cdk8s-cli', 'templates', 'typescript-app');
  const project = freshFolder('project');
  for (const name of ['tsconfig.json', 'jest.config.js']) cpSync(join(template, name), join(project, name));
  const { devDependencies: ours } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest;
  const theirs = JSON.parse(readFileSync(join(template, 'package.json'), 'utf8').replace('{{ $base }}', 'scratch')) as Manifest;
  const { 'cdk8s-cli': _cli, ...devDependencies } = theirs.devDependencies;
  write(project, 'package.json', JSON.stringify({
    ...theirs,
    dependencies: {
      'cdk8s': ours.cdk8s, 'cdk8s-plus-28': ours['cdk8s-plus-28'], 'constructs': ours.constructs, 'cdk8s-hardened': `file:${tarball}`,
    },
    devDependencies,
  }));
  const { status, stdout, stderr } = run(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts');
  if (status === 0) return project;
  if (offline.test(stderr)) return undefined;
  throw new Error(`npm install ended with ${status}:\n${stdout}\n${stderr}`);
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** The first block of a language in a page of the documentation, from the heading on. */
export function fence(page: string, heading: string, language: string): string {
  const text = readFileSync(join(repository, page), 'utf8');
  const match = new RegExp(`\\n## ${heading}\\n.*?\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(text);
  if (match === null) throw new Error(`${page} has no block of ${language} under ${heading}`);
  return match[1];
}
