import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { podOf } from './lock-support';
import { useFolder, write } from './support';
import { builtPackage } from '../../scripts/built-package';
import { formatLock } from '../../src/lock/format';
import { lockOf } from '../lock/support';

useFolder();
const library = join(builtPackage(), 'lib');

/** The packages, and our own rooms, that a program has loaded when it is done. */
function loadedBy(program: string): ReadonlySet<string> {
  const script = `(async () => { ${program} })().then(() => console.log('loaded ' + JSON.stringify(Object.keys(require.cache))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  const found = /^loaded (.*)$/m.exec(stdout)?.[1];
  if (found === undefined) throw new Error(stderr);
  const nameOf = (file: string) => file.startsWith(library)
    ? file.slice(library.length + 1).split('/')[0]
    : /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(file)?.[1] ?? file;
  return new Set((JSON.parse(found) as string[]).map(nameOf));
}

const command = (...args: readonly string[]) => `
  const { main } = require(${JSON.stringify(join(library, 'cli', 'main'))});
  await main(${JSON.stringify(args)}, { out() {}, err() {}, progress() {}, color: false });`;

beforeEach(() => {
  write('images.lock.json', formatLock(lockOf('nginx:1.27')));
  write('dist/a.yaml', podOf('nginx:1.27'));
});

const construct = ['cdk8s', 'constructs', 'cdk8s-plus-28', 'gate', 'workloads'];

test.each([
  [['check'], 'rules', []],
  [['pin'], 'yaml', ['registry']],
  [['lock', '--offline', 'nginx:1.27'], 'registry', ['rules', 'yaml', 'js-yaml']],
  [['lock', '--offline', '--from', 'dist'], 'yaml', ['rules']],
  [['explain', 'image-digest'], 'rules', ['registry']],
  [['rules'], 'rules', ['registry']],
  [['--help'], 'commander', ['rules', 'yaml', 'js-yaml', 'registry']],
] as const)('%j loads what it works with (%s) and nothing of cdk8s', (args, needed, spared) => {
  const loaded = loadedBy(command(...args));

  expect(loaded).toContain(needed);
  expect([...construct, ...spared].filter((name) => loaded.has(name))).toEqual([]);
});

test('the plugin of cdk8s-cli judges without cdk8s', () => {
  const loaded = loadedBy(`require(${JSON.stringify(join(library, 'plugin', 'policy-validation'))});`);

  expect(loaded).toContain('policy');
  expect(construct.filter((name) => loaded.has(name))).toEqual([]);
});

/** An app with a lock, and with a pod whose image is pinned by it. */
const app = (spec: Readonly<Record<string, string>>) => `
  const { App } = require(${JSON.stringify(join(library, 'gate', 'app'))});
  const { Lock } = require(${JSON.stringify(join(library, 'lock', 'file'))});
  const { ApiObject, Chart } = require(${JSON.stringify(join(builtPackage(), 'node_modules', 'cdk8s'))});
  const app = new App({ policy: { profile: 'baseline' }, lock: Lock.fromFile('images.lock.json') });
  new ApiObject(new Chart(app, 'chart'), 'pod', {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
  });
  new ApiObject(new Chart(app, 'other'), 'workflow', {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'flow' }, spec: ${JSON.stringify(spec)},
  });
  if (!app.synthYaml().includes('nginx:1.27@sha256:')) throw new Error('not pinned');`;

test('the gate pins by a lock without what asks a registry and what reads YAML', () => {
  const loaded = loadedBy(app({}));

  expect([...loaded]).toEqual(expect.arrayContaining(['cdk8s', 'gate', 'lock', 'pin']));
  expect(['registry', 'oci', 'layout', 'layers', 'tar', 'resolve', 'cli', 'js-yaml'].filter((name) => loaded.has(name))).toEqual([]);
});

test('the gate loads what reads YAML where an object has a text that is a manifest', () => {
  expect(loadedBy(app({ podSpecPatch: 'terminationGracePeriodSeconds: 5' }))).toContain('js-yaml');
});

test('all of the library loads cdk8s, so that this would be seen', () => {
  expect([...loadedBy(`require(${JSON.stringify(library)});`)]).toEqual(expect.arrayContaining(construct));
});
