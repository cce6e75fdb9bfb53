import fs, { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { takeTurn } from '../../src/files/exclusive';
import { WriteError } from '../../src/files/write-whole';
import { temporaryFolder } from '../lock/support';

const refusal = (code: string) => Object.assign(new Error(code), { code });
const dead = `999999999 ${hostname()} x`;
const busy = 'another process is writing it; where none is, remove';
let folder: string;
let file: string;
let marker: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'images.lock.json');
  marker = `${file}.lock`;
});
afterEach(() => jest.restoreAllMocks());

test.each([['links', false], ['no links', true]])('on a file system with %s one at a time has the turn, and nothing is left in the end', async (_what, isWithout) => {
  if (isWithout) jest.spyOn(fs, 'linkSync').mockImplementation(() => { throw refusal('EPERM'); });
  let holders = 0;
  const most: number[] = [];
  await Promise.all(Array.from({ length: 20 }, async () => {
    const turn = await takeTurn(file, 60_000);
    most.push(++holders);
    await new Promise(setImmediate);
    expect(turn.isHeld()).toBe(true);
    holders--;
    turn.release();
  }));

  expect(most).toEqual(Array.from({ length: 20 }, () => 1));
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a process that is no more', dead, 0],
  ['a machine that has not been heard of for a while', '1 elsewhere x', 31],
  ['a process id that is used again', `${process.pid} ${hostname()} x`, 31],
  ['somebody who was killed before he had said who he is', '', 31],
])('the turn of %s is taken', async (_what, token, age) => {
  writeFileSync(marker, token);
  utimesSync(marker, Date.now() / 1000 - age, Date.now() / 1000 - age);

  const turn = await takeTurn(file, 0);

  expect([turn.isHeld(), readdirSync(folder)]).toEqual([true, ['images.lock.json.lock']]);
  turn.release();
  expect(existsSync(marker)).toBe(false);
});

test.each([
  ['a process that lives', `${process.pid} ${hostname()} x`],
  ['a process of somebody else', `1 ${hostname()} x`],
  ['another machine', '1 elsewhere x'],
  ['somebody who has not said yet who he is', ''],
])('the turn of %s is waited for, and given up in time', async (_what, token) => {
  writeFileSync(marker, token);

  await expect(takeTurn(file, 30)).rejects.toThrow(new WriteError('busy', file, `${busy} ${marker}`));

  expect(readFileSync(marker, 'utf8')).toBe(token);
  expect(readdirSync(folder)).toEqual(['images.lock.json.lock']);
});

test('a turn that somebody took for abandoned is not held, and is his to release', async () => {
  const turn = await takeTurn(file, 0);
  writeFileSync(marker, 'somebody else');

  expect(turn.isHeld()).toBe(false);
  turn.release();
  expect(readFileSync(marker, 'utf8')).toBe('somebody else');
});

test('something else in place of the marker is waited for, and given up in time', async () => {
  mkdirSync(marker);

  await expect(takeTurn(file, 0)).rejects.toThrow(busy);
});

test('where nobody may make a marker, it says so', async () => {
  jest.spyOn(fs, 'writeFileSync').mockImplementation(() => { throw refusal('ENOSPC'); });

  await expect(takeTurn(file, 0)).rejects.toThrow(`${file}: cannot be written: ENOSPC`);
});

test('a marker that is a link which leads nowhere is waited for, and given up in time', async () => {
  symlinkSync(join(folder, 'x', 'y'), marker);

  await expect(takeTurn(file, 0)).rejects.toThrow(busy);
});

test('where an abandoned marker cannot be removed, it is given up in time', async () => {
  writeFileSync(marker, dead);
  jest.spyOn(fs, 'renameSync').mockImplementation(() => { throw refusal('EACCES'); });

  await expect(takeTurn(file, 30)).rejects.toThrow(busy);
});

test('a marker that was abandoned and taken again in the meantime is given back', async () => {
  const living = `${process.pid} ${hostname()} somebody else`;
  writeFileSync(marker, dead);
  const rename = fs.renameSync;
  jest.spyOn(fs, 'renameSync').mockImplementationOnce((from, to) => {
    writeFileSync(from, living);
    rename(from, to);
  });

  await expect(takeTurn(file, 30)).rejects.toThrow(busy);

  expect(readFileSync(marker, 'utf8')).toBe(living);
});
