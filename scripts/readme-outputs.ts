import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const repository = join(__dirname, '..');

const block = /(<!-- output: (.+?) -->\n).*?(<!-- \/output -->)/gs;

/** The text with every block between `<!-- output: command -->` and `<!-- /output -->` replaced by what the command prints now. */
export function withOutputs(text: string, run: (command: string) => string = runInShell): string {
  return text.replace(block, (_, begin: string, command: string, end: string) =>
    `${begin}\n\`\`\`console\n$ ${command}\n${run(command).trimEnd()}\n\`\`\`\n\n${end}`);
}

/** What a reader would see on both streams, without colours and without the place where this repository lies. */
function runInShell(command: string): string {
  // Past npx, which has words of its own about the machine's settings.
  const bare = command.replace(/^npx /, '');
  const path = [join(repository, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const { status, stdout, error } = spawnSync(`${bare} 2>&1`, {
    cwd: repository, shell: true, encoding: 'utf8', env: { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  if (error !== undefined || status === null || status > 1) throw new Error(`${command} did not run: ${error?.message ?? stdout}`);
  return stdout.replaceAll(`${repository}/`, '');
}
