import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { checked, pod, policy, run, runWith, useFolder, write } from '../support';

useFolder();

describe('the exit status', () => {
  beforeEach(() => write('hardened.yaml', policy));

  test('is 0 where nothing is found', async () => {
    write('dist/shop.yaml', pod());
    expect(await run('check')).toMatchObject({ status: 0, out: 'no findings: 1 pod, 1 container judged\n', err: '' });
  });

  test('is 1 for a finding', async () => {
    write('dist/shop.yaml', pod({ readOnly: false }));
    expect((await run('check')).status).toBe(1);
  });

  test('is 1 for an exemption that excuses nothing', async () => {
    write('hardened.yaml', `${policy}exemptions: [{ rule: privileged, name: gone, reason: because }]\n`);
    write('dist/shop.yaml', pod());
    expect((await run('check')).status).toBe(1);
  });

  test('is 2 where something cannot be read, and the rest is judged', async () => {
    write('dist/a.yaml', 'a: [');
    write('dist/shop.yaml', pod({ readOnly: false }));
    const { status, summary, errors, err } = await checked();
    expect(status).toBe(2);
    expect(summary).toMatchObject({ findings: 1, errors: 1, pods: 1 });
    expect(err).toBe(`cdk8s-hardened: dist/a.yaml:${errors[0].line}: ${errors[0].message}\n`);
  });
});

test('the JSON report is the contract, key for key', async () => {
  write('hardened.yaml', policy);
  write('dist/shop.yaml', `${pod()}---\n${pod({ name: 'bad', readOnly: false })}`);
  const { out } = await run('check', '--format', 'json');
  expect(JSON.parse(out)).toEqual({
    version: 1,
    summary: { files: 1, documents: 2, pods: 2, containers: 2, findings: 1, exempted: 0, errors: 0 },
    rules: { 'read-only-root-filesystem': 1 },
    findings: [{
      rule: 'read-only-root-filesystem',
      severity: 'medium',
      message: expect.any(String) as string,
      fix: expect.any(String) as string,
      file: 'dist/shop.yaml',
      document: 1,
      line: 32,
      pointer: '/spec/containers/0/securityContext/readOnlyRootFilesystem',
      resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'acme', name: 'bad' },
      container: 'web',
    }],
    exempted: [],
    errors: [],
  });
});

describe('the text report', () => {
  beforeEach(() => {
    write('hardened.yaml', policy);
    write('dist/shop.yaml', pod({ readOnly: false, containers: ['web', 'log'], spec: 'hostNetwork: true' }));
  });

  test('shows the line with a caret under the value, the fix, and the worst rule first at the end', async () => {
    const { out, err } = await run('check');
    expect(out).toMatch(/\n {4}fix: .+\n {4}at dist\/shop\.yaml:16\n {12}readOnlyRootFilesystem: false\n {36}\^{5}\n/);
    expect(out.trimEnd().split('\n').slice(-4)).toEqual([
      '  2 read-only-root-filesystem',
      '  1 host-namespaces',
      '',
      '3 findings of 2 rules in 1 workload, 0 exempted, 0 errors',
    ]);
    expect(err).toBe('');
  });

  test('has colours only where they are wanted', async () => {
    expect((await run('check')).out).not.toContain('\u001b');
    expect((await runWith({ color: true }, 'check')).out).toContain('\u001b[31mhost-namespaces');
    await runWith({ color: true }, 'check', '--output', 'report.txt');
    expect((await runWith({ color: true }, 'check', '--format', 'json')).out).not.toContain('\u001b');
  });

  test('errors of the input are a part of it, and not said twice', async () => {
    write('dist/a.yaml', 'a: [');
    const { status, out, err } = await run('check');
    expect({ status, err }).toEqual({ status: 2, err: '' });
    expect(out).toMatch(/\nerrors\n {2}dist\/a\.yaml:\d+: .+\n/);
  });
});

test.each([['--output'], ['--write-baseline']])('a read-only file is not replaced by %s', async (option) => {
  write('dist/a.yaml', pod({ containers: ['web'] }));
  write('kept', 'as it was');
  chmodSync('kept', 0o444);
  expect(await run('check', option, 'kept')).toMatchObject({ status: 2, err: expect.stringContaining('kept: cannot be written: it is read-only; make it writable') });
  expect(readFileSync('kept', 'utf8')).toBe('as it was');
});

describe('without a trusted registry', () => {
  test('it is said once how to name one', async () => {
    write('dist/shop.yaml', pod({ containers: ['web', 'log'] }));
    expect((await run('check')).err).toBe('cdk8s-hardened: there is no policy (hardened.yaml), so no registry is trusted; '
      + 'name one under registries there, or with --registry ghcr.io/acme\n');
  });

  test('a policy that names none is named', async () => {
    write('p.yaml', 'profile: hardened\n');
    write('dist/shop.yaml', pod());
    expect((await run('check', '--policy', 'p.yaml')).err).toMatch(/^cdk8s-hardened: p\.yaml names no registry, so no registry is trusted; /);
  });

  test('it is not said where no rule asks for one, or one is named', async () => {
    write('dist/shop.yaml', pod());
    expect((await run('check', '--profile', 'restricted')).err).toBe('');
    expect(await run('check', '--registry', 'quay.io')).toMatchObject({ status: 1, err: '' });
  });
});

describe('what is judged', () => {
  beforeEach(() => write('hardened.yaml', policy));

  test('without a path it is dist, and where there is none it is said what else to write', async () => {
    const { status, err } = await checked();
    expect(status).toBe(2);
    expect(err).toBe('cdk8s-hardened: dist: cannot be read: it does not exist\n'
      + 'cdk8s-hardened: without a path the folder dist is judged; name another, a file, or - for the standard input\n');
  });

  test('what is no Kubernetes object is passed over and counted', async () => {
    write('dist/values.yaml', 'image: nginx\n');
    write('dist/kustomization.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n');
    write('dist/shop.yaml', pod());
    const { status, out } = await run('check');
    expect({ status, out }).toEqual({
      status: 0, out: 'no findings: 1 pod, 1 container judged, 2 documents passed over as no Kubernetes objects (1 kustomization, 1 without kind)\n',
    });
  });

  test('folders that are not entered are named', async () => {
    write('dist/shop.yaml', pod());
    for (const name of ['.a', '.b', '.c', 'node_modules']) write(`dist/${name}/x.yaml`, 'a: [');
    expect(await run('check')).toMatchObject({
      status: 0, err: 'cdk8s-hardened: not entered, name it to have it judged: dist/.a, dist/.b, dist/.c and 1 more folder\n',
    });
    expect((await run('check', 'dist/.a')).status).toBe(2);
  });

  test('a file under two names is judged once', async () => {
    write('dist/shop.yaml', pod());
    symlinkSync('shop.yaml', 'dist/other.yaml');
    expect((await checked('dist', 'dist/shop.yaml')).summary).toMatchObject({ files: 1, pods: 1 });
  });

  test('it is shown how far it is, and that goes away at the end', async () => {
    write('dist/a.yaml', pod());
    write('dist/b.yaml', pod());
    expect((await run('check')).progress).toEqual(['0 of 2 files judged, now dist/a.yaml', '1 of 2 files judged, now dist/b.yaml', '']);
  });
});
