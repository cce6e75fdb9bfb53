import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { environmentWith, makeCommands, makeWorkplace, repository } from './commands';

export { repository };

const block = /(<!-- output: (.+?) -->\n).*?(<!-- \/output -->)/gs;

/** The text with every block between `<!-- output: command -->` and `<!-- /output -->` replaced by what the command prints now. */
export function withOutputs(text: string, run: (command: string) => string = runInShell): string {
  return text.replace(block, (_, begin: string, command: string, end: string) =>
    `${begin}\n\`\`\`console\n$ ${command}\n${run(command).trimEnd()}\n\`\`\`\n\n${end}`);
}

/** What a reader would see on both streams, without colours and without the place where this repository lies. */
function runInShell(command: string): string {
  const folder = makeWorkplace();
  try {
    const env = environmentWith(makeCommands(join(folder, 'bin')));
    const { status, stdout, error } = spawnSync(`${command} 2>&1`, { cwd: folder, shell: true, encoding: 'utf8', env });
    if (error !== undefined || status === null || status > 1) throw new Error(`${command} did not run: ${error?.message ?? stdout}`);
    return stdout.replaceAll(`${folder}/`, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
