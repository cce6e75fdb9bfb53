import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { bad, file, folder, good, trusting, validate } from './validate';
import { PolicyValidation } from '../../src';

afterAll(() => rmSync(folder, { recursive: true }));

test('passes manifests in which nothing is found', async () => {
  const { isSuccess, log, report } = await validate(trusting, [file('good.yaml', good)]);
  expect(isSuccess).toBe(true);
  expect(log).toBe('no findings: 1 pod, 1 container judged');
  expect(report.violations).toEqual([]);
});

test('fails with the text report, and says that the files are there', async () => {
  const path = file('bad.yaml', `${good}---\n${bad}`);
  const { isSuccess, log } = await validate(trusting, [path]);
  expect(isSuccess).toBe(false);
  expect(log).toContain(`at ${path}:21\n`);
  expect(log).toMatch(/readOnlyRootFilesystem: true, cap.*\n +\^+\n/);
  expect(log).toMatch(/1 finding of 1 rule in 1 workload, 0 exempted, 0 errors; the files are written all the same$/);
});

test('the report of cdk8s-cli names rule, file, line and container, and not the construct of a namesake', async () => {
  const path = file('bad.yaml', bad);
  const { report } = await validate(trusting, [path]);
  expect(report.summary).toMatchObject({ status: 'failure', metadata: { verdict: expect.stringMatching(/^1 finding of 1 rule/) } });
  expect(report.violations).toEqual([{
    ruleName: 'privilege-escalation',
    recommendation: expect.stringContaining('allowPrivilegeEscalation must be false'),
    fix: expect.stringContaining('allowPrivilegeEscalation'),
    violatingConstructs: [{
      resourceName: 'Pod web', manifestPath: path, locations: [`${path}:10 container web`], constructPath: undefined,
    }],
  }]);
});

describe('what cannot be judged does not pass', () => {
  test.each([
    ['a file that is gone', [join(folder, 'gone.yaml')], 'gone.yaml: cannot be read: it does not exist'],
    ['YAML that does not parse, beside a good file', [file('ok.yaml', good), file('broken.yaml', 'a: [')], 'broken.yaml:1: '],
    ['no manifest at all', [], 'cdk8s-cli names no manifest: it looks for *.yaml, and found none that the app wrote'],
    ['a list of manifests that is none', 7 as never, 'cdk8s-hardened: a bug, please report it: TypeError'],
  ] as const)('%s', async (_, manifests, message) => {
    const { isSuccess, log } = await validate(trusting, manifests);
    expect(isSuccess).toBe(false);
    expect(log).toContain(message);
  });

  test('also cdk8s-cli\'s own report says what', async () => {
    const path = join(folder, 'gone.yaml');
    const { report } = await validate(trusting, [path]);
    expect(report.violations).toMatchObject([{
      ruleName: 'unjudged',
      recommendation: 'cannot be read: it does not exist',
      violatingConstructs: [{ manifestPath: path, locations: [path] }],
    }]);
  });
});

describe('properties', () => {
  const policy = file('policy.yaml', JSON.stringify(trusting));

  test.each([
    ['the path of a policy', { policy }, true],
    ['a policy', { policy: trusting }, true],
    ['the keys of a policy', trusting, true],
    ['keys over those of a file', { policy, registries: {} }, false],
    ['a profile over that of a file', { policy, profile: 'baseline', registries: {} }, true],
    ['none, so that no registry is trusted', {}, false],
  ])('may be %s', async (_, props, isSuccess) => {
    expect(await validate(props, [file('good.yaml', good)])).toMatchObject({ isSuccess });
  });

  test.each([
    [{ polcy: 'x' }, 'properties, besides policy, rules, baseline and lock: polcy is no key of a policy'],
    [{ kubernetesVersion: 1.3 }, 'properties, besides policy, rules, baseline and lock: kubernetesVersion must be'],
    [{ policy: 7 }, 'properties.policy must be the path of a file or a policy, it is an integer'],
    [{ policy: 'nowhere.yaml' }, 'nowhere.yaml: cannot be read'],
    [{ policy: { profil: 'baseline' } }, 'properties.policy: profil is no key of a policy; did you mean profile?'],
    [{ baseline: true }, 'properties.baseline must be the path of a file, it is a boolean'],
    [{ baseline: 'nowhere.jsonl' }, 'nowhere.jsonl: cannot be read'],
    [{ lock: 7 }, 'properties.lock must be the path of a file, it is an integer'],
    [{ lock: 'nowhere.json' }, 'nowhere.json: cannot be read'],
    [null, 'properties must be an object, they are null'],
    [['x'], 'properties must be an object, they are a list'],
  ])('%j are refused', async (props, message) => {
    const { isSuccess, log } = await validate(props, [file('good.yaml', good)]);
    expect(isSuccess).toBe(false);
    expect(log.split('\n')[0]).toMatch(/^cdk8s-hardened: /);
    expect(log).toContain(message);
    expect(log).not.toContain('a bug');
  });

  test('a message of several problems says each on a line of its own', async () => {
    const { log } = await validate({ profile: 'x', movingTags: 7 }, [file('good.yaml', good)]);
    expect(log.match(/^cdk8s-hardened: properties/gm)).toHaveLength(2);
  });
});

describe('a lock', () => {
  const named = good.replace(`web:1.4.2@sha256:${'0'.repeat(64)}`, 'shop:1.4.2');
  const other = named.replace('shop:1.4.2', `shop:1.4.2@sha256:${'0'.repeat(64)}`);
  const lock = join(__dirname, '..', 'lock', 'images.lock.json');

  test('lets the rules judge that need one', async () => {
    const { report } = await validate({ ...trusting, lock }, [file('other.yaml', other)]);
    expect(report.violations?.map(({ ruleName }) => ruleName)).toEqual(['image-drift']);
    expect(await validate(trusting, [file('other.yaml', other)])).toMatchObject({ isSuccess: true });
  });

  test('makes an exemption from such a rule count, which without one is left alone', async () => {
    const excused = { ...trusting, exemptions: [{ rule: 'image-drift', kind: 'Pod', reason: 'a test of yesterday\'s image' }] };
    expect(await validate({ ...excused, lock }, [file('other.yaml', other)])).toMatchObject({ isSuccess: true });
    expect(await validate({ ...excused, lock }, [file('good.yaml', good)])).toMatchObject({ isSuccess: false });
    expect(await validate(excused, [file('good.yaml', good)])).toMatchObject({ isSuccess: true });
  });
});

describe('a baseline', () => {
  const known = '{"baseline":1}\n{"rule":"privilege-escalation","kind":"Pod","name":"web","container":"web"}\n';

  test('lets pass what stands in it', async () => {
    const { isSuccess, log } = await validate({ ...trusting, baseline: file('b.jsonl', known) }, [file('bad.yaml', bad)]);
    expect(isSuccess).toBe(true);
    expect(log).toContain('1 in the baseline');
  });

  test('fails where a line of it no longer occurs, and says how to prune it', async () => {
    const baseline = file('b.jsonl', known);
    const { isSuccess, log, report } = await validate({ ...trusting, baseline }, [file('good.yaml', good)]);
    expect(isSuccess).toBe(false);
    expect(log).toContain(`\`cdk8s-hardened check --baseline ${baseline} --write-baseline ${baseline}\` does it`);
    expect(report.violations).toMatchObject([{ ruleName: 'stale' }]);
  });
});

test('a line for a rule made in TypeScript is left to the gate', async () => {
  const baseline = file('own.jsonl', '{"baseline":1}\n{"rule":"team-label","kind":"Pod","name":"web"}\n');
  expect(await validate({ ...trusting, baseline }, [file('good.yaml', good)])).toMatchObject({ isSuccess: true });
});

test('exemptions of the policy hold', async () => {
  const exemptions = [{ rule: 'privilege-escalation', name: 'web', reason: 'starts a helper that is setuid' }];
  expect(await validate({ ...trusting, exemptions }, [file('bad.yaml', bad)])).toMatchObject({ isSuccess: true });
});

test('with --stdout the files are temporary, so they are called by what tells them apart', async () => {
  const { log } = await validate(trusting, [file('web.yaml', bad), file('worker.yaml', bad)], true);
  expect(log).toContain('at web.yaml:10\n');
  expect(log).toContain('at worker.yaml:10\n');
  expect(log).not.toContain(folder);
  expect(log).not.toContain('written');
});

test('a hostile manifest reaches neither the terminal nor the report with its control characters', async () => {
  const path = file('hostile.yaml', bad.replace('name: web }', 'name: "web\\u001b[2J" }'));
  const { log, report } = await validate(trusting, [path]);
  const [{ violatingConstructs: [{ resourceName }] }] = report.violations;
  expect(resourceName).toBe('Pod web\\u001b[2J');
  expect(log).toContain(resourceName);
  expect(log).not.toContain('\u001b');
});

test('a bug while the report is made fails, whatever is thrown', async () => {
  const context = new ValidationContext([file('bad.yaml', bad)], 'p', '0');
  const lines: string[] = [];
  context.logger.log = (message) => void lines.push(message);
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  context.report.addViolation = () => { throw 'no error at all'; };
  await new PolicyValidation(trusting).validate(context);
  expect(context.report.success).toBe(false);
  expect(lines.at(-1)).toBe('cdk8s-hardened: a bug, please report it: no error at all');
});

test('what is about the whole pod is told without a container', async () => {
  const path = file('host.yaml', bad.replace('spec:', 'spec:\n  hostPID: true').replace('true, readOnly', 'false, readOnly'));
  const { report } = await validate(trusting, [path]);
  expect(report.violations).toMatchObject([{ ruleName: 'host-namespaces', violatingConstructs: [{ locations: [`${path}:5`] }] }]);
});

test('files in several temporary folders are told apart by them', async () => {
  mkdirSync(join(folder, 'a'), { recursive: true });
  mkdirSync(join(folder, 'b'), { recursive: true });
  const { log } = await validate(trusting, [file('a/web.yaml', bad), file('b/web.yaml', bad)], true);
  expect(log).toContain('at a/web.yaml:10\n');
  expect(log).toContain('at b/web.yaml:10\n');
});

test('with --stdout and without a file, it fails all the same', async () => {
  expect(await validate(trusting, [], true)).toMatchObject({ isSuccess: false });
});

test('where even the report of cdk8s-cli cannot be written, it rejects, and so fails', async () => {
  const context = new ValidationContext([file('bad.yaml', bad)], 'p', '0');
  context.logger.log = () => { throw new Error('the disk is full'); };
  await expect(new PolicyValidation(trusting).validate(context)).rejects.toThrow('the disk is full');
});
