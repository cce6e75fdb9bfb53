import { join } from 'node:path';
import * as ts from 'typescript';
import { repository } from '../../scripts/readme-outputs';

export interface Fence {
  readonly line: number;
  readonly code: string;
}

/** Every block of TypeScript, with the declarations that a `prelude` comment before it keeps from the reader. */
export function fencesOf(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(/(?:<!-- prelude: ([^\n]+) -->\n)?```ts\n(.*?)```/gs)].map(({ 0: block, 1: prelude, 2: code, index }) => ({
    line: markdown.slice(0, index + block.indexOf('```ts')).split('\n').length,
    code: prelude === undefined ? code : `${code}\n${prelude}\n`,
  }));
}

/**
 * What the compiler says of modules that import the library by its name, as `README line: message`.
 *
 * @param page what a message calls it
 * @param files what else a module finds beside it, by name
 * @param more options of the compiler, instead of those of this repository
 */
export function diagnosticsOf(
  page: string, fences: readonly Fence[], files: Readonly<Record<string, string>> = {}, more: ts.CompilerOptions = {},
): readonly string[] {
  const configured = ts.getParsedCommandLineOfConfigFile(join(repository, 'tsconfig.dev.json'), {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => { throw new Error(String(messageText)); },
  });
  const options: ts.CompilerOptions = {
    ...configured!.options,
    noUnusedLocals: false,
    ...more,
    paths: {
      'cdk8s-hardened': [join(repository, 'src/index.ts')],
      'cdk8s-hardened/compat': [join(repository, 'src/compat.ts')],
      'cdk8s-hardened/jest': [join(repository, 'src/jest/index.ts')],
    },
  };
  const modules = new Map(fences.map((fence) => [join(repository, `page-line-${fence.line}.ts`), fence]));
  const others = new Map(Object.entries(files).map(([name, text]) => [join(repository, name), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => modules.has(file) || others.has(file) || fileExists(file);
  host.readFile = (file) => modules.get(file)?.code ?? others.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const code = modules.get(file)?.code ?? others.get(file);
    return code === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, code, version);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return [...modules].flatMap(([file, { line }]) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ messageText, start }) =>
      `${page} line ${line + 1 + source.getLineAndCharacterOfPosition(start ?? 0).line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}
