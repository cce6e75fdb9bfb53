import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { repository, withOutputs } from '../../scripts/readme-outputs';

const readme = readFileSync(join(repository, 'README.md'), 'utf8');

interface Fence {
  readonly line: number;
  readonly code: string;
}

/** Every block of TypeScript, with the declarations that a `prelude` comment before it keeps from the reader. */
function fencesOf(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(/(?:<!-- prelude: ([^\n]+) -->\n)?```ts\n(.*?)```/gs)].map(({ 0: block, 1: prelude, 2: code, index }) => ({
    line: markdown.slice(0, index + block.indexOf('```ts')).split('\n').length,
    code: prelude === undefined ? code : `${code}\n${prelude}\n`,
  }));
}

/** What the compiler says of modules that import the library by its name, as `README line: message`. */
function diagnosticsOf(fences: readonly Fence[]): readonly string[] {
  const configured = ts.getParsedCommandLineOfConfigFile(join(repository, 'tsconfig.dev.json'), {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => { throw new Error(String(messageText)); },
  });
  const options: ts.CompilerOptions = {
    ...configured!.options,
    noUnusedLocals: false,
    paths: {
      'cdk8s-hardened': [join(repository, 'src/index.ts')],
      'cdk8s-hardened/compat': [join(repository, 'src/compat.ts')],
      'cdk8s-hardened/jest': [join(repository, 'src/jest/index.ts')],
    },
  };
  const modules = new Map(fences.map((fence) => [join(repository, `readme-line-${fence.line}.ts`), fence]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => modules.has(file) || fileExists(file);
  host.readFile = (file) => modules.get(file)?.code ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const fence = modules.get(file);
    return fence === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, fence.code, version);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return [...modules].flatMap(([file, { line }]) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ messageText, start }) =>
      `README line ${line + 1 + source.getLineAndCharacterOfPosition(start ?? 0).line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}

test('every block of TypeScript in the README compiles, and the one image that must not does not', () => {
  const fences = fencesOf(readme);
  expect(fences.length).toBeGreaterThan(0);
  const [use] = fences;
  const unpinned = { line: 10_000, code: use.code.replace(/image: '.+?'/, "image: 'nginx:1.27'") };
  const diagnostics = diagnosticsOf([...fences, unpinned]);
  expect(diagnostics).toEqual([expect.stringMatching(/^README line 10007: Type '"nginx:1.27"' is not assignable/)]);
}, 120_000);

test('the README shows what its commands print', () => {
  expect(readme).toContain('<!-- output: ');
  expect(withOutputs(readme)).toBe(readme);
}, 120_000);

test('the README links to no file that is not there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path.replace(/#.*/, ''));
  expect(links.filter((path) => !ts.sys.fileExists(join(repository, path)) && !ts.sys.directoryExists(join(repository, path)))).toEqual([]);
});

test('a block is filled with what its command prints, and its markers stay', () => {
  const filled = withOutputs('a\n<!-- output: npx x $1 -->\nold\n<!-- /output -->\nb', (command) => `ran ${command} $& \n`);
  expect(filled).toBe('a\n<!-- output: npx x $1 -->\n\n```console\n$ npx x $1\nran npx x $1 $&\n```\n\n<!-- /output -->\nb');
  expect(withOutputs(filled, (command) => `ran ${command} $& \n`)).toBe(filled);
});
