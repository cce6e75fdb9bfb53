import { existsSync, readdirSync } from 'node:fs';
import { image as layoutImage, writeLayout } from '../../support/oci-images';
import { image, ImageRecipe } from '../../support/registry/images';
import { indexFor, locked, lockJson, lockText, passwd, podOf, useRegistry } from '../lock-support';
import { checked, run, useFolder, write } from '../support';

useFolder();
const use = useRegistry();

describe('lock IMAGE', () => {
  test('writes the digest and what the image says of itself, and says so', async () => {
    const digest = use.registry.push('acme/shop', indexFor(['linux/amd64', 'linux/arm64'], { user: '65532', volumes: ['/data'] }), '1');
    const name = use.name('acme/shop', '1');
    expect(await run('lock', name)).toMatchObject({
      status: 0, err: '', out: `added ${name}\n       ${digest}\nimages.lock.json: 1 added, 0 changed, 0 unchanged\n`,
    });
    const { platforms } = locked().get(name)!;
    expect(Object.keys(platforms)).toEqual(['linux/amd64', 'linux/arm64']);
    expect(platforms['linux/amd64']).toMatchObject({ user: '65532', uid: 65532, volumes: ['/data'] });
  });

  test('twice is byte-identical, and the file is not written again', async () => {
    use.push('acme/shop', '1');
    await run('lock', use.name('acme/shop', '1'));
    const before = lockText();
    expect(await run('lock', use.name('acme/shop', '1'))).toMatchObject({ out: 'images.lock.json: 0 added, 0 changed, 1 unchanged\n' });
    expect(lockText()).toBe(before);
    expect(readdirSync('.')).toEqual(['images.lock.json']);
  });

  test('with a digest locks exactly that under the tag, whatever the tag means', async () => {
    const old = use.push('acme/shop', '1', { user: '1' });
    use.push('acme/shop', '1', { user: '2' });
    expect(await run('lock', `${use.name('acme/shop', '1')}@${old}`)).toMatchObject({ status: 0 });
    expect(locked().get(use.name('acme/shop', '1'))?.digest).toBe(old);
    expect(use.asked().filter((line) => line.includes('/manifests/'))).toEqual([`GET /v2/acme/shop/manifests/${old}`]);
  });

  test('of a layout locks what was built before it is pushed, without asking anybody', async () => {
    const built = layoutImage({ config: { User: '1000' } });
    writeLayout('build', { '1.5.0': built });
    expect(await run('lock', '--offline', 'ghcr.io/acme/shop:1.5.0=oci:build:1.5.0')).toMatchObject({ status: 0, err: '' });
    expect(locked().get('ghcr.io/acme/shop:1.5.0')?.digest).toBe(built.descriptor.digest);
    expect(await run('lock', 'ghcr.io/acme/shop:1.6.0=oci:nowhere')).toMatchObject({
      status: 2, err: 'cdk8s-hardened: ghcr.io/acme/shop:1.6.0: oci:nowhere: the folder does not exist\n',
    });
  });

  test('wanted with two digests is a failure that names both places, and the rest is locked', async () => {
    const [one, two] = [use.push('acme/shop', '1', { user: '1' }), use.push('acme/shop', '1', { user: '2' })];
    use.push('acme/web', '1');
    const name = use.name('acme/shop', '1');
    write('a.yaml', podOf(`${name}@${two}`));
    expect(await run('lock', `${name}@${one}`, use.name('acme/web', '1'), '--from', 'a.yaml')).toMatchObject({
      status: 2,
      err: `cdk8s-hardened: ${name}: it is wanted as ${one} (command line) and as ${two} (a.yaml:7); a tag is locked with one digest\n`,
    });
    expect([...locked().keys()]).toEqual([use.name('acme/web', '1')]);
  });

  test.each<[argument: string, problem: string]>([
    ['nginx:', 'the tag after ":" is missing'],
    ['oci:build:1', 'it says where the content is, and not what to lock it under: write NAME=oci:build:1'],
    ['nginx:1=build', 'behind "=" must be oci:FOLDER[:TAG] or oci-archive:FILE[:TAG]'],
    [`nginx:1@sha256:${'a'.repeat(64)}=oci:build`, 'the name must have no digest, because that of the layout is locked'],
  ])('%s is refused, and the rest is locked', async (argument, problem) => {
    use.push('acme/web', '1');
    const { status, err } = await run('lock', argument, use.name('acme/web', '1'));
    expect({ status, err: err.replace(/"[^"]*…?": /, '') }).toEqual({ status: 2, err: `cdk8s-hardened: ${problem}\n` });
    expect([...locked().keys()]).toEqual([use.name('acme/web', '1')]);
  });

  test('another spelling of a locked image is locked too, and both have one digest', async () => {
    use.push('acme/shop', 'latest');
    await run('lock', use.name('acme/shop', 'latest'));
    const digest = use.push('acme/shop', 'latest', { user: '7' });
    await run('lock', `${use.registry.host}/acme/shop`);
    expect([...locked()].map(([name, { digest: own }]) => [name, own])).toEqual([
      [`${use.registry.host}/acme/shop`, digest], [use.name('acme/shop', 'latest'), digest],
    ]);
  });
});

describe('a user that is a name', () => {
  test('is locked with the uid of the image\'s own /etc/passwd, and the layers of platforms that share them are read once', async () => {
    use.registry.push('acme/shop', indexFor(['linux/amd64', 'linux/arm64'], { user: 'app', layers: [passwd('app:x:1000:1000::/:/bin/sh')] }), '1');
    await run('lock', use.name('acme/shop', '1'));
    const { platforms } = locked().get(use.name('acme/shop', '1'))!;
    expect(Object.values(platforms).map(({ user, uid }) => [user, uid])).toEqual([['app', 1000], ['app', 1000]]);
    // Two manifests' configs and one layer.
    expect(use.asked().filter((line) => line.includes('/blobs/'))).toHaveLength(3);
  });

  test('that is not there is no failure: the image is locked without, and a note says so', async () => {
    use.push('acme/shop', '1', { user: 'ghost', layers: [passwd('app:x:1000:1000::/:/bin/sh')] });
    expect(await run('lock', use.name('acme/shop', '1'))).toMatchObject({
      status: 0,
      err: `cdk8s-hardened: note: ${use.name('acme/shop', '1')}: linux/amd64 runs as "ghost", which is locked without a uid: the image's /etc/passwd does not have its user\n`,
    });
    expect(locked().get(use.name('acme/shop', '1'))?.platforms['linux/amd64']).not.toHaveProperty('uid');
  });

  test('in a layer that is no archive is none either, because it will be no other tomorrow', async () => {
    use.push('acme/shop', '1', { user: 'app', layers: [Buffer.alloc(2048, 'x')] });
    expect(await run('lock', use.name('acme/shop', '1'))).toMatchObject({ status: 0, err: expect.stringContaining('without a uid: the layer ') as string });
  });

  test('is not looked up where there is a number, and not on Windows', async () => {
    use.push('acme/one', '1', { user: '1000' });
    use.push('acme/two', '1', { user: 'ContainerUser', os: 'windows' });
    await run('lock', use.name('acme/one', '1'), use.name('acme/two', '1'));
    expect(use.asked().filter((line) => line.includes('/blobs/'))).toHaveLength(2);
  });
});

describe('lock --from', () => {
  test('locks the images of all pods, each once: every list, image volumes, lists of objects', async () => {
    for (const name of ['a', 'b', 'c', 'd']) use.push(`acme/${name}`, '1');
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => use.name(`acme/${name}`, '1'));
    write('dist/pod.yaml', `${podOf(a, b)}  initContainers: [{ name: i, image: ${c} }]\n  volumes: [{ name: v, image: { reference: ${d} } }]\n`);
    write('dist/list.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: a }] } }] }));
    write('dist/values.yaml', 'image: not/an:image:at:all\n');
    expect(await run('lock', '--from', 'dist')).toMatchObject({ status: 0, err: '' });
    expect([...locked().keys()]).toEqual([a, b, c, d].sort());
  });

  test('what is pinned is locked as it is pinned, also for who names the tag alone; without a tag it is passed over and counted', async () => {
    const old = use.push('acme/shop', '1', { user: '1' });
    use.push('acme/shop', '1', { user: '2' });
    const name = use.name('acme/shop', '1');
    write('dist/a.yaml', podOf(name, `${name}@${old}`, `${use.registry.host}/acme/shop@${old}`));
    expect(await run('lock', '--from', 'dist')).toMatchObject({
      status: 0, out: expect.stringContaining('1 image with a digest and no tag passed over: there is nothing to lock\nimages.lock.json: 1 added') as string,
    });
    expect(locked().get(name)?.digest).toBe(old);
  });

  describe('with digests of an index and of its platforms', () => {
    const name = () => use.name('acme/shop', '1');
    const inner = ['linux/amd64', 'linux/arm64'] as const;
    const pushed = (recipe: ImageRecipe = {}) => {
      const built = indexFor(inner, recipe);
      return { digest: use.registry.push('acme/shop', built, '1'), children: built.children.map(({ manifest }) => manifest.digest) };
    };

    test('that are in one locked index keeps the index, also where they are two platforms of it, and offline', async () => {
      const { digest, children } = pushed();
      await run('lock', name());
      write('dist/a.yaml', podOf(`${name()}@${children[0]}`));
      for (const args of [[], ['--offline']]) {
        expect(await run('lock', '--from', 'dist', ...args)).toMatchObject({ status: 0, out: 'images.lock.json: 0 added, 0 changed, 1 unchanged\n' });
      }
      write('dist/b.yaml', podOf(`${name()}@${children[1]}`));
      pushed({ user: '9' });
      expect(await run('lock', '--from', 'dist')).toMatchObject({ status: 0, err: '' });
      expect(locked().get(name())?.digest).toBe(digest);
    });

    test.each([['a', 'b'], ['b', 'a']])('that are not locked locks the index, in whichever order they come', async (first, second) => {
      const { digest, children } = pushed();
      write(`dist/${first}.yaml`, podOf(`${name()}@${digest}`));
      write(`dist/${second}.yaml`, podOf(...children.map((child) => `${name()}@${child}`)));
      expect(await run('lock', '--from', 'dist')).toMatchObject({ status: 0, err: '' });
      expect(locked().get(name())?.digest).toBe(digest);
      expect(Object.keys(locked().get(name())?.platforms ?? {})).toEqual(inner);
    });

    test('recording one platform does not make the others a conflict', async () => {
      const { digest, children } = pushed();
      write('dist/a.yaml', podOf(`${name()}@${digest}`, `${name()}@${children[1]}`));
      expect(await run('lock', '--platform', 'linux/amd64', '--from', 'dist')).toMatchObject({ status: 0, err: '' });
    });

    test('an index that is named on the command line is locked, and its platform in a manifest is no conflict', async () => {
      const { digest, children } = pushed();
      write('a.yaml', podOf(`${name()}@${children[0]}`));
      expect(await run('lock', `${name()}@${digest}`, '--from', 'a.yaml')).toMatchObject({ status: 0, err: '' });
      expect(locked().get(name())?.digest).toBe(digest);
    });

    test('a platform that is named on the command line is not made an index', async () => {
      const { digest, children } = pushed();
      write('a.yaml', podOf(`${name()}@${digest}`));
      expect(await run('lock', `${name()}@${children[0]}`, '--from', 'a.yaml')).toMatchObject({ status: 2, err: expect.stringContaining('it is wanted as') as string });
      expect(await run('lock', `${name()}@${children[0]}`)).toMatchObject({ status: 0 });
      expect(locked().get(name())?.digest).toBe(children[0]);
    });

    test.each([
      ['of two indexes', () => [pushed().digest, pushed({ user: '9' }).digest]],
      ['of an index and of a platform of another one', () => [pushed().digest, pushed({ user: '9' }).children[0]]],
      ['of two platforms of an index that nobody names', () => pushed().children],
      ['of an index and of what is not there', () => [pushed().digest, `sha256:${'0'.repeat(64)}`]],
    ])('%s is a conflict', async (_title, digestsOf) => {
      const [one, other] = digestsOf();
      write('a.yaml', podOf(`${name()}@${one}`, `${name()}@${other}`));
      expect(await run('lock', '--from', 'a.yaml')).toMatchObject({
        status: 2,
        err: `cdk8s-hardened: ${name()}: it is wanted as ${one} (a.yaml:7) and as ${other} (a.yaml:9); a tag is locked with one digest\n`,
      });
      expect(await run('lock', '--offline', '--from', 'a.yaml')).toMatchObject({ status: 2, err: expect.stringContaining('it is wanted as') as string });
    });

    test('a digest that is neither the locked index nor in it is other content', async () => {
      pushed();
      await run('lock', name());
      const { digest } = pushed({ user: '9' });
      write('a.yaml', podOf(`${name()}@${digest}`));
      expect(await run('lock', '--from', 'a.yaml')).toMatchObject({ status: 0, out: expect.stringContaining('1 changed') as string });
      expect(locked().get(name())?.digest).toBe(digest);
    });
  });

  test('what cannot be read is a failure with its place, and the rest is locked', async () => {
    use.push('acme/shop', '1');
    write('dist/a.yaml', podOf('"nginx:"'));
    write('dist/b.yaml', 'a: [');
    write('dist/c.yaml', podOf(use.name('acme/shop', '1')));
    write('dist/d.yaml', 'apiVersion: v1\nkind: Pod\nspec: none\n');
    const { status, err, json } = await lockJson('--from', 'dist', 'absent.yaml');
    expect(status).toBe(2);
    expect(err.split('\n').map((line) => line.replace(/(:\d+|read): .*/, '$1'))).toEqual([
      'cdk8s-hardened: absent.yaml: cannot be read',
      'cdk8s-hardened: dist/a.yaml:7',
      'cdk8s-hardened: dist/b.yaml:1',
      'cdk8s-hardened: dist/d.yaml:3',
      '',
    ]);
    expect((json.failed as { code: string }[]).map(({ code }) => code)).toEqual(['unreadable', 'invalid', 'unreadable', 'unreadable']);
    expect([...locked().keys()]).toEqual([use.name('acme/shop', '1')]);
  });

  test('an image that is locked under another spelling is not locked twice', async () => {
    use.push('acme/shop', 'latest');
    await run('lock', use.name('acme/shop', 'latest'));
    write('dist/a.yaml', podOf(`${use.registry.host}/acme/shop`));
    expect(await run('lock', '--from', 'dist')).toMatchObject({ out: 'images.lock.json: 0 added, 0 changed, 1 unchanged\n' });
  });

  test('shows how far it is', async () => {
    use.push('acme/shop', '1');
    write('dist/a.yaml', podOf(use.name('acme/shop', '1')));
    expect((await run('lock', '--from', 'dist')).progress).toEqual([
      '0 of 1 file read, now dist/a.yaml', '', `0 of 1 image resolved, now ${use.name('acme/shop', '1')}`, '', '',
    ]);
  });
});

describe('what is locked', () => {
  test('is resolved again where no image is named, or only what --update names; the digests and what matters of it are shown', async () => {
    const push = (user: string, platforms: readonly string[], volumes: readonly string[]) => ['shop', 'web'].map((name) =>
      use.registry.push(`acme/${name}`, indexFor(platforms, { user, volumes }), '1'));
    const [old] = push('65532', ['linux/amd64', 'linux/arm64'], ['/cache']);
    const [shop, web] = [use.name('acme/shop', '1'), use.name('acme/web', '1')];
    await run('lock', shop, web);
    const [now] = push('', ['linux/amd64', 'linux/s390x'], ['/data']);
    expect(await run('lock', '--update', shop)).toMatchObject({
      status: 0,
      err: '',
      out: `changed ${shop}
  from ${old}
    to ${now}
       no longer for linux/arm64
       now also for linux/s390x
       user is root, was "65532"
       volumes: new "/data"; gone "/cache"
images.lock.json: 0 added, 1 changed, 0 unchanged
`,
    });
    expect(await lockJson()).toMatchObject({
      json: { changed: [{ name: web, from: old, to: now, differences: expect.any(Array) as string[] }], unchanged: [shop], added: [] },
    });
  });

  test('keeps its names, also those that nobody named this time', async () => {
    use.push('acme/shop', '1');
    use.push('acme/web', '1');
    await run('lock', use.name('acme/shop', '1'));
    await run('lock', use.name('acme/web', '1'));
    expect(locked().size).toBe(2);
  });
});

describe('--platform', () => {
  test('records only these, and changes what was recorded before', async () => {
    const digest = use.registry.push('acme/shop', indexFor(['linux/amd64', 'linux/arm64', 'linux/s390x']), '1');
    const name = use.name('acme/shop', '1');
    await run('lock', name);
    expect(locked().get(name)).not.toHaveProperty('chosen');
    expect(await run('lock', '--platform', 'linux/amd64', '--platform', 'linux/arm64', name)).toMatchObject({
      status: 0, out: `changed ${name}\n       ${digest}\n       no longer for linux/s390x\nimages.lock.json: 0 added, 1 changed, 0 unchanged\n`,
    });
  });

  test('that an image does not have is a failure', async () => {
    use.registry.push('acme/shop', indexFor(['linux/amd64']), '1');
    expect(await run('lock', '--platform', 'linux/arm64', use.name('acme/shop', '1'))).toMatchObject({
      status: 2, err: `cdk8s-hardened: ${use.name('acme/shop', '1')}: it has no image for linux/arm64, it has linux/amd64; choose among these with --platform, or take every one with --platform all\n`,
    });
    expect(existsSync('images.lock.json')).toBe(false);
  });
});

describe('the platforms that were chosen', () => {
  const all = ['linux/amd64', 'linux/arm64', 'linux/s390x'];
  const name = () => use.name('acme/shop', '1');
  const recorded = () => Object.keys(locked().get(name())!.platforms);
  beforeEach(async () => {
    use.registry.push('acme/shop', indexFor(all), '1');
    await run('lock', '--platform', 'linux/s390x', '--platform', 'linux/amd64', name());
  });

  test('are remembered by whatever asks for the image again, and not by others', async () => {
    expect(locked().get(name())?.chosen).toEqual(['linux/amd64', 'linux/s390x']);
    write('a.yaml', podOf(name()));
    for (const [index, args] of [[], [name()], ['--update', name()], ['--from', 'a.yaml']].entries()) {
      use.registry.push('acme/shop', indexFor(all, { user: `${index + 1}` }), '1');
      expect(await run('lock', ...args)).toMatchObject({ status: 0, err: '', out: expect.stringContaining('1 changed') as string });
      expect([recorded(), locked().get(name())?.chosen]).toEqual([['linux/amd64', 'linux/s390x'], ['linux/amd64', 'linux/s390x']]);
    }
    use.registry.push('acme/web', indexFor(all), '1');
    await run('lock', use.name('acme/web', '1'));
    expect(Object.keys(locked().get(use.name('acme/web', '1'))!.platforms)).toEqual(all);
  });

  test('give way to others, and to all of them', async () => {
    const { digest } = locked().get(name())!;
    expect(await run('lock', '--platform', 'linux/arm64')).toMatchObject({ status: 0 });
    expect([recorded(), locked().get(name())?.chosen]).toEqual([['linux/arm64'], ['linux/arm64']]);
    expect(await run('lock', '--platform', 'all')).toMatchObject({
      status: 0, out: `changed ${name()}\n       ${digest}\n       now also for linux/amd64, linux/s390x\nimages.lock.json: 0 added, 1 changed, 0 unchanged\n`,
    });
    expect([recorded(), locked().get(name())?.chosen]).toEqual([all, undefined]);
  });

  test('are told where nothing else changes', async () => {
    const { digest } = locked().get(name())!;
    const change = (line: string) => `changed ${name()}\n       ${digest}\n       ${line}\nimages.lock.json: 0 added, 1 changed, 0 unchanged\n`;
    const three = all.flatMap((platform) => ['--platform', platform]);
    await run('lock', '--platform', 'all');
    expect(await run('lock', ...three)).toMatchObject({ out: change('only linux/amd64, linux/arm64, linux/s390x recorded from now on') });
    expect(await run('lock', '--platform', 'all')).toMatchObject({ out: change('all platforms are recorded from now on') });
  });

  test('that the image no longer has are a failure that says the way out, and what was locked stays', async () => {
    use.registry.push('acme/shop', indexFor(['linux/amd64']), '1');
    const before = lockText();
    expect(await run('lock')).toMatchObject({
      status: 2,
      err: `cdk8s-hardened: ${name()}: it has no image for linux/s390x, it has linux/amd64; choose among these with --platform, or take every one with --platform all\n`,
    });
    expect(lockText()).toBe(before);
  });

  test('must be locked where no registry is asked', async () => {
    expect(await run('lock', '--offline', '--platform', 'linux/amd64', name())).toMatchObject({ status: 0, err: '' });
    expect(await run('lock', '--offline', '--platform', 'linux/arm64', name())).toMatchObject({
      status: 2, err: `cdk8s-hardened: ${name()}: it is locked without linux/arm64; without --offline the registry is asked\n`,
    });
  });
});

describe('an image with a digest and no tag', () => {
  const name = (digest: string) => `${use.registry.host}/acme/shop@${digest}`;

  test('is locked for what it says of itself, by its digest, and again when all is', async () => {
    const digest = use.push('acme/shop', '1', { user: '7' });
    use.push('acme/shop', 'latest', { user: '8' });
    expect(await run('lock', name(digest))).toMatchObject({ status: 0, out: expect.stringContaining(`added ${name(digest)}\n       ${digest}\n`) as string });
    expect(locked().get(name(digest))).toMatchObject({ reference: name(digest), digest, platforms: { 'linux/amd64': { uid: 7 } } });
    for (const args of [[], ['--update', name(digest)], ['--offline'], ['--offline', name(digest)]]) {
      expect(await run('lock', ...args)).toMatchObject({ status: 0, err: '', out: 'images.lock.json: 0 added, 0 changed, 1 unchanged\n' });
    }
  });

  test('is judged by what the lock says', async () => {
    const digest = use.push('acme/shop', '1', { user: 'app', layers: [passwd('app:x:1000:1000::/:/bin/sh')] });
    write('dist/a.yaml', podOf(name(digest)).replace('spec:\n', 'spec:\n  securityContext: { runAsNonRoot: true }\n'));
    const findings = async () => (await checked('--only', 'image-user', 'dist')).findings.map(({ message }) => message);
    write('images.lock.json', '{ "version": 1, "images": {} }');
    expect(await findings()).toEqual([]);
    await run('lock', name(digest));
    expect(await findings()).toEqual([expect.stringContaining('runs as "app", which is a name') as string]);
  });

  test('in a manifest is locked where nothing is known of it under a tag', async () => {
    const [one, two] = [use.push('acme/shop', '1', { user: '1' }), use.push('acme/shop', '2', { user: '2' })];
    await run('lock', use.name('acme/shop', '1'));
    write('a.yaml', podOf(name(one), name(two)));
    expect(await run('lock', '--from', 'a.yaml')).toMatchObject({
      status: 0, err: '', out: `added ${name(two)}\n       ${two}\n1 image with a digest and no tag passed over: there is nothing to lock\nimages.lock.json: 1 added, 0 changed, 0 unchanged\n`,
    });
    expect(await run('lock', '--from', 'a.yaml')).toMatchObject({ status: 0, out: expect.stringContaining('0 added, 0 changed, 1 unchanged') as string });
    write('b.yaml', podOf(name(one)));
    expect(await run('lock', '--from', 'b.yaml')).toMatchObject({ status: 0, err: '' });
  });

  test('in a manifest that is not locked is no failure offline, because it is pinned, and it is said', async () => {
    write('a.yaml', podOf(name(`sha256:${'a'.repeat(64)}`)));
    expect(await lockJson('--offline', '--from', 'a.yaml')).toMatchObject({
      status: 0,
      err: expect.stringMatching(/^cdk8s-hardened: note: .+: it is pinned and not in the lock, so no rule knows what it says of itself; without --offline it is locked\n$/) as string,
      json: { passedOver: 1, added: [], failed: [], notes: [{ name: name(`sha256:${'a'.repeat(64)}`) }] },
    });
    expect(existsSync('images.lock.json')).toBe(false);
  });

  test('that is not there is a failure', async () => {
    use.push('acme/shop', '1');
    expect(await run('lock', name(`sha256:${'a'.repeat(64)}`))).toMatchObject({ status: 2, err: expect.stringContaining(`${name(`sha256:${'a'.repeat(64)}`)}: `) as string });
  });
});

describe('lock --from-file', () => {
  const name = (tag: string) => use.name('acme/shop', tag);

  test('locks what a pipeline has built: the tag means that digest, and what it says of itself comes from the registry', async () => {
    const [built, other] = [use.push('acme/shop', '1', { user: '1' }), use.push('acme/web', '1', { user: '3' })];
    use.push('acme/shop', '1', { user: '2' });
    write('refs.txt', `\ufeff# built by the pipeline\r\n\r\n  ${name('1')}@${built}  # the shop\r\n${use.registry.host}/acme/web@${other}`);
    expect(await run('lock', '--from-file', 'refs.txt')).toMatchObject({ status: 0, err: '' });
    expect([...locked()].map(([key, { digest, platforms }]) => [key, digest, platforms['linux/amd64'].uid])).toEqual([
      [name('1'), built, 1], [`${use.registry.host}/acme/web@${other}`, other, 3],
    ]);
  });

  test('says what is wrong by file and line, and locks the rest', async () => {
    const built = use.push('acme/shop', '1');
    write('refs.txt', [`${name('1')}@${built}`, name('2'), `${name('3')}@sha256:abc`, 'a b', 'x'.repeat(5000), `${name('9')}@sha256:${'0'.repeat(64)}`, ''].join('\n'));
    const { status, err, json } = await lockJson('--from-file', 'refs.txt', '--from-file', 'absent.txt');
    expect(status).toBe(2);
    expect(err.split('\n').map((line) => line.replace(/"[^"]*": /, ''))).toEqual([
      `cdk8s-hardened: refs.txt:2: "${name('2')}" has no digest; write the one that was built behind it, "@sha256:" and 64 hex digits`,
      expect.stringMatching(/^cdk8s-hardened: refs\.txt:3: the digest has 3 hex digits/),
      expect.stringMatching(/^cdk8s-hardened: refs\.txt:4: the reference /),
      'cdk8s-hardened: refs.txt:5: the line has 5000 characters, which no reference has',
      'cdk8s-hardened: absent.txt: cannot be read: it does not exist',
      expect.stringContaining(`${name('9')}: `),
      '',
    ]);
    expect((json.failed as { code: string }[]).map(({ code }) => code)).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'unreadable', 'not-found']);
    expect([...locked().keys()]).toEqual([name('1')]);
  });

  test('of another kind of file says so, and goes on no longer', async () => {
    write('refs.txt', 'a b\n'.repeat(1000));
    const { status, err } = await run('lock', '--from-file', 'refs.txt');
    expect([status, err.trimEnd().split('\n').length, err.trimEnd().split('\n').at(-1)])
      .toEqual([2, 21, 'cdk8s-hardened: refs.txt:21: there are more lines that are no references; from here on it was not read']);
  });

  test.each(['', '# nothing\n\n'])('that names no image is a failure (%#)', async (text) => {
    write('refs.txt', text);
    expect(await run('lock', '--from-file', 'refs.txt')).toMatchObject({ status: 2, err: 'cdk8s-hardened: refs.txt: names no image\n' });
  });

  test('with one tag and two digests is a conflict that names both lines', async () => {
    const [one, two] = [use.push('acme/shop', '1', { user: '1' }), use.push('acme/shop', '1', { user: '2' })];
    write('refs.txt', `${name('1')}@${one}\n${name('1')}@${two}\n`);
    expect(await run('lock', '--from-file', 'refs.txt')).toMatchObject({
      status: 2, err: `cdk8s-hardened: ${name('1')}: it is wanted as ${one} (refs.txt:1) and as ${two} (refs.txt:2); a tag is locked with one digest\n`,
    });
  });

  test('offline takes only a digest that the lock knows, under whichever tag', async () => {
    const [one, two] = [use.push('acme/shop', 'rc', { user: '1' }), use.push('acme/shop', '2', { user: '2' })];
    await run('lock', name('rc'), '--platform', 'linux/amd64');
    use.registry.clearLog();
    write('refs.txt', `${name('1')}@${one}\n${name('2')}@${two}\n`);
    expect(await run('lock', '--offline', '--from-file', 'refs.txt')).toMatchObject({
      status: 2, err: `cdk8s-hardened: ${name('2')}: it is not in the lock; without --offline the registry is asked\n`,
    });
    expect(locked().get(name('1'))).toEqual({ ...locked().get(name('rc')), reference: name('1') });
    expect(use.asked()).toEqual([]);
    // A manifest only says what it has; it does not give a tag another digest.
    write('a.yaml', podOf(`${name('3')}@${one}`));
    expect(await run('lock', '--offline', '--from', 'a.yaml')).toMatchObject({ status: 2, err: expect.stringContaining('it is not in the lock') as string });
  });
});

test.each([
  ['empty.yaml', 'apiVersion: v1\nkind: ConfigMap\n', '1 Kubernetes object with no image'],
  ['values.yaml', 'replicas: 1\n', 'no Kubernetes object'],
])('lock --offline --from %s has nothing to lock, which is what was asked', async (file, text, what) => {
  write(file, text);
  expect(await run('lock', '--offline', '--from', file)).toMatchObject({
    status: 0, err: `cdk8s-hardened: there is nothing to lock: --from finds ${what}\n`, out: 'images.lock.json: 0 added, 0 changed, 0 unchanged\n',
  });
  expect(existsSync('images.lock.json')).toBe(false);
});

describe('--offline', () => {
  test('keeps what is locked, also under another name, and refuses what it does not know', async () => {
    const digest = use.push('acme/shop', 'latest');
    const name = use.name('acme/shop', 'latest');
    await run('lock', name);
    use.registry.clearLog();
    const other = `sha256:${'a'.repeat(64)}`;
    expect(await run('lock', '--offline')).toMatchObject({ status: 0, out: 'images.lock.json: 0 added, 0 changed, 1 unchanged\n' });
    expect(await run('lock', '--offline', `${name}@${digest}`, `${use.registry.host}/acme/shop`)).toMatchObject({ status: 0 });
    expect(locked().size).toBe(2);
    expect(await run('lock', '--offline', 'nginx:1.27', `${name}@${other}`)).toMatchObject({
      status: 2,
      err: 'cdk8s-hardened: docker.io/library/nginx:1.27: it is not in the lock; without --offline the registry is asked\n'
        + `cdk8s-hardened: ${name}: it is locked as ${digest}, and wanted as ${other}; synthesize or pin it again, or lock it with that digest without --offline\n`,
    });
    expect(use.asked()).toEqual([]);
  });
});

test('the mirrors of the policy are asked first', async () => {
  use.registry.push('hub/acme/shop', image(), '1');
  write('hardened.yaml', `registries: { quay.example: { mirrors: ["${use.registry.host}/hub"] } }\n`);
  expect(await run('lock', 'quay.example/acme/shop:1')).toMatchObject({ status: 0, err: '' });
  expect(use.asked()[0]).toBe('GET /v2/hub/acme/shop/manifests/1?ns=quay.example');
});

describe('a call that cannot be meant is refused with one clear line and status 2', () => {
  const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  beforeEach(async () => {
    use.push('acme/shop', '1.4.2');
    await run('lock', use.name('acme/shop', '1.4.2'), '-l', 'full.json');
    write('bad.pem', certificate);
    write('empty.yaml', 'apiVersion: v1\nkind: ConfigMap\n');
    write('values.yaml', 'replicas: 1\n');
  });

  test.each<[args: readonly string[], err: string | RegExp]>([
    [[], 'images.lock.json does not exist: name the images to lock, or take those of manifests with `cdk8s-hardened lock --from dist`\n'],
    [['--check'], /^cdk8s-hardened: images\.lock\.json does not exist: /],
    [['--update', 'nginx:1', '-l', 'full.json'], '"nginx:1" is not in full.json; `cdk8s-hardened lock nginx:1` locks it\n'],
    [['--check', 'nginx:1', '-l', 'full.json'], '"nginx:1" is not in full.json; `cdk8s-hardened lock nginx:1` locks it\n'],
    [['--from', 'empty.yaml'], 'there is nothing to lock: --from finds 1 Kubernetes object with no image\n'],
    [['--from', 'values.yaml'], 'there is nothing to lock: --from finds no Kubernetes object\n'],
    [['--from', ''], '--from: a path is empty; name a file, a folder, or - for the standard input\n'],
    [['--check', '--from', 'dist'], '--check asks about what is locked, so it does not go with --from\n'],
    [['--check', '--update', 'a'], '--check changes nothing, so it does not go with --update\n'],
    [['--check', '--from-file', 'x'], '--check asks about what is locked, so it does not go with --from-file\n'],
    [['--check', '--remove', 'a'], '--check changes nothing, so it does not go with --remove\n'],
    [['--check', '--prune'], '--check changes nothing, so it does not go with --prune\n'],
    [['--update', 'a', '--remove', 'b'], '--update takes what the tags mean now, so it does not go with --remove\n'],
    [['--update', 'a', '--from-file', 'b'], '--update takes names that are locked; without it, images and --from add new ones\n'],
    [['--remove', 'a', '--from', 'b'], '--remove takes names out of the lock and does nothing else, so it does not go with --from\n'],
    [['--remove', 'a', '--prune'], '--remove takes names out of the lock and does nothing else, so it does not go with --prune\n'],
    [['nginx', '--prune', '--from', 'b'], '--prune takes out of the lock what --from does not name, and does nothing else, so it does not go with images\n'],
    [['--prune'], '--prune takes out of the lock what --from does not name, so it needs --from PATH\n'],
    [['--from', '-', '--from-file', '-'], '- is the standard input, which is read once; name it in --from or in --from-file\n'],
    [['--from-file', ''], '--from-file: the name is empty; name a file, or - for the standard input\n'],
    [['--platform', 'all', '--platform', 'linux/amd64', 'nginx'], '--platform: all is every platform, so it stands alone\n'],
    [['--check', '--offline'], '--check asks the registries, so it does not go with --offline\n'],
    [['--update', 'a', '--from', 'b'], '--update takes names that are locked; without it, images and --from add new ones\n'],
    [['--update', 'a', '--offline'], '--update asks the registries, so it does not go with --offline\n'],
    [['--platform', 'amd64', 'nginx'], '--platform: must be os/architecture[/variant], such as linux/amd64, or all, it is "amd64"\n'],
    [['--insecure', 'http://x', 'nginx'], '--insecure: must be a host with an optional port, it is "http://x"\n'],
    [['--ca', 'absent.pem', 'nginx'], '--ca: absent.pem: cannot be read: it does not exist\n'],
    [['--ca', 'empty.yaml', 'nginx'], '--ca: empty.yaml: holds no certificate in PEM ("-----BEGIN CERTIFICATE-----")\n'],
    [['--ca', 'bad.pem', 'nginx'], '--ca: bad.pem: certificate 1 of 1 cannot be read\n'],
    [['--policy', 'absent.yaml', 'nginx'], /^cdk8s-hardened: absent\.yaml: cannot be read: it does not exist/],
    [['--concurrency', '0', 'nginx'], /It must be a number from 1 to 256\./],
    [['-l', 'empty.yaml', 'nginx'], 'empty.yaml: is not JSON\n'],
    [['-l', '', 'nginx'], /It must be the name of a file\./],
  ])('lock %j', async (args, err) => {
    const outcome = await run('lock', ...args);
    expect(outcome).toMatchObject({ status: 2, out: '' });
    if (typeof err === 'string') expect(outcome.err).toBe(`cdk8s-hardened: ${err}`);
    else expect(outcome.err).toMatch(err);
    expect(existsSync('images.lock.json')).toBe(false);
  });

  test('a name that is not locked is told with the one that is near', async () => {
    expect(await run('lock', '--update', use.name('acme/shop', '1.4.3'), '-l', 'full.json')).toMatchObject({
      status: 2, err: `cdk8s-hardened: "${use.name('acme/shop', '1.4.3')}" is not in full.json; did you mean ${use.name('acme/shop', '1.4.2')}?\n`,
    });
    // Without its registry it is an image of Docker Hub, and not the one that is meant.
    expect((await run('lock', '--check', 'shop:1', '-l', 'full.json')).err)
      .toBe(`cdk8s-hardened: "shop:1" is not in full.json; did you mean ${use.name('acme/shop', '1.4.2')}?\n`);
  });
});
