import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Layer } from '../../src/registry/layer-files';
import { ImageUser, parseImageUser, resolveImageUser } from '../../src/registry/layer-user';
import { openLayout } from '../../src/registry/layout-source';
import type { ImageSource } from '../../src/registry/source';
import { image, layer, writeLayout } from '../support/oci-images';
import { file } from '../support/tar';

const uid = (value: number): ImageUser => ({ kind: 'uid', uid: value });
const invalid = (value: string): ImageUser => ({ kind: 'invalid-uid', value });
const name = (value: string): ImageUser => ({ kind: 'name', name: value });

describe('what the kubelet is told', () => {
  test.each<[string, ImageUser]>([
    ['', uid(0)], ['0', uid(0)], ['0:0', uid(0)], ['00', uid(0)], [':1000', uid(0)], ['-0', uid(0)],
    ['root', name('root')], ['nobody', name('nobody')], ['app:app', name('app')], ['1_000', name('1_000')], ['0x3e8', name('0x3e8')],
    [' 1000', name(' 1000')], ['1e3', name('1e3')], ['\u0661', name('\u0661')], ['+', name('+')], ['__proto__', name('__proto__')],
    ['10001', uid(10001)], ['65532:65532', uid(65532)], ['+5', uid(5)], [`${'0'.repeat(200)}7`, uid(7)], ['1:2:3', uid(1)],
    ['2147483647', uid(2147483647)], ['2147483648', invalid('2147483648')], ['-1', invalid('-1')], ['4294967294', invalid('4294967294')],
    ['9223372036854775807', invalid('9223372036854775807')], ['-9223372036854775808', invalid('-9223372036854775808')],
    ['9223372036854775808', name('9223372036854775808')], ['9'.repeat(100), name('9'.repeat(100))],
  ])('of the user %j', (user, expected) => {
    expect(parseImageUser(user)).toEqual(expected);
  });
});

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
