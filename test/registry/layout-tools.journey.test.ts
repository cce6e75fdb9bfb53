import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageFacts } from '../../src/image/facts';
import { resolveImageUser } from '../../src/layers/user';
import { openLayout } from '../../src/layout/source';
import { describeImage } from '../../src/oci/describe';
import { BuiltImage, image, index, layer, layoutArchive, writeLayout } from '../support/oci-images';
import { describeUnlessMissing, missingOf } from '../support/programs';
import { directory, file, gnuLong, hardLink, symlink } from '../support/tar';

const passwd = 'root:x:0:0:root:/root:/bin/sh\napp:x:1234:1234::/:/bin/sh\n';
const content = [
  directory('etc/'), file('etc/passwd', passwd), symlink('bin', 'usr/bin'), hardLink('usr/passwd', 'etc/passwd'),
  gnuLong('L', 'x'.repeat(200)), file('short', 'long'),
];
const images: Readonly<Record<string, BuiltImage>> = {
  oci: image({ layers: [layer(content), layer([file('etc/.wh.group')])], config: { User: 'app' } }),
  docker: image({ layers: [layer(content, 'gzip', 'docker')], config: { User: '10001' }, flavour: 'docker' }),
  plain: image({ layers: [layer(content, 'none')] }),
  zstd: image({ layers: [layer(content, 'zstd')] }),
  multi: index([image(), image({ platform: { os: 'linux', architecture: 'arm64' } })]),
};

describeUnlessMissing(missingOf('skopeo', 'umoci'))('beside skopeo and umoci', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tools-'));
    writeLayout(join(folder, 'layout'), images);
    writeFileSync(join(folder, 'archive.tar'), layoutArchive({ '1.0': images.oci }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (program: string, ...args: readonly string[]): string => execFileSync(program, args, { encoding: 'utf8', cwd: folder, stdio: 'pipe' });
  const skopeo = (...args: readonly string[]): string => run('skopeo', '--insecure-policy', ...args);

  async function describeAt(reference: string): Promise<ImageFacts> {
    const { source, target } = await openLayout(reference.replace(':', `:${folder}/`));
    return (await describeImage(source, target)).image;
  }

  // Not `docker`: skopeo finds no Docker manifest by name in a layout, where we do.
  test.each(['oci', 'plain', 'zstd', 'multi'])('skopeo reads the image that we wrote and we read, with the same digest: %s', async name => {
    const reference = `oci:layout:${name}`;
    const raw = skopeo('inspect', '--raw', reference);
    expect(raw).toBe(images[name].bytes.toString());
    const { digest } = await describeAt(reference);
    expect(digest).toBe(images[name].descriptor.digest);
    if (name !== 'multi') expect(JSON.parse(skopeo('inspect', reference))).toMatchObject({ Digest: digest });
  });

  test.each(['oci', 'plain', 'zstd'])('skopeo copies it, and we read the copy: %s', async name => {
    skopeo('copy', `oci:layout:${name}`, `oci:copy:${name}`);
    const { digest } = await describeAt(`oci:copy:${name}`);
    expect(JSON.parse(skopeo('inspect', `oci:copy:${name}`))).toMatchObject({ Digest: digest });
  });

  test('skopeo reads the archive that we wrote, and we read the one that it writes', async () => {
    expect(JSON.parse(skopeo('inspect', 'oci-archive:archive.tar:1.0'))).toMatchObject({ Digest: images.oci.descriptor.digest });
    skopeo('copy', 'oci:layout:oci', 'oci-archive:made.tar:acme/shop:2.0');
    for (const reference of ['oci-archive:made.tar', 'oci-archive:made.tar:acme/shop:2.0', 'oci-archive:made.tar:2.0']) {
      await expect(describeAt(reference)).resolves.toMatchObject({ digest: images.oci.descriptor.digest });
    }
  });

  test('skopeo takes the same text for the path and for the reference', () => {
    mkdirSync(join(folder, 'a:b'), { recursive: true });
    writeLayout(join(folder, 'a:b'), { c: images.oci });
    expect(() => skopeo('inspect', 'oci:a:b:c')).toThrow();
    return expect(openLayout(`oci:${folder}/a:b:c`)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('umoci makes an image that we read, whiteouts and names of users too', async () => {
    run('umoci', 'init', '--layout', 'umoci');
    run('umoci', 'new', '--image', 'umoci:1.0');
    mkdirSync(join(folder, 'root/etc'), { recursive: true });
    writeFileSync(join(folder, 'root/etc/passwd'), passwd);
    run('umoci', 'insert', '--image', 'umoci:1.0', 'root/etc', '/etc');
    run('umoci', 'config', '--image', 'umoci:1.0', '--config.user', 'app');
    run('umoci', 'tag', '--image', 'umoci:1.0', 'whole');
    run('umoci', 'insert', '--whiteout', '--image', 'umoci:1.0', '/etc/passwd');
    const uidAt = async (tag: string) => {
      const { source, target } = await openLayout(`oci:${folder}/umoci:${tag}`);
      const { image: { platforms }, layers } = await describeImage(source, target);
      const [[name, { user = '' }]] = Object.entries(platforms);
      return resolveImageUser(source, layers.get(name)!, user);
    };
    await expect(uidAt('whole')).resolves.toEqual({ uid: 1234, from: 'passwd', notices: [] });
    await expect(uidAt('1.0')).resolves.toMatchObject({ reason: 'no-passwd' });
  });

  test('umoci unpacks the layers that we wrote', () => {
    run('umoci', 'unpack', '--rootless', '--image', 'layout:oci', 'bundle');
    expect(execFileSync('cat', [join(folder, 'bundle/rootfs/etc/passwd')], { encoding: 'utf8' })).toBe(passwd);
  });
});
