import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sideBySide, withScratch } from './measure';
import { timed } from './timed';
import { build } from '../scripts/built-package';

/** What the client asks at once of one host, where nobody says otherwise. */
const concurrency = 16;
const delay = 40;

/** `lock` of many images against `skopeo inspect` of one after the other, and against the least that the waiting alone takes. */
export function lock(): void {
  withScratch((folder) => {
    const command = build(join(folder, 'package'));
    for (const wait of [delay, 0]) withRegistry(folder, { images: 200, wait }, (registry) => against(command, folder, registry, wait));
    withRegistry(folder, { images: 500, repositories: 50, auth: 'bearer' }, (registry) => unchanged(command, folder, registry));
    starting(command, folder);
  });
}

function against(command: string, folder: string, { host, images, counts }: Registry, wait: number): void {
  const names = images.map((name) => `${host}/${name}`);
  let round = 0;
  const ours = () => timed([command, 'lock', ...names, '--lock', join(folder, `${host}-${round++}.json`)]);
  counts();
  ours();
  const requests = counts().all;
  const { lock: median } = sideBySide(5, { lock: ours });
  const title = `${names.length} images, ${wait === 0 ? 'without delay' : `each request ${wait} ms later`}`;
  if (wait > 0) {
    const ideal = requests * wait / concurrency;
    console.log(`  ${title}: ${(median.ms / ideal).toFixed(2)}× the ideal  (${requests} requests, ${ideal.toFixed(0)} → ${median.ms.toFixed(0)} ms,`
      + ` ${median.rssMiB.toFixed(0)} MiB; the start of Node included)`);
  }
  counts();
  const skopeo = inspected(names);
  if (skopeo === undefined) console.log('  skopeo: absent');
  else console.log(`  ${title}: ${(skopeo / median.ms).toFixed(1)} times as fast as skopeo inspect  (${counts().all} requests, ${skopeo.toFixed(0)} → ${median.ms.toFixed(0)} ms)`);
}

/** All of them, one after the other, as a script does it; undefined without skopeo. */
function inspected(names: readonly string[]): number | undefined {
  const start = process.hrtime.bigint();
  for (const name of names) {
    // Without its list of tags, which would be two requests more.
    const child = spawnSync('skopeo', ['inspect', '--no-tags', '--tls-verify=false', `docker://${name}`], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    if (child.error !== undefined) return undefined;
    if (child.status !== 0) throw new Error(`skopeo inspect ${name}: ${child.stderr}`);
  }
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function unchanged(command: string, folder: string, { host, images, counts }: Registry): void {
  const file = join(folder, 'unchanged.json');
  const list = join(folder, 'list.yaml');
  writeFileSync(list, images.map((name) => `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: "${host}/${name}"}]}}\n`).join('---\n'));
  timed([command, 'lock', '--from', list, '--lock', file]);
  counts();
  const { ms } = timed([command, 'lock', '--check', '--lock', file]);
  const { heads, tokens, all } = counts();
  const scopes = new Set(images.map((name) => name.split(':')[0])).size;
  console.log(`  lock --check of ${images.length} unchanged images in ${scopes} repositories: ${heads} HEADs, ${tokens} tokens, ${all - heads - tokens} others`
    + `  (a HEAD more than images is the first one, which is refused; ${ms.toFixed(0)} ms)`);
}

/** Start-up: what a person waits for when there is next to nothing to do. */
function starting(command: string, folder: string): void {
  const manifest = join(folder, 'one.yaml');
  const file = join(folder, 'one.lock.json');
  writeFileSync(manifest, '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: "nginx:1.27"}]}}\n');
  withRegistry(folder, { images: 1 }, ({ host, images }) => {
    const name = `${host}/${images[0]}`;
    timed([command, 'lock', name, '--lock', file]);
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('nginx:1.27', name));
    const { nothing, offline, one, pin } = sideBySide(15, {
      nothing: () => timed(['-e', '0']),
      offline: () => timed([command, 'lock', '--offline', name, '--lock', file]),
      one: () => timed([command, 'lock', name, '--lock', file]),
      pin: () => timed([command, 'pin', manifest, '--lock', file], [0, 1]),
    });
    const more = ({ ms }: typeof one) => `${(ms - nothing.ms).toFixed(0)} ms`;
    console.log(`  start-up, more than \`node -e 0\` (${nothing.ms.toFixed(0)} ms): lock of one image ${more(one)}, lock --offline ${more(offline)}, pin of one file ${more(pin)}`);
  });
}

interface Registry {
  readonly host: string;
  /** `acme/app-0:0`. */
  readonly images: readonly string[];
  /** What was asked since the last time. */
  counts(): { readonly heads: number; readonly tokens: number; readonly all: number };
}

interface Filled {
  readonly images: number;
  readonly repositories?: number;
  readonly wait?: number;
  readonly auth?: 'none' | 'bearer';
}

function withRegistry(folder: string, { images, repositories = images, wait = 0, auth = 'none' }: Filled, use: (registry: Registry) => void): void {
  const file = join(folder, `registry-${process.hrtime.bigint()}`);
  const register = ['-r', 'ts-node/register/transpile-only', join(__dirname, 'registry-process.ts')];
  const child = spawn(process.execPath, [...register, file, ...[images, repositories, wait, auth].map(String)], {
    stdio: 'inherit', env: { ...process.env, TS_NODE_PROJECT: join(__dirname, '..', 'tsconfig.dev.json') },
  });
  try {
    for (let waited = 0; !existsSync(file) || readFileSync(file, 'utf8') === ''; waited += 20) {
      if (waited > 60_000) throw new Error('the registry does not start');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
    const host = readFileSync(file, 'utf8');
    const ask = 'fetch(process.argv[1]).then(async (answer) => process.stdout.write(await answer.text()))';
    use({
      host,
      images: Array.from({ length: images }, (_, index) => `acme/app-${index % repositories}:${index}`),
      counts: () => JSON.parse(execFileSync(process.execPath, ['-e', ask, `http://${host}/counts`], { encoding: 'utf8' })) as ReturnType<Registry['counts']>,
    });
  } finally {
    child.kill();
  }
}
