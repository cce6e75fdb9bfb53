import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');

test('every file that the page names exists', () => {
  const named = [...page.matchAll(/`(src\/[^`]+)`/g)].map(([, path]) => path);

  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(named.length).toBeGreaterThan(50);
});

test('the floors that it draws are those that the lint rule holds', () => {
  const drawn: string[][] = [];
  for (const [, floor, room] of page.matchAll(/^(floor \d+|) +(\w+)\/ /gm)) {
    if (floor !== '') drawn.push([]);
    drawn.at(-1)?.push(room);
  }
  const [, list] = /const floors[^=]*= \[\n([^]*?)\n\];/.exec(readFileSync(join(root, '.projenrc.ts'), 'utf8')) ?? [];
  const held = list.split('\n').map((line) => [...line.matchAll(/'(\w+)'/g)].map(([, room]) => room));

  expect(drawn).toEqual(held);
});

test('every room of src is drawn', () => {
  const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

  expect(rooms.filter((room) => !page.includes(` ${room}/ `))).toEqual([]);
});
