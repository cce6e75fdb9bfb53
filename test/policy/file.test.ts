import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineRule, Policy, PolicyError } from '../../src';

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
    expect((error as PolicyError).code).toBe('invalid-policy');
    return (error as PolicyError).message;
  }
  throw new Error('it was not refused');
}

const valid = "kubernetesVersion: '1.33'\nregistries:\n  ghcr.io/acme: { pullSecret: regcred }\nexemptions:\n"
  + '  - { rule: privileged, name: agent, reason: because, until: 2030-12-31 }\n';
const policy = {
  kubernetesVersion: '1.33',
  registries: { 'ghcr.io/acme': { pullSecret: 'regcred' } },
  // Without quotes, and a text all the same: YAML 1.2 has no type for days.
  exemptions: [{ rule: 'privileged', name: 'agent', reason: 'because', until: '2030-12-31' }],
};

describe('Policy.fromFile', () => {
  test.each([
    ['YAML', valid],
    ['YAML with a byte order mark', `\ufeff${valid}`],
    ['YAML with the line ends of Windows', valid.replaceAll('\n', '\r\n')],
    ['JSON', JSON.stringify(policy)],
  ])('reads %s', (name, content) => {
    expect(Policy.fromFile(file(`${name}.yaml`, content))).toEqual(policy);
  });

  test('names the file and the key that is wrong', () => {
    const path = file('wrong.yaml', 'profiel: hardened\n');

    expect(refusal(() => Policy.fromFile(path))).toBe(`${path}: profiel is no key of a policy; did you mean profile?`);
  });

  test('says that there is no file', () => {
    const path = join(folder, 'absent.yaml');

    expect(refusal(() => Policy.fromFile(path))).toBe(`${path}: cannot be read: it does not exist`);
  });

  test('says that a folder cannot be read', () => {
    expect(refusal(() => Policy.fromFile(folder))).toMatch(/: cannot be read: it is a folder$/);
  });

  test.each([
    ['text in another encoding', Buffer.from('registries: {}\n', 'utf16le'), /\.yaml: is a binary file, not text$/],
    ['bytes that are no text', Buffer.from([0x70, 0xff, 0xfe]), /\.yaml:1: is not UTF-8 text: the byte at offset 1 is invalid$/],
    ['an overlong encoding', Buffer.from([0xc0, 0xaf]), /\.yaml:1: is not UTF-8 text: the byte at offset 0 is invalid$/],
  ])('refuses %s', (_name, content, problem) => {
    expect(refusal(() => Policy.fromFile(file('bytes.yaml', content)))).toMatch(problem);
  });

  test('accepts one MiB and not a byte more', () => {
    const comment = (length: number) => `{} #${'x'.repeat(length - 4)}`;

    expect(Policy.fromFile(file('full.yaml', comment(1024 * 1024)))).toEqual({});
    expect(refusal(() => Policy.fromFile(file('more.yaml', comment(1024 * 1024 + 1)))))
      .toMatch(/more\.yaml: is larger than 1 MiB, which no policy needs$/);
  });

  const onUnix = process.platform === 'win32' ? test.skip : test;
  onUnix('reads no more of a file without an end', () => {
    expect(refusal(() => Policy.fromFile('/dev/zero'))).toBe('/dev/zero: is larger than 1 MiB, which no policy needs');
  });

  onUnix('reads all of a pipe, although it comes in pieces', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const padding = `# ${'x'.repeat(200_000)}\n`;
    const source = file('source.yaml', padding + valid);
    execFileSync('sh', ['-c', 'cat "$0" > "$1" &', source, pipe], { stdio: 'ignore' });

    expect(Policy.fromFile(pipe)).toEqual(policy);
  });
});

describe('Policy.parse', () => {
  const own = defineRule({ id: 'own', summary: 's', why: 'w', fix: 'f', profile: 'hardened', references: {}, check: () => [] });
  const exempting = 'exemptions: [{ rule: own, name: agent, reason: because }]\n';

  test('a file may exempt from a rule of your own that is handed in', () => {
    expect(Policy.parse(exempting, 'hardened.yaml', [own])).toMatchObject({ rules: [own], exemptions: [{ rule: 'own' }] });
    expect(refusal(() => Policy.parse(exempting, 'hardened.yaml'))).toMatch(/^hardened.yaml: exemptions\[0\].rule "own" is no rule; one of your own must be handed in: /);
  });

  test('what is no object is none with rules either', () => {
    expect(refusal(() => Policy.parse('- a', 'hardened.yaml', [own]))).toBe('hardened.yaml: the policy must be an object, it is a list');
  });

  test('calls it policy where it has no name', () => {
    expect(refusal(() => Policy.parse('- a'))).toBe('policy: the policy must be an object, it is a list');
  });

  test.each([
    ['nothing', '', ': is empty; write {} for a policy that says nothing'],
    ['a comment alone', '# to do\n', ': is empty; write {} for a policy that says nothing'],
    ['an empty document', '---\n', ': is empty; write {} for a policy that says nothing'],
    ['a list at the top', '- profile: hardened\n', ': the policy must be an object, it is a list'],
    ['a text', '# c\nhardened', ':2: the document is a text, where an object must be; '],
    ['a number', '5', ': the policy must be an object, it is the number 5'],
    ['two documents', '{}\n---\n{}\n', ':2: a policy is one document, and here another one begins'],
    ['two documents, of which the second cannot be read', '{}\n---\n[\n', ':4: unexpected end of the stream within a flow collection'],
    ['two JSON values', '{}\n{}\n', ':2: a policy is one document, and here another one begins'],
    ['a key twice', 'registries:\n  ghcr.io: {}\n  ghcr.io: {}\n', ':3: duplicate key "ghcr.io"'],
    ['a bracket that is not closed', 'hostPaths: {\n  /data: {}\n', ':3: a bracket or a quote is not closed before this line'],
    ['a tab as indentation', 'registries:\n\tghcr.io: {}\n', ':2: a tab is used for indentation; use spaces'],
    ['an alias', 'registries: &all {}\nhostPaths: *all\n', ':2: must not have aliases, write the value out'],
    ['a tag of a program', 'profile: !!js/function x\n', ':1: unknown tag "!!js/function"'],
    ['a tag with a control character', 'profile: !%1b[31m x\n', ':1: '],
    ['a tag of great length', `profile: !<${'x'.repeat(9000)}> x\n`, `:1: unknown tag "${'x'.repeat(62)}`],
    ['nesting without an end', '['.repeat(100_000), ':1: the document is nested more than 200 levels deep'],
    ['a merge key', 'hostPaths: {}\n<<: { profile: baseline }\n', ':2: must not have "<<" without quotes, a merge key; write the keys out'],
    ['a key that looks like a merge key', '"<<": { profile: baseline }\n', ': "<<" is no key of a policy; known are '],
    ['a boolean of YAML 1.1 where a text must be', 'exemptions: [{ rule: privileged, kind: Pod, name: n, reason: because }]\n',
      ': exemptions[0].name must be a text that is not empty, it is a boolean; put it in quotes'],
    ['a boolean where an object must be', 'registries: no\n', ': registries must be an object, it is a boolean'],
    ['what ends a line for Kubernetes alone', 'profile: hardened\n# \u2028 c\n', ':2: the character U+2028 is not read alike'],
    ['the key __proto__', '__proto__: { profile: baseline }\n', ': "__proto__" is no key of a policy; known are '],
    ['1.30 without quotes', 'kubernetesVersion: 1.30\n', ": kubernetesVersion must be 'latest' or a version such as '1.33' (in quotes: YAML reads 1.30 as 1.3), it is the number 1.3"],
    ['rules', 'rules: []\n', ': rules must not be in a file: they are functions, and handed in by '],
  ])('refuses %s', (_name, text, problem) => {
    const message = refusal(() => Policy.parse(text, 'hardened.yaml'));

    expect(message.slice(0, 13 + problem.length)).toBe(`hardened.yaml${problem}`);
    expect(message).toMatch(/^[\x20-\x7e…]{1,400}$/);
  });
});
