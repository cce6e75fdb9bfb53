import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { makeCommands, repository } from './commands';

export { repository };

const block = /(<!-- output: (.+?) -->\n).*?(<!-- \/output -->)/gs;

/** The text with every block between `<!-- output: command -->` and `<!-- /output -->` replaced by what the command prints now. */
export function withOutputs(text: string, run: (command: string) => string = runInShell): string {
  return text.replace(block, (_, begin: string, command: string, end: string) =>
    `${begin}\n\`\`\`console\n$ ${command}\n${run(command).trimEnd()}\n\`\`\`\n\n${end}`);
}

/** What a reader would see on both streams, without colours and without the place where this repository lies. */
function runInShell(command: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  try {
    const path = [makeCommands(join(folder, 'bin')), join(repository, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
    const env = { ...process.env, PATH: path, TS_NODE_PROJECT: join(repository, 'tsconfig.dev.json'), NO_COLOR: '1', FORCE_COLOR: undefined };
    const { status, stdout, error } = spawnSync(`${command} 2>&1`, { cwd: repository, shell: true, encoding: 'utf8', env });
    if (error !== undefined || status === null || status > 1) throw new Error(`${command} did not run: ${error?.message ?? stdout}`);
    return stdout.replaceAll(`${repository}/`, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
