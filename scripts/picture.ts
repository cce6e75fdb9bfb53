import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCommands, repository } from './commands';

/*
 * Takes the picture of the HTML report that the README shows: of the old app of examples/adoption, in a Chromium on the PATH.
 * Not part of any check, because two browsers never draw a page alike.
 */

const folder = mkdtempSync(join(tmpdir(), 'picture-'));
try {
  const run = (command: string, args: readonly string[], env = {}) =>
    execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'], env: { ...process.env, ...env } });
  const registered = { TS_NODE_PROJECT: join(repository, 'tsconfig.dev.json'), TS_NODE_TRANSPILE_ONLY: 'true' };
  run(join(repository, 'node_modules/.bin/ts-node'), [join(repository, 'examples/adoption/before/main.ts')], registered);
  const command = join(makeCommands(join(folder, 'bin')), 'cdk8s-hardened');
  try {
    run(command, ['check', 'dist', '-r', 'registry.acme.example', '-r', 'ghcr.io/acme', '-f', 'html', '-o', 'report.html'], registered);
  } catch {
    // It has findings: that is what the picture is of.
  }
  mkdirSync(join(repository, 'docs/images'), { recursive: true });
  run('chromium', [
    '--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-background-networking', '--disable-sync', '--no-first-run',
    `--user-data-dir=${join(folder, 'profile')}`, '--window-size=1100,900', `--screenshot=${join(repository, 'docs/images/report.png')}`,
    `file://${join(folder, 'report.html')}`,
  ]);
} finally {
  rmSync(folder, { recursive: true });
}
