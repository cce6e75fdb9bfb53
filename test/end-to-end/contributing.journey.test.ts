import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolders, repository, run, write } from './scratch';
import { pod } from './sources';

/** What CONTRIBUTING has somebody write, by the file it goes to. */
const steps = [...readFileSync(join(repository, 'CONTRIBUTING.md'), 'utf8').matchAll(/<!-- file: (\S+) -->\n```(\w+)\n([^]*?)```/g)]
  .map(([, file, language, text]) => ({ file, language, text }));

/** A diff with the lines around each change, its parts divided by `@@`. */
function applied(text: string, diff: string): string {
  return diff.split(/^@@\n/m).reduce((changed, part) => {
    const lines = part.split('\n').slice(0, -1);
    const before = lines.filter((line) => !line.startsWith('+')).map((line) => `${line.slice(1)}\n`).join('');
    const after = lines.filter((line) => !line.startsWith('-')).map((line) => `${line.slice(1)}\n`).join('');
    expect(changed.split(before)).toHaveLength(2);
    return changed.replace(before, () => after);
  }, text);
}

/** The sources alone: nothing that was compiled before, and no history. */
function copyOfSources(): string {
  const copy = freshFolder('contributing');
  const parts = [
    'src', 'test', 'scripts', 'examples', 'benchmark', 'docs', 'schema', 'bin', 'projenrc', 'README.md', 'CONTRIBUTING.md', 'package.json',
    'tsconfig.json', 'tsconfig.dev.json', 'jest.config.json', '.projenrc.ts',
  ];
  for (const part of parts) cpSync(join(repository, part), join(copy, part), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

afterAll(removeFolders);

test('a stranger adds a rule with two files besides its test, as CONTRIBUTING says', () => {
  const copy = copyOfSources();
  const tool = (name: string, ...args: readonly string[]) => run(copy, join('node_modules', '.bin', name), ...args);
  const passed = { status: 0, stdout: '', stderr: '' };
  expect(steps.map(({ file }) => file)).toEqual([
    'src/rules/hardened/privileged-ports.ts', 'src/rules/index.ts', 'test/rules/hardened/privileged-ports.test.ts',
  ]);

  for (const { file, language, text } of steps) {
    write(copy, file, language === 'diff' ? applied(readFileSync(join(copy, file), 'utf8'), text) : text);
  }
  expect(tool('tsc', '--noEmit', '-p', 'tsconfig.dev.json')).toEqual(passed);

  expect(tool('ts-node', '-T', '-P', 'tsconfig.dev.json', 'scripts/docs.ts')).toEqual(passed);
  for (const page of ['docs/rules.md', 'README.md']) expect(readFileSync(join(copy, page), 'utf8')).toContain('| Containers listen on ports from 1024 on. |');
  expect(readFileSync(join(copy, 'docs', 'rules.md'), 'utf8')).toContain('\n### privileged-ports\n');

  const { status, stderr } = tool('jest', '--maxWorkers=1', 'test/rules', 'test/docs/rules.test.ts', 'test/cli/law');
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('PASS unit test/rules/hardened/privileged-ports.test.ts') as string });

  expect(tool('tsc', '-p', 'tsconfig.json')).toEqual(passed);
  const command = (...args: readonly string[]) => run(copy, process.execPath, 'bin/cdk8s-hardened', ...args);
  expect(command('explain', 'privileged-ports')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^privileged-ports \(hardened, low\)\n/) as string });
  write(copy, 'bad.yaml', pod().replace('      image:', '      ports: [{ containerPort: 80 }]\n      image:'));
  const judged = command('check', 'bad.yaml', '--registry', 'ghcr.io/acme', '--format', 'json');
  expect(judged.status).toBe(1);
  expect((JSON.parse(judged.stdout) as { findings: unknown[] }).findings).toMatchObject([{ rule: 'privileged-ports', severity: 'low', container: 'web' }]);
}, 600_000);
