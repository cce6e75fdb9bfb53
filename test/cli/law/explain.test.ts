import { RuleId, rules } from '../../../src';
import { run, runWith } from '../support';

const ids = Object.keys(rules) as RuleId[];

test.each(ids)('explain %s says what it demands, of which fields, by which standard, why, what to write instead, and shows both', async (id) => {
  const { status, out, err } = await run('explain', id);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const words = out.replace(/\s+/g, ' ');
  const { profile, severity, summary, law, why, fix } = rules[id];
  for (const text of [`${id} (${profile}, ${severity})`, summary, ...law.fields, law.allowed, law.source, why, fix, ' refused ', ' accepted ']) {
    expect(words).toContain(text);
  }
  expect(out.split('\n').filter((line) => line.length > 100 && / (?:why|fix|allowed|source) /.test(line))).toEqual([]);
});

test('explain names the same check elsewhere', async () => {
  expect((await run('explain', 'run-as-non-root')).out).toMatch(/the same elsewhere\n {4}Pod Security Standards: .+\n(?: {4}.+\n)+$/);
});

test('explain says that containers[*] is every container, where it says containers[*]', async () => {
  expect((await run('explain', 'privileged')).out).toContain('(containers[*] is initContainers[*] and ephemeralContainers[*] too)');
  expect((await run('explain', 'host-namespaces')).out).not.toContain('containers[*]');
});

test('the lines behind the first are indented', async () => {
  expect((await run('explain', 'host-namespaces')).out).toMatch(/\n {2}why {3}\S.+\n {8}\S/);
});

test('explain for tools is one object', async () => {
  expect(JSON.parse((await run('explain', 'privileged', '--format', 'json')).out)).toEqual({
    id: 'privileged',
    profile: 'baseline',
    severity: 'critical',
    summary: rules.privileged.summary,
    law: rules.privileged.law,
    why: rules.privileged.why,
    fix: rules.privileged.fix,
    bad: expect.stringContaining('privileged: true') as string,
    good: expect.any(String) as string,
    references: rules.privileged.references,
  });
});

test('rules lists all of them, by profile, in reading order', async () => {
  const { status, out } = await run('rules');
  expect(status).toBe(0);
  expect(out.split('\n').filter((line) => /^\S+$/.test(line))).toEqual(['baseline', 'restricted', 'hardened']);
  expect([...out.matchAll(/^ {2}(\S+) +(.+)$/gm)].map(([, id, summary]) => [id, summary])).toEqual(ids.map((id) => [id, rules[id].summary]));
});

test('rules for tools are a list of what explain says', async () => {
  const listed = JSON.parse((await run('rules', '--format', 'json')).out) as { id: string }[];
  expect(listed.map(({ id }) => id)).toEqual(ids);
  expect(listed[0]).toEqual(JSON.parse((await run('explain', ids[0], '--format', 'json')).out));
});

test('colours are there where they are wanted', async () => {
  expect((await runWith({ color: true }, 'rules')).out).toContain('\u001b[1mhardened');
  expect((await runWith({ color: true }, 'explain', 'privileged')).out).toContain('\u001b[1mprivileged');
  expect((await run('explain', 'privileged')).out).not.toContain('\u001b');
});
