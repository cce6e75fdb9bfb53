import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as cdk8s from 'cdk8s';
import { gatedApp, refusalOf } from '../support/apps';

/** In a process of its own: this one stands still while a construct reads. */
const answers = `
const http = require('node:http');
const server = http.createServer((request, response) => {
  const { url, headers } = request;
  if (url === '/wrong?token=p') response.end('a: 1\\na: 2\\n');
  else if (url === '/moved') response.writeHead(302, { location: '/good' }).end();
  else if (url === '/missing') response.writeHead(404, 'Not Here').end('a: 1');
  else if (url === '/broken') response.writeHead(200, { 'content-length': 100 }).write('a: 1\\n', () => response.destroy());
  else if (url === '/large') { response.writeHead(200); for (let at = 0; at < 66; at++) response.write(Buffer.alloc(2 ** 20, '#')); response.end(); }
  else if (url === '/latin') response.end(Buffer.from([0x61, 0x3a, 0xe9]));
  else if (url === '/who') response.end('who: ' + JSON.stringify(headers.authorization ?? 'nobody'));
  else if (url === '/empty') response.end();
  else response.end('apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: x}\\ndata: {at: "1:30"}\\n');
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;

let server: ChildProcess;
let host: string;

beforeAll(async () => {
  server = spawn(process.execPath, ['-e', answers], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(server.stdout!, 'data') as [Buffer];
  host = `127.0.0.1:${port.toString().trim()}`;
});
afterAll(() => server.kill());

test.each(['good', 'moved'])('what a URL answers is included: /%s', (path) => {
  const app = gatedApp();
  new cdk8s.Include(new cdk8s.Chart(app, 'chart'), 'include', { url: `http://${host}/${path}` });

  expect(app.synthYaml()).toContain('at: "1:30"');
});

test('an answer may be empty', () => {
  expect(cdk8s.Yaml.load(`http://${host}/empty`)).toEqual([]);
});

test.each([
  ['missing', 'cannot be read: "the answer is 404 Not Here"'],
  ['broken', 'cannot be read: "other side closed"'],
  ['large', 'cannot be read: "it is larger than 64 MiB"'],
  ['latin', 'is not UTF-8 text: the byte at offset 2 is invalid'],
])('what is not all there is refused: /%s', (path, problem) => {
  const url = `http://${host}/${path}`;
  expect(refusalOf(() => cdk8s.Yaml.load(url)).message).toMatch(new RegExp(`^${url} is not loaded, .*\n  ${url}(?::1)?: ${problem}$`));
});

test('nobody answers', () => {
  expect(refusalOf(() => cdk8s.Yaml.load('http://127.0.0.1:1/a.yaml')).message).toMatch(/cannot be read: ".*"$/);
});

test('a name and a password are sent, and not shown', () => {
  expect(cdk8s.Yaml.load(`http://${host}/who`)).toEqual([{ who: 'nobody' }]);
  expect(cdk8s.Yaml.load(`http://me:p%40ss@${host}/who`)).toEqual([{ who: `Basic ${Buffer.from('me:p@ss').toString('base64')}` }]);
  expect(refusalOf(() => cdk8s.Yaml.load(`http://me:p@ss@${host}/wrong?token=p#p@ss`)).message)
    .toBe(`http://${host}/wrong is not loaded, because part of it would be lost or changed\n  http://${host}/wrong:2: duplicate key "a"`);
});
