import { chmodSync } from 'node:fs';
import { formatLock } from '../../../src/lock/format';
import { digestOf, lockOf } from '../../lock/support';
import { locked, lockJson, lockText, podOf } from '../lock-support';
import { run, useFolder, write } from '../support';

useFolder();
const byDigest = `ghcr.io/acme/job@${digestOf('job')}`;
const names = ['docker.io/library/nginx:1.27', byDigest, 'ghcr.io/acme/shop:1.4.2', 'nginx:1.27', 'redis:7'];
let before: string;
beforeEach(() => {
  write('images.lock.json', formatLock(lockOf('redis:7', 'ghcr.io/acme/shop:1.4.2', ['nginx:1.27', 'nginx'], [names[0], 'nginx'], [byDigest, 'job'])));
  before = lockText();
});

describe('lock --remove', () => {
  test('takes names out, each in its own spelling, and says so', async () => {
    expect(await run('lock', '--remove', 'nginx:1.27', byDigest)).toMatchObject({
      status: 0,
      err: '',
      out: `removed ${byDigest}\n       ${digestOf('job')}\nremoved nginx:1.27\n       ${digestOf('nginx')}\nimages.lock.json: 2 removed, 3 unchanged\n`,
    });
    expect([...locked().keys()]).toEqual([names[0], 'ghcr.io/acme/shop:1.4.2', 'redis:7']);
  });

  test('tells other programs', async () => {
    expect(await lockJson('--remove', 'redis:7')).toMatchObject({
      status: 0,
      json: { version: 1, removed: [{ name: 'redis:7', digest: digestOf('redis:7') }], unchanged: names.slice(0, 4), added: [], changed: [], failed: [] },
    });
  });

  test('leaves a lock without images where all are named', async () => {
    expect(await run('lock', '--remove', ...names)).toMatchObject({ status: 0, out: expect.stringContaining('5 removed, 0 unchanged') as string });
    expect(locked().size).toBe(0);
  });

  test.each([
    ['mysql:8', 'so there is nothing to remove'],
    ['redis:8', 'did you mean redis:7?'],
    ['docker.io/library/redis:7', 'did you mean redis:7?'],
    ['a..b', 'so there is nothing to remove'],
  ])('removes nothing where a name is not locked: %s', async (name, hint) => {
    expect(await run('lock', '--remove', 'nginx:1.27', name)).toMatchObject({ status: 2, out: '', err: `cdk8s-hardened: "${name}" is not in images.lock.json; ${hint}\n` });
    expect(lockText()).toBe(before);
  });
});

describe('lock --prune', () => {
  test('takes out what nothing in the manifests names any more, and asks nobody', async () => {
    write('dist/a.yaml', podOf('nginx:1.27', `ghcr.io/acme/shop:1.4.2@${digestOf('a digest that has drifted')}`));
    expect(await run('lock', '--prune', '--from', 'dist')).toMatchObject({
      status: 0,
      err: '',
      out: `removed ${byDigest}\n       ${digestOf('job')}\nremoved redis:7\n       ${digestOf('redis:7')}\nimages.lock.json: 2 removed, 3 unchanged\n`,
    });
    expect([...locked().keys()]).toEqual([names[0], 'ghcr.io/acme/shop:1.4.2', 'nginx:1.27']);
    expect(await run('lock', '--prune', '--from', 'dist')).toMatchObject({ status: 0, out: 'images.lock.json: 0 removed, 3 unchanged\n' });
  });

  test('keeps what is named by a digest alone: that of the image, or of one of its platforms', async () => {
    write('dist/a.yaml', podOf(byDigest, `nginx@${digestOf('nginx arm64 manifest')}`, `redis@${digestOf('redis:7')}`, `shop@${digestOf('ghcr.io/acme/shop:1.4.2')}`));
    expect(await lockJson('--prune', '--from', 'dist')).toMatchObject({ status: 0, json: { removed: [{ name: 'ghcr.io/acme/shop:1.4.2' }] } });
  });

  test.each([
    ['a file that cannot be parsed', 'a: [', /^cdk8s-hardened: dist\/b\.yaml:1: /],
    ['a pod with a part that cannot be read', 'apiVersion: v1\nkind: Pod\nspec: none\n', /^cdk8s-hardened: dist\/b\.yaml:3: /],
    ['an image that is none', podOf('"nginx:"'), /^cdk8s-hardened: dist\/b\.yaml:7: image "nginx:": /],
  ])('removes nothing because of %s', async (_what, text, err) => {
    write('dist/a.yaml', podOf('nginx:1.27'));
    write('dist/b.yaml', text);
    expect(await run('lock', '--prune', '--from', 'dist')).toMatchObject({
      status: 2, err: expect.stringMatching(err) as string, out: 'images.lock.json: 0 removed, 5 unchanged, 1 failed\n',
    });
    expect(lockText()).toBe(before);
  });

  test('refuses to take all for removed where no manifest is found', async () => {
    write('dist/values.yaml', 'replicas: 1\n');
    expect(await run('lock', '--prune', '--from', 'dist')).toMatchObject({
      status: 2, out: '', err: 'cdk8s-hardened: --prune: --from finds no Kubernetes object, so all that is locked would be removed\n',
    });
    expect(await run('lock', '--prune', '--from', 'absent')).toMatchObject({ status: 2, err: 'cdk8s-hardened: absent: cannot be read: it does not exist\n' });
    expect(lockText()).toBe(before);
  });
});

test('a lock that may not be written is as it was', async () => {
  chmodSync('images.lock.json', 0o444);
  expect(await run('lock', '--remove', 'redis:7')).toMatchObject({ status: 2, out: '', err: expect.stringContaining('it is read-only') as string });
  expect(lockText()).toBe(before);
});
