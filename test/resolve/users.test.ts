import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLayout } from '../../src/layout/source';
import { describeImage } from '../../src/oci/describe';
import { withUids } from '../../src/resolve/users';
import { BuiltLayer, descriptorOf, digestOf, image, layer, writeLayout } from '../support/oci-images';
import { file } from '../support/tar';

const passwd = layer([file('etc/passwd', 'root:x:0:0\napp:x:1000:1000\n')]);
const elsewhere = Buffer.from('elsewhere');
const foreign: BuiltLayer = {
  bytes: elsewhere, diffId: digestOf(elsewhere), descriptor: descriptorOf('application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', elsewhere),
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'users-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function usersOf(layers: readonly BuiltLayer[], user = 'app') {
  writeLayout(folder, { 1: image({ layers, config: { User: user } }) });
  const { source, target } = await openLayout(`oci:${folder}:1`);
  const { image: found, notes } = await withUids(source, await describeImage(source, target));
  return { uids: Object.values(found.platforms).flatMap(({ uid }) => uid ?? []), notes };
}

test('a name has the uid of the image\'s own /etc/passwd', async () => {
  expect(await usersOf([passwd])).toEqual({ uids: [1000], notes: [] });
});

test('no uid is told where a layer above was not read, because it may have another /etc/passwd', async () => {
  expect(await usersOf([passwd, foreign])).toEqual({
    uids: [],
    notes: [`linux/amd64 runs as "app", which is locked without a uid: the layer ${digestOf(elsewhere)} is not distributed with the image, and was not read`],
  });
});

test('a name that is not there has none, and the note says both', async () => {
  const { uids, notes } = await usersOf([passwd, foreign], 'ghost');
  expect(uids).toEqual([]);
  expect(notes).toEqual([expect.stringMatching(/was not read, the image's \/etc\/passwd does not have its user$/)]);
});

test.each([['5', 5], ['-1', undefined]])('a user that is the number %s is not looked up', async (user, uid) => {
  const passwdOfNumbers = layer([file('etc/passwd', '5:x:1000:1000\n-1:x:1000:1000\n')]);
  expect(await usersOf([passwdOfNumbers], user)).toEqual({ uids: uid === undefined ? [] : [uid], notes: [] });
});
