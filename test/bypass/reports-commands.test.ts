import { execFileSync } from 'node:child_process';
import { App, ApiObject, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { enforce, PolicyError, PolicyValidation } from '../../src';
import { matchers } from '../../src/jest';
import { Finding, Verdict } from '../../src/policy/verdict';
import { formats, report } from '../../src/report';
import { pod, policy, run, useFolder, write } from '../cli/support';
import { exemption, finding, pod as judgedPod, verdict } from '../report/fixtures';

// A pipeline takes lines of what a program prints for commands to it: nothing that stands in a manifest may give one.

/** What the runners compare without: a selection, among it what only weighs nothing in the collation of languages. */
const weightless = /[\u00ad\u0300-\u036f\u0488\u0489\u0591-\u05bd\u0610-\u061a\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]/gu;

/** The lines that a runner of GitHub, Azure or TeamCity would act on. */
function commandsIn(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).filter((line) => {
    const weighed = line.replace(weightless, '');
    return weighed.trimStart().startsWith('::') || /##(?:vso|teamcity)?\[/i.test(weighed);
  });
}

const attacks = [
  '::error::x', ' \t::set-output name=a::b', '\u00a0\u3000::add-mask::a', '\ufe0f::stop-commands::x', '\u200b:\u200b:error::x', 'a\n::error::x',
  'a\r::error::x', 'a\u2028::error::x', '##[error]x', 'a ##[add-path]/tmp', '###[group]x', '#\ufe0f#[error]x', '#\u0591#\u034f[error]x',
  '##vso[task.setvariable variable=a]b', 'a##VSO[x]', '#\u00ad#vso[task.complete]', '##teamcity[buildStatus text=\'x\']', '##', '[', ':', '##[',
];
const part = fc.oneof(fc.constantFrom(...attacks), fc.string({ maxLength: 3 }));
const hostileText = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));

function verdictOf(values: readonly string[]): Verdict {
  const [rule, message, fix, name, file, container, reason, owner, scope, pointer, source, construct] = values;
  const resource = { apiVersion: rule, kind: fix, namespace: owner, name };
  const bad: Finding = finding({ rule, message, fix, pointer, resource, container, file, line: 3, source: `${source}:7`, construct });
  const { source: _, construct: __, line: ___, ...plain } = bad;
  const note = exemption({ rule, scope, container, reason, owner, until: reason });
  return verdict({
    findings: [bad, plain, { ...plain, container: undefined }],
    exempted: [{ ...bad, exemption: note }],
    exemptions: [note],
    errors: [{ message, file, line: 1 }, { message }],
    pods: [judgedPod({ resource, file, containers: [container], images: [name, message] })],
  });
}

const texts = fc.tuple(...Array.from({ length: 12 }, () => hostileText));

test.each(formats)('no name, path, excerpt or message begins a command in %s', (format) => {
  fc.assert(fc.property(texts, (values) => {
    const judged = verdictOf(values);
    const findings = judged.findings.map((each) => ({ ...each, excerpt: `${values[0]}\n   ^^^` }));
    const text = report(format, { ...judged, findings }, { outcome: values[1], fallbackFile: values[2] });
    const found = commandsIn(text);
    // An annotation of GitHub's is a command: one for each finding and error, and a notice for each exemption, and no other.
    if (format !== 'github') return expect(found).toEqual([]);
    expect(found.map((line) => line.slice(0, line.indexOf(' ')))).toEqual(['::error', '::error', '::error', '::error', '::error', '::notice']);
    expect(found.filter((line) => /##\w*\[/i.test(line.replace(weightless, '')))).toEqual([]);
  }), { numRuns: 150 });
});

test('JSON gives the very same values, written with escapes', () => {
  const text = report('json', verdict({ findings: [finding({ message: '##[error]x' })] }));
  expect(text).toContain('"\\u0023#[error]x"');
  expect((JSON.parse(text) as { findings: { message: string }[] }).findings[0].message).toBe('##[error]x');
});

test.each(['junit', 'html'] as const)('%s writes a reference', (format) => {
  expect(report(format, verdict({ findings: [finding({ message: '##vso[task.complete]' })] }))).toContain('&#35;#vso[task.complete]');
});

test('text shows what was there', () => {
  const text = report('text', verdict({ findings: [finding({ construct: '::error::x', message: '##[error]x' })] }));
  expect(text).toContain('\\u003a:error::x\n');
  expect(text).toContain('    \\u0023#[error]x\n');
});

test('a comment with a row of # stays as it is', () => {
  expect(report('text', verdict({ findings: [finding({ excerpt: '#### image ####' })] }))).toContain('      #### image ####\n');
});

describe('the commands', () => {
  useFolder();
  const name = '::error::x ##vso[task.complete] ##[error]';
  const manifest = pod({ readOnly: false }).replace('name: shop', `name: "${name}"`)
    .replace('- name: web', '- name: "##teamcity[x]"').replace('ghcr.io/acme/web', '::error::x/##[error]');

  test.each([
    [['check', '.']], [['check', '.', '--format', 'json']], [['check', '.', '--format', 'sarif']], [['check', '.', '--format', 'junit']],
    [['check', '.', '--format', 'html']], [['check', '.', '--write-baseline', '##[error] b']], [['check', '.', '--output', '::error::r']],
    [['check', '::error::.yaml', '##vso[x].yaml']], [['check', '--baseline', '##[error]b', '.']], [['check', '--policy', '##[error]p', '.']],
    [['check', '--only', '##[error]', '.']], [['check', '--registry', '##[error]', '.']], [['check', '--##[error]\n::error::x']],
    [['lock', '--offline', '--from', '.', '--lock', '::error::l']], [['lock', '--offline', '--from', '.', '--format', 'json']],
    [['lock', '##[error]']], [['lock', '--check', '--lock', '##[error]l']], [['lock', '--ca', '##[error]', '::error::x']],
    [['pin', '.']], [['pin', '.', '--lock', '##[error]l']], [['explain', '##[error]\n::error::']], [['::error::x']], [['rules', '--format', '##[x]']],
  ])('%j prints none, to the standard output and to the standard error', async (args) => {
    write('hardened.yaml', policy);
    write('images.lock.json', '{"version":1,"images":{}}\n');
    write('::error::x.yaml', manifest);
    write('##[error]y.yaml', 'a: "##[error]\n');
    write(' ::error::z.yaml', `${manifest}\n---\n::error::x: [\n`);
    const { out, err } = await run(...args);
    expect(out + err).not.toBe('');
    expect([...commandsIn(out), ...commandsIn(err)]).toEqual([]);
  });

  test('the plugin of cdk8s-cli logs none', async () => {
    write('hardened.yaml', policy);
    const logged: string[] = [];
    await new PolicyValidation().validate({
      manifests: [write('##[error] ::x.yaml', manifest)],
      report: { addViolation: (violation) => logged.push(...flat(violation)), submit: () => undefined },
      logger: { log: (message) => logged.push(message) },
    });
    expect(logged.join('\n')).toContain('read-only-root-filesystem');
    expect(commandsIn(logged.join('\n'))).toEqual([]);
  });
});

function flat(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(flat) : [String(value)];
}

describe('the gate', () => {
  function hostileApp(): App {
    const app = new App();
    const chart = new Chart(app, '::error::chart');
    new ApiObject(chart, '##[error]', { apiVersion: 'v1', kind: 'Pod', metadata: { name: '##vso[x]' }, spec: { containers: [{ name: '::x', image: '##[x]' }] } });
    return app;
  }

  test('the error that it refuses with has none', () => {
    const app = hostileApp();
    enforce(app, {});
    let refused: unknown;
    try {
      app.synthYaml();
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(PolicyError);
    const { message, stack = '' } = refused as PolicyError;
    expect(commandsIn(`${message}\n${stack}`)).toEqual([]);
  });

  test('the report on the standard error has none', () => {
    const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const app = hostileApp();
    enforce(app, {}, { mode: 'report' });
    app.synthYaml();
    const text = written.mock.calls.map(([chunk]) => String(chunk)).join('');
    written.mockRestore();
    expect(text).toContain('image-registry');
    expect(commandsIn(text)).toEqual([]);
  });

  test('an error that names a construct or a file has none', () => {
    expect(commandsIn(new PolicyError('unjudged', '::error::x cannot be judged\n ##[error]').message)).toEqual([]);
  });

  test('the message of a matcher has none', () => {
    const { pass, message } = matchers.toSatisfyPolicy(hostileApp(), {});
    expect(pass).toBe(false);
    expect(commandsIn(message())).toEqual([]);
  });
});

test('the runtime that compares as the runners do finds none either', () => {
  // ICU, which is also what .NET compares by.
  const { compare } = new Intl.Collator('en');
  expect(compare('#\u0591#[', '##[')).toBe(0);
  expect(execFileSync(process.execPath, ['-p', 'new Intl.Collator("en").compare("\\ufe0f::", "::")'], { encoding: 'utf8' })).toBe('0\n');
});
