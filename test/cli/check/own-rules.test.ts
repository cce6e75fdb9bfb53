import { rmSync } from 'node:fs';
import { readPolicy } from '../../../src/judge/policy-in-force';
import { judgedToTheEnd } from '../../../src/judge/rules-file';
import { checked, pod, policy, run, useFolder, write } from '../support';

useFolder();

/** A module with a rule that every pod breaks. */
const rule = (id = 'team-label', check = "*check(pod) { yield { message: 'the label is missing', pointer: pod.metadataPointer }; }") =>
  `{ id: '${id}', summary: 's', why: 'w', fix: 'f', profile: 'hardened', references: {}, ${check} }`;

beforeEach(() => {
  write('hardened.yaml', policy);
  write('dist/shop.yaml', pod());
});

test.each([
  ['module.exports', `module.exports = [${rule()}];`],
  ['the default export, as TypeScript compiles it', `exports.__esModule = true; exports.default = [${rule()}];`],
])('rules are those of %s, and judge beside the others', async (_name, text) => {
  write('rules.js', text);
  const { status, findings } = await checked('--rules', 'rules.js');
  expect(status).toBe(1);
  expect(findings).toMatchObject([{ rule: 'team-label', message: 'the label is missing', pointer: '/metadata' }]);
});

test('a policy file may exempt from them; without --rules it is told how', async () => {
  write('rules.js', `module.exports = [${rule()}];`);
  write('hardened.yaml', `${policy}exemptions: [{ rule: team-label, name: shop, reason: a test }]\n`);
  const { status, exempted } = await checked('--rules', 'rules.js');
  expect(status).toBe(0);
  expect(exempted).toMatchObject([{ rule: 'team-label', exemption: { reason: 'a test' } }]);

  const without = await run('check');
  expect(without.status).toBe(2);
  expect(without.err).toBe('cdk8s-hardened: hardened.yaml: exemptions[0].rule "team-label" is no rule; one of your own must be '
    + 'handed in: `--rules FILE`, `rules: FILE` of the plugin, or `Policy.fromFile(path, rules)`\n');
});

test('what judges nothing takes such a policy without the rules', async () => {
  write('hardened.yaml', `${policy}exemptions: [{ rule: team-label, name: shop, reason: a test }]\n`);
  write('images.lock.json', '{ "version": 1, "images": {} }\n');
  const { err } = await run('lock', '--offline', 'ghcr.io/acme/web:1.4.2');
  expect(err).not.toContain('team-label');
  expect(err).toContain('ghcr.io/acme/web:1.4.2');
});

test('--only takes them, and leaves them out', async () => {
  write('rules.js', `module.exports = [${rule()}, ${rule('other')}];`);
  expect((await checked('--rules', 'rules.js', '--only', 'team-label')).rules).toEqual({ 'team-label': 1 });
  expect((await checked('--rules', 'rules.js', '--only', 'privileged')).rules).toEqual({});
  expect(await run('check', '--only', 'team-label')).toMatchObject({ status: 2, err: expect.stringContaining('"team-label" is no rule') as string });
});

test('an exemption from one that is left out is not stale', async () => {
  write('rules.js', `module.exports = [${rule()}];`);
  write('hardened.yaml', `${policy}exemptions: [{ rule: team-label, name: shop, reason: a test }]\n`);
  expect(await checked('--rules', 'rules.js', '--only', 'privileged')).toMatchObject({ status: 0, errors: [] });
});

test('a baseline holds their findings, and says with --rules how it is pruned', async () => {
  write('rules.js', `module.exports = [${rule()}];`);
  await run('check', '--rules', 'rules.js', '--write-baseline', 'baseline.jsonl');
  expect(await checked('--rules', 'rules.js', '--baseline', 'baseline.jsonl')).toMatchObject({ status: 0 });
  // Nobody can tell here whether the line still occurs.
  expect(await checked('--baseline', 'baseline.jsonl')).toMatchObject({ status: 0, errors: [] });

  write('rules.js', 'module.exports = []');
  write('mended.js', `module.exports = [${rule('team-label', 'check: () => []')}];`);
  const { status, err } = await checked('--rules', 'mended.js', '--baseline', 'baseline.jsonl');
  expect(status).toBe(1);
  expect(err).toContain('check dist --rules mended.js --baseline baseline.jsonl --write-baseline baseline.jsonl');
});

describe('a file that has no rules is exit 2, with its name', () => {
  test.each([
    ['throws', "'use strict';\nthrow new TypeError('not today');", 'rules.js:2: cannot be loaded: "TypeError: not today"'],
    ['throws what is no error', "throw 'x';", 'rules.js: cannot be loaded: it throws a string'],
    ['asks for what is not there', "require('./absent');", /^rules\.js:?\d*: cannot be loaded: "Error: Cannot find module/],
    ['exports nothing', '', 'rules.js: exports no list; it must export a list of rules: `module.exports = [teamLabel]` or `export default [teamLabel]`'],
    ['exports null', 'module.exports = null;', /^rules\.js: exports no list/],
    ['exports one rule', `module.exports = ${rule()};`, /^rules\.js: exports no list/],
    ['exports no rule', 'module.exports = [];', /^rules\.js: exports no rule; it must/],
    ['exports what is no rule', 'module.exports = ["no-latest"];', 'rules.js: rules[0] must be a rule made with defineRule, it is "no-latest"'],
    ['has a rule without a check', `module.exports = [${rule('a', '')}];`, 'rules.js: rules[0].check must be a function, it is missing'],
    ['has two of one id', `module.exports = [${rule()}, ${rule()}];`, 'rules.js: rules[1].id is taken: "team-label" is that of rules[0]'],
    ['has one of the catalogue', `module.exports = [${rule('privileged')}];`, 'rules.js: rules[0].id is taken: "privileged" is a rule of the catalogue'],
  ])('it %s', async (_name, text, problem) => {
    write('rules.js', text);
    const { status, out, err } = await run('check', '--rules', 'rules.js', '--output', 'report.txt');
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err.replace(/^cdk8s-hardened: |\n$/g, '')).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
  });

  test('TypeScript that nothing has compiled says how to compile it, and no other error does', async () => {
    write('rules.cts', 'enum Kind { Pod }');
    expect((await run('check', '--rules', 'rules.cts')).err).toContain("; compile it with tsc and name the .js file, or set NODE_OPTIONS='--require ts-node/register'");
    write('throws.cts', "throw new TypeError('not today');");
    expect((await run('check', '--rules', 'throws.cts')).err).toMatch(/^cdk8s-hardened: throws\.cts:1: cannot be loaded: "TypeError: not today"\n$/);
    write('text.cts', "throw 'not today';");
    expect((await run('check', '--rules', 'text.cts')).err).toBe('cdk8s-hardened: text.cts: cannot be loaded: it throws a string\n');
  });

  test.each(['absent.js', '.'])('%s', async (name) => {
    expect(await run('check', '--rules', name)).toMatchObject({ status: 2, err: `cdk8s-hardened: ${name}: there is no such file of rules\n` });
  });
});

test('a rule that throws refuses what it could not judge', async () => {
  write('rules.js', `module.exports = [${rule('team-label', "check() { throw new Error('not today'); }")}];`);
  const { status, findings } = await checked('--rules', 'rules.js');
  expect(status).toBe(1);
  expect(findings).toMatchObject([{ rule: 'team-label', message: expect.stringContaining('the rule team-label failed') as string }]);
});

test('what ends the process in the middle of the work ends it with status 2, and afterwards it does not', () => {
  const before = process.listeners('exit');
  const statusBefore = process.exitCode;
  const added = judgedToTheEnd(() => process.listeners('exit').filter((each) => !before.includes(each)));
  try {
    for (const listener of added) listener(0);
    expect(process.exitCode).toBe(2);
  } finally {
    process.exitCode = statusBefore;
  }
  expect(process.listeners('exit')).toEqual(before);
});

test('without a policy there are only the rules that are handed in', () => {
  rmSync('hardened.yaml');
  expect(readPolicy(undefined, 'any')).toEqual({ policy: {}, file: undefined });
  expect(readPolicy(undefined, [])).toEqual({ policy: { rules: [] }, file: undefined });
});
