import fc from 'fast-check';
import type { LockedImages } from '../../src/image/facts';
import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';
import { lockRules } from '../../src/rules';
import { imageUser } from '../../src/rules/hardened/image-user';
import { imageWritablePaths } from '../../src/rules/hardened/image-writable-paths';
import { linuxPlatformsOf, sharedUser, volumePathsOf } from '../../src/rules/locked-facts';
import { nodePlatformsOf } from '../../src/rules/node-platforms';
import { change, hostileManifest } from '../support/arbitraries';
import { lock, placedPod } from '../support/arbitrary-locks';
import { faultsOf, plainContext, podOf } from '../support/pods';

const policy = { registries: { 'ghcr.io/acme': {} } };
const needLock = [...lockRules];
const findingsOf = (document: unknown, known?: LockedImages) => judge(document, compilePolicy(policy, 'policy', known)).flatMap(({ findings }) => findings);
const documents = fc.oneof(placedPod, hostileManifest);

test('whatever a lock and a pod say, it is judged without a throw, in bounded lines that are safe to print', () => {
  fc.assert(fc.property(documents, lock, (document, known) => {
    for (const { message, fix } of findingsOf(document, known)) {
      expect(message).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,4000}$/u);
      expect(fix).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,4000}$/u);
      expect(message).not.toContain('failed, so this could not be judged');
    }
  }), { numRuns: 500 });
});

test('a lock changes nothing of what the other rules find, and without one its rules are silent', () => {
  fc.assert(fc.property(documents, lock, (document, known) => {
    const without = findingsOf(document);

    expect(findingsOf(document, known).filter(({ rule }) => !needLock.includes(rule))).toEqual(without);
    expect(without.filter(({ rule }) => needLock.includes(rule))).toEqual([]);
  }));
});

test('what a lock makes certain mends what its rules find', () => {
  const ofWeb = (rule: typeof imageUser | typeof imageWritablePaths, document: unknown, known: LockedImages) =>
    faultsOf(rule, document as never, { lock: known }).filter(({ container }) => container === 'web');

  fc.assert(fc.property(placedPod, lock, (document, known) => {
    const { spec, images } = podOf(document);
    const { parsed } = images[1];
    if (!parsed.ok) throw new Error(parsed.problem);
    const image = known.find(parsed.reference)!;
    const platforms = linuxPlatformsOf(parsed.reference, image, nodePlatformsOf(spec, plainContext));
    const user = sharedUser(platforms);
    const mounts = volumePathsOf(platforms).map((mountPath) => ({ name: 'tmp', mountPath }));

    expect(ofWeb(imageWritablePaths, change(document, ['spec.containers.0.volumeMounts', mounts]), known)).toEqual([]);
    if (user === undefined) return;
    expect(ofWeb(imageUser, change(document, ['spec.containers.0.securityContext.runAsUser', user]), known)).toEqual([]);
  }), { numRuns: 300 });
});

test('each of the rules has something to say, so that these properties do', () => {
  const pairs = fc.sample(fc.tuple(placedPod, lock), 500);
  const found = new Set(pairs.flatMap(([document, known]) => findingsOf(document, known).map(({ rule }) => rule)));

  expect([...found]).toEqual(expect.arrayContaining(needLock));
});
