import { defaultMovingTags, defineRule, PolicyError, rules } from '../../src';
import { compilePolicy } from '../../src/policy/compile';
import { newestKubernetesMinor } from '../../src/rules/rule';

test('where a policy says nothing, nothing is trusted and every rule holds', () => {
  expect(compilePolicy({})).toEqual({
    rules: Object.values(rules),
    hasOwnRules: false,
    context: {
      kubernetesMinor: newestKubernetesMinor,
      registries: [],
      movingTags: new Set(defaultMovingTags),
      hostPaths: [],
      allowServiceAccountToken: false,
    },
    exemptions: [],
    ignoreAnnotations: false,
  });
});

test('what it says is made ready to compare with', () => {
  const own = defineRule({ id: 'own', summary: 's', why: 'w', fix: 'f', profile: 'hardened', references: {}, check: () => [] });
  const exemption = { rule: 'own', kind: 'Pod', reason: 'because' };
  const { context, exemptions, rules: inForce, ignoreAnnotations } = compilePolicy({
    profile: 'baseline',
    kubernetesVersion: 'v1.30',
    registries: { 'Index.Docker.io/acme': { pullPolicy: 'Always', pullSecret: 'regcred' } },
    hostPaths: { '//data/./x/': {}, '/var/run/agent': { readOnly: false }, 'D:/Data': { readOnly: true } },
    movingTags: ['Latest'],
    serviceAccountToken: 'allowed',
    exemptions: [exemption],
    ignoreAnnotations: true,
    rules: [own],
  });

  expect(context).toMatchObject({
    kubernetesMinor: 30,
    registries: [{ pattern: { text: 'docker.io/acme' }, pullPolicy: 'Always', pullSecret: 'regcred' }],
    movingTags: new Set(['latest']),
    hostPaths: [{ path: '/data/x', readOnly: true }, { path: '/run/agent', readOnly: false }, { path: 'd:\\data', readOnly: true }],
    allowServiceAccountToken: true,
  });
  expect(exemptions).toEqual([exemption]);
  expect(ignoreAnnotations).toBe(true);
  // Whoever writes a rule into the policy wants it, whatever the profile.
  expect(inForce.at(-1)).toBe(own);
  expect(inForce.filter(({ profile }) => profile !== 'baseline')).toEqual([own]);
});

test('mirrors say nothing of trust', () => {
  const { registries } = compilePolicy({ registries: { 'ghcr.io': { mirrors: ['mirror.example/ghcr'] } } }).context;

  expect(registries).toEqual([{ pattern: expect.objectContaining({ text: 'ghcr.io' }) as unknown }]);
  expect(registries[0]).not.toHaveProperty('mirrors');
});

test('a policy that is not valid throws, under the name that it was given', () => {
  expect(() => compilePolicy({ profile: 'strict' as 'hardened' })).toThrow(PolicyError);
  expect(() => compilePolicy({ profile: 'strict' as 'hardened' })).toThrow(/^policy: profile must be/);
  expect(() => compilePolicy({ profile: 'strict' as 'hardened' }, 'team.yaml')).toThrow(/^team\.yaml: profile must be/);
});
