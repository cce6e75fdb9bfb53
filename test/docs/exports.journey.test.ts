import { join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '..', '..');
const entries = ['src/index.ts', 'src/compat.ts', 'src/jest/index.ts'].map((file) => join(root, file));

test('every public export that is our own says what it guarantees', () => {
  const program = ts.createProgram(entries, {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node', 'jest'],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
  });
  const checker = program.getTypeChecker();
  const names: string[] = [];
  const bare: string[] = [];
  for (const entry of entries) {
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
    for (const exported of checker.getExportsOfModule(symbol)) {
      const named = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported; // eslint-disable-line no-bitwise
      const file = named.declarations?.[0].getSourceFile().fileName ?? '';
      if (!file.startsWith(join(root, 'src'))) continue;
      names.push(exported.name);
      if (named.getDocumentationComment(checker).length === 0) bare.push(`${file}: ${exported.name}`);
    }
  }

  expect(names).toEqual(expect.arrayContaining(['App', 'enforce', 'exempt', 'Policy', 'PolicyError', 'PolicyValidation', 'Deployment', 'matchers']));
  expect(bare).toEqual([]);
}, 120_000);
