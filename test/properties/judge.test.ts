import fc from 'fast-check';
import { compilePolicy } from '../../src/policy/compile';
import { exemptionOf } from '../../src/policy/exemption';
import { judge } from '../../src/policy/judge';
import { Policy, PolicyExemption } from '../../src/policy/policy';
import { VerdictBuilder } from '../../src/policy/verdict-builder';
import { change, container, exemption, hostileChange, hostileManifest, json, manifest, pod, policy } from '../support/arbitraries';

const findingsOf = (document: unknown, by: Policy) => judge(document, compilePolicy(by)).flatMap(({ findings }) => findings);

function deepFreeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

test('judging never changes a manifest, nor tries to', () => {
  fc.assert(fc.property(hostileManifest, policy, (document, by) => {
    const before = JSON.stringify(document);
    const findings = findingsOf(document, by);

    expect(JSON.stringify(document)).toBe(before);
    expect(findingsOf(deepFreeze(document), by)).toEqual(findings);
  }), { numRuns: 300 });
});

test('judging twice gives the same', () => {
  fc.assert(fc.property(hostileManifest, policy, (document, by) => {
    expect(findingsOf(structuredClone(document), by)).toEqual(findingsOf(document, by));
  }));
});

test('the order of containers never changes what is found in which of them', () => {
  const containers = fc.tuple(container('a'), container('b'), container('c'), container('d'));
  const ordered = containers.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: 4, maxLength: 4 })));
  const list = fc.constantFrom('containers', 'initContainers', 'ephemeralContainers');
  const found = (document: unknown, by: Policy) => [...new Set(findingsOf(document, by).map((finding) => `${finding.rule} ${finding.container}`))].sort();

  fc.assert(fc.property(pod(1), list, ordered, policy, (document, key, [one, other], by) => {
    expect(found(change(document, [`spec.${key}`, other]), by)).toEqual(found(change(document, [`spec.${key}`, one]), by));
  }), { numRuns: 300 });
});

describe('any value at all is judged without a throw', () => {
  const everything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
    withBoxedValues: true,
    withObjectString: true,
    withUnicodeString: true,
    maxDepth: 3,
  });
  const traps = fc.constantFrom<() => unknown>(
    () => new Proxy({}, { get: () => { throw new Error('trap'); } }),
  () => new Proxy([], { ownKeys: () => { throw new Error('trap'); } }),
  () => ({ get spec(): never { throw new Error('trap'); } }),
  () => Object.create({ containers: [{ image: 'nginx' }] }) as unknown,
  () => ({ toJSON: () => ({}) }),
  () => Symbol('x'),
  () => () => undefined,
  () => { const loop: unknown[] = []; loop.push(loop, { containers: loop }); return loop; },
  ).map((make) => make());
  const values = fc.oneof(json, everything, traps);
  const hostilePod = fc.tuple(pod(1), hostileChange(values)).map(([document, hostile]) => change(document, hostile));

  test.each([['by itself', values], ['within a pod', hostilePod]])('%s, in bounded lines that are safe to print', (_name, documents) => {
    fc.assert(fc.property(documents, policy, (document, by) => {
      for (const { message, fix } of findingsOf(document, by)) {
        expect(message).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,600}$/u);
        expect(fix).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,600}$/u);
        expect(message).not.toContain('failed, so this could not be judged');
      }
    }), { numRuns: 400 });
  });

  test('and what is no object does not pass', () => {
    const isAbsent = (value: unknown) => value === null || value === undefined;
    const noObject = values.filter((value) => !isAbsent(value) && (typeof value !== 'object' || Array.isArray(value)));

    fc.assert(fc.property(noObject, policy, (document, by) => {
      expect(findingsOf(document, by).map(({ rule }) => rule)).toContain('manifest');
    }));
  });
});

test('a value of a wrong type never passes where a rule reads', () => {
  const types: Readonly<Record<string, (value: unknown) => boolean>> = {
    'spec': isObject,
    'spec.securityContext': isObject,
    'spec.containers.0': isObject,
    'spec.initContainers.0.securityContext': isObject,
    'spec.containers.0.securityContext.capabilities': isObject,
    'spec.ephemeralContainers.0.securityContext.seccompProfile': isObject,
    'spec.containers': Array.isArray,
    'spec.initContainers': Array.isArray,
    'spec.ephemeralContainers': Array.isArray,
    'spec.volumes': Array.isArray,
    'spec.containers.0.ports': Array.isArray,
    'spec.containers.0.command': Array.isArray,
    'spec.securityContext.sysctls': Array.isArray,
    'spec.hostNetwork': isBoolean,
    'spec.hostPID': isBoolean,
    'spec.hostIPC': isBoolean,
    'spec.hostUsers': isBoolean,
    'spec.containers.0.securityContext.privileged': isBoolean,
    'spec.initContainers.0.securityContext.allowPrivilegeEscalation': isBoolean,
    'spec.securityContext.runAsNonRoot': isBoolean,
    'spec.securityContext.runAsUser': Number.isInteger,
    'spec.containers.0.image': isString,
    'spec.containers.0.securityContext.procMount': isString,
    'spec.containers.0.name': isString,
  };
  const wrong = fc.constantFrom(...Object.entries(types)).chain(([path, isRight]) =>
    fc.tuple(fc.constant(path), json.filter((value) => value !== null && !isRight(value))));

  fc.assert(fc.property(pod(0), wrong, policy, (document, hostile, by) => {
    expect(findingsOf(change(document, hostile), by).map(({ rule }) => rule)).toContain('manifest');
  }), { numRuns: 300 });
});

test('more exemptions never add findings', () => {
  const left = (document: unknown, by: Policy, exemptions: readonly PolicyExemption[]) => {
    const builder = new VerdictBuilder('2030-06-15');
    const inForce = exemptions.map((declared) => exemptionOf(declared, 'policy'));
    for (const finding of findingsOf(document, by)) builder.addFinding(finding, inForce);
    return builder.build(inForce);
  };

  fc.assert(fc.property(hostileManifest, policy, fc.array(exemption), fc.array(exemption), (document, by, some, more) => {
    const before = left(document, by, some);
    const after = left(document, by, [...some, ...more]);

    expect(before.findings).toEqual(expect.arrayContaining([...after.findings]));
    expect(after.summary.findings + after.summary.exempted).toBe(before.summary.findings + before.summary.exempted);
    expect(after.exempted.every(({ rule }) => rule !== 'manifest')).toBe(true);
  }));
});

test('about as many manifests keep every rule as not, so that these properties say something', () => {
  // The same ones in each run, because any number of others may be far from the half by chance.
  const passed = fc.sample(manifest, { numRuns: 200, seed: 1 }).filter((document) => findingsOf(document, { registries: { 'ghcr.io/acme': {} } }).length === 0);

  expect(passed.length).toBeGreaterThan(40);
  expect(passed.length).toBeLessThan(160);
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isString(value: unknown): boolean {
  return typeof value === 'string';
}
