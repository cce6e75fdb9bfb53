import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pod, policy, useFolder, write } from './support';
import { builtPackage } from '../../scripts/built-package';

useFolder();

const command = join(builtPackage(), 'bin', 'cdk8s-hardened');
const tsNode = require.resolve('ts-node/register/transpile-only');
const rule = (does: string) => `{ id: 'team-label', summary: 's', why: 'w', fix: 'f', profile: 'hardened', references: {}, ${does} }`;
const finding = rule("*check(pod) { yield { message: 'no label', pointer: pod.metadataPointer }; }");

function check(file: string, options = '') {
  const env = { ...process.env, NODE_OPTIONS: options };
  return spawnSync(process.execPath, [command, 'check', '--rules', file], { encoding: 'utf8', env });
}

beforeEach(() => {
  write('hardened.yaml', policy);
  write('dist/shop.yaml', pod());
});

test('an ES module', () => {
  write('rules.mjs', `export default [${finding}];`);
  expect(check('rules.mjs')).toMatchObject({ status: 1, stdout: expect.stringContaining('no label') as string });
});

test('an ES module that waits cannot be loaded', () => {
  write('rules.mjs', `await 1; export default [${finding}];`);
  expect(check('rules.mjs')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('rules.mjs: cannot be loaded') as string });
});

test('TypeScript with ts-node, and how to get there without', () => {
  write('tsconfig.json', '{ "compilerOptions": { "module": "commonjs", "target": "es2022" } }');
  write('rules.ts', `enum Kind { Pod }\nconst rules: readonly object[] = [${finding}];\nexport default rules;`);
  const compiled = check('rules.ts', `--require ${tsNode}`);
  expect(compiled.stderr).toBe('');
  expect(compiled).toMatchObject({ status: 1, stdout: expect.stringContaining('no label') as string });
  const { status, stderr } = check('rules.ts', '');
  expect(status).toBe(2);
  expect(stderr).toContain("compile it with tsc and name the .js file, or set NODE_OPTIONS='--require ts-node/register'");
});

test.each([
  ['when it is loaded', 'process.exit(0)'],
  ['when it judges', `module.exports = [${rule('check() { process.exit(0); }')}]`],
])('a module that ends the process %s does not pass', (_name, text) => {
  write('rules.js', text);
  expect(check('rules.js')).toMatchObject({ status: 2 });
});
