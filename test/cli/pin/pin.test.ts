import fs, { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { formatLock } from '../../../src/lock/format';
import { digestOf, lockOf } from '../../lock/support';
import { podOf } from '../lock-support';
import { run, useFolder, write } from '../support';

useFolder();
beforeEach(() => void write('images.lock.json', formatLock(lockOf('nginx:1.27', 'ghcr.io/acme/shop:1.4.2'))));

const nginx = digestOf('nginx:1.27');
const shop = digestOf('ghcr.io/acme/shop:1.4.2');
const read = (path: string) => readFileSync(path, 'utf8');

test('pins the folder dist in place: comments, quotes and layout stay, and other files are not touched', async () => {
  write('dist/a.yaml', `# the shop\n${podOf('nginx:1.27 # web', '"ghcr.io/acme/shop:1.4.2"')}`);
  write('dist/b.yaml', podOf(`nginx:1.27@${nginx}`));
  utimesSync('dist/b.yaml', 1, 1);
  write('dist/values.yaml', 'image: nginx:1.27\n');
  expect(await run('pin')).toMatchObject({
    status: 0, err: '', out: 'dist/a.yaml: 2 images pinned\n2 images pinned in 1 file, 1 file passed over as no Kubernetes objects\n',
  });
  expect(read('dist/a.yaml')).toBe(`# the shop\n${podOf(`nginx:1.27@${nginx} # web`, `"ghcr.io/acme/shop:1.4.2@${shop}"`)}`);
  expect(statSync('dist/b.yaml').mtimeMs).toBe(1000);
  expect(read('dist/values.yaml')).toBe('image: nginx:1.27\n');
});

test('a read-only file is not replaced', async () => {
  write('dist/a.yaml', podOf('nginx:1.27'));
  chmodSync('dist/a.yaml', 0o444);
  expect(await run('pin')).toMatchObject({
    status: 2, err: expect.stringContaining('dist/a.yaml: cannot be written: it is read-only; make it writable (chmod u+w) if it is to be changed'),
  });
  expect(read('dist/a.yaml')).toBe(podOf('nginx:1.27'));
});

test('what stays unpinned is told with its line and reason, and is status 1', async () => {
  write('dist/a.yaml', podOf('nginx:1.28', 'nginx:1.27', '"nginx:"'));
  expect(await run('pin')).toMatchObject({
    status: 1,
    out: 'dist/a.yaml: 1 image pinned\n1 image pinned in 1 file, 2 images left unpinned\n',
    err: 'cdk8s-hardened: dist/a.yaml:7: image "nginx:1.28" is not in the lock\n'
      + 'cdk8s-hardened: dist/a.yaml:11: image "nginx:": the tag after ":" is missing\n'
      + 'cdk8s-hardened: `cdk8s-hardened lock --from dist` locks what is not in the lock\n',
  });
});

test('a file of which a document does not parse is left as it is, and the others are pinned', async () => {
  const broken = `${podOf('nginx:1.27')}---\na: [\n`;
  write('dist/a.yaml', broken);
  write('dist/b.yaml', podOf('nginx:1.27'));
  const { status, out, err } = await run('pin');
  expect({ status, out }).toEqual({ status: 2, out: 'dist/b.yaml: 1 image pinned\n1 image pinned in 1 file\n' });
  expect(err).toMatch(/^cdk8s-hardened: dist\/a\.yaml:\d+: .+\ncdk8s-hardened: dist\/a\.yaml: was left as it is\n$/);
  expect(read('dist/a.yaml')).toBe(broken);
});

test('a digest that is not the locked one stays, and is replaced with --update', async () => {
  const old = `nginx:1.27@sha256:${'0'.repeat(64)}`;
  write('a.yaml', podOf(old));
  expect(await run('pin', 'a.yaml')).toMatchObject({ status: 0, out: 'nothing to pin: every image has a digest\n' });
  expect(read('a.yaml')).toBe(podOf(old));
  expect(await run('pin', '--update', 'a.yaml')).toMatchObject({ status: 0, out: 'a.yaml: 1 image pinned\n1 image pinned in 1 file\n' });
  expect(read('a.yaml')).toBe(podOf(`nginx:1.27@${nginx}`));
});

test('the mode, the line ends and the byte order mark of a file stay', async () => {
  const text = `\ufeff${podOf('nginx:1.27')}`.replaceAll('\n', '\r\n');
  chmodSync(write('a.yaml', text), 0o640);
  expect(await run('pin', 'a.yaml')).toMatchObject({ status: 0 });
  expect(read('a.yaml')).toBe(text.replace('1.27', `1.27@${nginx}`));
  expect((statSync('a.yaml').mode % 0o1000).toString(8)).toBe('640');
});

describe('a symbolic link', () => {
  beforeEach(() => {
    write('other/a.yaml', podOf('nginx:1.27'));
    mkdirSync('dist');
  });

  test('is not written through, whether it is a file or leads out of the folder', async () => {
    symlinkSync('../other/a.yaml', 'dist/link.yaml');
    expect(await run('pin')).toMatchObject({ status: 2, err: expect.stringContaining('dist/link.yaml: cannot be written: a symbolic link leads out') as string });
    symlinkSync('other', 'folder');
    symlinkSync('../folder', 'dist/folder');
    expect((await run('pin', 'dist')).err).toContain('dist/folder/a.yaml: cannot be written: a symbolic link leads out of the folder to it');
    symlinkSync('other/a.yaml', 'named.yaml');
    expect((await run('pin', 'named.yaml')).err).toContain('named.yaml: cannot be written: it is a symbolic link; name the file that it leads to\n');
    expect(read('other/a.yaml')).toBe(podOf('nginx:1.27'));
  });

  test('to a folder that is named is entered', async () => {
    symlinkSync('other', 'named');
    expect(await run('pin', 'named')).toMatchObject({ status: 0 });
    expect(read('other/a.yaml')).toContain(nginx);
  });
});

test.each<[args: readonly string[], err: RegExp]>([
  [['-'], /; `cdk8s-hardened lock --lock absent\.json --from -` makes one\n$/],
  [[], /; `cdk8s-hardened lock --lock absent\.json --from dist` makes one\n$/],
  [['a', 'b'], /; `cdk8s-hardened lock --lock absent\.json --from a b` makes one\n$/],
])('without a lock it says how to make one: %j', async (args, err) => {
  const outcome = await run('pin', '-l', 'absent.json', ...args);
  expect(outcome.err).toMatch(/^cdk8s-hardened: absent\.json: cannot be read: it does not exist; /);
  expect(outcome.err).toMatch(err);
});

test('the template of a chart is told to be one, by pin and by lock', async () => {
  write('dist/a.yaml', podOf('{{ .Values.image }}'));
  write('dist/b.yaml', podOf('"{{ .Values.image }}"', 'nginx:1.27'));
  write('dist/c.yaml', podOf('"nginx:"'));
  const hint = '; a template ("{{") must be rendered first';
  const { status, err } = await run('pin');
  expect(status).toBe(2);
  expect(err.split('\n').map((line) => line.endsWith(hint))).toEqual([true, false, true, false, false]);
  expect((await run('lock', '--offline', '--from', 'dist')).err.split('\n').map((line) => line.endsWith(hint))).toEqual([true, true, false, false]);
});

test.each<[args: readonly string[], err: string]>([
  [['-', 'dist'], '- is pinned from the standard input to the standard output, so it stands alone\n'],
  [[''], 'a path is empty; name a file, a folder, or - for the standard input\n'],
  [['absent'], 'absent: cannot be read: it does not exist\n'],
  [[], 'dist: cannot be read: it does not exist\ncdk8s-hardened: without a path the folder dist is pinned; name another, a file, or - for the standard input\n'],
  [['-l', 'bad.json'], 'bad.json: is not JSON\n'],
])('pin %j is refused with one clear line', async (args, err) => {
  write('bad.json', '{');
  expect(await run('pin', ...args)).toMatchObject({ status: 2, err: `cdk8s-hardened: ${err}` });
});

test('--digest-only leaves out the tag, and the lock knows the image all the same', async () => {
  write('dist/a.yaml', podOf('nginx:1.27 # web', `nginx:1.27@${nginx}`));
  expect(await run('pin', '--digest-only')).toMatchObject({ status: 0, err: '', out: 'dist/a.yaml: 2 images pinned\n2 images pinned in 1 file\n' });
  expect(read('dist/a.yaml')).toBe(podOf(`nginx@${nginx} # web`, `nginx@${nginx}`));
  expect(await run('lock', '--offline', '--from', 'dist')).toMatchObject({ status: 0, err: '' });
});

test('a folder is listed once for what killed processes left, however many files are written', async () => {
  const list = jest.spyOn(fs, 'readdirSync');
  for (let index = 0; index < 20; index++) write(`dist/a${index}.yaml`, podOf('nginx:1.27'));
  const leftover = write('dist/.a7.yaml.99999999-00000000-000000000000.tmp', '');
  utimesSync(leftover, 1, 1);
  const { status } = await run('pin');
  const count = list.mock.calls.filter(([path]) => path === 'dist').length;
  list.mockRestore();
  expect([status, existsSync(leftover)]).toEqual([0, false]);
  // Once to find the manifests, once for what was left.
  expect(count).toBe(2);
});

describe('check --lock', () => {
  const other = `nginx:1.27@sha256:${'0'.repeat(64)}`;
  const rulesOf = async (...args: readonly string[]) => {
    const { out } = await run('check', 'a.yaml', '--registry', 'docker.io', '--format', 'json', ...args);
    return (JSON.parse(out) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule);
  };
  beforeEach(() => void write('a.yaml', podOf(other)));

  test('judges by what is locked, by default in images.lock.json', async () => {
    expect(await rulesOf()).toContain('image-drift');
    write('empty.json', formatLock(lockOf()));
    expect(await rulesOf('--lock', 'empty.json')).not.toContain('image-drift');
    expect(await rulesOf('-l', 'images.lock.json')).toContain('image-drift');
  });

  test('that cannot be read is status 2, also where it is a link that leads nowhere', async () => {
    write('bad.json', '{');
    expect(await run('check', 'a.yaml', '--lock', 'bad.json')).toMatchObject({ status: 2, out: '', err: 'cdk8s-hardened: bad.json: is not JSON\n' });
    mkdirSync('sub');
    symlinkSync('nowhere', 'sub/images.lock.json');
    process.chdir('sub');
    expect(await run('check', '../a.yaml')).toMatchObject({ status: 2, err: 'cdk8s-hardened: images.lock.json: cannot be read: it does not exist\n' });
  });
});
