import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, packed, removeFolders, repository, Ran, write } from './scratch';
import { startRegistry, TestRegistry } from '../support/registry';
import { image, index } from '../support/registry/images';

const timeout = 120_000;
const packages = ['cdk8s', 'cdk8s-plus-28', 'constructs', 'commander', 'js-yaml', 'picocolors', 'typescript', 'ts-node', '@types'];

let registry: TestRegistry;
let project: string;
let web: string;
let log: string;

/** Not synchronously, because the registry is in this process. */
async function run(command: string, ...args: readonly string[]): Promise<Ran> {
  const env = { ...process.env, HOME: project, DOCKER_CONFIG: project, NO_COLOR: '1', FORCE_COLOR: undefined };
  const child = spawn(command, args, { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk: Buffer) => { said[name] += chunk.toString(); });
  const [status] = await once(child, 'close') as [number | null];
  return { status, ...said };
}

const hardened = async (...args: readonly string[]) => run(process.execPath, 'node_modules/cdk8s-hardened/bin/cdk8s-hardened', ...args);
const tsc = async () => run(process.execPath, 'node_modules/typescript/bin/tsc', '--noEmit', '--skipLibCheck');
const synth = async () => run(process.execPath, 'node_modules/ts-node/dist/bin.js', '-T', 'main.ts');
const git = (...args: readonly string[]) => execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.com', ...args], { cwd: project, encoding: 'utf8' });
const written = () => readdirSync(join(project, 'dist')).map((name) => readFileSync(join(project, 'dist', name), 'utf8')).join('');

/** An image of two platforms that runs as `user`; gives its digest. */
function push(repositoryName: string, user: string): string {
  const made = index(['amd64', 'arm64'].map((architecture) =>
    [image({ architecture, user, volumes: ['/data'] }), { platform: { os: 'linux', architecture } }] as const));
  return registry.push(repositoryName, made, '1.4.2');
}

/** The tarball in a project of its own; what it needs is that of this repository, so that no other registry is asked. */
function install(): void {
  const modules = join(project, 'node_modules');
  mkdirSync(modules, { recursive: true });
  execFileSync('tar', ['-xzf', packed().tarball, '-C', modules]);
  cpSync(join(modules, 'package'), join(modules, 'cdk8s-hardened'), { recursive: true });
  rmSync(join(modules, 'package'), { recursive: true });
  for (const name of packages) symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  cpSync(join(repository, 'node_modules', 'cdk8s-cli', 'templates', 'typescript-app', 'tsconfig.json'), join(project, 'tsconfig.json'));
}

beforeAll(async () => {
  registry = await startRegistry({ auth: { kind: 'bearer' } });
  project = freshFolder('journey');
  install();
  [web, log] = ['web', 'log'].map((name) => `${registry.host}/acme/${name}:1.4.2`);
  git('init', '--quiet');
  write(project, '.gitignore', 'node_modules\ndist\n');
  write(project, 'hardened.yaml', `registries:\n  ${registry.host}/acme: {}\n`);
  write(project, 'main.ts', `
    import { Chart, Include } from 'cdk8s';
    import { App, Deployment, lockedImages, Policy } from 'cdk8s-hardened';
    import lock = require('./images.lock.json');
    const image = lockedImages(lock);
    // @ts-expect-error -- it is not locked
    export const unknown = () => image('${registry.host}/acme/web:1.4.3');
    const app = new App({ policy: Policy.fromFile('hardened.yaml'), lock });
    const chart = new Chart(app, 'shop');
    new Deployment(chart, 'web', { containers: [{ image: image('${web}') }] });
    new Include(chart, 'old', { url: 'old.yaml' });
    app.synth();`);
  // What another tool wrote knows only the tag.
  write(project, 'old.yaml', `apiVersion: v1
kind: Pod
metadata: { name: log }
spec:
  automountServiceAccountToken: false
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  volumes: [{ name: data, emptyDir: { sizeLimit: 1Gi } }]
  containers:
    - name: log
      image: ${log}
      volumeMounts: [{ name: data, mountPath: /data }]
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
`);
}, timeout);

afterAll(async () => {
  await registry.close();
  removeFolders();
});

// In this order: each step begins where the one before has ended.
describe('the way of a new user', () => {
  let first: string;

  test('lock', async () => {
    first = push('acme/web', '65532');
    push('acme/log', '65532');
    expect(await hardened('lock', web, log)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/2 added, 0 changed, 0 unchanged\n$/) as string });
    git('add', '.');
    git('commit', '--quiet', '-m', 'Lock the images');
  }, timeout);

  test('the names of the lock are types: one that is not locked does not compile', async () => {
    expect(await tsc()).toEqual({ status: 0, stdout: '', stderr: '' });
  }, timeout);

  test('synth pins what was included too, and check agrees', async () => {
    registry.clearLog();
    expect(await synth()).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(written().match(/@sha256:/g)).toHaveLength(2);
    expect(written()).toContain(`${web}@${first}`);
    expect(await hardened('check')).toMatchObject({ status: 0, stderr: '', stdout: 'no findings: 2 pods, 2 containers judged\n' });
    expect(registry.log).toEqual([]);
  }, timeout);

  test('the tag moves: lock --check says which, with status 1', async () => {
    expect(await hardened('lock', '--check')).toMatchObject({ status: 0 });
    const now = push('acme/web', '1000');
    const { status, stdout } = await hardened('lock', '--check');
    expect(status).toBe(1);
    expect(stdout).toContain(`moved ${web}\n  from ${first}\n    to ${now}\n`);
    expect(stdout).not.toContain(`${log}\n`);
    expect(git('status', '--porcelain')).toBe('');
  }, timeout);

  test('lock --update changes the lines of that image only, and says what else is new', async () => {
    expect(await hardened('lock', '--update', web)).toMatchObject({ status: 0, stdout: expect.stringContaining('user is "1000", was "65532"') as string });
    const changed = git('diff', '--unified=0', '--', 'images.lock.json').split('\n').filter((line) => /^[-+] /.test(line));
    const keys = changed.map((line) => line.replace(/^(.) +"(\w+)".*$/, '$1$2'));
    expect(keys.sort()).toEqual(['+facts', '+pinned', '-facts', '-pinned']);
    expect(changed.filter((line) => !line.includes('/acme/web:1.4.2@sha256:'))).toEqual([]);
  }, timeout);

  test('synth again writes the new digest, and nothing else is different', async () => {
    const before = written();
    const now = registry.manifest('acme/web', '1.4.2')!.digest;
    expect(await synth()).toMatchObject({ status: 0 });
    expect(written()).toContain(`${web}@${now}`);
    const difference = written().split('\n').filter((line, at) => line !== before.split('\n')[at]);
    expect(difference.filter((line) => !line.includes(now) && !line.includes('runAsUser: 1000'))).toEqual([]);
    expect(await hardened('check')).toMatchObject({ status: 0 });
    expect(await hardened('pin', 'old.yaml')).toMatchObject({ status: 0, stdout: 'old.yaml: 1 image pinned\n1 image pinned in 1 file\n' });
  }, timeout);
});
