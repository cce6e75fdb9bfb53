import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs, {
  chmodSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { replaceWhole, WriteError, writeWhole } from '../../src/files/write-whole';
import { temporaryFolder } from '../lock/support';

let folder: string;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'report.json');
});

const read = () => readFileSync(file, 'utf8');
const modeOf = (path: string) => (statSync(path).mode % 0o1000).toString(8);

const writers = [
  ['an output', writeWhole],
  ['a file in its place', (path: string, text: string) => void replaceWhole(path, text)],
] as const;

describe.each(writers)('%s', (_what, write) => {
  afterEach(() => {
    jest.restoreAllMocks();
    // Nothing but the file is left behind.
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('is made with the mode that the process gives', () => {
    const before = process.umask(0o027);
    try {
      write(file, 'text');
    } finally {
      process.umask(before);
    }

    expect([read(), modeOf(file)]).toEqual(['text', '640']);
  });

  test('keeps its mode, also one that the process would not give', () => {
    writeFileSync(file, 'a text that is longer');
    chmodSync(file, 0o666);
    const before = process.umask(0o077);
    try {
      write(file, 'new');
    } finally {
      process.umask(before);
    }

    expect([read(), modeOf(file)]).toEqual(['new', '666']);
  });

  test('that is private is private while it is written', () => {
    writeFileSync(file, 'old');
    chmodSync(file, 0o600);
    const modes: string[] = [];
    const writeSync = fs.writeSync as (...all: unknown[]) => number;
    jest.spyOn(fs, 'writeSync').mockImplementation(((descriptor: number, ...rest: unknown[]) => {
      modes.push((fs.fstatSync(descriptor).mode % 0o1000).toString(8));
      return writeSync(descriptor, ...rest);
    }) as typeof fs.writeSync);

    write(file, 'new');

    expect([read(), modeOf(file), modes]).toEqual(['new', '600', ['600']]);
  });

  test.each([['of one byte a character', 'a'.repeat(255)], ['of two', 'é'.repeat(127)]])('may have the longest name %s', (_, name) => {
    const long = join(folder, name);

    write(long, 'old');
    write(long, 'new');

    expect([readFileSync(long, 'utf8'), readdirSync(folder)]).toEqual(['new', [name]]);
  });

  test('that has another name keeps the old text there', () => {
    writeFileSync(file, 'old');
    linkSync(file, join(folder, 'other'));

    write(file, 'new');

    expect([read(), readFileSync(join(folder, 'other'), 'utf8')]).toEqual(['new', 'old']);
  });

  test('that is read-only is refused', () => {
    writeFileSync(file, 'old');
    chmodSync(file, 0o444);

    expect(() => write(file, 'new')).toThrow(`${file}: cannot be written: it is read-only; make it writable (chmod u+w) if it is to be changed`);
    expect(read()).toBe('old');
  });

  test('in a folder that does not exist is refused', () => {
    const nowhere = join(folder, 'none', 'a');

    expect(() => write(nowhere, '')).toThrow(`${nowhere}: cannot be written: it does not exist`);
  });

  test('is whole where the disk is full', () => {
    writeFileSync(file, 'old');
    jest.spyOn(fs, 'fsyncSync').mockImplementation(() => { throw Object.assign(new Error('x'), { code: 'ENOSPC' }); });

    expect(() => write(file, 'new')).toThrow(`${file}: cannot be written: ENOSPC`);
    expect(read()).toBe('old');
  });

  test('is written where the system opens no folders', () => {
    const open = fs.openSync;
    jest.spyOn(fs, 'openSync').mockImplementation((path, ...rest) => {
      if (path === folder) throw Object.assign(new Error('x'), { code: 'EISDIR' });
      return open(path, ...rest);
    });

    write(file, 'text');

    expect(read()).toBe('text');
  });

  test('that is a symbolic link which leads nowhere is refused', () => {
    symlinkSync('nowhere', file);

    expect(() => write(file, 'text')).toThrow(`${file}: cannot be written: it is a symbolic link`);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder)).toEqual(['report.json']);
  });
});

describe('a symbolic link', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'target'));
    writeFileSync(join(folder, 'target', 'a'), 'old');
    symlinkSync('target/a', file);
  });

  test('that is named as an output is followed, and what it leads to is replaced', () => {
    linkSync(join(folder, 'target', 'a'), join(folder, 'other'));

    writeWhole(file, 'new');

    expect([read(), lstatSync(file).isSymbolicLink()]).toEqual(['new', true]);
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('old');
    expect(readdirSync(join(folder, 'target'))).toEqual(['a']);
  });

  test('is refused where a file is changed in its place', () => {
    expect(() => replaceWhole(file, 'new')).toThrow(`${file}: cannot be written: it is a symbolic link; name the file that it leads to`);
    expect([read(), lstatSync(file).isSymbolicLink()]).toEqual(['old', true]);
  });
});

describe('what is no file', () => {
  test('is written as it stands where it is an output, and stays what it is', () => {
    execFileSync('mkfifo', [file]);
    const reader = fs.openSync(file, 'r+');
    try {
      writeWhole(file, 'text');
      const buffer = Buffer.alloc(10);
      expect(buffer.toString('utf8', 0, fs.readSync(reader, buffer))).toBe('text');
    } finally {
      fs.closeSync(reader);
    }
    expect(statSync(file).isFIFO()).toBe(true);
  });

  test('is refused where it is a folder, and in place of a file', () => {
    mkdirSync(file);

    expect(() => writeWhole(file, '')).toThrow(`${file}: cannot be written: it is a folder`);
    expect(() => replaceWhole(file, '')).toThrow(`${file}: cannot be written: it is no file`);
  });
});

test('where it is no longer to be replaced, nothing changes and nothing is left', () => {
  writeFileSync(file, 'old');

  expect(replaceWhole(file, 'new', () => false)).toBe(false);

  expect([read(), readdirSync(folder)]).toEqual(['old', ['report.json']]);
});

test('an error has its kind as a code, and shows nothing but its message to who prints it', () => {
  const error = new WriteError('unwritable', 'a', 'no');

  expect(error).toMatchObject({ name: 'WriteError', code: 'unwritable', reason: 'cannot be written: no', message: 'a: cannot be written: no' });
  expect(Object.keys(error)).toEqual([]);
});

test('the name of a file cannot add lines to the message', () => {
  expect(new WriteError('unwritable', 'a\nb', 'no').message).not.toContain('\n');
});

test.each(writers)('what processes left that are no more is removed by %s, and nothing else', (_what, write) => {
  const host = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 8);
  const ended = spawnSync(process.execPath, ['-e', '0']).pid;
  const name = (pid: number, of: string, key = '0123456789ab') => `.report.json.${pid}-${host(of)}-${key}.tmp`;
  const gone = [name(ended, hostname()), name(ended, 'elsewhere', 'ba9876543210'), name(process.pid, hostname(), 'ba9876543210')];
  const kept = [
    name(process.pid, hostname()), name(ended, 'elsewhere'), '.report.json.tmp', '.report.json.x.tmp',
    name(ended, hostname()).replace('report', 'other'), name(ended, hostname()).replace('tmp', 'txt'), `x${name(ended, hostname())}`,
  ];
  for (const each of [...gone, ...kept]) writeFileSync(join(folder, each), 'half');
  for (const each of gone.slice(1)) utimesSync(join(folder, each), 1, 1);

  write(file, 'text');

  expect(readdirSync(folder).sort()).toEqual([...kept, 'report.json'].sort());
});
