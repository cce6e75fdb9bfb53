import { hasPlatform, nodePlatformsOf } from '../../src/rules/node-platforms';
import { Json } from '../../src/shape/json';
import { plainContext, podOf, tweak } from '../support/pods';

const all = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'windows/amd64:10.0'];

/** What of a pod with these fields stays of all platforms, and what it names. */
function read(spec: Readonly<Record<string, Json>>, kubernetesMinor = 37) {
  const changes = Object.fromEntries(Object.entries(spec).map(([key, value]) => [`spec.${key}`, value]));
  const nodes = nodePlatformsOf(podOf(tweak(changes)).spec, { ...plainContext, kubernetesMinor });
  return {
    allowed: all.filter((name) => nodes.allows(name)).map((name) => all.indexOf(name)).join(''),
    asked: nodes.asked.map(({ os = '*', architecture = '*' }) => `${os}/${architecture}`),
  };
}

function required(nodeSelectorTerms: Json): Json {
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

const arch = (operator: string | null, ...values: readonly string[]): Json => ({ key: 'kubernetes.io/arch', operator, values });
const os = (operator: string, ...values: readonly string[]): Json => ({ key: 'beta.kubernetes.io/os', operator, values });
const term = (...matchExpressions: readonly Json[]): Json => ({ matchExpressions });

test.each<[spec: Readonly<Record<string, Json>>, allowed: string, asked: readonly string[]]>([
  [{}, '0123', []],
  [{ os: { name: 'windows' } }, '3', ['windows/*']],
  [{ os: { name: 'linux' } }, '012', ['linux/*']],
  [{ os: { name: '' } }, '0123', []],
  [{ nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' } }, '0', ['linux/amd64']],
  [{ nodeSelector: { 'beta.kubernetes.io/os': 'linux', 'beta.kubernetes.io/arch': 'arm' } }, '2', ['linux/arm']],
  [{ nodeSelector: { 'kubernetes.io/arch': 'arm64', 'beta.kubernetes.io/arch': 'amd64' } }, '', []],
  [{ nodeSelector: { 'kubernetes.io/os': 'windows' }, os: { name: 'linux' } }, '', []],
  [{ nodeSelector: { 'kubernetes.io/arch': 'AMD64' } }, '', ['*/AMD64']],
  [{ affinity: {} }, '0123', []],
  [{ affinity: { nodeAffinity: {} } }, '0123', []],
  [{ affinity: required(null) }, '', []],
  [{ affinity: required([]) }, '', []],
  [{ affinity: required([{}]) }, '', []],
  [{ affinity: required([null, term()]) }, '', []],
  [{ affinity: required([{}, term(arch('In', 'arm64'))]) }, '1', ['*/arm64']],
  [{ affinity: required([{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] }]) }, '0123', []],
  [{ affinity: required([{ matchFields: [{ key: 'metadata.name' }], matchExpressions: [arch('In', 'arm')] }]) }, '2', ['*/arm']],
  [{ affinity: required([term(arch('In', 'amd64', 'arm64'))]) }, '013', ['*/amd64', '*/arm64']],
  [{ affinity: required([term(arch('In', 'amd64')), term(arch('In', 'arm64'), os('In', 'linux'))]) }, '013', ['*/amd64', 'linux/arm64']],
  [{ affinity: required([term(arch('In', 'amd64', 'arm'), arch('In', 'arm', 'arm64'))]) }, '2', ['*/arm']],
  [{ affinity: required([term(arch('In', 'amd64', 'arm64'), arch('NotIn', 'arm64'))]) }, '03', ['*/amd64']],
  [{ affinity: required([term(arch('NotIn', 'arm64'), os('NotIn', 'windows'))]) }, '02', []],
  [{ affinity: required([term(arch('In'))]) }, '', []],
  [{ affinity: required([term({ key: 'kubernetes.io/arch', operator: 'In' })]) }, '', []],
  [{ affinity: required([term(arch('Exists'))]) }, '0123', []],
  [{ affinity: required([term(arch('DoesNotExist'))]) }, '', []],
  [{ affinity: required([term(arch('Gt', '1'))]) }, '', []],
  [{ affinity: required([term(arch('Lt', '1'))]) }, '', []],
  [{ affinity: required([term(arch('in', 'arm64'))]) }, '0123', []],
  [{ affinity: required([term(arch(null, 'arm64'))]) }, '0123', []],
  [{ affinity: required([term({ key: 'disk', operator: 'DoesNotExist' }, { operator: 'In' }, null)]) }, '0123', []],
  [{ affinity: required([term({ key: '__proto__', operator: 'In', values: ['x'] })]) }, '0123', []],
  [{ affinity: required([term(arch('In', 'amd64'))]), nodeSelector: { 'kubernetes.io/arch': 'arm64' } }, '', []],
  [{ affinity: required([term(os('In', 'linux', 'windows'))]), nodeSelector: { 'kubernetes.io/arch': 'amd64' } }, '03', ['linux/amd64', 'windows/amd64']],
  [{ affinity: required([term(os('In', 'linux'))]), os: { name: 'windows' } }, '', []],
])('%j leaves %j and names %j', (spec, allowed, asked) => {
  expect(read(spec)).toEqual({ allowed, asked });
});

test('before Kubernetes 1.25 the name of the system may be dropped', () => {
  expect(read({ os: { name: 'windows' } }, 24)).toEqual({ allowed: '0123', asked: [] });
  expect(read({ os: { name: 'windows' } }, 25)).toEqual({ allowed: '3', asked: ['windows/*'] });
});

test('what is named is bounded, however much a pod names', () => {
  const words = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index}`);
  const { asked } = read({ affinity: required([term(os('In', ...words('o', 10_000)), arch('In', ...words('a', 10_000)))]) });
  expect(asked).toHaveLength(100);
  expect(asked[99]).toBe('o0/a99');
});

test.each([
  [{ os: 'linux' }, true], [{ architecture: 'arm' }, true], [{ os: 'linux', architecture: 'arm64' }, true], [{ os: 'windows', architecture: 'amd64' }, true],
  [{ os: 'windows', architecture: 'arm64' }, false], [{ os: 'darwin' }, false], [{ architecture: 'v7' }, false],
])('that %j is among them is %p', (asked, expected) => {
  expect(hasPlatform(all, asked)).toBe(expected);
});
