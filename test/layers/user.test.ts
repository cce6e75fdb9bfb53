import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Layer } from '../../src/layers/files';
import { resolveImageUser } from '../../src/layers/user';
import { openLayout } from '../../src/layout/source';
import type { ImageSource } from '../../src/oci/source';
import { image, layer, writeLayout } from '../support/oci-images';
import { file } from '../support/tar';

describe('the uid of a name', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'layers-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function imageWith(...passwd: readonly string[]): Promise<readonly [ImageSource, readonly Layer[]]> {
    const layers = passwd.length === 0 ? [layer([file('hello')])] : passwd.map(text => layer([file('etc/passwd', text)]));
    writeLayout(folder, { test: image({ layers }) });
    return [(await openLayout(`oci:${folder}:test`)).source, layers.map(({ descriptor }) => descriptor)];
  }

  test('is that of the image\'s own /etc/passwd, of the top layer that has one', async () => {
    const passwd = 'root:x:0:0:root:/root:/bin/sh\n\n# app:x:1:1\napp:x:1000:1000::/home/app:/bin/sh\napp:x:7:7\n';
    const [source, layers] = await imageWith('app:x:5:5::/:/bin/sh\n', passwd);
    await expect(resolveImageUser(source, layers, 'app:staff')).resolves.toEqual({ uid: 1000, from: 'passwd', notices: [] });
    await expect(resolveImageUser(source, layers, 'root')).resolves.toEqual({ uid: 0, from: 'passwd', notices: [] });
  });

  test.each([
    ['ap', 'name-not-found'], ['ghost', 'name-not-found'], ['', 'uid'], ['short', 'invalid-uid'], ['odd', 'invalid-uid'],
    ['huge', 'invalid-uid'], ['minus', 'invalid-uid'], ['4294967294', 'invalid-uid'],
  ])('%j gives %s', async (user, expected) => {
    const [source, layers] = await imageWith('app:x:1:1\nshort\nodd:x:1_0:1\nhuge:x:4294967294:1\nminus:x:-1:1\n');
    const resolved = await resolveImageUser(source, layers, user);
    expect(resolved.uid === undefined ? resolved.reason : 'uid').toBe(expected);
  });

  test('is not known where the image has no /etc/passwd', async () => {
    const [source, layers] = await imageWith();
    await expect(resolveImageUser(source, layers, 'app')).resolves.toEqual({
      reason: 'no-passwd', problem: 'the image has no file /etc/passwd to find the uid of its user in', notices: [],
    });
  });

  test('reads no layer for a number', async () => {
    const source = { name: 'none' } as ImageSource;
    await expect(resolveImageUser(source, [{ mediaType: '', digest: '', size: 0 }], '10001:0')).resolves.toMatchObject({ uid: 10001, from: 'config' });
  });
});
