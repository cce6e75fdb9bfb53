import { Policy } from '../../src';

/** The same policy in spellings that Kubernetes reads; the YAML parser itself refuses many, and reads others otherwise. */
const policy = {
  profile: 'hardened',
  registries: { 'ghcr.io/acme': { mirrors: ['mirror.example/a', 'mirror.example/b'] }, 'quay.io/acme': {} },
  exemptions: [{ rule: 'privileged', name: 'agent', reason: 'until the new one is there', until: '2030-12-31' }],
};
const registries = 'registries: { ghcr.io/acme: { mirrors: [mirror.example/a, mirror.example/b] }, quay.io/acme: {} }\n';
const exemption = '{ rule: privileged, name: agent, reason: until the new one is there, until: 2030-12-31 }';
const exemptions = `exemptions: [${exemption}]\n`;
const profile = 'profile: hardened\n';
const json = JSON.stringify(policy);

const spellings: Readonly<Record<string, readonly string[]>> = {
  'brackets that are closed at the level of their key or further left': [
    `${profile}${exemptions}registries: {\n  ghcr.io/acme: {\n    mirrors: [\n      mirror.example/a,\n      mirror.example/b\n    ]\n  },\n  quay.io/acme: {}\n}\n`,
    `${profile}${exemptions}registries:\n  quay.io/acme: {\n  }\n  ghcr.io/acme:\n    mirrors: [\n      mirror.example/a,\n      mirror.example/b\n    ]\n`,
    `${profile}${exemptions}registries:\n  quay.io/acme: {\n}\n  ghcr.io/acme:\n    mirrors: [\nmirror.example/a,\nmirror.example/b\n]\n`,
    `${profile}${registries}exemptions: [\n${exemption}\n]\n`,
    `${profile}${registries}exemptions:\n- {\n  rule: privileged,\n  name: agent,\n  reason: until the new one is there,\n  until: 2030-12-31\n}\n`,
    `{\nprofile: hardened,\n${registries.trim()},\n${exemptions.trim()}\n}\n`,
    `${profile}${exemptions}registries: { ghcr.io/acme: { mirrors: [ # first\nmirror.example/a, # second\n# third\nmirror.example/b # fourth\n] }, quay.io/acme: {} }\n`,
  ],
  'texts that go on further left': [
    `${profile}${registries}exemptions:\n  - { rule: privileged, name: agent, until: 2030-12-31, reason: until\nthe new one\nis there }\n`,
    `${profile}${registries}exemptions:\n  - { rule: privileged, name: agent, until: 2030-12-31, reason: "until the\nnew one is there" }\n`,
    `${profile}${registries}exemptions:\n  - { rule: privileged, name: agent, until: 2030-12-31, reason: 'until the new\n  one is there' }\n`,
    `${profile}${registries}exemptions:\n- rule: privileged\n  name: agent\n  until: 2030-12-31\n  reason: "until the\nnew one \\\nis there"\n`,
    `${profile}${registries}exemptions:\n- rule: privileged\n  name: agent\n  until: 2030-12-31\n  reason: until the\n   new one\n   is there\n`,
    `profile: "hardened\\\n"\n${registries}${exemptions}`,
  ],
  'tabs between tokens': [
    `${profile}${exemptions}registries: {\tghcr.io/acme: {\tmirrors:\t[\tmirror.example/a,\tmirror.example/b\t]\t},\tquay.io/acme:\t{}\t}\n`,
    `${profile}${exemptions}registries: {\n\tghcr.io/acme: {\n\t\tmirrors: [\n\t\t\tmirror.example/a,\n\t\t\tmirror.example/b,\n\t\t]\n\t},\n\tquay.io/acme: {}\n}\n`,
    `profile:\thardened\t\n${registries}${exemptions}`, `profile: hardened\t# c\n${registries}${exemptions}`, `profile: \thardened\n${registries}${exemptions}`, `profile : hardened\n${registries}${exemptions}`,
    JSON.stringify(policy, undefined, '\t'), `${JSON.stringify(policy, undefined, '\t').replace(/\n\}$/, ',\n}')}\n`,
  ],
  'byte order marks': [
    `\ufeff${profile}${registries}${exemptions}`, `\ufeff---\n${profile}${registries}${exemptions}`, `null\n---\n\ufeff${profile}${registries}${exemptions}`,
    `\ufeff${json}`, `\ufeff${profile.replace('\n', '\r\n')}${registries}${exemptions}`,
  ],
  'block texts': [
    ...['|-# c', '>-# c', '|- # c', '>-', '|-\t# c'].map((header) => `${profile}${registries}exemptions:\n- rule: privileged\n  name: agent\n  until: 2030-12-31\n  reason: ${header}\n    until the new one is there\n`),
    `${profile}${registries}exemptions:\n- rule: privileged\n  name: agent\n  until: 2030-12-31\n  reason: >-\n    until the\n    new one\n    is there\n`,
  ],
  'documents': [
    `---\n${profile}${registries}${exemptions}`, `${profile}${registries}${exemptions}---\n`, `${profile}${registries}${exemptions}...\n`, `# c\n---\n# d\n---\n${profile}${registries}${exemptions}`,
    `--- # c\n${profile}${registries}${exemptions}`, `${profile}${registries}${exemptions}---\n# nothing\n`, `null\n---\n${profile}${registries}${exemptions}`,
  ],
  'JSON': [
    json, `${json}\n---\n`, JSON.stringify(policy, undefined, 2), json.replaceAll(',', ',\r\n'), json.replace('"hardened"', '"\\u0068ardened"'), json.replaceAll('/', '\\/'), `${json.slice(0, -1)}, }\n`, `\n \n${json}`, `# c\n${json}`,
  ],
  'tags and anchors': [
    `profile: !!str hardened\n${registries}${exemptions}`, `&whole\n${profile}${registries}${exemptions}`, `${profile}registries: &r${registries.slice(11)}${exemptions}`,
    `profile:\t!!str\t&p\thardened\n${registries}${exemptions}`, `? profile\n: hardened\n? registries\n:${registries.slice(11)}${exemptions}`,
  ],
};

describe.each(Object.entries(spellings))('%s', (_, texts) => {
  test.each(texts.map((text) => [text]))('%j', (text) => {
    expect(Policy.parse(text)).toEqual(policy);
  });
});

test.each([
  ['profile: hardened\nregistries: {\n  ghcr.io: {\n', 4, 'a bracket or a quote is not closed before this line'],
  ['profile: hardened\nhostPaths:\n  /data: {}\n  /data: {}\n', 4, 'duplicate key "/data"'],
  ['profile: hardened\nregistries: [\n]x\n', 3, 'bad indentation'],
  ['# c\n\nprofile: "hardened\nregistries: {}\n', 4, 'a bracket or a quote is not closed'],
  ['profile: hardened\n---#\nregistries: {}\n', 2, 'a line begins with "---" and goes on without a space'],
  ['%YAML 1.2\n---\nprofile: hardened\n', 1, 'a directive is not read by kubectl'],
  ['profile: hardened\nhostPaths: { <<: { /data: {} } }\n', 2, 'must not have "<<" without quotes'],
  ['---\nhostPaths:\n  /a: &a {}\n  /b: *a\n', 4, 'must not have aliases'],
  ['{"profile": "hardened"}\n\n{"profile": "hardened"}\n', 3, 'a policy is one document'],
])('%j names line %d', (text, line, problem) => {
  expect(() => Policy.parse(text, 'hardened.yaml')).toThrow(`hardened.yaml:${line}: ${problem}`);
});
