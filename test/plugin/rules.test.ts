import { rmSync } from 'node:fs';
import { file, folder, good, trusting, validate } from './validate';
import { defineRule } from '../../src';

afterAll(() => rmSync(folder, { recursive: true }));

const text = `module.exports = [{ id: 'team-label', summary: 's', why: 'w', fix: 'f', profile: 'hardened', references: {},
  *check(pod) { yield { message: 'no label', pointer: pod.metadataPointer }; } }];`;
const rules = file('rules.js', text);
const manifest = file('good.yaml', good);
const exemption = { rule: 'team-label', name: 'web', reason: 'a test' };

test('rules of a file judge beside the others', async () => {
  const { isSuccess, log } = await validate({ ...trusting, rules }, [manifest]);
  expect(isSuccess).toBe(false);
  expect(log).toContain('no label');
});

test.each([
  ['the properties', { ...trusting, exemptions: [exemption] }],
  ['a policy among them', { policy: { ...trusting, exemptions: [exemption] } }],
  ['a file', { policy: file('policy.yaml', JSON.stringify({ ...trusting, exemptions: [exemption] })) }],
])('an exemption of %s may name them', async (_name, props) => {
  expect(await validate({ ...props, rules }, [manifest])).toMatchObject({ isSuccess: true });
  expect(await validate(props, [manifest])).toMatchObject({ isSuccess: false, log: expect.stringContaining('"team-label" is no rule') as string });
});

test('a program that hands over a policy with rules has both', async () => {
  const other = defineRule({
    id: 'other',
    summary: 's',
    why: 'w',
    fix: 'f',
    profile: 'hardened',
    references: {},
    *check() {
      yield { message: 'the other one', pointer: '' };
    },
  });
  const { log } = await validate({ policy: { ...trusting, rules: [other] }, rules }, [manifest]);
  expect(log).toContain('no label');
  expect(log).toContain('the other one');
});

test('lines of a baseline are held where the rule is known', async () => {
  const line = JSON.stringify({ rule: 'team-label', kind: 'Pod', name: 'gone', pod: '/spec' });
  const baseline = file('baseline.jsonl', `{"baseline":2}\n${line}\n`);
  const { isSuccess, log } = await validate({ ...trusting, baseline }, [manifest]);
  expect([isSuccess, log]).toEqual([true, expect.stringContaining('no findings')]);
  expect(await validate({ ...trusting, baseline, rules }, [manifest])).toMatchObject({ isSuccess: false, log: expect.stringContaining('no longer occurs') as string });
});

test.each([
  [7, 'properties.rules must be the path of a file, it is an integer'],
  ['absent.js', 'absent.js: there is no such file of rules'],
  [file('throws.js', "throw new Error('not today');"), 'cannot be loaded: "Error: not today"'],
])('%p is no file of rules', async (value, problem) => {
  const { isSuccess, log } = await validate({ ...trusting, rules: value }, [manifest]);
  expect([isSuccess, log]).toEqual([false, expect.stringContaining(problem)]);
});
