import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { lockOf, temporaryFolder } from './support';
import { formatLock } from '../../src/lock/format';
import { parseLock } from '../../src/lock/parse';
import { updateLock } from '../../src/lock/write';

/** Each child writes this many locks, of one image more each time. */
const writes = 200;
const root = join(__dirname, '..', '..');
const folder = temporaryFolder();

/** To JavaScript, because a child that has to load a compiler first takes longer than all that is to be tested. */
function compile(place: string): void {
  mkdirSync(join(folder, place), { recursive: true });
  for (const name of readdirSync(join(root, place)).filter((each) => each.endsWith('.ts') && !each.endsWith('.test.ts'))) {
    const text = readFileSync(join(root, place, name), 'utf8');
    const { outputText } = transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } });
    writeFileSync(join(folder, place, name.replace(/\.ts$/, '.js')), outputText);
  }
}

const program = `
  const { updateLock } = require('./src/lock/write.js');
  const { imageOf } = require('./test/lock/image-of.js');
  const [file, prefix] = process.argv.slice(1);
  (async () => {
    for (let index = 0; index < ${writes}; index++) {
      const name = prefix + ':' + index;
      await updateLock(file, (newest) => ({ images: new Map([...newest.images, [name, imageOf(name)]]) }));
      process.stdout.write(name + '\\n');
    }
  })();
`;

function start(file: string, prefix: string): { readonly child: ChildProcess; readonly written: () => readonly string[] } {
  let said = '';
  const child = spawn(process.execPath, ['-e', program, file, prefix], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout!.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  return { child, written: () => said.split('\n').slice(0, -1) };
}

test('killed at any moment, processes that lock at the same time leave a lock that is whole and lacks nothing they had written', async () => {
  for (const place of ['src/text', 'src/shape', 'src/files', 'src/image', 'src/lock', 'test/lock']) compile(place);
  const file = join(folder, 'images.lock.json');
  writeFileSync(file, formatLock(lockOf('kept:1')));
  const expected = new Set<string>(['kept:1']);
  const read = () => parseLock(readFileSync(file, 'utf8'), file);

  for (let round = 0; round < 4; round++) {
    const processes = ['one', 'two', 'three'].map((prefix) => start(file, `${prefix}${round}`));
    while (processes.some(({ written }) => written().length === 0)) await sleep(2);
    // Two of them by surprise; the third must get on without them.
    for (const { child } of processes.slice(0, 2)) {
      await sleep(Math.random() * 60);
      child.kill('SIGKILL');
      read();
    }
    const before = processes[2].written().length;
    while (processes[2].written().length < Math.min(before + 5, writes)) await sleep(2);
    processes[2].child.kill('SIGKILL');
    await Promise.all(processes.map(async ({ child }) => child.exitCode ?? child.signalCode ?? once(child, 'close')));
    for (const name of processes.flatMap(({ written }) => written())) expected.add(name);

    const names = [...read().images.keys()];
    expect([...expected].filter((name) => !names.includes(name))).toEqual([]);
  }

  // Nor do they leave anything for ever.
  await updateLock(file, (newest) => newest);
  expect(readdirSync(folder).filter((name) => name.includes('images.lock.json'))).toEqual(['images.lock.json']);
}, 120_000);
