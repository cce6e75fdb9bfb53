import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs, {
  chmodSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { imageOf, lockOf, temporaryFolder } from './support';
import { Lock } from '../../src/lock/file';
import { formatLock } from '../../src/lock/format';
import { emptyLock } from '../../src/lock/lock';
import { readLock } from '../../src/lock/read';
import { replaceFile } from '../../src/lock/replace';
import { updateLock, writeLock } from '../../src/lock/write';

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

describe('a lock is written', () => {
  test('and read again', () => {
    expect(writeLock(file, lockOf('a:1'))).toBe(true);

    expect(readLock(file)).toEqual(lockOf('a:1'));
    expect(Lock.fromFile(file)).toEqual(lockOf('a:1'));
    expectAlone();
  });

  test('over an old one, whose mode it keeps', () => {
    writeLock(file, lockOf('a:1'));
    chmodSync(file, 0o640);

    expect(writeLock(file, lockOf('b:1'))).toBe(true);

    expect(readLock(file)).toEqual(lockOf('b:1'));
    expect((statSync(file).mode % 0o1000).toString(8)).toBe('640');
    expectAlone();
  });

  test('to a new file with the mode that the process gives', () => {
    const before = process.umask(0o027);
    try {
      writeLock(file, emptyLock);
    } finally {
      process.umask(before);
    }

    expect((statSync(file).mode % 0o1000).toString(8)).toBe('640');
  });

  test('only where it says something new', () => {
    writeLock(file, lockOf('a:1'));
    utimesSync(file, 1, 1);

    expect(writeLock(file, lockOf('a:1'))).toBe(false);

    expect(statSync(file).mtimeMs).toBe(1000);
  });

  test('in place of a file that is no lock', () => {
    writeFileSync(file, '<<<<<<< ours\n');

    expect(writeLock(file, lockOf('a:1'))).toBe(true);
  });

  test('beside what a killed process left', () => {
    writeFileSync(join(folder, '.images.lock.json.1-0123.tmp'), 'half');

    writeLock(file, lockOf('a:1'));

    expect(readLock(file)).toEqual(lockOf('a:1'));
  });
});

describe('nothing is written', () => {
  test('that could not be read again', () => {
    writeLock(file, lockOf('a:1'));
    const wrong: Lock = { images: new Map([['b:1', imageOf('b:1', 'b', { digest: 'sha256:abc' })]]) };

    expect(() => writeLock(file, wrong)).toThrow('images["b:1"].pinned must be a digest');
    expect(readLock(file)).toEqual(lockOf('a:1'));
    expectAlone();
  });

  test.each([['a file', 'target'], ['nothing', 'nowhere']])('over a symbolic link that leads to %s', (_what, target) => {
    writeFileSync(join(folder, 'target'), 'as it was');
    symlinkSync(target, file);

    expect(() => writeLock(file, lockOf('a:1'))).toThrow(`${file}: cannot be written: it is a symbolic link; name the file that it leads to`);
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('as it was');
    expect(readdirSync(folder).sort()).toEqual(['images.lock.json', 'target']);
  });

  test('over a file that is read-only, also by an update', async () => {
    writeLock(file, lockOf('a:1'));
    chmodSync(file, 0o444);

    expect(() => writeLock(file, lockOf('b:1'))).toThrow(`${file}: cannot be written: it is read-only; make it writable (chmod u+w)`);
    await expect(updateLock(file, adding('b:1'))).rejects.toThrow('it is read-only');
    expect(readLock(file)).toEqual(lockOf('a:1'));
    expectAlone();
  });

  test('over a folder', () => {
    mkdirSync(file);

    expect(() => writeLock(file, lockOf('a:1'))).toThrow(`${file}: cannot be read: it is a folder`);
  });

  test('over what is no file, whoever asks', () => {
    mkdirSync(file);

    expect(() => replaceFile(file, '')).toThrow(`${file}: cannot be written: it is no file`);
  });

  test('where the turn was lost', () => {
    writeFileSync(file, 'old');

    expect(replaceFile(file, 'new', () => false)).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expectAlone();
  });

  test('into a folder that does not exist', async () => {
    const nowhere = join(folder, 'none', 'images.lock.json');

    expect(() => writeLock(nowhere, lockOf('a:1'))).toThrow(`${nowhere}: cannot be written: it does not exist`);
    await expect(updateLock(nowhere, adding('a:1'))).rejects.toThrow(`${nowhere}: cannot be written: it does not exist`);
  });

  (isRoot ? test.skip : test)('into a folder where nobody may write', () => {
    chmodSync(folder, 0o500);

    expect(() => writeLock(file, lockOf('a:1'))).toThrow('cannot be written: permission denied');
    chmodSync(folder, 0o700);
  });

  test('where the change throws', async () => {
    writeLock(file, lockOf('a:1'));

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

  test.each([
    ['a process that is no more', `999999999 ${hostname()} x`, 0],
    ['a machine that has not been heard of for a while', '1 elsewhere x', 31],
    ['a process id that is used again', `${process.pid} ${hostname()} x`, 31],
  ])('takes the turn of %s', async (_what, token, age) => {
    writeFileSync(`${file}.lock`, token);
    utimesSync(`${file}.lock`, Date.now() / 1000 - age, Date.now() / 1000 - age);

    await updateLock(file, adding('a:1'), 0);

    expect(readLock(file)).toEqual(lockOf('a:1'));
    expectAlone();
  });

  test.each([
    ['a process that lives', `${process.pid} ${hostname()} x`],
    ['a process of somebody else', `1 ${hostname()} x`],
    ['another machine', '1 elsewhere x'],
  ])('waits for %s, and gives up in time', async (_what, token) => {
    writeFileSync(`${file}.lock`, token);

    await expect(updateLock(file, adding('a:1'), 30)).rejects.toThrow(`${file}: another process is writing it; where none is, remove ${file}.lock`);

    expect(readFileSync(`${file}.lock`, 'utf8')).toBe(token);
    expect(existsSync(file)).toBe(false);
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

  test('that finds something else in place of the marker gives up in time', async () => {
    mkdirSync(`${file}.lock`);

    await expect(updateLock(file, adding('a:1'), 0)).rejects.toThrow('another process is writing it');
  });
});

describe('where the file system', () => {
  const refusal = (code: string) => Object.assign(new Error(code), { code });
  afterEach(() => jest.restoreAllMocks());

  test('has no links, many updates at the same time lose none all the same', async () => {
    jest.spyOn(fs, 'linkSync').mockImplementation(() => { throw refusal('EPERM'); });
    const names = Array.from({ length: 10 }, (_, index) => `a:${index}`);

    await Promise.all(names.map(async (name) => updateLock(file, adding(name))));

    expect(readLock(file)).toEqual(lockOf(...names));
    expectAlone();
  });

  test('lets nobody make a marker, the update says so', async () => {
    jest.spyOn(fs, 'linkSync').mockImplementation(() => { throw refusal('EPERM'); });
    mkdirSync(join(folder, 'x'));
    symlinkSync(join(folder, 'x', 'y', 'z'), `${file}.lock`);
    const write = fs.writeFileSync;
    jest.spyOn(fs, 'writeFileSync').mockImplementation((path, ...rest) => {
      if (path === `${file}.lock`) throw refusal('ENOSPC');
      write(path, ...rest);
    });

    await expect(updateLock(file, adding('a:1'))).rejects.toThrow(`${file}: cannot be written: ENOSPC`);
  });

  test('does not let an abandoned marker be removed, the update gives up in time', async () => {
    writeFileSync(`${file}.lock`, `999999999 ${hostname()} x`);
    jest.spyOn(fs, 'renameSync').mockImplementation(() => { throw refusal('EACCES'); });

    await expect(updateLock(file, adding('a:1'), 30)).rejects.toThrow('another process is writing it');
  });

  test('has a marker that was abandoned and taken again in the meantime, it is given back', async () => {
    const living = `${process.pid} ${hostname()} somebody else`;
    writeFileSync(`${file}.lock`, `999999999 ${hostname()} x`);
    const rename = fs.renameSync;
    jest.spyOn(fs, 'renameSync').mockImplementationOnce((from, to) => {
      writeFileSync(from, living);
      rename(from, to);
    });

    await expect(updateLock(file, adding('a:1'), 30)).rejects.toThrow('another process is writing it');

    expect(readFileSync(`${file}.lock`, 'utf8')).toBe(living);
  });

  test('is full, the old file is whole', () => {
    writeLock(file, lockOf('a:1'));
    jest.spyOn(fs, 'fsyncSync').mockImplementation(() => { throw refusal('ENOSPC'); });

    expect(() => writeLock(file, lockOf('b:1'))).toThrow(`${file}: cannot be written: ENOSPC`);

    expect(readLock(file)).toEqual(lockOf('a:1'));
    expectAlone();
  });

  test('opens no folders, the lock is written', () => {
    const open = fs.openSync;
    jest.spyOn(fs, 'openSync').mockImplementation((path, ...rest) => {
      if (path === folder) throw refusal('EISDIR');
      return open(path, ...rest);
    });

    expect(writeLock(file, lockOf('a:1'))).toBe(true);
    expect(readLock(file)).toEqual(lockOf('a:1'));
  });
});

test('a lock with another name for its file keeps that', () => {
  writeLock(file, lockOf('a:1'));
  linkSync(file, join(folder, 'other'));

  writeLock(file, lockOf('b:1'));

  expect(readLock(join(folder, 'other'))).toEqual(lockOf('a:1'));
});

test('what processes left that are no more is removed, and nothing else', async () => {
  const host = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 8);
  const ended = spawnSync(process.execPath, ['-e', '0']).pid;
  const name = (pid: number, of: string, what: string) => `.images.lock.json.${pid}-${host(of)}-0123456789ab.${what}`;
  const gone = [name(ended, hostname(), 'tmp'), name(ended, hostname(), 'turn'), name(ended, hostname(), 'old'), name(ended, 'elsewhere', 'turn')];
  const kept = [
    name(process.pid, hostname(), 'tmp'), name(ended, 'elsewhere', 'tmp'), '.images.lock.json.tmp', '.images.lock.json.x.tmp',
    name(ended, hostname(), 'tmp').replace('images', 'other'), name(ended, hostname(), 'txt'), `x${name(ended, hostname(), 'tmp')}`,
  ];
  for (const each of [...gone, ...kept]) writeFileSync(join(folder, each), 'half');
  utimesSync(join(folder, gone[3]), 1, 1);

  await updateLock(file, () => lockOf('a:1'));

  expect(readdirSync(folder).sort()).toEqual([...kept, 'images.lock.json'].sort());
});
