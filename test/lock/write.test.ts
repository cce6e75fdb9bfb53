import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageOf, lockOf, temporaryFolder } from './support';
import { Lock } from '../../src/lock/file';
import { formatLock } from '../../src/lock/format';
import { emptyLock } from '../../src/lock/lock';
import { readLock } from '../../src/lock/read';
import { updateLock } from '../../src/lock/write';

const isRoot = process.getuid?.() === 0;
let folder: string;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'images.lock.json');
});

/** Nothing but the lock is left behind. */
function expectAlone(): void {
  expect(readdirSync(folder)).toEqual(['images.lock.json']);
}

const adding = (...names: readonly string[]) => (newest: Lock): Lock => {
  return { images: new Map([...newest.images, ...lockOf(...names).images]) };
};

/** Whatever the file holds. */
const writeLock = async (lock: Lock) => (await updateLock(file, () => lock)).changed;

describe('a lock is written', () => {
  test('and read again', async () => {
    expect(await writeLock(lockOf('a:1'))).toBe(true);

    expect(readLock(file)).toEqual(lockOf('a:1'));
    expect(Lock.fromFile(file)).toEqual(lockOf('a:1'));
    expectAlone();
  });

  test('over an old one, whose mode it keeps', async () => {
    await writeLock(lockOf('a:1'));
    chmodSync(file, 0o640);

    expect(await writeLock(lockOf('b:1'))).toBe(true);

    expect(readLock(file)).toEqual(lockOf('b:1'));
    expect((statSync(file).mode % 0o1000).toString(8)).toBe('640');
    expectAlone();
  });

  test('to a new file with the mode that the process gives', async () => {
    const before = process.umask(0o027);
    try {
      await writeLock(emptyLock);
    } finally {
      process.umask(before);
    }

    expect((statSync(file).mode % 0o1000).toString(8)).toBe('640');
  });

  test('only where it says something new', async () => {
    await writeLock(lockOf('a:1'));
    utimesSync(file, 1, 1);

    expect(await writeLock(lockOf('a:1'))).toBe(false);

    expect(statSync(file).mtimeMs).toBe(1000);
  });

  test('beside what a killed process left', async () => {
    writeFileSync(join(folder, '.images.lock.json.1-0123.tmp'), 'half');

    await writeLock(lockOf('a:1'));

    expect(readLock(file)).toEqual(lockOf('a:1'));
  });
});

describe('nothing is written', () => {
  test('that could not be read again', async () => {
    await writeLock(lockOf('a:1'));
    const wrong: Lock = { images: new Map([['b:1', imageOf('b:1', 'b', { digest: 'sha256:abc' })]]) };

    await expect(writeLock(wrong)).rejects.toThrow('images["b:1"].pinned must be a digest');
    expect(readLock(file)).toEqual(lockOf('a:1'));
    expectAlone();
  });

  test.each([['a file', 'target'], ['nothing', 'nowhere']])('over a symbolic link that leads to %s', async (_what, target) => {
    writeFileSync(join(folder, 'target'), 'as it was');
    symlinkSync(target, file);

    await expect(writeLock(lockOf('a:1'))).rejects.toThrow(`${file}: cannot be written: it is a symbolic link; name the file that it leads to`);
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('as it was');
    expect(readdirSync(folder).sort()).toEqual(['images.lock.json', 'target']);
  });

  test('over a file that is read-only', async () => {
    await writeLock(lockOf('a:1'));
    chmodSync(file, 0o444);

    await expect(writeLock(lockOf('b:1'))).rejects.toThrow(`${file}: cannot be written: it is read-only; make it writable (chmod u+w)`);
    expect(readLock(file)).toEqual(lockOf('a:1'));
    expectAlone();
  });

  test('over a folder', async () => {
    mkdirSync(file);

    await expect(writeLock(lockOf('a:1'))).rejects.toThrow(`${file}: cannot be read: it is a folder`);
  });

  test('into a folder that does not exist', async () => {
    const nowhere = join(folder, 'none', 'images.lock.json');

    await expect(updateLock(nowhere, adding('a:1'))).rejects.toThrow(`${nowhere}: cannot be written: it does not exist`);
  });

  (isRoot ? test.skip : test)('into a folder where nobody may write', async () => {
    chmodSync(folder, 0o500);

    await expect(writeLock(lockOf('a:1'))).rejects.toThrow('cannot be written: permission denied');
    chmodSync(folder, 0o700);
  });

  test('where the change throws', async () => {
    await writeLock(lockOf('a:1'));

    await expect(updateLock(file, () => { throw new Error('no'); })).rejects.toThrow('no');

    expect(readLock(file)).toEqual(lockOf('a:1'));
    expectAlone();
  });

  test('where the old file is no lock, because what it held would be lost', async () => {
    writeFileSync(file, '{}');

    await expect(updateLock(file, adding('a:1'))).rejects.toThrow('version is missing');

    expect(readFileSync(file, 'utf8')).toBe('{}');
    expectAlone();
  });

  test('over a symbolic link, by an update', async () => {
    writeFileSync(join(folder, 'target'), formatLock(lockOf('a:1')));
    symlinkSync('target', file);

    await expect(updateLock(file, adding('b:1'))).rejects.toThrow('it is a symbolic link');
    expect(readLock(join(folder, 'target'))).toEqual(lockOf('a:1'));
  });
});

describe('what is no file is not read', () => {
  test.each([
    ['nothing', () => undefined, 'it does not exist'],
    ['a folder', () => mkdirSync(file), 'it is a folder'],
    ['a device', () => symlinkSync('/dev/zero', file), 'it is no file'],
    ['a circle', () => symlinkSync('images.lock.json', file), 'its symbolic links lead in a circle'],
  ])('%s', (_what, make, reason) => {
    make();

    expect(() => readLock(file)).toThrow(`${file}: cannot be read: ${reason}`);
  });

  test('a file that is larger than any lock', () => {
    writeFileSync(file, Buffer.alloc(64 * 1024 * 1024 + 1, ' '));

    expect(() => readLock(file)).toThrow(`${file}: is larger than 64 MiB, which no lock is`);
  });

  test('a text that is not UTF-8', () => {
    writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));

    expect(() => readLock(file)).toThrow('is not UTF-8 text');
  });
});

describe('an update', () => {
  test('makes the file where there is none, and says what was there before', async () => {
    expect(await updateLock(file, adding('a:1'))).toEqual({ before: emptyLock, after: lockOf('a:1'), changed: true });
    expect(await updateLock(file, adding('b:1'))).toEqual({ before: lockOf('a:1'), after: lockOf('a:1', 'b:1'), changed: true });
    expect(await updateLock(file, adding('b:1'))).toMatchObject({ changed: false });
    expectAlone();
  });

  test('of many at the same time loses none', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `a:${index}`);

    await Promise.all(names.map(async (name) => updateLock(file, adding(name))));

    expect(readLock(file)).toEqual(lockOf(...names));
    expectAlone();
  });

  test('whose turn was taken away starts again from the newest content', async () => {
    let times = 0;
    await updateLock(file, (newest) => {
      times++;
      if (times === 1) {
        // Somebody who took this process for dead: he writes, and goes.
        writeFileSync(`${file}.lock`, 'somebody else');
        writeFileSync(file, formatLock(lockOf('b:1')));
        utimesSync(`${file}.lock`, 1, 1);
      }
      return adding('a:1')(newest);
    });

    expect([times, readLock(file)]).toEqual([2, lockOf('a:1', 'b:1')]);
    expectAlone();
  });
});
