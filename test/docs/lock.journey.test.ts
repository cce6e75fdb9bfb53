import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnosticsOf, fencesOf } from './fences';
import { repository, withOutputs } from '../../scripts/readme-outputs';

const page = readFileSync(join(repository, 'docs', 'lock.md'), 'utf8');
const lock = readFileSync(join(repository, 'test', 'lock', 'images.lock.json'), 'utf8');

test('every block of TypeScript compiles, and a name that is not locked does not', () => {
  const fences = fencesOf(page);
  expect(fences).toHaveLength(2);
  const unlocked = { line: 10_000, code: fences[0].code.replaceAll("image('nginx:1.27')", "image('nginx:1.28')") };
  expect(diagnosticsOf('lock.md', [...fences, unlocked], { 'images.lock.json': lock }))
    .toEqual([expect.stringMatching(/^lock\.md line 10\d+: Argument of type '"nginx:1\.28"' is not assignable/)]);
}, 120_000);

test('the lock is imported in a way that compiles as `cdk8s init` configures it', () => {
  const [{ code, line }] = fencesOf(page);
  const isImport = /import lock = require\('\.\/images\.lock\.json'\);/;
  expect(code).toMatch(isImport);
  expect(readFileSync(join(repository, 'README.md'), 'utf8')).toMatch(isImport);
  const template = join(repository, 'node_modules', 'cdk8s-cli', 'templates', 'typescript-app', 'tsconfig.json');
  const { compilerOptions } = JSON.parse(readFileSync(template, 'utf8')) as { readonly compilerOptions: Readonly<Record<string, boolean>> };
  const { resolveJsonModule, esModuleInterop = false } = compilerOptions;
  const diagnosticsFor = (statement: string) => diagnosticsOf(
    'lock.md', [{ line, code: `${statement}\nexport const known: string = lock.images['nginx:1.27'].pinned;\n` }], { 'images.lock.json': lock },
    { resolveJsonModule, esModuleInterop, allowSyntheticDefaultImports: esModuleInterop },
  );
  expect(diagnosticsFor(isImport.exec(code)![0])).toEqual([]);
  expect(diagnosticsFor("import lock from './images.lock.json';")).toEqual([expect.stringContaining('can only be default-imported')]);
}, 120_000);

test('the page shows what its commands print', () => {
  expect(withOutputs(page)).toBe(page);
}, 120_000);

describe('the preset for Renovate', () => {
  const preset = JSON.parse(/```json\n(.*?)```/s.exec(page)![1]) as {
    readonly customManagers: readonly { readonly managerFilePatterns: readonly string[]; readonly matchStrings: readonly string[] }[];
  };
  const [names, pinned] = preset.customManagers.map(({ matchStrings: [expression] }) => new RegExp(expression, 'g'));
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const found = (expression: RegExp, text: string) => [...text.matchAll(expression)].map(({ groups }) => ({ ...groups }));

  test('finds the names of the lock in TypeScript', () => {
    expect(found(names, "image('nginx:1.27'), image(\"localhost:5000/a/b:1\"), myimage('no:1'), image(`no:${tag}`)")).toEqual([
      { depName: 'nginx', currentValue: '1.27' },
      { depName: 'localhost:5000/a/b', currentValue: '1' },
    ]);
  });

  test('finds what is pinned in TypeScript, with its digest, and not what is no image', () => {
    expect(found(pinned, `image: 'ghcr.io/acme/shop:1.4.2@${digest}', other: 'ghcr.io/acme/shop:1.4.2', '${digest}'`))
      .toEqual([{ depName: 'ghcr.io/acme/shop', currentValue: '1.4.2', currentDigest: digest }]);
  });

  test('looks into TypeScript only', () => {
    expect(preset.customManagers.map(({ managerFilePatterns }) => managerFilePatterns)).toEqual([['/\\.ts$/'], ['/\\.ts$/']]);
  });

  test('the command for its branch finds the names in the source, each once', () => {
    const [, command] = /```sh\n(grep .*?)\n```/s.exec(page)!;
    const folder = mkdtempSync(join(tmpdir(), 'lock-page-'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'a.ts'), "a(image('nginx:1.27'), image('ghcr.io/acme/shop:1.4.2'));\nb(image(\"nginx:1.27\"), myimage('no:1'));\n");
    const said = () => spawnSync(command.replace('npx cdk8s-hardened', 'echo'), { cwd: folder, shell: true, encoding: 'utf8' }).stdout;
    expect(said()).toBe('lock ghcr.io/acme/shop:1.4.2 nginx:1.27\n');
    // Without a name, `lock` would take what every tag means now.
    rmSync(join(folder, 'src'), { recursive: true });
    expect(said()).toBe('');
    rmSync(folder, { recursive: true });
  });
});
