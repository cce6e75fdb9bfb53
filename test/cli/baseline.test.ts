import { readdirSync, readFileSync } from 'node:fs';
import * as cdk8s from 'cdk8s';
import { checked, pod, policy, run, useFolder, write } from './support';
import { enforce, Policy, Verdict, writeBaseline } from '../../src';

useFolder();
const file = 'baseline.jsonl';
const writing = ['check', '--write-baseline', file];
const pruning = ['check', '--baseline', file, '--write-baseline', file];
const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
const line = (container: string, rest: object = {}) =>
  JSON.stringify({ rule: 'read-only-root-filesystem', kind: 'Pod', namespace: 'acme', name: 'shop', container, ...rest });

beforeEach(() => {
  write('hardened.yaml', policy);
  write('dist/shop.yaml', pod({ readOnly: false, containers: ['web', 'log'] }));
});

describe('the way in', () => {
  test('write, pass, refuse what is new, ask to prune what is mended, prune, pass', async () => {
    expect(await run(...writing)).toMatchObject({ status: 0, out: 'baseline.jsonl: 2 lines for 2 findings\n', err: '' });
    expect(lines()).toEqual([line('log'), line('web')]);
    expect(await run('check', '--baseline', file)).toMatchObject({
      status: 0, out: 'no findings: 1 pod, 2 containers judged, 2 in the baseline\n',
    });

    write('dist/new.yaml', pod({ name: 'new', readOnly: false }));
    expect(await checked('--baseline', file)).toMatchObject({ status: 1, findings: [{ resource: { name: 'new' } }], errors: [] });

    write('dist/new.yaml', pod({ name: 'new' }));
    write('dist/shop.yaml', pod({ readOnly: false, containers: ['log'] }));
    const { status, findings, errors } = await checked('--baseline', file);
    expect({ status, findings }).toEqual({ status: 1, findings: [] });
    expect(errors).toEqual([{
      file,
      message: 'read-only-root-filesystem at Pod acme/shop, container web no longer occurs: remove its line; '
        + '`cdk8s-hardened check dist --baseline baseline.jsonl --write-baseline baseline.jsonl` does it',
    }]);

    expect(await run(...pruning)).toMatchObject({ status: 0, out: 'baseline.jsonl: 1 line for 1 finding\n' });
    expect(lines()).toEqual([line('log')]);
    expect((await run('check', '--baseline', file)).status).toBe(0);
  });

  test('the command that prunes has the paths and options of this one, fit for a shell', async () => {
    await run(...writing);
    write('a b/shop.yaml', pod());
    const message = (await checked('a b', '--baseline', file, '--policy', 'hardened.yaml', '--profile', 'hardened', '--kubernetes-version', '1.33',
      '--registry', '*.example.com', '--only', 'read-only-root-filesystem')).errors[0].message;
    expect(message).toContain("`cdk8s-hardened check 'a b' --registry '*.example.com' --only read-only-root-filesystem --policy hardened.yaml "
      + '--profile hardened --kubernetes-version 1.33 --baseline baseline.jsonl --write-baseline baseline.jsonl`');
  });

  test('pruning never adds a line, and says that something is left', async () => {
    await run(...writing);
    write('dist/new.yaml', pod({ name: 'new', readOnly: false }));
    expect(await run(...pruning)).toMatchObject({
      status: 1,
      err: 'cdk8s-hardened: 1 finding not in baseline.jsonl, because a baseline only shrinks; without --write-baseline they are shown\n',
    });
    expect(lines()).toHaveLength(2);
  });

  test('two branches that each shrank it merge to what is left', async () => {
    write('dist/shop.yaml', pod({ readOnly: false, containers: ['a', 'b', 'c'] }));
    await run(...writing);
    const all = lines();
    const pruned = async (containers: readonly string[]) => {
      write(file, ['{"baseline":2}', ...all, ''].join('\n'));
      write('dist/shop.yaml', pod({ readOnly: false, containers }));
      expect((await run(...pruning)).status).toBe(0);
      return lines();
    };
    const [one, two] = [await pruned(['a', 'b']), await pruned(['b', 'c'])];
    write(file, ['{"baseline":2}', ...all.filter((each) => one.includes(each) && two.includes(each)), ''].join('\n'));
    write('dist/shop.yaml', pod({ readOnly: false, containers: ['b'] }));
    expect((await run('check', '--baseline', file)).status).toBe(0);
  });
});

describe('what a line stands for', () => {
  test('does not change with the order of containers, with lines or with files', async () => {
    await run(...writing);
    write('dist/shop.yaml', `# a comment\n---\n${pod({ name: 'first' })}---\n`);
    write('dist/moved.json', '');
    write('dist/other.yaml', `\n\n${pod({ readOnly: false, containers: ['log', 'web'] })}`);
    expect((await run('check', '--baseline', file)).status).toBe(0);
  });

  test('is as many findings as it counts', async () => {
    const two = (count: number) => write('dist/shop.yaml', Array(count).fill(pod({ readOnly: false })).join('---\n'));
    two(2);
    await run(...writing);
    expect(lines()).toEqual([line('web', { count: 2 })]);
    two(3);
    expect(await checked('--baseline', file)).toMatchObject({ status: 1, findings: [{ document: 2 }] });
    two(1);
    expect(await checked('--baseline', file)).toMatchObject({ status: 1, findings: [], errors: [{ file }] });
    await run(...pruning);
    expect(lines()).toEqual([line('web')]);
  });
});

describe('where only some rules are judged', () => {
  beforeEach(async () => {
    write('dist/shop.yaml', pod({ readOnly: false, spec: 'hostNetwork: true' }));
    await run(...writing);
    write('dist/shop.yaml', pod());
  });

  test.each([['--only', 'host-namespaces'], ['--profile', 'baseline']])('%s %s: lines of other rules are neither stale nor pruned', async (...narrow) => {
    expect((await checked('--baseline', file, ...narrow)).errors.map(({ message }) => message)).toEqual([expect.stringMatching(/^host-namespaces at /)]);
    await run(...pruning, ...narrow);
    expect(lines()).toEqual([line('web')]);
  });

  test('nor are those of rules that only the gate knows', async () => {
    const own = '{"rule":"own-rule","kind":"Pod","name":"shop"}';
    write(file, `{"baseline":2}\n${own}\n`);
    expect((await run('check', '--baseline', file)).status).toBe(0);
    await run(...pruning);
    expect(lines()).toEqual([own]);
  });
});

describe('a baseline that cannot be trusted', () => {
  test('is an error with its line, and nothing is judged', async () => {
    write(file, `{"baseline":2}\n${line('web')}\n<<<<<<< ours\n`);
    expect(await run('check', '--baseline', file)).toMatchObject({
      status: 2, out: '', err: 'cdk8s-hardened: baseline.jsonl:3: must be a JSON object on one line; after a merge, keep the lines of both sides\n',
    });
  });

  test('is not written where something cannot be read: the old one stays whole, and nothing in it is called stale', async () => {
    await run(...writing);
    const before = readFileSync(file, 'utf8');
    write('dist/shop.yaml', 'a: [');
    for (const args of [writing, pruning]) {
      const { status, err } = await run(...args);
      expect(status).toBe(2);
      expect(err).toMatch(/^cdk8s-hardened: dist\/shop\.yaml:\d+: .+\ncdk8s-hardened: baseline\.jsonl was not written, because not everything could be judged\n$/);
      expect(readFileSync(file, 'utf8')).toBe(before);
    }
    expect((await checked('--baseline', file)).errors).toEqual([expect.objectContaining({ file: 'dist/shop.yaml' })]);
  });

  test('cannot be written where there is no folder, and nothing is left half', async () => {
    expect(await run('check', '--write-baseline', 'absent/b')).toMatchObject({ status: 2, out: '', err: 'cdk8s-hardened: absent/b: cannot be written: it does not exist\n' });
    expect(readdirSync('.').sort()).toEqual(['dist', 'hardened.yaml']);
  });

  test('does not hide an exemption that is stale', async () => {
    write('hardened.yaml', `${policy}exemptions: [{ rule: privileged, name: gone, reason: because }]\n`);
    expect(await run(...writing)).toMatchObject({ status: 1, err: expect.stringMatching(/^cdk8s-hardened: the exemption from privileged .+\n$/) as string });
    expect(lines()).toHaveLength(2);
  });
});

describe('one file for the gate and for check', () => {
  const trusting: Policy = { registries: { 'ghcr.io/acme': {} } };

  /** An app with one raw pod whose root filesystem can be written to, or not. */
  function app(options: Parameters<typeof enforce>[2], readOnly = false): cdk8s.App {
    const made = new cdk8s.App({ outdir: 'dist' });
    enforce(made, trusting, options);
    const props = { ...cdk8s.Yaml.load(write('pod.yaml', pod({ readOnly })))[0] as cdk8s.ApiObjectProps };
    new cdk8s.ApiObject(new cdk8s.Chart(made, 'app'), 'shop', props);
    return made;
  }

  test('what the gate wrote lets check pass', async () => {
    const verdicts: Verdict[] = [];
    app({ mode: 'report', onVerdict: (verdict) => verdicts.push(verdict) }).synth();
    writeBaseline(file, verdicts[0]);
    expect(lines()).toEqual([expect.stringContaining('"construct":"app/shop"')]);
    write('dist/shop.yaml', '');
    expect((await run('check', '--baseline', file)).status).toBe(0);
    await run(...pruning);
    expect(lines()).toEqual([expect.stringContaining('"construct":"app/shop"')]);
  });

  test('what check wrote lets the gate pass, and is stale there too', async () => {
    write('dist/shop.yaml', pod({ readOnly: false }));
    await run(...writing);
    expect(() => app({ baseline: file }).synth()).not.toThrow();
    expect(() => app({ baseline: file }, true).synth()).toThrow('no longer occurs');
  });
});

describe('a baseline of version 1', () => {
  const old = (...written: readonly string[]) => write(file, ['{"baseline":1}', ...written, ''].join('\n'));
  const networked = '{"rule":"host-namespaces","kind":"Pod","namespace":"acme","name":"shop"}';

  beforeEach(() => {
    write('dist/shop.yaml', pod({ spec: 'hostNetwork: true' }));
    old(networked);
  });

  test('lets pass what it did, says that it is to be written anew, and the command that it names does it', async () => {
    const { status, out } = await run('check', '--baseline', file, '--only', 'host-namespaces');
    expect(status).toBe(0);
    expect(out).toContain('write it anew; `cdk8s-hardened check dist --baseline baseline.jsonl --write-baseline baseline.jsonl` does it');

    expect(await run(...pruning)).toMatchObject({ status: 0, err: '' });
    expect(readFileSync(file, 'utf8')).toBe(`{"baseline":2}\n${networked.slice(0, -1)},"detail":"hostNetwork"}\n`);
    expect((await run('check', '--baseline', file)).out).not.toContain('anew');
  });

  test('says so beside a report for other programs', async () => {
    expect((await checked('--baseline', file)).err).toMatch(/^cdk8s-hardened: baseline\.jsonl is a baseline of version 1, .+\n$/);
  });

  test('with lines of a rule that only the gate knows is written anew by the gate', async () => {
    old(networked, '{"rule":"own-rule","kind":"Pod","name":"shop"}');
    expect((await run('check', '--baseline', file)).out).toContain('write it anew; CDK8S_HARDENED_BASELINE=prune on the next synth does it');
    expect((await run(...pruning)).err).toBe(
      'cdk8s-hardened: baseline.jsonl stays of version 1, because some of its lines are of rules that were not judged\n');
    expect(readFileSync(file, 'utf8')).toBe(`{"baseline":1}\n${networked}\n{"rule":"own-rule","kind":"Pod","name":"shop"}\n`);
  });
});

test('what cannot be read is not put into a baseline, and the status says so', async () => {
  write('dist/shop.yaml', pod({ spec: 'hostNetwork: "yes"' }));
  expect(await run(...writing)).toMatchObject({
    status: 1,
    err: 'cdk8s-hardened: 1 finding of manifest not in baseline.jsonl, because what cannot be read cannot be judged; mend what cannot be read\n',
  });
  expect(lines()).toEqual([]);
});

test('the report for other programs has the detail of a finding', async () => {
  write('dist/shop.yaml', pod({ spec: 'hostNetwork: true' }));
  expect((await checked()).findings).toMatchObject([{ rule: 'host-namespaces', detail: 'hostNetwork' }]);
});
