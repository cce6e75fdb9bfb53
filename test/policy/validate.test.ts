import { defineRule, Policy, PolicyError, Rule } from '../../src';
import { validatePolicy } from '../../src/policy/validate';

const law = { fields: ['spec'], allowed: 'anything', source: 'the team' };
const own: Rule = defineRule({
  id: 'team-label', summary: 's', why: 'w', fix: 'f', profile: 'hardened', references: {}, check: () => [],
});

function problemsOf(value: unknown, where = 'hardened.yaml'): readonly string[] {
  try {
    validatePolicy(value, where);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
    expect((error as PolicyError).code).toBe('invalid-policy');
    return (error as PolicyError).message.split('\n');
  }
}

/** An own key of that name, as a parser makes it; a literal would set the prototype. */
const protoKey = (value: unknown): unknown => JSON.parse(`{"__proto__":${JSON.stringify(value)}}`);
const exemption = { rule: 'privileged', kind: 'Pod', reason: 'because' };
const known = 'profile, kubernetesVersion, registries, hostPaths, movingTags, serviceAccountToken, exemptions, ignoreAnnotations, rules';

test.each<[name: string, policy: Policy]>([
  ['nothing said', {}],
  ['undefined, which is nothing said', { profile: undefined, registries: undefined }],
  ['everything said', {
    profile: 'restricted',
    kubernetesVersion: '1.33',
    registries: { 'ghcr.io/acme': { pullPolicy: 'Always', pullSecret: 'reg.cred-1' }, 'docker.io/library': { mirrors: ['mirror.example/hub', 'localhost:5000'] } },
    hostPaths: { '/data': {}, '/var/lib/node-agent/': { readOnly: false }, 'D:\\data': {} },
    movingTags: ['latest', 'Main'],
    serviceAccountToken: 'allowed',
    exemptions: [
      { ...exemption, namespace: 'acme', name: 'web', container: 'main', owner: 'team', until: '2030-12-31' },
      { rule: 'team-label', container: 'main', reason: 'because' },
    ],
    ignoreAnnotations: true,
    rules: [own, { ...own, id: 'other-label', checkPersistentVolume: () => [] }],
  }],
])('a policy with %s is valid', (_name, policy) => {
  expect(problemsOf(policy)).toEqual([]);
});

test.each<[policy: unknown, problem: string]>([
  [undefined, 'the policy must be an object, it is missing'],
  [null, 'the policy must be an object, it is null'],
  [[], 'the policy must be an object, it is a list'],
  ['strict', 'the policy must be an object, it is "strict"'],
  [Object.create({ profile: 'none' }), 'the policy must be an object, it is an instance of a class'],
  [{ registries: new Map([['ghcr.io', {}]]) }, 'registries must be an object, it is an instance of a class'],
  [{ profiel: 'hardened' }, 'profiel is no key of a policy; did you mean profile?'],
  [{ 'zebra stripes': 1 }, `"zebra stripes" is no key of a policy; known are ${known}`],
  [{ 'a\u001b[31m\n': 1 }, `"a\\u001b[31m\\n" is no key of a policy; known are ${known}`],
  [protoKey({ profile: 'baseline' }), `"__proto__" is no key of a policy; known are ${known}`],
  [{ constructor: {} }, `constructor is no key of a policy; known are ${known}`],
  [{ profile: 'strict' }, 'profile must be "baseline" or "restricted" or "hardened", it is "strict"'],
  [{ profile: ['hardened'] }, 'profile must be "baseline" or "restricted" or "hardened", it is a list'],
  [{ serviceAccountToken: true }, 'serviceAccountToken must be "forbidden" or "allowed", it is a boolean'],
  [{ ignoreAnnotations: 'yes' }, 'ignoreAnnotations must be true or false, it is "yes"'],
  [{ registries: [] }, 'registries must be an object, it is a list'],
  [{ registries: { 'ghcr.io/acme': null } }, 'registries."ghcr.io/acme" must be an object, it is null'],
  [{ registries: { 'ghcr.io': { pullPolcy: 'Always' } } }, 'registries."ghcr.io".pullPolcy is no key of a policy; did you mean pullPolicy?'],
  [{ registries: { 'ghcr.io': { pullPolicy: 'Never' } } }, 'registries."ghcr.io".pullPolicy must be "Always" or "IfNotPresent", it is "Never"'],
  [{ registries: { 'ghcr.io': { pullSecret: 'Reg Cred' } } },
    'registries."ghcr.io".pullSecret must be the name of a Secret: lower-case letters, digits, \'-\' and \'.\', it is "Reg Cred"'],
  [{ registries: { 'ghcr.io': { pullSecret: 'x'.repeat(254) } } },
    `registries."ghcr.io".pullSecret must be the name of a Secret: lower-case letters, digits, '-' and '.', it is "${'x'.repeat(79)}…"`],
  [{ registries: { 'ghcr.io': { pullSecret: 7 } } },
    'registries."ghcr.io".pullSecret must be the name of a Secret: lower-case letters, digits, \'-\' and \'.\', it is the number 7'],
  [{ registries: { 'ghcr.io': { mirrors: 'mirror.example' } } }, 'registries."ghcr.io".mirrors must be a list, it is "mirror.example"'],
  [{ registries: { 'ghcr.io': { mirrors: [] } } }, 'registries."ghcr.io".mirrors must not be empty; leave it out to ask the registry itself'],
  [{ registries: { 'ghcr.io': { mirrors: [7] } } }, 'registries."ghcr.io".mirrors[0] must be a mirror such as "mirror.example/hub", it is the number 7'],
  [{ registries: { 'ghcr.io': { mirrors: ['mirror.example', 'https://mirror.example'] } } },
    'registries."ghcr.io".mirrors[1] cannot be used: registry "https://mirror.example" must not have a scheme, write it without "https://"'],
  [{ registries: { 'ghcr.io': { mirrors: ['*.mirror.example'] } } },
    'registries."ghcr.io".mirrors[0] must not have "*", because it is one place to read from, it is "*.mirror.example"'],
  [{ registries: { '*': {} } },
    'registries."*" cannot be used: registry "*" must end its host with two literal labels, as "*.example.com" does: trust is never implied'],
  [{ registries: { 'https://ghcr.io': {} } },
    'registries."https://ghcr.io" cannot be used: registry "https://ghcr.io" must not have a scheme, write it without "https://"'],
  [{ registries: protoKey({}) },
    'registries."__proto__" cannot be used: registry "__proto__" must name its registry, write "docker.io/library/__proto__" if Docker Hub is meant'],
  [{ registries: { 'docker.io/acme': {}, 'index.docker.io/acme': {} } },
    'registries."index.docker.io/acme" means the same as registries."docker.io/acme"; keep one of them'],
  [{ registries: { 'GHCR.io': {}, 'ghcr.io': {} } }, 'registries."ghcr.io" means the same as registries."GHCR.io"; keep one of them'],
  [{ hostPaths: { data: {} } }, 'hostPaths.data must be an absolute path without \'..\''],
  [{ hostPaths: { '/data/../etc': {} } }, 'hostPaths."/data/../etc" must be an absolute path without \'..\''],
  [{ hostPaths: protoKey({}) }, 'hostPaths."__proto__" must be an absolute path without \'..\''],
  [{ hostPaths: { '//etc/': {} } }, 'hostPaths."//etc/" is a sensitive path; no policy allows it, only an exemption of the rule host-path does'],
  [{ hostPaths: { '/': {} } }, 'hostPaths."/" is a sensitive path; no policy allows it, only an exemption of the rule host-path does'],
  [{ hostPaths: { '/var/run/docker.sock': {} } },
    'hostPaths."/var/run/docker.sock" is a sensitive path; no policy allows it, only an exemption of the rule host-path does'],
  [{ hostPaths: { '/data': {}, '/data/.': { readOnly: false } } }, 'hostPaths."/data/." means the same as hostPaths."/data"; keep one of them'],
  [{ hostPaths: { '/data': { readOnly: 'no' } } }, 'hostPaths."/data".readOnly must be true or false, it is "no"'],
  [{ movingTags: 'latest' }, 'movingTags must be a list, it is "latest"'],
  [{ movingTags: ['latest', 'v*'] }, 'movingTags[1] must be a tag, without wildcards, it is "v*"'],
  [{ movingTags: [1.5] }, 'movingTags[0] must be a tag, without wildcards, it is the number 1.5'],
  [{ exemptions: {} }, 'exemptions must be a list, it is an object'],
  [{ exemptions: [7] }, 'exemptions[0] must be an object, it is the number 7'],
  [{ exemptions: [{ ...exemption, reason: undefined }] }, 'exemptions[0].reason is missing'],
  [{ exemptions: [{ ...exemption, reason: ' \n' }] }, 'exemptions[0].reason must be a text that is not empty, it is " \\n"'],
  [{ exemptions: [{ ...exemption, rule: undefined }] }, 'exemptions[0].rule is missing'],
  [{ exemptions: [{ ...exemption, kind: undefined }] }, 'exemptions[0] names no object; give at least one of kind, namespace, name, container'],
  [{ exemptions: [{ ...exemption, rule: ' ' }] }, 'exemptions[0].rule must be a text that is not empty, it is " "'],
  [{ exemptions: [{ ...exemption, rule: 'privilege' }] }, 'exemptions[0].rule "privilege" is no rule; did you mean privileged?'],
  [{ exemptions: [{ ...exemption, rule: 'toString' }] }, 'exemptions[0].rule "toString" is no rule; one of your own must be handed in: `--rules FILE`, `rules: FILE` of the plugin, or `Policy.fromFile(path, rules)`'],
  [{ exemptions: [{ ...exemption, rule: 'team-label' }], rules: 'team-label' }, 'rules must be a list, it is "team-label"'],
  [{ exemptions: [{ ...exemption, rule: 'manifest' }] },
    'exemptions[0].rule must not be \'manifest\': what cannot be read cannot be judged, so it cannot be excused'],
  [{ exemptions: [{ ...exemption, until: '2030-02-30' }] }, 'exemptions[0].until must be a day such as 2030-12-31, it is "2030-02-30"'],
  [{ exemptions: [{ ...exemption, util: '2030-02-28' }] }, 'exemptions[0].util is no key of a policy; did you mean until?'],
  [{ rules: [null] }, 'rules[0] must be a rule made with defineRule, it is null'],
  [{ rules: [{ ...own, id: 'Team_Label' }] }, 'rules[0].id must be kebab-case, it is "Team_Label"'],
  [{ rules: [{ ...own, id: undefined }] }, 'rules[0].id must be a text that is not empty, it is missing'],
  [{ rules: [{ ...own, id: 'privileged' }] }, 'rules[0].id is taken: "privileged" is a rule of the catalogue'],
  [{ rules: [own, { ...own, id: 'other' }, { ...own }] }, 'rules[2].id is taken: "team-label" is that of rules[0]'],
  [{ rules: [{ ...own, why: '' }] }, 'rules[0].why must be a text that is not empty, it is ""'],
  [{ rules: [{ ...own, profile: 'strict' }] }, 'rules[0].profile must be "baseline" or "restricted" or "hardened", it is "strict"'],
  [{ rules: [{ ...own, severity: 'fatal' }] }, 'rules[0].severity must be "critical" or "high" or "medium" or "low", it is "fatal"'],
  [{ rules: [{ ...own, law: 'none' }] }, 'rules[0].law must be an object, it is "none"'],
  [{ rules: [{ ...own, law: { fields: [], allowed: 'x' } }] }, 'rules[0].law.source is missing'],
  [{ rules: [{ ...own, law: { ...law, since: '1.1' } }] }, 'rules[0].law.since is no key of a law; known are fields, allowed, source'],
  [{ rules: [{ ...own, law: { ...law, fields: [' '] } }] }, 'rules[0].law.fields[0] must be a text that is not empty, it is " "'],
  [{ rules: [{ ...own, law: { ...law, fields: 'spec' } }] }, 'rules[0].law.fields must be a list, it is "spec"'],
  [{ rules: [{ ...own, law: { ...law, allowed: 1 } }] }, 'rules[0].law.allowed must be a text that is not empty, it is the number 1'],
  [{ rules: [{ ...own, law: { fields: [] } }] }, 'rules[0].law.allowed is missing'],
  [{ rules: [{ ...own, law: { allowed: 'x', source: 'y' } }] }, 'rules[0].law.fields is missing'],
  [{ rules: [{ ...own, references: undefined }] }, 'rules[0].references must be an object, it is missing'],
  [{ rules: [{ ...own, check: 'yes' }] }, 'rules[0].check must be a function, it is "yes"'],
  [{ rules: [{ ...own, checkPersistentVolume: null }] }, 'rules[0].checkPersistentVolume must be a function, it is null'],
])('%j is refused: %s', (policy, problem) => {
  const problems = problemsOf(policy);

  expect(problems).toContain(`hardened.yaml: ${problem}`);
});

test.each([1.3, '1', '1.033', '1.33.1', '2.0', ' 1.33', '', 'newest', '1.100000', null])('the Kubernetes version %j is refused, with the trap of YAML', (version) => {
  expect(problemsOf({ kubernetesVersion: version })).toEqual([
    expect.stringMatching(/^hardened\.yaml: kubernetesVersion must be 'latest' or a version such as '1\.33' \(in quotes: YAML reads 1\.30 as 1\.3\), it is /),
  ]);
});

test('every problem is told in one go, each with the name of the policy', () => {
  expect(problemsOf({ profile: 'strict', registries: { nginx: {} }, exemptions: [{}] }, 'team.yaml')).toEqual([
    'team.yaml: profile must be "baseline" or "restricted" or "hardened", it is "strict"',
    'team.yaml: registries.nginx cannot be used: registry "nginx" must name its registry, write "docker.io/library/nginx" if Docker Hub is meant',
    'team.yaml: exemptions[0].rule is missing',
    'team.yaml: exemptions[0].reason is missing',
    'team.yaml: exemptions[0] names no object; give at least one of kind, namespace, name, container',
  ]);
});

test('a hostile policy does not flood the terminal', () => {
  const keys = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`${'k'.repeat(500)}${index}`, 1]));
  const problems = problemsOf(keys);

  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toBe('hardened.yaml: there are more problems; mend these first');
  expect(Math.max(...problems.map((problem) => problem.length))).toBeLessThan(300);
  expect(problemsOf(Object.fromEntries(Object.entries(keys).slice(0, 20)))).toHaveLength(20);
});
