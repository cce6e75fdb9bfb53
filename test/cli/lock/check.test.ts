import { image, index } from '../../support/registry/images';
import { indexFor, lockJson, lockText, useRegistry } from '../lock-support';
import { run, useFolder, write } from '../support';

useFolder();

describe('lock --check', () => {
  const use = useRegistry();
  let before: string;
  let digest: string;
  const shop = () => use.name('acme/shop', '1');
  beforeEach(async () => {
    digest = use.push('acme/shop', '1', { user: '1' });
    use.push('acme/web', '1');
    await run('lock', shop(), use.name('acme/web', '1'));
    before = lockText();
    use.registry.clearLog();
  });
  afterEach(() => expect(lockText()).toBe(before));

  test('asks one HEAD for each image that means the same', async () => {
    expect(await run('lock', '--check')).toMatchObject({ status: 0, err: '', out: 'images.lock.json: 0 drifted, 2 unchanged\n' });
    expect(use.asked().sort()).toEqual(['HEAD /v2/acme/shop/manifests/1', 'HEAD /v2/acme/web/manifests/1']);
  });

  test('asks only about those that are named', async () => {
    expect(await run('lock', '--check', shop())).toMatchObject({ status: 0, out: 'images.lock.json: 0 drifted, 1 unchanged\n' });
    expect(use.asked()).toEqual(['HEAD /v2/acme/shop/manifests/1']);
  });

  test('says what a tag means now, and that the locked digest is still there', async () => {
    const now = use.push('acme/shop', '1', { user: '2' });
    expect(await run('lock', '--check')).toMatchObject({
      status: 1,
      err: '',
      out: `moved ${shop()}\n  from ${digest}\n    to ${now}\n       the locked digest is still in the registry\n${'`cdk8s-hardened lock --update NAME`'} takes what a tag means now\nimages.lock.json: 1 drifted, 1 unchanged\n`,
    });
    expect(use.asked()).toHaveLength(3);
  });

  test('says where the locked digest is gone too', async () => {
    const now = use.registry.push('acme/shop', indexFor(['linux/amd64']), '1');
    use.registry.remove('acme/shop', digest);
    expect(await lockJson('--check')).toMatchObject({
      status: 1,
      json: { version: 1, lock: 'images.lock.json', drifted: [{ name: shop(), from: digest, to: now, isThere: false }], unchanged: [use.name('acme/web', '1')], failed: [] },
    });
  });

  test('says where the tag is gone, and whether the digest still is there', async () => {
    use.registry.remove('acme/shop', '1');
    expect(await run('lock', '--check', shop())).toMatchObject({
      status: 1,
      out: `gone ${shop()}\n  from ${digest}\n       the tag is gone\n       the locked digest is still in the registry\nimages.lock.json: 1 drifted, 0 unchanged\n`,
    });
    use.registry.remove('acme/shop', digest);
    expect((await lockJson('--check', shop())).json).toMatchObject({ drifted: [{ name: shop(), from: digest, isThere: false }] });
  });

  test('says of an index that moved what became of the platforms that are chosen, or were', async () => {
    const name = use.name('acme/two', '1');
    const platforms = ['linux/amd64', 'linux/arm64', 'linux/s390x'];
    const old = use.registry.push('acme/two', indexFor(platforms), '1');
    const states = async (...args: string[]) =>
      ((await lockJson('-l', 'two.json', '--check', ...args)).json.drifted as { platforms?: object }[]).map(({ platforms: found }) => found);
    await run('lock', '-l', 'two.json', ...platforms.flatMap((platform) => ['--platform', platform]), name);
    use.registry.clearLog();
    expect(await run('lock', '-l', 'two.json', '--check')).toMatchObject({ status: 0 });
    expect(use.asked()).toHaveLength(1);
    const [amd64, arm64] = [image({ architecture: 'amd64' }), image({ architecture: 'arm64', user: '5' })];
    const now = use.registry.push('acme/two', index([
      [amd64, { platform: { os: 'linux', architecture: 'amd64' } }], [arm64, { platform: { os: 'linux', architecture: 'arm64' } }],
    ]), '1');
    expect(await run('lock', '-l', 'two.json', '--check')).toMatchObject({
      status: 1,
      out: expect.stringContaining(`moved ${name}
  from ${old}
    to ${now}
       linux/amd64: the same image
       linux/arm64: another image
       linux/s390x: none any more
       the locked digest`) as string,
    });
    expect(await states()).toEqual([{ 'linux/amd64': 'same', 'linux/arm64': 'changed', 'linux/s390x': 'gone' }]);
    expect(await states('--platform', 'linux/arm64')).toEqual([{ 'linux/arm64': 'changed' }]);
    expect(await states('--platform', 'all')).toEqual([undefined]);
  });

  describe('of an image that was locked by a digest without a tag', () => {
    const name = () => `${use.registry.host}/acme/shop@${digest}`;
    const check = (...args: string[]) => run('lock', '-l', 'digest.json', '--check', ...args);
    beforeEach(async () => {
      use.push('acme/shop', '1', { user: '2' });
      await run('lock', '-l', 'digest.json', name());
    });

    test('finds no drift, whatever the tags mean', async () => {
      use.registry.remove('acme/shop', '1');
      expect(await check()).toMatchObject({ status: 0, err: '', out: 'digest.json: 0 drifted, 1 unchanged\n' });
      expect(await check(name())).toMatchObject({ status: 0 });
    });

    test('says where it is gone', async () => {
      use.registry.remove('acme/shop', digest);
      expect(await check()).toMatchObject({
        status: 1, out: `gone ${name()}\n  from ${digest}\n       the locked digest is gone, so it cannot be pulled\ndigest.json: 1 drifted, 0 unchanged\n`,
      });
      expect((await lockJson('-l', 'digest.json', '--check')).json).toMatchObject({ drifted: [{ name: name(), from: digest, isThere: false }] });
    });

    test('says where the lock says of it what the image does not', async () => {
      write('digest.json', lockText('digest.json').replace('"uid":1,"user":"1"', '"uid":7,"user":"7"'));
      expect(await check()).toMatchObject({
        status: 1,
        out: `wrong ${name()}
       ${digest}
       the lock says of it what the image does not
       user is "1", was "7"
${'`cdk8s-hardened lock --update NAME`'} takes what an image says
digest.json: 0 drifted, 1 wrong, 0 unchanged
`,
      });
      expect((await lockJson('-l', 'digest.json', '--check')).json).toMatchObject({ drifted: [], wrong: [{ name: name(), digest }] });
      await run('lock', '-l', 'digest.json', '--update', name());
      expect(await check()).toMatchObject({ status: 0 });
    });

    test('compares the platforms that are chosen, or were', async () => {
      digest = use.registry.push('acme/shop', indexFor(['linux/amd64', 'linux/arm64']), 'x');
      await run('lock', '-l', 'digest.json', '--platform', 'linux/amd64', name());
      expect(await check()).toMatchObject({ status: 0 });
      expect(await check('--platform', 'linux/amd64', name())).toMatchObject({ status: 0 });
      expect(await check('--platform', 'linux/arm64', name())).toMatchObject({ status: 1, out: expect.stringContaining('now also for linux/arm64') as string });
    });
  });

  test.each([400, 403, 404, 405, 500])('is not misled by a registry that answers HEAD with %i', async (status) => {
    use.registry.fault({ on: /^HEAD/, answer: (_request, response) => response.writeHead(status).end() });
    expect(await run('lock', '--check')).toMatchObject({ status: 0, err: '', out: 'images.lock.json: 0 drifted, 2 unchanged\n' });
    expect(use.asked().filter((line) => line.startsWith('GET'))).toHaveLength(2);
  });

  test('a registry that cannot be asked is status 2, and the others are', async () => {
    use.registry.fault({ on: /shop/, answer: (_request, response) => response.writeHead(403).end() });
    use.push('acme/web', '1', { user: '5' });
    const { status, out, err } = await run('lock', '--check');
    expect({ status, last: out.trimEnd().split('\n').at(-1) }).toEqual({ status: 2, last: 'images.lock.json: 1 drifted, 0 unchanged, 1 failed' });
    expect(err).toMatch(new RegExp(`^cdk8s-hardened: ${shop()}: .+ asks for credentials`));
  });
});

describe('lock --check, with tokens', () => {
  const use = useRegistry({ auth: { kind: 'bearer' } });

  test('fetches one for each repository, and asks one HEAD for each image', async () => {
    const names = Array.from({ length: 30 }, (_, tag) => {
      use.push('acme/shop', `${tag}`, { user: `${tag}` });
      return use.name('acme/shop', `${tag}`);
    });
    await run('lock', ...names);
    use.registry.clearLog();
    expect(await run('lock', '--check')).toMatchObject({ status: 0 });
    const asked = use.asked();
    expect(asked.filter((line) => line.includes('/token'))).toHaveLength(1);
    // And the one that was answered with the challenge.
    expect(asked.filter((line) => line.startsWith('HEAD '))).toHaveLength(names.length + 1);
    expect(asked).toHaveLength(names.length + 2);
  });
});
