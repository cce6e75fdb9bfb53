import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const repository = join(__dirname, '..', '..');

/**
 * The command as its users have it, in a folder of its own that every user may read; gone with the process.
 *
 * Without checking types, which the build does, because that takes ten times as long.
 */
export function builtCommand(): string {
  const root = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-built-'));
  process.on('exit', () => rmSync(root, { recursive: true, force: true }));
  chmodSync(root, 0o755);
  const source = join(repository, 'src');
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const { outputText } = transpileModule(readFileSync(join(source, name), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
    });
    const built = join(root, 'lib', name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(built), { recursive: true });
    writeFileSync(built, outputText);
  }
  cpSync(join(repository, 'bin'), join(root, 'bin'), { recursive: true });
  cpSync(join(repository, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  return join(root, 'bin', 'cdk8s-hardened');
}
