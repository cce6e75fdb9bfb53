import fc from 'fast-check';
import { change } from './arbitraries';
import { validPod } from './pods';
import type { ImageFacts, LockedImages, PlatformFacts } from '../../src/image/facts';
import { JsonObject } from '../../src/shape/json';
import { digestOf } from '../lock/image-of';

const hostile = fc.constantFrom('', '__proto__', 'constructor', '\u001b[31m', '\u202e', 'x'.repeat(5000), '/', '//', ':', '..');
const words = fc.oneof({ weight: 3, arbitrary: hostile }, fc.string({ maxLength: 8, unit: 'binary' }));

const user = fc.oneof(
  fc.constantFrom('0', 'root', 'app', '65532', '65532:65532', '+5', '-1', '4294967294', '00', ':1000', '1_000', '9'.repeat(400)), words);
const uid = fc.oneof(fc.constantFrom(0, 1, 1000, -1, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 0.5), fc.integer());
const volume = fc.oneof(fc.constantFrom('/data', '/data/', 'data', '/data/db', '/tmp', '/dev/shm', 'C:\\data', '/a/../..'), words);

/** The digest that the containers of the valid pod have. */
const digest = fc.constantFrom(`sha256:${'0123456789abcdef'.repeat(4)}`, digestOf('another'), '', '\u001b');

const platform: fc.Arbitrary<PlatformFacts> = fc.record({
  manifest: digest,
  config: digest,
  user,
  uid,
  volumes: fc.array(volume, { maxLength: 7 }),
  size: fc.nat(),
  layers: fc.nat(),
  diffIds: fc.constant([]),
}, { requiredKeys: ['manifest', 'config', 'size', 'layers', 'diffIds'] });

/** Mostly one of these. */
function mostly(...known: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, words);
}

const platformName = fc.oneof(mostly('linux/amd64', 'linux/arm64', 'linux/arm/v7', 'windows/amd64:10.0', 'darwin/arm64'), words.map((word) => `linux/${word}`));

const image: fc.Arbitrary<ImageFacts> = fc.record({
  reference: fc.oneof(fc.constant('ghcr.io/acme/web:1.4.2'), words),
  digest,
  mediaType: words,
  platforms: fc.dictionary(platformName, platform, { maxKeys: 12 }),
});

/** A lock that knows every image, whatever it says of it; stricter readers would refuse most of these. */
export const lock: fc.Arbitrary<LockedImages> = image.map((found) => ({ find: () => found }));

const value = mostly('linux', 'windows', 'amd64', 'arm64', 'arm');
const key = mostly('kubernetes.io/os', 'kubernetes.io/arch', 'beta.kubernetes.io/os', 'beta.kubernetes.io/arch');
const operator = fc.option(mostly('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'));
const expression = fc.record({ key, operator, values: fc.array(value, { maxLength: 3 }) }, { requiredKeys: [] });
const expressions = (maxLength: number) => fc.array(expression, { maxLength });
const term = fc.record({ matchExpressions: expressions(3), matchFields: expressions(1) }, { requiredKeys: [] });

/** The valid pod with demands on its nodes and with mounts. */
export const placedPod: fc.Arbitrary<JsonObject> = fc.record({
  'spec.os': fc.record({ name: value }),
  'spec.nodeSelector': fc.dictionary(key, value, { maxKeys: 3 }),
  'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution': fc.record({ nodeSelectorTerms: fc.array(term, { maxLength: 4 }) }),
  'spec.containers.0.volumeMounts': fc.array(fc.record({ name: fc.constant('tmp'), mountPath: volume }, { requiredKeys: ['name'] }), { maxLength: 3 }),
  'spec.containers.0.securityContext.runAsUser': fc.constant(1000),
}, { requiredKeys: [] }).map((changes) => Object.entries(changes).reduce<unknown>(change, validPod) as JsonObject);
