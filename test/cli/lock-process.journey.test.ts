import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { locked, podOf, useRegistry } from './lock-support';
import { useFolder, write } from './support';
import { builtPackage } from '../../scripts/built-package';
import { formatLock } from '../../src/lock/format';
import { digestOf, lockOf } from '../lock/support';
import { faults } from '../support/registry/faults';

useFolder();
const use = useRegistry();
const command = join(builtPackage(), 'bin', 'cdk8s-hardened');
const count = 200;

/** Without the credentials of who runs the tests. */
const environment = () => ({ ...process.env, HOME: process.cwd(), DOCKER_CONFIG: process.cwd(), NO_COLOR: '1', FORCE_COLOR: undefined });

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [command, ...args], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  let out = '';
  child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
  const ended = once(child, 'close').then(([status, signal]) => ({ status: status as number | null, signal: signal as string | null, out, err }));
  return { child, ended };
}

function pushMany(): void {
  const names = Array.from({ length: count }, (_, at) => {
    use.push(`acme/i${at}`, '1', { user: `${at}` });
    return use.name(`acme/i${at}`, '1');
  });
  write('dist/shop.yaml', podOf(...names));
}

test('killed at any moment of locking 200 images, the lock is whole and has lost no entry', async () => {
  pushMany();
  const kept = ['kept:1', 'kept:2'];
  let longest = 3000;
  let whole = 0;
  for (let round = 0; round < 25; round++) {
    write('images.lock.json', formatLock(lockOf(...kept)));
    const begun = Date.now();
    const { child, ended } = start('lock', '--from', 'dist');
    // The first one is let be, to know how long it takes; most of the others die near the end, where the file is written.
    const delay = round === 0 ? 60_000 : longest * (0.3 + 0.8 * Math.random());
    const timer = setTimeout(() => child.kill('SIGKILL'), delay);
    const { status } = await ended;
    clearTimeout(timer);
    if (round === 0) longest = Date.now() - begun;
    if (status === 0) whole += 1;
    const names = [...locked().keys()];
    expect(names).toEqual(expect.arrayContaining(kept));
    expect([kept.length, kept.length + count]).toContain(names.length);
    if (status === 0) expect(names).toHaveLength(kept.length + count);
  }
  expect(whole).toBeGreaterThan(0);
  // What a killed process left is in nobody's way.
  expect((await start('lock', '--from', 'dist').ended).status).toBe(0);
}, 300_000);

test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s ends it with %i; nothing is written and nothing is left', async (signal, status) => {
  pushMany();
  use.registry.fault({ on: /i7\//, answer: faults.stall() });
  const text = formatLock(lockOf('kept:1'));
  write('images.lock.json', text);
  const { child, ended } = start('lock', '--from', 'dist');
  while (!use.asked().some((line) => line.includes('/i7/'))) await sleep(5);
  child.kill(signal);
  expect(await ended).toEqual({ status, signal: null, out: '', err: 'cdk8s-hardened: interrupted, so nothing was written\n' });
  expect(readFileSync('images.lock.json', 'utf8')).toBe(text);
  expect(readdirSync('.').sort()).toEqual(['dist', 'images.lock.json']);
});

test('interrupted while another process writes the lock, it does not wait for its turn', async () => {
  use.push('acme/shop', '1');
  // The token of somebody who lives: this process. There before the other begins, which may be quicker than this one is then.
  write('images.lock.json.lock', `${process.pid} ${hostname()} x`);
  const { child, ended } = start('lock', use.name('acme/shop', '1'));
  while (!use.asked().some((line) => line.includes('/blobs/'))) await sleep(5);
  await sleep(300);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ status: 130, out: '' });
  expect(readdirSync('.')).not.toContain('images.lock.json');
});

test('a credential helper that does not answer does not keep an interrupted process alive', async () => {
  write('bin/docker-credential-slow', '#!/bin/sh\nexec sleep 200\n');
  spawnSync('chmod', ['755', 'bin/docker-credential-slow']);
  write('config.json', JSON.stringify({ credsStore: 'slow' }));
  use.registry.fault({ on: /./, answer: faults.status(401, { 'www-authenticate': 'Basic realm="x"' }) });
  const child = spawn(process.execPath, [command, 'lock', use.name('acme/shop', '1')], {
    env: { ...environment(), PATH: `${join(process.cwd(), 'bin')}:${process.env.PATH}` }, stdio: 'ignore',
  });
  while (use.asked().length === 0) await sleep(5);
  await sleep(200);
  child.kill('SIGINT');
  // The helper would answer after the time that this test has.
  expect(await once(child, 'close')).toEqual([130, null]);
});

test('two processes that lock at the same time lose nothing of each other', async () => {
  const names = ['a', 'b', 'c', 'd'].map((name) => {
    use.push(`acme/${name}`, '1');
    return use.name(`acme/${name}`, '1');
  });
  const ended = await Promise.all(names.map(async (name) => start('lock', name).ended));
  expect(ended.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
  expect([...locked().keys()]).toEqual(names);
});

describe('pin -', () => {
  const pin = (input: string, ...args: readonly string[]) => spawnSync(process.execPath, [command, 'pin', '-', ...args], { input, encoding: 'utf8' });
  const digest = digestOf('nginx:1.27');
  beforeEach(() => void write('images.lock.json', formatLock(lockOf('nginx:1.27'))));

  test('writes the pinned text to the standard output, and what is said of it to the other', () => {
    expect(pin(podOf('nginx:1.27'))).toMatchObject({ status: 0, stdout: podOf(`nginx:1.27@${digest}`), stderr: 'stdin: 1 image pinned\n' });
    expect(pin(podOf('nginx:1.28'))).toMatchObject({ status: 1, stdout: podOf('nginx:1.28'), stderr: expect.stringContaining('stdin:7: image "nginx:1.28" is not in the lock\n') as string });
    expect(pin('a: 1\n')).toMatchObject({ status: 0, stdout: 'a: 1\n' });
  });

  test.each([['a document does not parse', `${podOf('nginx:1.27')}---\na: [\n`], ['nothing came', '']])('writes nothing where %s', (_name, input) => {
    expect(pin(input)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^cdk8s-hardened: stdin(?::\d+)?: .+\n$/) as string });
  });
});
