import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { checked, pod, policy, run, useFolder, write } from './support';
import { formats } from '../../src';
import { main } from '../../src/cli/main';

useFolder();
beforeEach(() => {
  write('hardened.yaml', policy);
  write('dist/shop.yaml', pod({ readOnly: false, spec: 'hostNetwork: true' }));
});

const rulesOf = async (...args: readonly string[]) => (await checked(...args)).findings.map(({ rule }) => rule);

describe('a call that cannot be meant is refused with one clear line and status 2', () => {
  test.each<[args: readonly string[], err: string | RegExp]>([
    [['chek'], "error: unknown command 'chek'\n(Did you mean check?)\n(--help tells more)\n"],
    [['check', '--formt', 'json'], /^error: unknown option '--formt'\n\(Did you mean --format\?\)/],
    [['check', '--format', 'jsn'], /is invalid\. Allowed choices are text, json, sarif, junit, github, html\./],
    [['check', '--profile', 'strict'], /is invalid\. Allowed choices are baseline, restricted, hardened\./],
    [['check', '--kubernetes-version', '2'], 'cdk8s-hardened: --kubernetes-version: must be latest or a version such as 1.33, it is "2"\n'],
    [['check', '--kubernetes-version', ''], 'cdk8s-hardened: --kubernetes-version: must be latest or a version such as 1.33, it is ""\n'],
    [['check', '--only', 'read-only-root-filesytem'], 'cdk8s-hardened: --only: "read-only-root-filesytem" is no rule; did you mean read-only-root-filesystem?\n'],
    [['check', '--only', ''], 'cdk8s-hardened: --only: "" is no rule; `cdk8s-hardened rules` lists them\n'],
    [['check', '--only', 'host-path', '--profile', 'baseline'],
      'cdk8s-hardened: --only: host-path is no rule of the profile baseline, so nothing would be judged by it; add --profile hardened\n'],
    [['check', '--only', 'image-user'],
      'cdk8s-hardened: --only: image-user needs a lock, and there is no images.lock.json, so nothing would be judged by it; add --lock FILE\n'],
    [['check', '--registry', 'https://ghcr.io'], 'cdk8s-hardened: --registry: registry "https://ghcr.io" must not have a scheme, write it without "https://"\n'],
    [['check', '--registry', ''], 'cdk8s-hardened: --registry: registry must not be empty\n'],
    [['check', '--policy', 'absent.yaml'], 'cdk8s-hardened: absent.yaml: cannot be read: it does not exist\n'],
    [['check', '--baseline', 'absent.jsonl'], /^cdk8s-hardened: absent\.jsonl: cannot be read: it does not exist\n$/],
    [['check', '--policy', ''], /argument '' is invalid\. It must be the name of a file\.\n/],
    [['check', '--baseline', ''], /argument '' is invalid\. It must be the name of a file\.\n/],
    [['check', '--output', ''], /argument '' is invalid\. It must be the name of a file\.\n/],
    [['check', '--write-baseline', 'b', '--output', 'x'], /^error: option '--write-baseline <file>' cannot be used with option '-o, --output <file>'\n/],
    [['check', '--write-baseline', 'b', '--format', 'json'], /^error: option '--write-baseline <file>' cannot be used with option '-f, --format <format>'\n/],
    [['explain', 'run-as-nonroot'], 'cdk8s-hardened: "run-as-nonroot" is no rule; did you mean run-as-non-root?\n'],
    [['explain', `\u001b[31m${'x'.repeat(200)}`], /^cdk8s-hardened: "\\u001b\[31mx{74}…" is no rule; `cdk8s-hardened rules` lists them\n$/],
    [['explain'], /^error: missing required argument 'rule'\n/],
    [['rules', 'all'], /^error: too many arguments/],
  ])('%j', async (args, err) => {
    const outcome = await run(...args);
    expect(outcome).toMatchObject({ status: 2, out: '' });
    if (typeof err === 'string') expect(outcome.err).toBe(err);
    else expect(outcome.err).toMatch(err);
  });

  test('without a command, the help goes where errors go', async () => {
    expect(await run()).toMatchObject({ status: 2, out: '', err: expect.stringContaining('Usage: cdk8s-hardened') as string });
  });
});

test.each([['--help'], ['check', '--help'], ['lock', '--help'], ['pin', '--help'], ['explain', '--help'], ['rules', '--help']])('%s %s fits a terminal of 80 columns', async (...args) => {
  const { status, out, err } = await run(...args);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(`${__dirname}/../../package.json`, 'utf8')) as { version: string };
  expect(await run('--version')).toMatchObject({ status: 0, out: `${version}\n` });
});

describe('--policy', () => {
  test('is read instead of hardened.yaml', async () => {
    write('other.yaml', 'profile: baseline\n');
    expect(await rulesOf('--policy', 'other.yaml')).toEqual(['host-namespaces']);
  });

  test('names the file and the key that is wrong', async () => {
    write('hardened.yaml', 'profiel: baseline\n');
    expect(await run('check')).toMatchObject({ status: 2, err: 'cdk8s-hardened: hardened.yaml: profiel is no key of a policy; did you mean profile?\n' });
  });

  test('a hardened.yaml that leads nowhere is no policy that is absent', async () => {
    symlinkSync('nowhere.yaml', 'dist/hardened.yaml');
    process.chdir('dist');
    expect(await run('check', 'shop.yaml')).toMatchObject({ status: 2, err: expect.stringMatching(/^cdk8s-hardened: hardened\.yaml: cannot be read: it does not exist/) as string });
  });

  test('exempts by rule, kind, namespace, name and container', async () => {
    const excused = async (selectors: string) => {
      write('hardened.yaml', `${policy}exemptions: [{ rule: read-only-root-filesystem, reason: it writes, ${selectors} }]\n`);
      const { exempted, findings, errors } = await checked();
      expect(exempted.length + findings.length).toBe(2);
      expect(errors).toHaveLength(exempted.length === 1 ? 0 : 1);
      return exempted.map(({ exemption }) => exemption?.reason);
    };
    for (const selectors of ['kind: Pod', 'namespace: acme', 'name: shop', 'container: web', 'kind: Pod, namespace: acme, name: shop, container: web']) {
      expect(await excused(selectors)).toEqual(['it writes']);
    }
    for (const selectors of ['kind: Job', 'namespace: other', 'name: other', 'container: other', 'name: shop, container: log']) {
      expect(await excused(selectors)).toEqual([]);
    }
  });

  test('reads annotations of the manifest only where it says so, and only with a reason', async () => {
    const annotated = (reason: string) => write('dist/shop.yaml', pod({ readOnly: false, annotation: `ignore.cdk8s-hardened/read-only-root-filesystem: '${reason}'` }));
    annotated('it writes');
    expect(await checked()).toMatchObject({ status: 1, exempted: [], errors: [] });
    write('hardened.yaml', `${policy}ignoreAnnotations: true\n`);
    expect(await checked()).toMatchObject({ status: 0, findings: [], exempted: [{ exemption: { reason: 'it writes' } }] });
    annotated('');
    expect(await checked()).toMatchObject({ status: 1, exempted: [], errors: [{ message: expect.stringContaining('gives no reason') as string }] });
  });
});

test('without a lock, what is said of the rules that need one is not held against its word', async () => {
  write('hardened.yaml', `${policy}exemptions: [{ rule: image-user, reason: it runs, kind: Pod }]\n`);
  write('base.jsonl', '{"baseline":1}\n{"rule":"image-drift","kind":"Pod","name":"shop","container":"web"}\n');
  expect(await checked('--baseline', 'base.jsonl')).toMatchObject({ errors: [] });
  write('images.lock.json', '{ "version": 1, "images": {} }');
  expect((await checked('--baseline', 'base.jsonl')).errors).toHaveLength(2);
});

describe('--profile', () => {
  test('takes the place of the policy\'s', async () => {
    expect(await rulesOf('--profile', 'baseline')).toEqual(['host-namespaces']);
  });

  test('an exemption from a rule that it leaves out is not stale', async () => {
    write('hardened.yaml', `${policy}exemptions: [{ rule: read-only-root-filesystem, reason: because, name: shop }]\n`);
    expect((await checked('--profile', 'baseline')).errors).toEqual([]);
  });
});

test('--kubernetes-version takes the place of the policy\'s', async () => {
  const probe = 'livenessProbe: { httpGet: { host: 10.0.0.1, port: 80 } }';
  write('dist/shop.yaml', `${pod()}    ${probe}\n`);
  expect(await rulesOf('--kubernetes-version', '1.33')).toEqual([]);
  expect(await rulesOf('--kubernetes-version', '1.34')).toEqual(['host-probes']);
  expect(await rulesOf('--kubernetes-version', 'v1.33.2')).toEqual([]);
  expect(await rulesOf('--kubernetes-version', 'v1.34.1-gke.100')).toEqual(['host-probes']);
});

describe('--only', () => {
  test('judges by these rules, and by what cannot be read', async () => {
    expect(await rulesOf('--only', 'read-only-root-filesystem')).toEqual(['read-only-root-filesystem']);
    expect(await rulesOf('--only', ' host-namespaces , read-only-root-filesystem')).toHaveLength(2);
    expect(await rulesOf('--only', 'host-namespaces', '--only', 'read-only-root-filesystem')).toHaveLength(2);
    write('dist/shop.yaml', 'apiVersion: v1\nkind: Pod\nspec: none\n');
    expect(new Set(await rulesOf('--only', 'host-path'))).toEqual(new Set(['manifest']));
  });

  test('exemptions and annotations of other rules are not stale, those of these rules are', async () => {
    write('hardened.yaml', `${policy}ignoreAnnotations: true
exemptions:
- { rule: read-only-root-filesystem, reason: because, name: shop }
- { rule: privileged, reason: because, name: gone }
`);
    write('dist/shop.yaml', pod({ readOnly: false, annotation: 'ignore.cdk8s-hardened/apparmor: because' }));
    expect((await checked('--only', 'host-path')).errors).toEqual([]);
    expect((await checked('--only', 'privileged')).errors.map(({ message }) => message)).toEqual([expect.stringContaining('the exemption from privileged')]);
    expect((await checked('--only', 'apparmor')).errors.map(({ message }) => message)).toEqual([expect.stringContaining('the exemption from apparmor')]);
  });

  test('an exemption also excuses a rule that judges the same less exactly', async () => {
    write('hardened.yaml', `${policy}exemptions: [{ rule: host-path, reason: because, name: shop }]\n`);
    write('dist/shop.yaml', pod({ spec: 'volumes: [{ name: h, hostPath: { path: /var/log } }]' }));
    expect((await checked()).status).toBe(0);
    expect((await checked('--only', 'host-path-volumes')).status).toBe(0);
  });
});

describe('--registry', () => {
  beforeEach(() => write('dist/shop.yaml', pod().replace('ghcr.io/acme', 'quay.io/acme')));

  test('trusts it beside those of the policy, and may be repeated', async () => {
    expect(await rulesOf()).toEqual(['image-registry']);
    expect(await rulesOf('--registry', 'docker.io', '-r', 'quay.io/acme')).toEqual([]);
  });

  test('an entry of the policy that means the same says how to pull from there', async () => {
    write('hardened.yaml', 'registries:\n  docker.io: { pullSecret: regcred }\n');
    write('dist/shop.yaml', pod().replace('ghcr.io/acme', 'docker.io/acme'));
    expect(await rulesOf('--registry', 'index.docker.io', '--registry', 'docker.io')).toEqual(['image-pull-secret']);
  });
});

test.each(formats)('--format %s is written to the standard output, and the errors to the other too', async (format) => {
  write('dist/a.yaml', 'a: [');
  const { status, out, err } = await run('check', '--format', format);
  expect(status).toBe(2);
  expect(out).toContain('read-only-root-filesystem');
  expect(err).toMatch(format === 'text' ? /^$/ : /^cdk8s-hardened: dist\/a\.yaml:\d+: .+\n$/);
});

describe('--output', () => {
  test('has the report, and the standard output what was counted', async () => {
    const { status, out } = await run('check', '--format', 'json', '--output', 'report.json');
    expect({ status, out }).toEqual({
      status: 1, out: '2 findings of 2 rules in 1 workload, 0 exempted, 0 errors\nthe report is in report.json\n',
    });
    expect(JSON.parse(readFileSync('report.json', 'utf8'))).toMatchObject({ version: 1, summary: { findings: 2 } });
  });

  test('errors of the input are said, because nobody may read the file', async () => {
    write('dist/a.yaml', 'a: [');
    expect((await run('check', '--output', 'report.txt')).err).toMatch(/^cdk8s-hardened: dist\/a\.yaml:\d+: /);
  });

  test.each([['absent/report.json', 'it does not exist'], ['dist', 'it is a folder'], ['hardened.yaml/x', 'ENOTDIR']])('%s cannot be written, and nothing is left half', async (path, why) => {
    const before = readdirSync('.', { recursive: true }).sort();
    expect(await run('check', '--output', path)).toMatchObject({ status: 2, out: '', err: `cdk8s-hardened: ${path}: cannot be written: ${why}\n` });
    expect(readdirSync('.', { recursive: true }).sort()).toEqual(before);
  });

  test('a link stays one, and the file it leads to keeps its permissions', async () => {
    mkdirSync('kept');
    write('kept/report.txt', 'old');
    const { mode } = statSync('kept/report.txt');
    symlinkSync('kept/report.txt', 'report.txt');
    await run('check', '--output', 'report.txt');
    expect(readFileSync('kept/report.txt', 'utf8')).toContain('2 findings');
    expect(statSync('kept/report.txt').mode).toBe(mode);
    expect(readdirSync('kept')).toEqual(['report.txt']);
  });

  test('a device is written, not replaced', async () => {
    expect((await run('check', '--output', '/dev/null')).status).toBe(1);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

test('a bug is status 2, and asks to be reported', async () => {
  let err = '';
  const io = { out: () => { throw new Error('no\u001b[31m'); }, err: (text: string) => { err += text; }, color: false, progress: () => undefined };
  expect(await main(['rules'], io)).toBe(2);
  expect(err).toMatch(/^cdk8s-hardened: a bug, please report it: Error: no\ufffd\[31m\n(?:cdk8s-hardened: +at .+\n)+$/);
});
