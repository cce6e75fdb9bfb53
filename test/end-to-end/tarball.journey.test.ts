import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fence, freshFolder, initProject, packed as packedOfRun, removeFolders, repository, run, write } from './scratch';
import { pod, sources } from './sources';
import { describeUnlessMissing } from '../support/programs';

// One file, because all of it needs the one tarball and the one installation.
const packed = packedOfRun();
const project = initProject(packed) ?? '';
const describeInstalled = describeUnlessMissing(project === '' ? ["npm's registry"] : []);

const timeout = 120_000;

afterAll(removeFolders);

describe('the tarball', () => {
  const paths = packed.files.map(({ path }) => path);

  test('holds what a user needs, and nothing of how it is made', () => {
    expect(new Set(paths.map((path) => path.split('/')[0])))
      .toEqual(new Set(['LICENSE', 'README.md', 'bin', 'docs', 'lib', 'package.json', 'schema']));
    expect(paths.filter((path) => path.startsWith('lib/') && !/\.(js|d\.ts)$/.test(path))).toEqual([]);
    expect(paths.filter((path) => /test|projen|tsconfig|\.map$/.test(path))).toEqual([]);
  });

  test('has everything that package.json names', () => {
    const { main, types, bin, exports } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Record<string, string | object>;
    const named = JSON.stringify([main, types, bin, exports]).match(/[\w./-]+\.(?:json|js|d\.ts)|bin\/[\w-]+/g)!.map((path) => path.replace(/^\.\//, ''));
    expect(named.length).toBeGreaterThan(7);
    expect(named.filter((path) => !paths.includes(path))).toEqual([]);
  });

  test('the command is executable', () => {
    const command = packed.files.find(({ path }) => path === 'bin/cdk8s-hardened')!;
    expect(command.mode.toString(8)).toMatch(/755$/);
  });

  test('brings the pages that the README names, and the schema', () => {
    expect(paths).toEqual(expect.arrayContaining([
      'docs/adoption.md', 'docs/lock.md', 'docs/rules.md', 'docs/threat-model.md', 'schema/lock.schema.json', 'schema/policy.schema.json',
    ]));
  });
});

describeInstalled('installed in a project of `cdk8s init`', () => {
  beforeAll(() => {
    for (const [name, text] of Object.entries(sources)) write(project, name, text);
  });

  test('no source map is named that is not there', () => {
    const { stdout } = run(project, 'grep', '-rl', 'sourceMappingURL', 'node_modules/cdk8s-hardened/lib');
    expect(stdout).toBe('');
  });

  test('the README, the original props and the matchers compile with the project\'s own tsconfig; an unpinned image does not', () => {
    expect(run(project, 'npx', 'tsc', '--noEmit')).toMatchObject({ status: 0, stdout: '' });
  }, timeout);

  test('the README\'s app synthesizes, and `check` agrees', () => {
    expect(run(project, 'npx', 'ts-node', 'main.ts')).toMatchObject({ status: 0, stderr: expect.not.stringContaining('Error') });
    expect(run(project, 'npx', 'cdk8s-hardened', 'check', 'dist'))
      .toMatchObject({ status: 0, stdout: 'no findings: 1 pod, 1 container judged\n' });
  }, timeout);

  test('an app with the original props is refused with the author\'s line', () => {
    rmSync(join(project, 'dist'), { recursive: true, force: true });
    const { status, stderr } = run(project, 'npx', 'ts-node', 'old.ts');
    expect(status).toBe(1);
    expect(stderr).toContain('shop/web  old.ts:6\n');
    expect(run(project, 'ls', 'dist').status).not.toBe(0);
  }, timeout);

  test('the matchers work in the project\'s own jest', () => {
    const { status, stderr } = run(project, 'npx', 'jest', '--ci');
    expect([status, /Tests: +1 passed, 1 total/.test(stderr)]).toEqual([0, true]);
  }, timeout);

  test.each([
    ['require', 'load.cjs', "const main = require('cdk8s-hardened'); const compat = require('cdk8s-hardened/compat'); const { matchers } = require('cdk8s-hardened/jest');"
      + 'const { App, Deployment, Service, enforce, PolicyValidation } = main;'],
    ['import', 'load.mjs', "import { App, Deployment, Service, enforce, PolicyValidation } from 'cdk8s-hardened'; import * as compat from 'cdk8s-hardened/compat';"
      + "import { matchers } from 'cdk8s-hardened/jest';"],
  ])('%s loads the main entry and its subpaths, which are one module', (_, name, text) => {
    const print = 'console.log([App, Deployment, Service, enforce, PolicyValidation].map((value) => typeof value).join(),'
      + ' compat.Deployment === Deployment, Object.keys(matchers).join());';
    write(project, name, `${text}\n${print}\n`);
    expect(run(project, 'node', name)).toEqual({
      status: 0, stderr: '', stdout: 'function,function,function,function,function true toSatisfyPolicy,toViolate\n',
    });
  }, timeout);

  test.each([
    [0, ['check', 'good.yaml'], 'no findings: 1 pod', ''],
    [1, ['check', 'bad.yaml'], 'privileged', ''],
    [2, ['check', 'nowhere'], 'nowhere: cannot be read: it does not exist', ''],
    [2, ['chekc'], '', 'unknown command'],
    [0, ['explain', 'privileged'], 'securityContext', ''],
    [0, ['--version'], '0.0.0', ''],
  ])('exit status %i: cdk8s-hardened %j', (status, args, stdout, stderr) => {
    write(project, 'good.yaml', pod());
    write(project, 'bad.yaml', pod(', privileged: true'));
    expect(run(project, 'npx', 'cdk8s-hardened', ...args))
      .toMatchObject({ status, stdout: expect.stringContaining(stdout), stderr: expect.stringContaining(stderr) });
  }, timeout);

  test('the command needs nothing of cdk8s', () => {
    const alone = freshFolder('alone');
    // Peers are what npm would install besides.
    const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
    expect(run(alone, 'npm', ...install, packed.tarball).status).toBe(0);
    expect(run(alone, 'ls', 'node_modules').stdout).not.toMatch(/cdk8s$|constructs|cdk8s-plus/m);
    write(alone, 'good.yaml', pod());
    expect(run(alone, 'npx', 'cdk8s-hardened', 'check', '--registry', 'ghcr.io/acme', 'good.yaml')).toMatchObject({ status: 0 });
  }, timeout);

  describe('as a validation plugin of cdk8s-cli, with the cdk8s.yaml of docs/adoption.md', () => {
    const cdk8s = join(repository, 'node_modules', '.bin', 'cdk8s');
    const validations = fence('docs/adoption.md', 'What else writes YAML', 'yaml').replace(/.*baseline:.*\n/, '');

    function synth(source: string, config: string, ...args: readonly string[]) {
      write(project, 'cdk8s.yaml', `language: typescript\napp: npx ts-node -T ${source}\n${config}`);
      return run(project, cdk8s, 'synth', ...args);
    }

    test('passes a good app', () => {
      expect(synth('main.ts', validations)).toMatchObject({
        status: 0, stdout: expect.stringMatching(/Performing validations\nno findings: 1 pod, 1 container judged\nValidations finished[^]*success/),
      });
    }, timeout);

    test('fails a bad one, with file, line and fix; its files are there all the same', () => {
      const { status, stdout } = synth('plain.ts', validations, '--validation-reports-output-file', 'report.json');
      expect(status).toBe(2);
      expect(stdout).toMatch(/image must have a valid digest, "nginx" has none\n +fix: .+\n +at dist\/shop\.k8s\.yaml:\d+\n/);
      expect(stdout).toContain('0 errors; the files are written all the same');
      expect(run(project, 'ls', 'dist').stdout).toContain('shop.k8s.yaml');
      const { reports } = JSON.parse(readFileSync(join(project, 'report.json'), 'utf8')) as { reports: { violations: { ruleName: string }[] }[] };
      expect(reports[0].violations.map(({ ruleName }) => ruleName)).toContain('image-digest');
      expect(JSON.stringify(reports)).not.toContain('constructPath');
    }, timeout);

    test.each([
      ['a policy that cannot be used', 'policy: hardened.yaml', 'policy: nowhere.yaml', 2],
      ['a property that does not exist', 'policy:', 'polcy:', 2],
      ['a class that does not exist', 'class: PolicyValidation', 'class: PolicyValidations', 1],
    ])('%s fails', (_, before, after, status) => {
      expect(validations).toContain(before);
      expect(synth('main.ts', validations.replace(before, after)).status).toBe(status);
    }, timeout);

    test('an app whose files cdk8s-cli does not see does not pass', () => {
      write(project, 'json.ts', sources['plain.ts'].replace('new App()', "new App({ outputFileExtension: '.yml' })"));
      const { status, stdout } = synth('json.ts', validations);
      expect([status, stdout.includes('cdk8s-cli names no manifest')]).toEqual([2, true]);
    }, timeout);
  });
});
