import * as plain from 'cdk8s-plus-28';
import { chartUnder, digest, image, kinds, main, podSpecOf, rendered } from './workloads';
import { addEnforcement } from '../../src/gate/enforcement';
import { Container, ImagePullPolicy, Secret } from '../../src/index';
import { Policy, RegistryPolicy } from '../../src/policy/policy';

const entry = (how: RegistryPolicy, name = 'ghcr.io/acme'): Policy => ({ registries: { [name]: how } });
const kept = entry({ pullPolicy: 'IfNotPresent' });
const always = entry({ pullPolicy: 'Always' });
const silent = entry({});
const secret = entry({ pullSecret: 'regcred' });
const other = entry({ pullPolicy: 'IfNotPresent', pullSecret: 'other' }, 'quay.io/acme');

describe('the pull policy that was not said', () => {
  const cases: readonly (readonly [string, readonly Policy[], string])[] = [
    ['without a policy', [], 'Always'],
    ['of an entry that says IfNotPresent', [kept], 'IfNotPresent'],
    ['of an entry that says Always', [always], 'Always'],
    ['of an entry that says nothing', [silent], 'Always'],
    ['of a registry that is not trusted', [other], 'Always'],
    ['where the inner policy says Always', [kept, always], 'Always'],
    ['where the outer policy says Always', [always, kept], 'Always'],
    ['where another policy is silent', [kept, silent], 'IfNotPresent'],
    ['where another policy does not trust the registry', [kept, other], 'IfNotPresent'],
    ['where another policy demands proof by a pull secret', [kept, secret], 'Always'],
    ['of an entry that says IfNotPresent and has a pull secret', [entry({ pullPolicy: 'IfNotPresent', pullSecret: 'a' })], 'IfNotPresent'],
    ['of the most exact entry', [{ registries: { 'ghcr.io/acme': { pullPolicy: 'Always' }, 'ghcr.io/acme/shop': { pullPolicy: 'IfNotPresent' } } }], 'IfNotPresent'],
  ];

  test.each(cases)('%s', (_title, policies, expected) => {
    const { containers, initContainers } = rendered({ containers: [main], initContainers: [{ image }] }, ...policies);
    expect([containers[0].imagePullPolicy, initContainers![0].imagePullPolicy]).toEqual([expected, expected]);
  });

  test('is found for each container by its own image', () => {
    const registries = { ...always.registries, ...other.registries };
    const { containers } = rendered({ containers: [main, { name: 'b', image: `quay.io/acme/b@${digest}` }] }, { registries });
    expect(containers.map(({ imagePullPolicy }) => imagePullPolicy)).toEqual(['Always', 'IfNotPresent']);
  });

  test.each(['::@sha256:' as const, undefined as never])('of the image %p, which does not parse, is Always', (unreadable) => {
    expect(rendered({ containers: [{ image: unreadable }] }, kept).containers[0].imagePullPolicy).toBe('Always');
  });
});

describe('the pull policy that was said stays', () => {
  test.each(Object.values(ImagePullPolicy))('%s', (imagePullPolicy) => {
    for (const policy of [kept, always]) {
      const said = { image, imagePullPolicy };
      const { containers, initContainers } = rendered({ containers: [said], initContainers: [said] }, policy);
      expect([containers[0].imagePullPolicy, initContainers![0].imagePullPolicy]).toEqual([imagePullPolicy, imagePullPolicy]);
    }
  });

  test('on a container that was attached', () => {
    const chart = chartUnder(kept);
    const workload = kinds.Deployment(chart, {});
    workload.attachContainer(new Container({ image, name: 'silent' }));
    workload.attachContainer(new Container({ image, name: 'said', imagePullPolicy: ImagePullPolicy.ALWAYS }));
    // Whether somebody said this Always cannot be known, so it stays.
    workload.attachContainer(new plain.Container({ image, name: 'plain' }));
    expect(podSpecOf(chart).containers.map(({ imagePullPolicy }) => imagePullPolicy)).toEqual(['IfNotPresent', 'Always', 'Always']);
  });
});

describe('pull secrets', () => {
  const auth = (name: string) => Secret.fromSecretName(chartUnder(), 'auth', name);

  test.each(Object.entries(kinds))('of a %s are those that the entries of its images name', (_kind, make) => {
    const chart = chartUnder(secret);
    make(chart, { containers: [main] });
    expect(podSpecOf(chart).imagePullSecrets).toEqual([{ name: 'regcred' }]);
  });

  test('of all containers and of all policies are named once each', () => {
    const props = { containers: [main, { name: 'b', image }], initContainers: [{ image: `quay.io/acme/b@${digest}` } as const] };
    expect(rendered(props, secret, other, secret).imagePullSecrets).toEqual([{ name: 'other' }, { name: 'regcred' }]);
  });

  test('come after what the author said', () => {
    expect(rendered({ containers: [main], dockerRegistryAuth: auth('mine') }, secret).imagePullSecrets)
      .toEqual([{ name: 'mine' }, { name: 'regcred' }]);
  });

  test('do not repeat what the author said', () => {
    expect(rendered({ containers: [main], dockerRegistryAuth: auth('regcred') }, secret).imagePullSecrets).toEqual([{ name: 'regcred' }]);
  });

  test('of the author stay where no entry names one', () => {
    expect(rendered({ containers: [main], dockerRegistryAuth: auth('mine') }, silent).imagePullSecrets).toEqual([{ name: 'mine' }]);
  });

  test('are given for a container that was attached, too', () => {
    const chart = chartUnder(secret);
    kinds.Deployment(chart, {}).attachContainer(new plain.Container({ image }));
    expect(podSpecOf(chart).imagePullSecrets).toEqual([{ name: 'regcred' }]);
  });
});

test('a policy that comes after the workload is heard, because silence is filled at synth', () => {
  const chart = chartUnder();
  kinds.Deployment(chart, { containers: [main] });
  expect(podSpecOf(chart).containers[0].imagePullPolicy).toBe('Always');
  addEnforcement(chart, kept, {});
  expect(podSpecOf(chart).containers[0].imagePullPolicy).toBe('IfNotPresent');
});
