import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { catalogue, images } from './images';
import { serveLayout } from './serve-layout';
import { main as command } from '../../src/cli/main';
import type { Policy } from '../../src/policy/policy';
import { writeLayout } from '../../test/support/oci-images';
import { startRegistry, TestRegistry } from '../../test/support/registry';

const registryName = 'registry.acme.example';

/** Says the command and runs it as a shell would, with what it prints. */
async function run(...args: readonly string[]): Promise<number> {
  console.log(`$ cdk8s-hardened ${args.join(' ')}`);
  const write = (text: string) => void process.stdout.write(text);
  return command(args, { out: write, err: write, progress: () => undefined, color: false });
}

/** The registry of the example does not exist: a mirror on this machine stands in for it. */
function writePolicy(file: string, { host }: TestRegistry): void {
  const policy = load(readFileSync(join(__dirname, 'hardened.yaml'), 'utf8')) as Policy;
  const registries = Object.entries(policy.registries ?? {}).map(([entry, how]) => [entry, { ...how, mirrors: [host] }]);
  writeFileSync(file, dump({ ...policy, registries: Object.fromEntries(registries) }));
}

/** Locks, synthesizes and checks; then a tag moves. */
async function journey(registry: TestRegistry): Promise<void> {
  writeLayout('layout', images);
  serveLayout('layout', registry);
  writePolicy('hardened.yaml', registry);

  await run('lock', ...Object.keys(images).map((name) => `${registryName}/${name}`));
  // The app imports it; where nothing changed, not a byte of it did.
  copyFileSync('images.lock.json', join(__dirname, 'images.lock.json'));

  // Loaded only now, because it reads the lock when it is loaded.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import()` needs the name that the file has when it is compiled.
  const { library } = require('./app') as typeof import('./app');
  library({ outdir: 'dist' }).synth();
  await run('check');

  writeLayout('layout', { ...images, 'library/catalogue:1.4.2': catalogue('1.4.2, built again') });
  serveLayout('layout', registry);
  await run('lock', '--check');
  await run('lock', '--update', `${registryName}/library/catalogue:1.4.2`);
}

async function main(): Promise<void> {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  const registry = await startRegistry();
  try {
    process.chdir(folder);
    await journey(registry);
  } finally {
    process.chdir(before);
    await registry.close();
    rmSync(folder, { recursive: true });
  }
}

if (require.main === module) void main();
